/** The claims with their verdicts and evidence as one JSON document. */
import { type Reader, say } from '../../../base/text.ts';
import type { FactKind } from '../../../questions/claims/fact-kind.ts';
import { kindOf } from '../../../questions/claims/fact-kinds.ts';
import type { Tried } from '../../../questions/claims/trial.ts';
import { explanationText } from './claims-blocks.ts';

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

/** What `--json` prints of each claim. */
export const claimsDocument = (tried: readonly Tried[], reader: Reader) =>
  tried.map((one) => ({
    id: one.claim.id,
    table: one.claim.table,
    row: say(reader, one.claim.title),
    says: Object.fromEntries(
      Object.entries(one.claim.says).map(([column, said]) => [column, say(reader, said)]),
    ),
    verdict: one.ruling?.verdict ?? null,
    evidence: one.facts.map(({ metric, value, transport, noisy }) => ({
      metric,
      value,
      unit: jsonUnits[kindOf(metric)?.unit ?? 'decimal'],
      transport,
      ...(noisy ? { noisy } : {}),
    })),
    explanation: explanationText(one, reader),
  }));
