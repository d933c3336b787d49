/** The matrix of what proxies do to transports: a table a proxy, a column a configuration, and what can be done about it. */
import { type Phrase, type Reader, say, text } from '../../../base/text.ts';
import type { Ailment } from '../../../network/proxies/proxy.ts';
import { ailmentsOf, isWell, remedyFor } from '../../../questions/passage/ailing.ts';
import type { ProbedProxy } from '../../../questions/passage/configuration-passage.ts';
import type { Block } from '../../blocks/block.ts';
import { gathered } from '../../blocks/gathered.ts';
import { fallbackText, leavingText, passageRows, streamText, upgradeText } from './passage-words.ts';

const phrases = {
  title: text('What proxies do to transports', '프록시가 전송 방식에 하는 일'),
  how: text(
    'Each configuration was started before a small server and asked by probes: an event stream of 108 B events (three alone, then 600 in a row), a poll, upgrades, ends. Times are of this machine; “at once” is within 60 ms.',
    '설정마다 작은 서버 앞에 프록시를 시작하고 탐침으로 물었습니다: 108 B 이벤트 스트림(따로 3개, 이어서 600개), 폴, 업그레이드, 여러 가지 끝. 시간은 이 컴퓨터의 것이고 “바로”는 60 ms 이내입니다.',
  ),
  where: text(
    'Measured with Node {node}, {platform} {arch}.',
    'Node {node}, {platform} {arch}에서 쟀습니다.',
  ),
  asked: text('what is asked', '물은 것'),
  named: text('{name} {version}', '{name} {version}'),
  remedies: text('What can be done', '할 수 있는 것'),
  configured: text(
    '{where}, {what} ({found}): in the configuration “{line}”; measured with it ({other}): {helped}',
    '{where}, {what}({found}): 설정에 “{line}”. 그렇게 하고 잰 값({other}): {helped}',
  ),
  applied: text(
    '{where}, {what} ({found}): the application sends X-Accel-Buffering: no and a first comment; measured with it: {helped}',
    '{where}, {what}({found}): 애플리케이션이 X-Accel-Buffering: no와 첫 주석을 보냅니다. 그렇게 하고 잰 값: {helped}',
  ),
  unhelped: text(
    '{where}, {what} ({found}): X-Accel-Buffering: no and a first comment do not help; measured with them: {helped}',
    '{where}, {what}({found}): X-Accel-Buffering: no와 첫 주석은 도움이 되지 않습니다. 그렇게 하고 잰 값: {helped}',
  ),
  heartbeat: text(
    '{where}, {what} ({found}): the application writes a comment now and then, or ends stream and poll after a while; not measured',
    '{where}, {what}({found}): 애플리케이션이 가끔 주석을 쓰거나 스트림과 폴을 얼마 뒤 끝냅니다. 재지 않음',
  ),
  polling: text(
    '{where}, {what} ({found}): the application offers a transport without an upgrade too; here Socket.IO {helped}',
    '{where}, {what}({found}): 애플리케이션이 업그레이드가 없는 방식도 제공합니다. 여기서 Socket.IO: {helped}',
  ),
  missing: text(
    'Not installed here, so not probed: {names}.',
    '여기에 설치되어 있지 않아 묻지 못함: {names}.',
  ),
};

const ailments: Readonly<Record<Ailment, Phrase>> = {
  stream: text('an event stream', '이벤트 스트림'),
  upgrade: text('a WebSocket', 'WebSocket'),
  leaving: text('a reader that left', '떠난 독자'),
};

const found: Readonly<Record<Ailment, (probed: ProbedProxy, reader: Reader) => string>> = {
  stream: ({ stream }, reader) => streamText(stream, reader),
  upgrade: upgradeText,
  leaving: leavingText,
};

export interface Passages {
  readonly environment: { readonly node: string; readonly platform: string; readonly arch: string };
  readonly proxies: readonly ProbedProxy[];
  /** Names of those that are not installed. */
  readonly missing: readonly string[];
}

export function passageBlocks({ environment, proxies, missing }: Passages, reader: Reader): Block[] {
  const remedies = proxies.flatMap((probed) => remediesFor(probed, proxies, reader));
  const paragraph = (words: string) => ({ kind: 'paragraph', text: words }) as const;
  return [
    { kind: 'heading', text: say(reader, phrases.title) },
    paragraph(`${say(reader, phrases.how)} ${say(reader, phrases.where, environment)}`),
    ...gathered(proxies, ({ name }) => name).map((same) => tableOf(same, reader)),
    ...(remedies.length > 0
      ? [{ kind: 'list', title: say(reader, phrases.remedies), items: remedies } as const]
      : []),
    ...(missing.length > 0 ? [paragraph(say(reader, phrases.missing, { names: missing.join(', ') }))] : []),
  ];
}

const tableOf = (same: readonly [ProbedProxy, ...ProbedProxy[]], reader: Reader): Block => ({
  kind: 'table',
  table: {
    title: say(reader, phrases.named, same[0]),
    notes: [],
    shape: 'prose',
    head: [say(reader, phrases.asked), ...same.map(({ flavour }) => flavour)],
    align: ['left', ...same.map(() => 'left' as const)],
    rows: passageRows
      .map(({ asked, cell }) => [say(reader, asked), ...same.map((probed) => cell(probed, reader))])
      .filter(([, ...cells]) => cells.some((cell) => cell !== '-')),
  },
});

/** For each thing that does not come through: the line that was measured to help, or what the application can do. */
function remediesFor(probed: ProbedProxy, all: readonly ProbedProxy[], reader: Reader): string[] {
  const { name, flavour } = probed;
  return ailmentsOf(probed).flatMap((ailment) => {
    const told = {
      where: `${name}:${flavour}`,
      what: say(reader, ailments[ailment]),
      found: found[ailment](probed, reader),
    };
    const remedy = remedyFor(probed, ailment);
    const other = remedy && all.find((one) => one.name === name && one.flavour === remedy.flavour);
    const lines =
      remedy && other && isWell[ailment](other)
        ? [
            say(reader, phrases.configured, {
              ...{ ...told, line: remedy.line, other: `${name}:${remedy.flavour}` },
              helped: found[ailment](other, reader),
            }),
          ]
        : [];
    if (ailment === 'stream') return [...lines, ...appliedLines(probed, told, reader)];
    if (lines.length > 0) return lines;
    return ailment === 'leaving'
      ? [say(reader, phrases.heartbeat, told)]
      : [say(reader, phrases.polling, { ...told, helped: fallbackText(probed, reader) })];
  });
}

/** What the application can say, and whether it was heard. */
function appliedLines(
  { helpedStream }: ProbedProxy,
  told: Readonly<Record<'where' | 'what' | 'found', string>>,
  reader: Reader,
): string[] {
  if (!helpedStream) return [];
  const phrase = helpedStream.how === 'event by event' ? phrases.applied : phrases.unhelped;
  return [say(reader, phrase, { ...told, helped: streamText(helpedStream, reader) })];
}

export const proxiesDocument = (passages: Passages) => ({ schemaVersion: 1, kind: 'proxies', ...passages });
