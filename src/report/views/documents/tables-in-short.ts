/** Tables A and B of the documents with one line for each row: what was measured, and the verdict on the document. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';
import { type AnsweredClaim, byProtocol } from '../../../questions/claims/by-protocol.ts';
import type { TableAClaim, TableBClaim } from '../../../questions/claims/claim.ts';
import { carriagesOf, type Evidence, evidenceOf } from '../../../questions/claims/evidence.ts';
import { tableA, tableB } from '../../../questions/claims/index.ts';
import { briefOf, rule } from '../../../questions/claims/judgement.ts';
import type { Block, Cell, Table, Tone } from '../../blocks/block.ts';
import { noFigure } from '../../blocks/table-words.ts';
import { carriageNames } from '../run/sweep-axes.ts';
import { lineText } from './document-tables.ts';
import { partings } from './protocol-tables.ts';
import { verdictTones, verdictWords } from './verdict-words.ts';

const title = text(
  'The documents’ tables A (HTTP vs WebSocket) and B (ws vs Socket.IO)',
  '문서의 표 A(HTTP와 WebSocket)와 표 B(ws와 Socket.IO)',
);
const heads = {
  row: text('row', '항목'),
  measured: text('measured here', '측정 결과'),
  verdict: text('verdict', '판정'),
};
const verdictsTitle = text(
  'The documents’ tables A and B: what is right of them, by what HTTP goes over',
  '문서의 표 A와 표 B: 프로토콜별 판정',
);
const elsewhere = text('see `rtcompare tables`', '`rtcompare tables` 참고');
const rest = text(
  '`rtcompare tables` fills every row, with what the documents say.',
  '`rtcompare tables`는 문서의 설명과 함께 모든 항목을 채웁니다.',
);

type RowClaim = TableAClaim | TableBClaim;

interface Row {
  readonly cells: readonly Cell[];
  readonly tone: Tone;
  readonly isFilled: boolean;
}

function rowOf(claim: RowClaim, evidence: Evidence, reader: Reader): Row {
  const facts = claim.judgement.facts(evidence);
  const brief = briefOf(claim.judgement, facts);
  const decided = rule(claim.judgement, facts)?.verdict ?? 'unmeasured';
  const isFilled = brief !== null && decided !== 'unmeasured';
  return {
    isFilled,
    tone: verdictTones[decided],
    cells: [
      `${claim.id} ${say(reader, claim.title)}`,
      brief ? lineText(brief, reader) : say(reader, elsewhere),
      brief && decided === 'unmeasured'
        ? say(reader, elsewhere)
        : decided === 'unmeasured'
          ? ''
          : say(reader, verdictWords[decided]),
    ],
  };
}

type Told = Pick<Report, 'plan' | 'trials' | 'probed'>;

/** Nothing if the run has measured nothing for any row. */
export function documentsInShort(report: Told, reader: Reader): Block[] {
  const answered = byProtocol([...tableA, ...tableB], carriagesOf(report));
  const several = answered.some(({ answers }) => answers.length > 1);
  const table = several ? verdictTable(answered, reader) : tableInShort(report, reader);
  if (table === null) return [];
  return [{ kind: 'table', table }, ...(several ? partings(answered, reader) : [])];
}

/** With several protocols, a column of verdicts for each; the figures are in the other tables. */
function verdictTable(answered: readonly AnsweredClaim[], reader: Reader): Table {
  const overs = answered[0]?.answers.map(({ over }) => carriageNames[over]) ?? [];
  const rowOf = ({ claim, answers }: AnsweredClaim): Cell[] => [
    `${claim.id} ${say(reader, claim.title)}`,
    ...answers.map(({ ruling, why }) => {
      if (ruling) return say(reader, verdictWords[ruling.verdict]);
      return why ? lineText(why.line, reader) : say(reader, noFigure.none);
    }),
  ];
  const of = (table: 'A' | 'B') => answered.filter(({ claim }) => claim.table === table).map(rowOf);
  return {
    title: say(reader, verdictsTitle),
    head: [say(reader, heads.row), ...overs],
    shape: 'figures',
    dense: true,
    align: ['left', ...overs.map(() => 'left' as const)],
    rows: of('A'),
    references: of('B'),
    notes: [],
  };
}

function tableInShort(report: Told, reader: Reader): Table | null {
  const evidence = evidenceOf(report);
  const [a, b] = [tableA, tableB].map((table) => table.map((claim) => rowOf(claim, evidence, reader))) as [
    Row[],
    Row[],
  ];
  const all = [...a, ...b];
  if (!all.some(({ isFilled }) => isFilled)) return null;
  return {
    title: say(reader, title),
    head: [say(reader, heads.row), say(reader, heads.measured), say(reader, heads.verdict)],
    shape: 'figures',
    dense: true,
    align: ['left', 'left', 'left'],
    rows: a.map(({ cells }) => cells),
    references: b.map(({ cells }) => cells),
    tones: all.map(({ tone }) => tone),
    notes: all.every(({ isFilled }) => isFilled) ? [] : [say(reader, rest)],
  };
}
