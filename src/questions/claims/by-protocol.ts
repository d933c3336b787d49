/**
 * The documents' claims judged once for each protocol that HTTP goes over: the same rule, applied to the facts of that
 * protocol's trials. If it has none, the reason stands in their place.
 */
import { type Text, text } from '../../base/text.ts';
import { isHttp2, type Over } from '../../protocols/over.ts';
import { transportByName } from '../../transports/index.ts';
import type { Fact } from '../probes/fact.ts';
import type { AnyClaim } from './claim.ts';
import type { ProtocolEvidence } from './evidence.ts';
import { briefOf, type Decision, type Judgement, type Ruling, rule } from './judgement.ts';
import type { Line } from './line.ts';
import { name } from './lines.ts';
import { probeFactKinds } from './probe-fact-kinds.ts';

export interface ProtocolAnswer {
  readonly over: Over;
  readonly facts: readonly Fact[];
  readonly ruling: Ruling | null;
  /** What was measured, in a line; rows of the tables have it. */
  readonly brief: Line | null;
  /** Why this protocol decides nothing; null if it does. */
  readonly why: WhyNot | null;
}

export interface WhyNot {
  /** Short enough for a cell. */
  readonly line: Line;
  /** The transport that this protocol does not carry, and why. */
  readonly reason?: { readonly transport: string; readonly text: Text };
}

export interface AnsweredClaim {
  readonly claim: AnyClaim;
  readonly answers: readonly ProtocolAnswer[];
}

export const tryClaim = (claim: AnyClaim, carriages: readonly ProtocolEvidence[]): AnsweredClaim => ({
  claim,
  answers: carriages.map(({ over, evidence }) =>
    answerOf(claim.judgement, over, claim.judgement.facts(evidence)),
  ),
});

export const byProtocol = (
  claims: readonly AnyClaim[],
  carriages: readonly ProtocolEvidence[],
): AnsweredClaim[] => claims.map((claim) => tryClaim(claim, carriages));

export function answerOf(judgement: Judgement, over: Over, facts: readonly Fact[]): ProtocolAnswer {
  const ruling = rule(judgement, facts);
  return {
    over,
    facts,
    ruling,
    brief: briefOf(judgement, facts),
    why: ruling === null ? whyNot(judgement, over) : null,
  };
}

const texts = {
  probed: text('asked over HTTP/1.1 only', 'HTTP/1.1에서만 확인'),
  notCarried: text('no {name} over it', '{name} 사용 불가'),
};

/** Whether probes of running servers decide it, and no trial. */
export const isAskedOnce = ({ reads }: Pick<Judgement, 'reads'>): boolean =>
  Object.values(reads).every(([metric]) => Object.hasOwn(probeFactKinds, metric));

function whyNot(judgement: Judgement, over: Over): WhyNot | null {
  if (over !== 'http' && isAskedOnce(judgement)) return { line: { text: texts.probed } };
  if (!isHttp2(over)) return null;
  for (const [, transport] of Object.values(judgement.reads)) {
    const reason = transportByName(transport)?.traits.notOverHttp2;
    if (reason)
      return {
        line: { text: texts.notCarried, values: { name: name(transport) } },
        reason: { transport, text: reason },
      };
  }
  return null;
}

/** The protocols that reached the same verdict. */
export interface VerdictSide {
  readonly verdict: Decision;
  readonly answers: readonly [ProtocolAnswer, ...ProtocolAnswer[]];
}

/** The verdicts of a claim, in the order of the protocols; a verdict withheld because of noise takes no side. */
export function sidesOf({ answers }: Pick<AnsweredClaim, 'answers'>): VerdictSide[] {
  const sides = new Map<Decision, [ProtocolAnswer, ...ProtocolAnswer[]]>();
  for (const answer of answers) {
    const verdict = answer.ruling?.verdict;
    if (verdict === undefined || verdict === 'withheld') continue;
    const known = sides.get(verdict);
    if (known) known.push(answer);
    else sides.set(verdict, [answer]);
  }
  return [...sides].map(([verdict, answers]) => ({ verdict, answers }));
}
