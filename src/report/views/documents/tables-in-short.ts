/** Tables A and B of the documents in a line a row: what was measured, and what that makes of the document. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';
import type { TableAClaim, TableBClaim } from '../../../questions/claims/claim.ts';
import { type Evidence, evidenceOf } from '../../../questions/claims/evidence.ts';
import { tableA, tableB } from '../../../questions/claims/index.ts';
import { briefOf, rule } from '../../../questions/claims/judgement.ts';
import type { Cell, Table, Tone } from '../../blocks/block.ts';
import { lineText } from './document-tables.ts';
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

/** Null where the run has nothing to say about any row. */
export function tablesInShort(
  report: Pick<Report, 'plan' | 'trials' | 'probed'>,
  reader: Reader,
): Table | null {
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
