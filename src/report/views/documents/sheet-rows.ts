/** A row of the sheet: what the document says, and the answer of each protocol. */
import { type Reader, say, text } from '../../../base/text.ts';
import { type AnsweredClaim, type ProtocolAnswer, tryClaim } from '../../../questions/claims/by-protocol.ts';
import type { TableAClaim, TableBClaim } from '../../../questions/claims/claim.ts';
import type { ProtocolEvidence } from '../../../questions/claims/evidence.ts';
import type { Decision } from '../../../questions/claims/judgement.ts';
import { isWhole, type Line } from '../../../questions/claims/line.ts';
import { carriageNames } from '../run/sweep-axes.ts';
import { lineText } from './document-tables.ts';
import type { SheetAnswer, SheetRow, VerdictKind } from './sheet.ts';
import { verdictWords } from './verdict-words.ts';

const unmeasured = text('could not be measured', '측정하지 못했습니다');

type Decided = Decision | 'unmeasured';

const kinds: Readonly<Record<Decided, VerdictKind>> = {
  confirmed: 'confirmed',
  refined: 'refined',
  contradicted: 'contradicted',
  opinion: 'opinion',
  withheld: 'noisy',
  unmeasured: 'unmeasured',
};

export interface ToldRow {
  readonly answered: AnsweredClaim;
  readonly row: SheetRow;
}

interface Columns {
  readonly names: readonly string[];
  /** Adds a line for each transport; only a page has room for them. */
  readonly detailed: boolean;
}

export function rowOf(
  claim: TableAClaim | TableBClaim,
  { names, detailed }: Columns,
  carriages: readonly ProtocolEvidence[],
  reader: Reader,
): ToldRow {
  const answered = tryClaim(claim, carriages);
  const measured = detailed ? carriages.slice(0, 1).map(({ evidence }) => claim.measure(evidence))[0] : null;
  const measuredOf: Readonly<Record<string, readonly Line[]>> = measured?.cells ?? {};
  const says = Object.entries(claim.says).map(([side, said], index) => ({
    column: names[index] ?? '',
    text: say(reader, said),
    ...(detailed ? { details: (measuredOf[side] ?? []).map((line) => lineText(line, reader)) } : {}),
  }));
  const answers = answered.answers.map((answer) => ({
    over: carriageNames[answer.over],
    ...told(answer, reader),
  }));
  const [first = nothing(reader)] = answers;
  return {
    answered,
    row: {
      id: claim.id,
      title: say(reader, claim.title),
      says,
      ...(measured?.what ? { what: lineText(measured.what, reader) } : {}),
      measured: first.measured,
      verdict: first.verdict,
      ...(answers.length > 1 ? { answers } : {}),
    },
  };
}

const nothing = (reader: Reader) => told({ ruling: null, brief: null, why: null }, reader);

function told(
  { ruling, brief, why }: Pick<ProtocolAnswer, 'ruling' | 'brief' | 'why'>,
  reader: Reader,
): SheetAnswer {
  const decided = ruling?.verdict ?? 'unmeasured';
  const measured = brief ? lineText(brief, reader) : say(reader, unmeasured);
  return {
    measured: [why ? lineText(why.line, reader) : measured],
    verdict: {
      kind: kinds[decided],
      text: say(reader, verdictWords[decided]),
      condition: ruling?.condition && isWhole(ruling.condition) ? lineText(ruling.condition, reader) : null,
    },
  };
}
