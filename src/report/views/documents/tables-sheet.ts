/**
 * The documents' tables A and B, filled: row by row what the document says, what was measured here, the verdict and its
 * condition. One value of words, laid out in a terminal here and as a page in `tables-page.ts`.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';
import type { AnsweredClaim } from '../../../questions/claims/by-protocol.ts';
import type { ProtocolEvidence } from '../../../questions/claims/evidence.ts';
import { tableA, tableB } from '../../../questions/claims/index.ts';
import type { Tone } from '../../blocks/block.ts';
import { carriageText } from '../run/caption.ts';
import { carriageNames } from '../run/sweep-axes.ts';
import { partingSentences, reasonsOf } from './protocol-tables.ts';
import type { Sheet, SheetAnswer, VerdictKind } from './sheet.ts';
import { rowOf, type ToldRow } from './sheet-rows.ts';
import { verdictTones } from './verdict-words.ts';

const phrases = {
  title: text('The documents’ two tables, measured here', '문서의 두 표를 직접 측정한 결과'),
  conditions: text(
    'Loopback, {over}, no compression, Node {node}, ws {ws}, Socket.IO {socketIo}, {date}',
    '루프백, {over}, 압축 없음, Node {node}, ws {ws}, Socket.IO {socketIo}, {date}',
  ),
  tableA: text('Table A: HTTP vs WebSocket', '표 A: HTTP와 WebSocket'),
  tableB: text('Table B: ws vs Socket.IO', '표 B: ws와 Socket.IO'),
  row: text('row', '항목'),
  measured: text('measured here', '측정 결과'),
  verdict: text('verdict', '판정'),
  http: text('HTTP', 'HTTP'),
  webSocket: text('WebSocket', 'WebSocket'),
  ws: text('ws', 'ws'),
  socketIo: text('Socket.IO', 'Socket.IO'),
  count: text(
    '{rows} rows: {confirmed} confirmed, {refined} refined, {contradicted} contradicted, {opinion} opinions, {open} without a verdict.',
    '항목 {rows}개: 맞음 {confirmed}, 조건부로 맞음 {refined}, 측정과 다름 {contradicted}, 의견 {opinion}, 판정 없음 {open}.',
  ),
  countOver: text('{over}: {count}', '{over}: {count}'),
  noisy: text(
    '~ a time of a noisy trial. A verdict that rests on one is withheld; bytes and counts are exact.',
    '~ 잡음이 섞인 시간. 그 시간에 근거한 판정은 보류합니다. 바이트와 개수는 정확합니다.',
  ),
  more: text(
    'All 34 claims, with their evidence: `rtcompare claims`.',
    '34개 주장 전체와 근거: `rtcompare claims`.',
  ),
} as const;

export interface FilledTables {
  /** What was found over each protocol. */
  readonly carriages: readonly ProtocolEvidence[];
  readonly environment: Report['environment'];
  readonly startedAt: string;
  /** Both tables, unless one is asked for. */
  readonly only?: 'A' | 'B' | undefined;
}

export interface ToldSheet {
  readonly sheet: Sheet;
  /** Of every row, in the order of the sheet. */
  readonly tones: readonly Tone[];
  readonly answered: readonly AnsweredClaim[];
}

/** @param roomy adds a line for each transport, for which a page has room if HTTP went over one protocol. */
export function tablesSheet(
  { carriages, environment, startedAt, only }: FilledTables,
  reader: Reader,
  roomy: boolean,
): ToldSheet {
  const detailed = roomy && carriages.length === 1;
  const columnsA = [say(reader, phrases.http), say(reader, phrases.webSocket)];
  const columnsB = [say(reader, phrases.ws), say(reader, phrases.socketIo)];
  const tables = [
    { name: 'A', title: say(reader, phrases.tableA), columns: columnsA, claims: tableA },
    { name: 'B', title: say(reader, phrases.tableB), columns: columnsB, claims: tableB },
  ]
    .filter(({ name }) => only === undefined || name === only)
    .map(({ title, columns, claims }) => ({
      title,
      head: [
        say(reader, phrases.row),
        ...columns,
        ...(carriages.length > 1
          ? carriages.map(({ over }) => carriageNames[over])
          : [say(reader, phrases.measured), say(reader, phrases.verdict)]),
      ],
      filled: claims.map((claim) => rowOf(claim, { names: columns, detailed }, carriages, reader)),
    }));
  const all = tables.flatMap(({ filled }) => filled);
  const answered = all.map((row) => row.answered);
  const { ws = '', 'socket.io': socketIo = '' } = environment.dependencies;
  return {
    tones: answered.map(({ answers: [first] }) => verdictTones[first?.ruling?.verdict ?? 'unmeasured']),
    answered,
    sheet: {
      title: say(reader, phrases.title),
      conditions: [
        say(reader, phrases.conditions, {
          over: carriageText(
            { over: carriages.map(({ over }) => over).join(','), tls: '1.3', certificate: 'ecdsa' },
            reader,
          ),
          node: environment.node.replace(/^v/, ''),
          ws,
          socketIo,
          date: startedAt.slice(0, 10),
        }),
      ],
      tables: tables.map(({ title, head, filled }) => ({
        title,
        head,
        rows: filled.map(({ row }) => row),
      })),
      ...(carriages.length > 1 ? { partings: partingSentences(answered, reader) } : {}),
      legend: legendOf(all, reader),
    },
  };
}

/** How often each verdict was reached, what a noisy time means, and where to find more. */
function legendOf(all: readonly ToldRow[], reader: Reader): string[] {
  const answers = all.flatMap<SheetAnswer>(({ row }) => row.answers ?? [row]);
  const hasNoise = answers.some(
    ({ verdict, measured }) => verdict.kind === 'noisy' || measured.some((line) => line.includes('~')),
  );
  const overs = all[0]?.row.answers?.map(({ over }) => over) ?? [];
  return [
    ...(overs.length > 1
      ? overs.map((over, nth) =>
          say(reader, phrases.countOver, {
            over,
            count: countText(
              all.flatMap(({ row }) => row.answers?.[nth] ?? []),
              reader,
            ),
          }),
        )
      : [countText(answers, reader)]),
    ...reasonsOf(
      all.map(({ answered }) => answered),
      reader,
    ),
    ...(hasNoise ? [say(reader, phrases.noisy)] : []),
    say(reader, phrases.more),
  ];
}

function countText(answers: readonly SheetAnswer[], reader: Reader): string {
  const counted = (...wanted: readonly VerdictKind[]) =>
    String(answers.filter(({ verdict }) => wanted.includes(verdict.kind)).length);
  return say(reader, phrases.count, {
    rows: String(answers.length),
    confirmed: counted('confirmed'),
    refined: counted('refined'),
    contradicted: counted('contradicted'),
    opinion: counted('opinion'),
    open: counted('noisy', 'unmeasured'),
  });
}
