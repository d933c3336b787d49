/**
 * The documents' tables A and B, filled: row by row what the document says, what was measured here, the verdict and its
 * condition. One value of words, laid out in a terminal here and as a page in `html/tables-page.ts`.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';
import type { TableAClaim, TableBClaim } from '../../../questions/claims/claim.ts';
import type { Evidence } from '../../../questions/claims/evidence.ts';
import { tableA, tableB } from '../../../questions/claims/index.ts';
import { briefOf, type Decision, rule } from '../../../questions/claims/judgement.ts';
import type { Line } from '../../../questions/claims/line.ts';
import type { Tone } from '../../blocks/block.ts';
import { lineText } from './document-tables.ts';
import type { Sheet, SheetRow, VerdictKind } from './sheet.ts';
import { verdictTones, verdictWords } from './verdict-words.ts';

const phrases = {
  title: text('The documents’ two tables, measured here', '문서의 두 표를 직접 측정한 결과'),
  conditions: text(
    'Loopback, HTTP/1.1, no TLS, no compression, Node {node}, ws {ws}, Socket.IO {socketIo}, {date}',
    '루프백, HTTP/1.1, TLS 없음, 압축 없음, Node {node}, ws {ws}, Socket.IO {socketIo}, {date}',
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
  unmeasured: text('could not be measured', '측정하지 못했습니다'),
  count: text(
    '{rows} rows: {confirmed} confirmed, {refined} refined, {contradicted} contradicted, {opinion} opinions, {open} without a verdict.',
    '항목 {rows}개: 맞음 {confirmed}, 조건부로 맞음 {refined}, 측정과 다름 {contradicted}, 의견 {opinion}, 판정 없음 {open}.',
  ),
  noisy: text(
    '~ a time of a noisy trial. A verdict that rests on one is withheld; bytes and counts are exact.',
    '~ 잡음이 섞인 시간. 그 시간에 근거한 판정은 보류합니다. 바이트와 개수는 정확합니다.',
  ),
  more: text(
    'All 34 claims, with their evidence: `rtcompare claims`.',
    '34개 주장 전체와 근거: `rtcompare claims`.',
  ),
} as const;

type RowClaim = TableAClaim | TableBClaim;
type Decided = Decision | 'unmeasured';

const kinds: Readonly<Record<Decided, VerdictKind>> = {
  confirmed: 'confirmed',
  refined: 'refined',
  contradicted: 'contradicted',
  opinion: 'opinion',
  withheld: 'noisy',
  unmeasured: 'unmeasured',
};

interface Row {
  readonly decided: Decided;
  readonly row: SheetRow;
}

interface Columns {
  readonly names: readonly string[];
  /** With a line for each transport; only a page has room for them. */
  readonly detailed: boolean;
}

function rowOf(claim: RowClaim, { names, detailed }: Columns, evidence: Evidence, reader: Reader): Row {
  const facts = claim.judgement.facts(evidence);
  const ruling = rule(claim.judgement, facts);
  const brief = briefOf(claim.judgement, facts);
  const decided = ruling?.verdict ?? 'unmeasured';
  const { what, cells } = claim.measure(evidence);
  const measuredOf: Readonly<Record<string, readonly Line[]>> = cells;
  const says = Object.entries(claim.says).map(([side, said], index) => ({
    column: names[index] ?? '',
    text: say(reader, said),
    ...(detailed ? { details: (measuredOf[side] ?? []).map((line) => lineText(line, reader)) } : {}),
  }));
  return {
    decided,
    row: {
      id: claim.id,
      title: say(reader, claim.title),
      ...(detailed && what !== null ? { what: lineText(what, reader) } : {}),
      says,
      measured: [brief ? lineText(brief, reader) : say(reader, phrases.unmeasured)],
      verdict: {
        kind: kinds[decided],
        text: say(reader, verdictWords[decided]),
        condition: ruling?.condition ? lineText(ruling.condition, reader) : null,
      },
    },
  };
}

export interface FilledTables {
  readonly evidence: Evidence;
  readonly environment: Report['environment'];
  readonly startedAt: string;
  /** Both, unless one is asked for. */
  readonly only?: 'A' | 'B' | undefined;
}

export interface ToldSheet {
  readonly sheet: Sheet;
  /** Of every row, in the order of the sheet. */
  readonly tones: readonly Tone[];
}

/** @param detailed with a line for each transport, as a page has room for. */
export function tablesSheet(
  { evidence, environment, startedAt, only }: FilledTables,
  reader: Reader,
  detailed: boolean,
): ToldSheet {
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
        say(reader, phrases.measured),
        say(reader, phrases.verdict),
      ],
      filled: claims.map((claim) => rowOf(claim, { names: columns, detailed }, evidence, reader)),
    }));
  const all = tables.flatMap(({ filled }) => filled);
  const { ws = '', 'socket.io': socketIo = '' } = environment.dependencies;
  return {
    tones: all.map(({ decided }) => verdictTones[decided]),
    sheet: {
      title: say(reader, phrases.title),
      conditions: [
        say(reader, phrases.conditions, {
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
      legend: legendOf(all, reader),
    },
  };
}

/** How often each verdict was reached, what a noisy time means, and where there is more. */
function legendOf(all: readonly Row[], reader: Reader): string[] {
  const counted = (...wanted: readonly Decided[]) =>
    String(all.filter(({ decided }) => wanted.includes(decided)).length);
  const hasNoise = all.some(
    ({ row }) => row.verdict.kind === 'noisy' || row.measured.some((line) => line.includes('~')),
  );
  return [
    say(reader, phrases.count, {
      rows: String(all.length),
      confirmed: counted('confirmed'),
      refined: counted('refined'),
      contradicted: counted('contradicted'),
      opinion: counted('opinion'),
      open: counted('withheld', 'unmeasured'),
    }),
    ...(hasNoise ? [say(reader, phrases.noisy)] : []),
    say(reader, phrases.more),
  ];
}
