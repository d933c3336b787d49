/** What a reader of a trial should know besides its figures: a kind and a value, which the views put into words. */

import { clientPorts } from '../base/platform.ts';
import type { Note } from '../document/report.ts';
import { isPhaseLocked, phasePattern } from '../laws/poll-contents.ts';
import type { Field } from '../ledger/tally.ts';
import type { TrialPlan } from './plan.ts';
import type { Steady } from './steady.ts';

export const trialNotes = (
  plan: TrialPlan,
  steady: Steady | null,
  fields: readonly Field[],
  socketsDialled: number,
): Note[] => [
  ...sampleNotes(steady),
  ...phaseNotes(plan, steady),
  ...readingNotes(plan, fields),
  ...portNotes(socketsDialled),
];

/** A port stays in TIME_WAIT for a minute: above this share of all ports the next trial may find none. */
const manyPorts = 0.6;

function portNotes(socketsDialled: number): Note[] {
  const range = clientPorts();
  const share = range ? socketsDialled / (range.to - range.from + 1) : 0;
  return share > manyPorts ? [{ kind: 'ports', value: socketsDialled }] : [];
}

function sampleNotes(steady: Steady | null): Note[] {
  if (!steady) return [];
  const { latency } = steady.book;
  const [count, kept] = [latency.count(), latency.raw().length];
  const notes: Note[] = [];
  if (steady.interrupted) notes.push({ kind: 'interrupted', value: 'in the measured phase' });
  if (count > 0 && latency.quantile(0.99) === null) notes.push({ kind: 'few-samples', value: count });
  const overloaded = steady.resources.server?.overloaded ?? 0;
  if (overloaded > 0) notes.push({ kind: 'overloaded', value: overloaded });
  if (count > kept) notes.push({ kind: 'samples-capped', value: kept });
  return notes;
}

/** If period and interval have a simple ratio, only a few waits occur, and their mean is accidental (law POLL5). */
function phaseNotes({ scenario, load }: TrialPlan, steady: Steady | null): Note[] {
  const polls = steady?.pollGrids.some((grid) => grid !== null);
  if (!polls || !scenario.paced || load.arrivals !== 'periodic') return [];
  const pattern = { periodNs: 1e9 / load.rate, intervalNs: load.pollIntervalMs * 1e6 };
  return isPhaseLocked(pattern) ? [{ kind: 'phase-lock', value: phasePattern(pattern).b }] : [];
}

/** Bytes that the dissectors could not read, and options that had no effect. */
function readingNotes(plan: TrialPlan, fields: readonly Field[]): Note[] {
  const notes: Note[] = [];
  const unparsed = bytesOf(fields.filter(({ layer }) => layer === 'unparsed'));
  const compressed = bytesOf(fields.filter(({ name }) => name === 'compressed'));
  if (unparsed > 0) notes.push({ kind: 'unparsed', value: unparsed });
  if (compressed > 0) notes.push({ kind: 'compressed', value: compressed });
  if (plan.compression && !plan.transport.traits.compression)
    notes.push({ kind: 'compression-not-offered', value: 0 });
  return notes;
}

const bytesOf = (fields: readonly Field[]) => fields.reduce((total, { bytes }) => total + bytes, 0);
