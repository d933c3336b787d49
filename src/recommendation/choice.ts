/**
 * Which transport to take, why, and where the answer flips. The rule: of those that are quick enough, the one with the
 * fewest bytes an hour; where two differ by less than a twentieth, the one that needs less. Pure.
 */
import { type Cost, costsOf, type Need, type UnitCosts } from './costs.ts';

export interface Flip {
  readonly input: 'rate' | 'size' | 'rttMs' | 'withinMs';
  /** Up to this value (or from it on, as `towards` says) the answer stays. */
  readonly value: number;
  readonly towards: 'more' | 'less';
  readonly to: string | null;
}

export interface Choice {
  readonly costs: readonly Cost[];
  /** Null where nothing is quick enough. */
  readonly chosen: Cost | null;
  /** The cheapest of the others that are quick enough, if there are any. */
  readonly next: Cost | null;
  readonly tooSlow: readonly Cost[];
  readonly flips: readonly Flip[];
}

const sameBytes = 0.05;

const isQuick = ({ withinMs }: Need, { ageMs, delayMs }: Cost) =>
  Math.max(ageMs ?? 0, delayMs ?? 0) <= withinMs;

function cheapest(costs: readonly Cost[]): Cost | null {
  const least = Math.min(...costs.map(({ bytesPerHour }) => bytesPerHour));
  return costs.find(({ bytesPerHour }) => bytesPerHour <= least * (1 + sameBytes)) ?? null;
}

const pick = (need: Need, units: UnitCosts): Cost | null =>
  cheapest(costsOf(need, units).filter((cost) => isQuick(need, cost)));

/** How far each input is tried: a hundred-thousandth of it to a hundred thousand times as much. */
const decades = 5;
const stepsPerDecade = 8;

/** The first value on the way from this input on at which another transport is chosen; found by halving. */
function flipOf(input: Flip['input'], towards: Flip['towards'], need: Need, units: UnitCosts): Flip | null {
  const at = (factor: number) => {
    const value = need[input] * factor;
    return { ...need, [input]: input === 'size' ? Math.max(1, Math.round(value)) : value };
  };
  const chosen = (factor: number) => pick(at(factor), units)?.transport ?? null;
  const now = chosen(1);
  const sign = towards === 'more' ? 1 : -1;
  for (let step = 1; step <= decades * stepsPerDecade; step++) {
    let [near, far] = [step - 1, step].map((steps) => 10 ** ((sign * steps) / stepsPerDecade)) as [
      number,
      number,
    ];
    const to = chosen(far);
    if (to === now) continue;
    for (let halving = 0; halving < 40; halving++) {
      const middle = Math.sqrt(near * far);
      if (chosen(middle) === now) near = middle;
      else far = middle;
    }
    return { input, towards, value: at(far)[input], to: chosen(far) };
  }
  return null;
}

export function choose(need: Need, units: UnitCosts): Choice {
  const costs = costsOf(need, units);
  const quick = costs.filter((cost) => isQuick(need, cost));
  const chosen = cheapest(quick);
  const inputs = ['rate', 'size', 'rttMs', 'withinMs'] as const;
  return {
    costs,
    chosen,
    next: cheapest(quick.filter((cost) => cost !== chosen)),
    tooSlow: costs.filter((cost) => !isQuick(need, cost)),
    flips: inputs
      .filter((input) => need[input] > 0)
      .flatMap((input) => [flipOf(input, 'less', need, units), flipOf(input, 'more', need, units)])
      .filter((flip) => flip !== null),
  };
}
