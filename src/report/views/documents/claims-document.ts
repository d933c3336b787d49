/** The claims with their verdicts and evidence as one JSON document. */
import { type Reader, say } from '../../../base/text.ts';
import type { AnsweredClaim, ProtocolAnswer } from '../../../questions/claims/by-protocol.ts';
import type { FactKind } from '../../../questions/claims/fact-kind.ts';
import { kindOf } from '../../../questions/claims/fact-kinds.ts';
import { explanationText } from './claims-tables.ts';

const jsonUnits: Readonly<Record<FactKind['unit'], string>> = {
  nanoseconds: 'ns',
  bytes: 'B',
  'mean-bytes': 'B',
  count: 'count',
  decimal: 'ratio',
  share: 'share',
  flag: 'yes=1',
  name: 'text',
};

const answerDocument = (answer: ProtocolAnswer, reader: Reader) => ({
  verdict: answer.ruling?.verdict ?? null,
  evidence: answer.facts.map(({ metric, value, transport, noisy }) => ({
    metric,
    value,
    unit: jsonUnits[kindOf(metric)?.unit ?? 'decimal'],
    transport,
    ...(noisy ? { noisy } : {}),
  })),
  explanation: explanationText(answer, reader),
});

/** What `--json` prints of each claim: the first protocol's answer, and all of them if there are several. */
export const claimsDocument = (answered: readonly AnsweredClaim[], reader: Reader) =>
  answered.map(({ claim, answers }) => ({
    id: claim.id,
    table: claim.table,
    row: say(reader, claim.title),
    says: Object.fromEntries(Object.entries(claim.says).map(([column, said]) => [column, say(reader, said)])),
    ...answers.slice(0, 1).map((answer) => answerDocument(answer, reader))[0],
    ...(answers.length > 1
      ? { answers: answers.map((answer) => ({ over: answer.over, ...answerDocument(answer, reader) })) }
      : {}),
  }));
