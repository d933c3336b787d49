/** The browser whose pages were the clients: how good its clock is, and the size of its requests by kind and field. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { BrowserSide, RequestHead } from '../../../document/browser-side.ts';
import type { Report } from '../../../document/report.ts';
import { requestKinds } from '../../../document/request-kinds.ts';
import { runtimes, type SpokenBy } from '../../../document/speakers.ts';
import type { Over } from '../../../protocols/over.ts';
import type { Block, Cell } from '../../blocks/block.ts';
import { gathered } from '../../blocks/gathered.ts';
import { count } from '../../blocks/quantities.ts';
import { noFigure } from '../../blocks/table-words.ts';
import { carriageNames, speakerNames } from './sweep-axes.ts';

const phrases = {
  title: text('Who spoke', '통신한 쪽'),
  spoke: text(
    'Pages of {title} {version}, one a client.',
    '{title} {version}의 페이지, 클라이언트마다 하나.',
  ),
  bytes: text(
    'Bytes: as they passed a relay before each page, which kept half of them waiting less than {relay} ms.',
    '바이트: 페이지마다 앞에 둔 중계를 지난 그대로이며, 중계에 머문 시간은 절반이 {relay} ms 미만입니다.',
  ),
  times: text(
    'Times: the pages’ own clock, in steps of {step} ms, known here to ± {error} ms.',
    '시간: 페이지 자신의 시계로 단위는 {step} ms이고, 이쪽 시계와의 차이를 ± {error} ms까지 압니다.',
  ),
  coarse: text(
    'The pages were not isolated: the engine keeps their clock coarser than it could be.',
    '페이지가 격리되지 않아 엔진이 시계를 더 거칠게 했습니다.',
  ),
  processes: text(
    'Processes of {title} {version}, one a client.',
    '{title} {version}의 프로세스, 클라이언트마다 하나.',
  ),
  byOwnMeans: text(
    'They speak by {title}’s own fetch and WebSocket, and its EventSource if it has one; Socket.IO by its client for Node.',
    '{title} 자신의 fetch와 WebSocket, 있으면 EventSource로 통신하고, Socket.IO는 Node용 클라이언트를 씁니다.',
  ),
  relayed: text(
    'Bytes: as they passed a relay before each process, which kept half of them waiting less than {relay} ms.',
    '바이트: 프로세스마다 앞에 둔 중계를 지난 그대로이며, 중계에 머문 시간은 절반이 {relay} ms 미만입니다.',
  ),
  ownTimes: text(
    'Times: the processes’ own clock, in steps of {step} ms, known here to ± {error} ms.',
    '시간: 프로세스 자신의 시계로 단위는 {step} ms이고, 이쪽 시계와의 차이를 ± {error} ms까지 압니다.',
  ),
  heads: text('{over}: heads of requests by kind, bytes', '{over}: 요청 종류별 헤더, 바이트'),
  headsBy: text(
    '{title}, {over}: heads of requests by kind, bytes',
    '{title}, {over}: 요청 종류별 헤더, 바이트',
  ),
  field: text('field', '필드'),
  whole: text('first one, whole', '첫 요청 전체'),
  last: text('last one, whole', '마지막 요청 전체'),
  legend: text(
    'Of the first request of its kind in this run, line ends included.',
    '이번 실행에서 그 종류의 첫 요청이며 줄 끝을 포함합니다.',
  ),
};

/** The name of an engine in running text. */
export const engineTitle = (engine: string): string => speakerNames[engine as SpokenBy] ?? engine;

const decimals = (ms: number) => String(Number(ms.toPrecision(2)));

interface Side {
  readonly browser: BrowserSide;
  readonly over: Over;
}

/** Empty if the clients were Node's own. */
export function browserBlocks({ trials }: Pick<Report, 'trials'>, reader: Reader): Block[] {
  const sides = trials.flatMap(({ browser, over }): Side[] => (browser ? [{ browser, over }] : []));
  const engines = gathered(sides, ({ browser }) => browser.engine);
  if (engines.length === 0) return [];
  const items = engines.flatMap((same) => spokenLines(same, reader));
  return [
    { kind: 'list', title: say(reader, phrases.title), items },
    ...engines.flatMap((same) => headsTables(same, engines.length > 1, reader)),
  ];
}

function spokenLines(sides: readonly [Side, ...Side[]], reader: Reader): string[] {
  const { engine, version, isIsolated } = sides[0].browser;
  const title = engineTitle(engine);
  const most = (of: readonly number[]) => decimals(Math.max(...of));
  const relay = most(sides.map(({ browser }) => browser.relayDelayMs ?? 0));
  const times = {
    step: most(sides.map(({ browser }) => browser.clockStepMs)),
    error: most(sides.map(({ browser }) => browser.clockErrorMs)),
  };
  if (runtimes.has(engine as SpokenBy))
    return [
      say(reader, phrases.processes, { title, version }),
      say(reader, phrases.byOwnMeans, { title }),
      say(reader, phrases.relayed, { relay }),
      say(reader, phrases.ownTimes, times),
    ];
  return [
    say(reader, phrases.spoke, { title, version }),
    say(reader, phrases.bytes, { relay }),
    say(reader, phrases.times, times),
    ...(isIsolated ? [] : [say(reader, phrases.coarse)]),
  ];
}

/** @param isNamed whether tables of several engines stand below each other. */
const headsTables = (sides: readonly [Side, ...Side[]], isNamed: boolean, reader: Reader): Block[] =>
  gathered(sides, ({ over }) => over).map((same): Block => {
    const heads = requestKinds.flatMap(
      (kind) => same.flatMap(({ browser }) => browser.heads).find((head) => head.kind === kind) ?? [],
    );
    const over = carriageNames[same[0].over];
    const title = isNamed
      ? say(reader, phrases.headsBy, { over, title: engineTitle(sides[0].browser.engine) })
      : say(reader, phrases.heads, { over });
    return headsTable(heads, title, reader);
  });

function headsTable(heads: readonly RequestHead[], title: string, reader: Reader): Block {
  const names = [...new Set(heads.flatMap(({ fields }) => fields.map(({ name }) => name)))];
  const ofField = (name: string): Cell[] => [
    name,
    ...heads.map(({ fields }) => {
      const own = fields.filter((field) => field.name === name);
      return own.length === 0
        ? say(reader, noFigure.none)
        : count(own.reduce((sum, { bytes }) => sum + bytes, 0));
    }),
  ];
  const differs = heads.some(({ bytes, lastBytes }) => bytes !== lastBytes);
  return {
    kind: 'table',
    table: {
      title,
      notes: [say(reader, phrases.legend)],
      shape: 'figures',
      head: [say(reader, phrases.field), ...heads.map(({ kind }) => kind)],
      align: ['left', ...heads.map(() => 'right' as const)],
      rows: [
        ...names.map(ofField),
        [say(reader, phrases.whole), ...heads.map(({ bytes }) => count(bytes))],
        ...(differs ? [[say(reader, phrases.last), ...heads.map(({ lastBytes }) => count(lastBytes))]] : []),
      ],
    },
  };
}
