/**
 * The lines the tables share: one per transport of a family, and one that names those that did not run.
 */

import type { Text } from '../../base/text.ts';
import type { ByTransport, Carried } from './evidence.ts';
import type { Line, Quantity } from './line.ts';
import { exact, rank, sameNs, timingNoise } from './ranking.ts';

export const name = (value: string): Quantity => ({ unit: 'name', value });
export const count = (value: number): Quantity => ({ unit: 'count', value });
export const decimal = (value: number | null): Quantity => ({ unit: 'decimal', value });
export const bytes = (value: number | null): Quantity => ({ unit: 'bytes', value });
export const nanoseconds = (value: number | null): Quantity => ({ unit: 'nanoseconds', value });
export const milliseconds = (value: number | null): Quantity => ({ unit: 'milliseconds', value });

const notMeasured: Text = { en: 'not measured: {names}', ko: '측정하지 않음: {names}' };

/**
 * One line per member of a family that ran, then one line naming the members that did not; no line at all
 * when none ran, which the skins print as "not measured in this run".
 */
export function familyLines(
  family: readonly string[],
  trials: ByTransport,
  lineOf: (trial: Carried) => Line | null,
  instead: Readonly<Record<string, Line | null>> = {},
): Line[] {
  const told: Line[] = [];
  const missing: string[] = [];
  let measured = 0;
  for (const member of family) {
    const trial = trials.get(member);
    const line = trial === undefined ? null : lineOf(trial);
    if (line !== null) measured += 1;
    const said = line ?? instead[member] ?? null;
    if (said === null) missing.push(member);
    else told.push(said);
  }
  if (measured === 0) return [];
  if (missing.length > 0)
    told.push({ text: notMeasured, values: { names: { unit: 'names', value: missing } } });
  return told;
}

/** Names the winner of a load, with all that cannot be told apart from it. */
export function winnerLine(
  text: Text,
  trials: ByTransport,
  family: readonly string[],
  measureOf: (trial: Carried) => number | null | undefined,
  unit: 'nanoseconds' | 'bytes',
): Line | null {
  const running = family.flatMap((member) => trials.get(member) ?? []);
  // A single transport wins nothing, and no transport wins by times if one of them is noisy.
  const isOpen = unit !== 'bytes' && running.some(({ verdict }) => verdict === 'noisy');
  const ranking =
    running.length < 2 || isOpen
      ? null
      : unit === 'bytes'
        ? rank(running, measureOf, exact)
        : rank(running, measureOf, timingNoise, sameNs);
  if (ranking === null) return null;
  const names = ranking.winners.map((winner) => winner.item.transport);
  return {
    text,
    values: { names: { unit: 'names', value: names }, best: { unit, value: ranking.winners[0].value } },
  };
}

export const present = (lines: readonly (Line | null)[]): Line[] => lines.filter((line) => line !== null);
