/**
 * Which transport to take, and what decided. The rule: of those that are always quick enough, are not cut off and do
 * not depend on unknown behaviour of the way, the one with the fewest bytes an hour, all layers counted, or with the
 * least radio time if that is asked for. What differs by no more than a twentieth is level; then requests decide, then
 * connections, then what a transport demands of the way. Pure.
 */
import { levelShare } from './assumptions.ts';
import { costsOf } from './costs.ts';
import type { Need, TransportCost, UnitCosts } from './need.ts';

/** What a choice was made by; `only` where there was one. */
export type Decider = 'only' | Need['by'] | Tie;
type Tie = 'requests' | 'connections' | 'demands';

/** A tie-break that told some of the level transports from the others. */
export interface Step {
  readonly by: Tie;
  readonly left: readonly TransportCost[];
  readonly out: readonly TransportCost[];
}

interface Picked {
  readonly cost: TransportCost;
  readonly by: Decider;
  /** All that are level with the least, in order. */
  readonly level: readonly TransportCost[];
  readonly steps: readonly Step[];
}

export interface Choice {
  readonly costs: readonly TransportCost[];
  /** Null where nothing is quick enough. */
  readonly chosen: TransportCost | null;
  readonly by: Decider | null;
  readonly level: readonly TransportCost[];
  readonly steps: readonly Step[];
  /** The least of the others that fit, if there are any. */
  readonly next: TransportCost | null;
  readonly tooSlow: readonly TransportCost[];
}

/** A poll interval is computed from this very limit, so a rounding error must not make it miss the limit. */
const isQuick = ({ withinMs }: Need, { lateMs }: TransportCost) => lateMs <= withinMs * (1 + 1e-9);

const fits = (need: Need) => (cost: TransportCost) => isQuick(need, cost) && !cost.isCut && !cost.isUnsure;

const ties: readonly (readonly [Tie, (cost: TransportCost) => number])[] = [
  ['requests', ({ requestsPerHour }) => requestsPerHour],
  ['connections', ({ connections }) => connections],
  ['demands', ({ demands }) => demands.length],
];

/** Those that are least by each measure in turn, until one is left; a measure that separates none is no step. */
function stepsFrom(level: readonly TransportCost[]): Step[] {
  const steps: Step[] = [];
  let left = level;
  for (const [by, measure] of ties) {
    const least = Math.min(...left.map(measure));
    const out = left.filter((cost) => measure(cost) > least);
    if (out.length === 0) continue;
    left = left.filter((cost) => measure(cost) === least);
    steps.push({ by, left, out });
  }
  return steps;
}

/** What is to be least. */
const measureOf =
  ({ by }: Pick<Need, 'by'>) =>
  (cost: TransportCost): number =>
    by === 'radio' ? (cost.radioSecondsPerHour ?? cost.wireBytesPerHour) : cost.wireBytesPerHour;

function inOrderOf(need: Need, costs: readonly TransportCost[]): TransportCost[] {
  const measure = measureOf(need);
  return costs.toSorted((a, b) => measure(a) - measure(b));
}

function best(need: Need, costs: readonly TransportCost[]): Picked | null {
  const measure = measureOf(need);
  const inOrder = inOrderOf(need, costs);
  const [least] = inOrder;
  if (!least) return null;
  const level = inOrder.filter((cost) => measure(cost) <= measure(least) * (1 + levelShare));
  const steps = stepsFrom(level);
  const last = steps.at(-1);
  return {
    cost: last?.left[0] ?? least,
    by: last?.by ?? (costs.length === 1 ? 'only' : need.by),
    level,
    steps,
  };
}

export function choose(need: Need, units: UnitCosts): Choice {
  const costs = costsOf(need, units);
  const good = costs.filter(fits(need));
  const picked = best(need, good);
  return {
    costs,
    chosen: picked?.cost ?? null,
    by: picked?.by ?? null,
    level: picked?.level ?? [],
    steps: picked?.steps ?? [],
    next: inOrderOf(need, good).find((cost) => cost !== picked?.cost) ?? null,
    tooSlow: costs.filter((cost) => !isQuick(need, cost)),
  };
}
