/** The documents on trial: every claim with its facts and the verdict that follows from them. */
import type { Fact } from '../probes/fact.ts';
import type { ProseClaim, TableAClaim, TableBClaim } from './claim.ts';
import type { Evidence } from './evidence.ts';
import { type Ruling, rule } from './judgement.ts';

export type AnyClaim = TableAClaim | TableBClaim | ProseClaim;

export interface Tried {
  readonly claim: AnyClaim;
  readonly facts: readonly Fact[];
  /** Null when something the rule reads was not measured. */
  readonly ruling: Ruling | null;
}

export const onTrial = (claims: readonly AnyClaim[], evidence: Evidence): Tried[] =>
  claims.map((claim) => {
    const facts = claim.judgement.facts(evidence);
    return { claim, facts, ruling: rule(claim.judgement, facts) };
  });
