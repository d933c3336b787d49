/** Where a recommendation flips: each input is changed by itself until another transport is chosen. Pure. */
import { choose } from './choice.ts';
import type { Need, UnitCosts } from './need.ts';

/** The choice if an unknown behaviour of the way turns out well. */
export interface SureFlip {
  readonly input: 'streams' | 'upgrades';
  readonly to: string | null;
}

export interface NumberFlip {
  readonly input: 'rate' | 'size' | 'rttMs' | 'withinMs' | 'heartbeatMs';
  /** Up to this value (or from it on, as `towards` says) the answer stays. */
  readonly value: number;
  readonly towards: 'more' | 'less';
  readonly to: string | null;
}

export type Flip = NumberFlip | SureFlip;

/** How far each input is tried: a hundred-thousandth of it to a hundred thousand times as much. */
const decades = 5;
const stepsPerDecade = 8;

function changed(need: Need, input: NumberFlip['input'], factor: number): Need {
  const value = (need[input] ?? 0) * factor;
  if (input === 'rate') return { ...need, rate: value, rateUp: need.rateUp * factor };
  return { ...need, [input]: input === 'size' ? Math.max(1, Math.round(value)) : value };
}

/** The first value on the way from this input on at which another transport is chosen; found by halving. */
function flipOf(
  input: NumberFlip['input'],
  towards: NumberFlip['towards'],
  need: Need,
  units: UnitCosts,
): NumberFlip | null {
  const at = (factor: number) => changed(need, input, factor);
  const chosen = (factor: number) => choose(at(factor), units).chosen?.transport ?? null;
  const now = chosen(1);
  const sign = towards === 'more' ? 1 : -1;
  for (let step = 1; step <= decades * stepsPerDecade; step++) {
    let [near, far] = [step - 1, step].map((steps) => 10 ** ((sign * steps) / stepsPerDecade)) as [
      number,
      number,
    ];
    const to = chosen(far);
    if (to === now) continue;
    for (let halving = 0; halving < 24; halving++) {
      const middle = Math.sqrt(near * far);
      if (chosen(middle) === now) near = middle;
      else far = middle;
    }
    return { input, towards, value: at(far)[input] ?? 0, to: chosen(far) };
  }
  return null;
}

const inputs = ['rate', 'size', 'rttMs', 'withinMs', 'heartbeatMs'] as const;

function sureFlips(need: Need, units: UnitCosts): SureFlip[] {
  const transport = (asked: Need) => choose(asked, units).chosen?.transport ?? null;
  const where = (input: SureFlip['input'], asked: Need): SureFlip[] => {
    const to = transport(asked);
    return to === transport(need) ? [] : [{ input, to }];
  };
  return [
    // What holds a stream back can often be configured not to.
    ...(need.streams === 'pass' ? [] : where('streams', { ...need, streams: 'pass' })),
    ...(need.upgrades === 'unknown' ? where('upgrades', { ...need, upgrades: true }) : []),
  ];
}

export const flipsOf = (need: Need, units: UnitCosts): Flip[] => [
  ...sureFlips(need, units),
  ...inputs
    .filter((input) => (need[input] ?? 0) > 0)
    .flatMap((input) => [flipOf(input, 'less', need, units), flipOf(input, 'more', need, units)])
    .filter((flip) => flip !== null),
];
