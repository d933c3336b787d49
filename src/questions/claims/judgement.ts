/**
 * What makes a claim decidable: what must be measured for it, which facts its rule reads, the rule, and a sentence for
 * each verdict the rule can reach. A verdict is computed from facts and from nothing else, so a reader with the
 * evidence can compute it again.
 */

import type { Text } from '../../base/text.ts';
import type { Fact } from '../probes/fact.ts';
import type { ProbeName } from '../probes/index.ts';
import type { Evidence, Experiment } from './evidence.ts';
import { type FactName, kindOf } from './fact-kinds.ts';
import { isWhole, type Line, type Quantity } from './line.ts';

/**
 * `confirmed`: as the document says. `refined`: true under a condition that the explanation states. `contradicted`:
 * the measurement says otherwise. `opinion`: the measurements decide nothing, it is a matter of taste.
 */
export const verdicts = ['confirmed', 'refined', 'contradicted', 'opinion'] as const;
export type ClaimVerdict = (typeof verdicts)[number];

/** Names in rule and explanation, and the fact each stands for. */
export type Reads = Readonly<Record<string, readonly [metric: FactName, transport: string]>>;

/** `withheld`: the rule reads times of a noisy trial, so another run may give another verdict. */
export type Decision = ClaimVerdict | 'withheld';

export interface Judgement<R extends Reads = Reads, V extends ClaimVerdict = ClaimVerdict> {
  readonly needs: readonly (Experiment | ProbeName)[];
  /** What the evidence says, as facts; what was not measured is left out. */
  facts(evidence: Evidence): readonly Fact[];
  /** What the rule decides by; without one of them there is no verdict. */
  readonly reads: R;
  /** Further facts that explanations quote. */
  readonly quotes?: Reads;
  verdict(values: { readonly [Name in keyof R]: number }): V;
  readonly explains: Readonly<Record<V, Text>>;
  /** Sentences after the explanation, whatever the verdict; each appears only if everything it quotes was measured. */
  readonly besides?: readonly Text[];
  /** Verdicts that a busy machine cannot cause: it makes times longer, so a time that is short enough is real. */
  readonly despiteNoise?: readonly NoInfer<V>[];
  /** What was measured, in one line: the first of these whose values are all known. Rows of the two tables have it. */
  readonly brief?: readonly Text[];
  /** What a one-word verdict leaves out: when the document is right, or what else is true. */
  readonly conditions?: Readonly<Partial<Record<NoInfer<V>, Text>>>;
}

/** Checks that there is an explanation for every verdict of the rule, then drops the type of the verdicts. */
export const judgement = <const R extends Reads, const V extends ClaimVerdict>(
  made: Judgement<R, V>,
): Judgement => made as unknown as Judgement;

export interface Ruling {
  readonly verdict: Decision;
  readonly explanation: Line;
  readonly condition: Line | null;
}

const factOf = (facts: readonly Fact[], [metric, transport]: readonly [string, string]): Fact | undefined =>
  facts.find((fact) => fact.metric === metric && fact.transport === transport);

const withheld: Text = {
  en: 'Withheld: the times that it rests on were noisy each time they were measured. A quieter machine decides it.',
  ko: '보류: 근거가 되는 시간을 여러 번 측정했지만 매번 잡음이 섞였습니다. 더 조용한 컴퓨터에서 판정할 수 있습니다.',
};

/** Everything that a sentence of this judgement may quote, by its name there. */
const valuesOf = ({ reads, quotes }: Pick<Judgement, 'reads' | 'quotes'>, facts: readonly Fact[]) =>
  Object.fromEntries(
    Object.entries({ ...quotes, ...reads }).map(([name, read]) => {
      const found = factOf(facts, read);
      return [name, quantityOf(read[0], found?.value ?? null, found?.noisy)];
    }),
  );

/** The row in one line; null if too little was measured for it. */
export function briefOf(judgement: Judgement, facts: readonly Fact[]): Line | null {
  const all = { ...judgement.quotes, ...judgement.reads };
  const isThere = (name: string) => {
    const read = all[name];
    return read !== undefined && (factOf(facts, read)?.value ?? null) !== null;
  };
  const text = judgement.brief?.find(({ en }) =>
    [...en.matchAll(/\{(\w+)\}/g)].every(([, name = '']) => isThere(name)),
  );
  return text ? { text, values: valuesOf(judgement, facts) } : null;
}

const joined = (one: Text, next: Text): Text => ({ en: `${one.en} ${next.en}`, ko: `${one.ko} ${next.ko}` });

/** The verdict that follows from these facts; null if a fact that the rule reads is missing. */
export function rule(judgement: Judgement, facts: readonly Fact[]): Ruling | null {
  const { reads, verdict, explains, despiteNoise = [], conditions = {} } = judgement;
  const values: Record<string, number> = {};
  let noisy = false;
  for (const [name, read] of Object.entries(reads)) {
    const found = factOf(facts, read);
    if (typeof found?.value !== 'number') return null;
    values[name] = found.value;
    noisy ||= found.noisy === true;
  }
  const reached = verdict(values);
  if (noisy && !despiteNoise.includes(reached))
    return { verdict: 'withheld', explanation: { text: withheld }, condition: null };
  const quoted = valuesOf(judgement, facts);
  const told = (judgement.besides ?? []).filter((text) => isWhole({ text, values: quoted }));
  const condition = conditions[reached];
  return {
    verdict: reached,
    explanation: { text: [explains[reached], ...told].reduce(joined), values: quoted },
    condition: condition ? { text: condition, values: quoted } : null,
  };
}

/** A fact's value as the report's skins write it. */
export function quantityOf(metric: string, value: Fact['value'], noisy?: true): Quantity {
  const unit = kindOf(metric)?.unit ?? 'decimal';
  if (unit === 'name' || typeof value === 'string') return { unit: 'name', value: String(value ?? '–') };
  return { unit: unit === 'mean-bytes' ? 'decimal' : unit, value, noisy };
}
