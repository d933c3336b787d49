/** `rtcompare inspect URL`: a recording relay in front of any application, what it spoke, and what that cost. */
import type { Command } from 'commander';
import { inEveryLanguage, say, text } from '../base/text.ts';
import { CannotRun } from '../failure.ts';
import type { Inspection } from '../inspection/document.ts';
import type { Inspector } from '../inspection/inspector.ts';
import type { Target } from '../inspection/target.ts';
import type { InspectionFormat } from '../report/inspection-formats.ts';
import type { Words } from '../report/words.ts';
import { type About, argument, command } from './about.ts';
import type { Context } from './context.ts';
import { checkFile, checkFolder, writeWhole, wrote } from './files.ts';
import { readerOf } from './language.ts';
import { outNeedsReport } from './partners.ts';
import type { PcapFile } from './pcap-file.ts';
import { chosenFormats } from './report-files.ts';
import {
  asciiOption,
  jsonOption,
  langOption,
  option,
  parseDuration,
  parseWhole,
  wideOption,
} from './values.ts';
import { widthOf } from './width.ts';

const about = {
  purpose: text(
    'relay any HTTP/1.1 application and say what it speaks, whose its bytes are, what stands out',
    'HTTP/1.1 애플리케이션 앞에서 중계하며, 무엇을 주고받는지, 바이트가 누구 것인지, 눈에 띄는 것이 무엇인지 알려 줍니다',
  ),
  examples: [
    [
      'rtcompare inspect http://127.0.0.1:3000',
      text('then open what it prints', '그런 다음 출력되는 주소를 열기'),
    ],
    ['rtcompare inspect http://127.0.0.1:3000 --duration 1s --json'],
    ['rtcompare inspect http://127.0.0.1:3000 --duration 1s --report html --out reports'],
    ['rtcompare inspect http://127.0.0.1:3000 --duration 1s --pcap app.pcap'],
  ],
  more: text(
    'It ends by --duration (exit 0) or by Ctrl-C (exit 130, as everywhere), and both print everything that was seen. Nothing is changed on the way: not the Host header, nor links that name the application’s own port and so lead past the relay. It adds no more than 5 ms (p99), or says that it did. It reads HTTP/1.1 without TLS; what it cannot read, it labels.',
    '--duration으로 끝나거나(종료 코드 0) Ctrl-C로 끝나며(어디서나처럼 130), 어느 쪽이든 본 것을 모두 출력합니다. 지나가는 것은 아무것도 바꾸지 않습니다. Host 헤더도, 애플리케이션의 포트를 직접 가리켜 중계를 비켜 가는 링크도 그대로입니다. 5 ms(p99)보다 더 늦추지 않으며, 그랬다면 그렇다고 알립니다. TLS 없는 HTTP/1.1을 읽고, 읽을 수 없는 것은 그렇게 표시합니다.',
  ),
} satisfies About;

interface Options {
  port: number;
  duration?: number;
  json?: boolean;
  report?: string;
  out: string;
  pcap?: string;
  lang?: string;
  wide?: boolean;
  ascii?: boolean;
  quiet?: boolean;
}

export const inspectCommand = ({ signal, done }: Context): Command =>
  [
    option('--port <port>', text('port of the relay; 0 = any free one', '중계의 포트. 0 = 아무 빈 포트'))
      .argParser(parseWhole(0, 65_535))
      .default(0),
    option('--duration <time>', text('end by itself after this', '이 시간이 지나면 스스로 끝남')).argParser(
      parseDuration,
    ),
    jsonOption(text('print what was seen as one JSON document', '본 것을 JSON 문서 하나로 출력')),
    option(
      '--report <formats>',
      text('formats to write, with commas: json,md,html,csv', '쓸 형식, 쉼표로 구분: json,md,html,csv'),
    ),
    option('--out <dir>', text('where the report goes', '보고서를 둘 폴더')).default('.'),
    option(
      '--pcap <file>',
      text('keep every byte, in a file that Wireshark opens', '모든 바이트를 Wireshark가 여는 파일로 남김'),
    ),
    langOption(text('language of the text', '글의 언어')),
    wideOption(),
    asciiOption(),
    option('--quiet', text('nothing on stderr but the address', 'stderr에 주소만')),
  ]
    .reduce(
      (built, added) => built.addOption(added),
      command('inspect', about).addArgument(
        argument(
          '<url>',
          text(
            'where the application listens, such as http://127.0.0.1:3000',
            '애플리케이션의 주소, http://127.0.0.1:3000 등',
          ),
        ),
      ),
    )
    .action(async (url: string, options: Options, made: Command) => {
      outNeedsReport(made, options.report);
      await inspect(url, options, signal);
      done(0);
    });

async function inspect(url: string, options: Options, signal: AbortSignal): Promise<void> {
  const { parseTarget, reach } = await import('../inspection/target.ts');
  const { inspectionFormats } = await import('../report/inspection-formats.ts');
  const { wordsOf } = await import('../report/words.ts');
  const { createPcapFile } = await import('./pcap-file.ts');
  const words = wordsOf(readerOf(options.lang));
  const target = parseTarget(asUrl(url));
  const formats = options.report ? chosenFormats(options.report, inspectionFormats) : [];
  if (options.report) checkFolder(options.out);
  if (options.pcap) checkFile(options.pcap);
  const host = await reach(target);
  const pcap = options.pcap ? createPcapFile(options.pcap) : null;
  try {
    await using inspector = await listen(target, host, options.port, pcap?.add);
    welcome(target, inspector.port, words, options.quiet === true);
    const seen = await watch(inspector, words, options, signal);
    await checkBalance(seen);
    await tell(seen, formats, words, options);
    pcap?.finish();
  } finally {
    pcap?.discard();
  }
}

/** `localhost:3000`, and a port alone, are what people type for a URL. */
export function asUrl(typed: string): string {
  if (/^\d{1,5}$/.test(typed)) return `http://127.0.0.1:${typed}`;
  return /^(localhost|(\[[\da-f:.]+\]|[\w.-]+):\d{1,5})(\/.*)?$/i.test(typed) ? `http://${typed}` : typed;
}

async function listen(
  target: Target,
  host: string,
  port: number,
  record?: PcapFile['add'],
): Promise<Inspector> {
  const { startInspector } = await import('../inspection/inspector.ts');
  const { realClock } = await import('../clock.ts');
  return startInspector({
    ...{ target: target.url, host, targetPort: target.port, port, clock: realClock },
    ...(record ? { record } : {}),
  }).catch((error: Error) => {
    throw new CannotRun(
      inEveryLanguage(
        text(
          'cannot listen on 127.0.0.1 port {port}: {reason}; choose another --port',
          '127.0.0.1의 포트 {port}에서 받을 수 없습니다: {reason}. 다른 --port를 골라야 합니다',
        ),
        { port: String(port), reason: error.message },
      ),
    );
  });
}

/** The address is no progress: without it nobody can use the relay. */
function welcome({ url, rest }: Target, port: number, words: Words, quiet: boolean): void {
  const scheme = url.slice(0, url.indexOf(':'));
  const here = `${scheme}://127.0.0.1:${port}`;
  process.stderr.write(`${words.say('inspect.open', { here: here + rest, target: url })}\n`);
  if (!quiet) process.stderr.write(`${words.say('inspect.host', { here: `127.0.0.1:${port}` })}\n`);
}

/** Shows what goes on until somebody, or the clock, ends it. */
async function watch(
  inspector: Inspector,
  words: Words,
  { duration, quiet, ascii }: Options,
  signal: AbortSignal,
): Promise<Inspection> {
  const { createLiveView, everyMs } = await import('./live-view.ts');
  const view = quiet ? null : createLiveView(process.stderr, words, ascii === true);
  const timer = setInterval(() => view?.show(inspector.look()), everyMs);
  await new Promise<void>((resolve) => {
    const end = duration === undefined ? undefined : setTimeout(resolve, duration);
    const stop = () => {
      clearTimeout(end);
      resolve();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  clearInterval(timer);
  const seen = await inspector.end();
  view?.end(seen);
  return seen;
}

/** Prints what was seen, then writes it: a full disk loses nothing that was measured. */
async function tell(
  seen: Inspection,
  formats: readonly InspectionFormat[],
  words: Words,
  options: Options,
): Promise<void> {
  const { inspectionBlocks } = await import('../report/inspection.ts');
  const { renderBlocks } = await import('../report/terminal.ts');
  const { language } = words;
  process.stdout.write(
    options.json
      ? `${JSON.stringify(seen, null, 2)}\n`
      : renderBlocks(inspectionBlocks(seen, words), {
          width: widthOf(options.wide),
          ascii: options.ascii === true,
        }),
  );
  for (const { ending, render } of formats) {
    const path = `${options.out}/rtcompare-inspection.${ending}`;
    writeWhole(path, render(seen, { language }));
    process.stderr.write(`rtcompare: ${say(words, wrote, { path })}\n`);
  }
}

/** Figures that do not add up are never shown. */
async function checkBalance(seen: Inspection): Promise<void> {
  const { imbalances } = await import('../inspection/balance.ts');
  const [first] = imbalances(seen);
  if (first)
    throw new CannotRun(
      inEveryLanguage(text('the books do not balance: {first}', '바이트 합계가 일치하지 않습니다: {first}'), {
        first,
      }),
    );
}
