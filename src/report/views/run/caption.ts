/** The caption of the figures: under which conditions and load they were measured, and whether they can be trusted. */
import { own } from '../../../base/lookup.ts';
import { type Reader, say, text } from '../../../base/text.ts';
import { isNothingMeasured } from '../../../document/conditions.ts';
import type { Report } from '../../../document/report.ts';
import { runtimes, type SpokenBy } from '../../../document/speakers.ts';
import { isSealed, type Over } from '../../../protocols/over.ts';
import type { Block } from '../../blocks/block.ts';
import { engineTitle } from './browser-blocks.ts';
import { loadText, sharesLoad } from './load-text.ts';
import { carriageNames } from './sweep-axes.ts';
import { targetBlocks } from './target-notes.ts';

export const reportTitle = text(
  'rtcompare: real-time transports side by side',
  'rtcompare: 실시간 전송 방식 비교',
);

export const interruptedText = text(
  'INTERRUPTED: this is the part that was measured before the stop.',
  '중단됨: 멈추기 전까지 측정한 부분만 있습니다.',
);

const phrases = {
  conditions: text('{over}, {compression}, {clients}, {link}', '{over}, {compression}, {clients}, {link}'),
  clients: text('{engine} {version} clients', '{engine} {version} 클라이언트'),
  browser: text('{engine} {version} pages as clients', '{engine} {version} 페이지가 클라이언트'),
  noTls: text('HTTP/1.1, no TLS', 'HTTP/1.1, TLS 없음'),
  tls: text('{over} ({tls}, {certificate})', '{over}({tls}, {certificate})'),
  compressionOff: text('no compression', '압축 없음'),
  compressionOn: text('compression on', '압축 사용'),
  loopback: text('loopback', '루프백'),
  link: text('link {name}', '링크 {name}'),
  proxy: text('proxy {name}', '프록시 {name}'),
  load: text('{load}, {settings}', '{load}, {settings}'),
  settings: text(
    'keep-alive {keepAlive}, heartbeat {heartbeat}, seed {seed}',
    'keep-alive {keepAlive}, 하트비트 {heartbeat}, 시드 {seed}',
  ),
  on: text('on', '켬'),
  off: text('off', '끔'),
  none: text('none', '없음'),
};

const verdictWarnings = {
  noisy: text(
    'NOISY RUN: bytes and counts stand, read the times with care.',
    '잡음이 섞인 실행: 바이트와 횟수는 정확하지만 시간은 주의해서 읽으십시오.',
  ),
  invalid: text(
    'INVALID RUN: do not use the trials marked “!”. The notes say why.',
    '무효인 실행: “!” 표시가 있는 측정은 쓰지 마십시오. 이유는 참고에 있습니다.',
  ),
};

/** The transports to be measured could not connect: there are no figures. */
const nothingMeasured = text(
  'NOTHING WAS MEASURED: see what could not connect.',
  '아무것도 측정하지 못했습니다. 연결하지 못한 것을 보십시오.',
);

const unlimited = new Set(['loopback', 'none']);

function linkText(name: string, reader: Reader): string {
  return unlimited.has(name) ? say(reader, phrases.loopback) : say(reader, phrases.link, { name });
}

/** What HTTP goes over; with the TLS version and certificate, where it is over TLS. */
export function carriageText(
  { over, tls, certificate }: Pick<Report['plan'], 'over' | 'tls' | 'certificate'>,
  reader: Reader,
): string {
  if (over === 'http') return say(reader, phrases.noTls);
  const names = over.split(',') as Over[];
  const said = names.map((name) => carriageNames[name]).join(', ');
  if (!names.some(isSealed)) return said;
  return say(reader, phrases.tls, { over: said, tls: `TLS ${tls}`, certificate: certificate.toUpperCase() });
}

/** A real proxy is named with its version: `nginx:stock (1.22.1)`. */
const proxyText = ({ plan, environment: { dependencies } }: Report): string =>
  plan.proxy
    .split(',')
    .map((part) => {
      const version = own(dependencies, part.trim().split(/[:=]/, 1)[0] ?? '');
      return version === undefined ? part : `${part} (${version})`;
    })
    .join(', ');

/** What the clients were: Node's own, pages of browsers, processes of other runtimes. */
function clientsText(
  { plan: { browser }, environment: { node, dependencies } }: Pick<Report, 'plan' | 'environment'>,
  reader: Reader,
): string {
  const one = (name: string) => {
    const version = name === 'node' ? node.replace(/^v/, '') : (own(dependencies, name) ?? '');
    const phrase = runtimes.has(name as SpokenBy) ? phrases.clients : phrases.browser;
    return say(reader, phrase, { engine: engineTitle(name), version });
  };
  return (browser ?? 'node').split(',').map(one).join(', ');
}

export function caption(report: Report, reader: Reader): Block[] {
  const { plan } = report;
  const conditions = say(reader, phrases.conditions, {
    over: carriageText(plan, reader),
    compression: say(reader, plan.compression ? phrases.compressionOn : phrases.compressionOff),
    clients: clientsText(report, reader),
    link: linkText(plan.link.name, reader),
  });
  const proxy = plan.proxy === 'none' ? '' : `, ${say(reader, phrases.proxy, { name: proxyText(report) })}`;
  const settings = say(reader, phrases.settings, {
    keepAlive: say(reader, plan.keepAlive ? phrases.on : phrases.off),
    heartbeat: plan.heartbeat === 'none' ? say(reader, phrases.none) : plan.heartbeat,
    seed: String(plan.seed),
  });
  const [first = ''] = plan.scenario.split(',');
  // Scenarios have different loads, and so have the values of a sweep: then each table says its own.
  const asked = sharesLoad(report)
    ? say(reader, phrases.load, { load: loadText(first, [plan.load], reader), settings })
    : settings;
  const warnings: Block[] = [];
  if (report.interrupted)
    warnings.push({ kind: 'paragraph', text: say(reader, interruptedText), strong: true });
  if (report.verdict !== 'valid') {
    warnings.push({
      kind: 'paragraph',
      text: say(reader, isNothingMeasured(report) ? nothingMeasured : verdictWarnings[report.verdict]),
      strong: true,
    });
  }
  return [
    { kind: 'heading', text: say(reader, reportTitle) },
    { kind: 'paragraph', text: conditions + proxy },
    { kind: 'paragraph', text: asked },
    ...targetBlocks(report, reader),
    ...warnings,
  ];
}
