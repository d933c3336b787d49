/**
 * The gate: weighs every transport and holds it against a baseline. What races is weighed again until it comes out as
 * it may, because a race that was not seen yet is no regression.
 */

import { CannotRun } from '../base/failure.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import { version } from '../base/version.ts';
import type { Note } from '../document/report.ts';
import type { StageWeight, TransportWeight, Weighing } from '../document/weighing.ts';
import { type Changes, weighSetup, weighTransport } from '../script/exact-weights.ts';
import type { Transport } from '../transports/transport.ts';
import { readEnvironment } from '../trial/environment.ts';
import { alike, differences, type WireChange } from './differences.ts';
import type { Alike } from './report-alike.ts';
import { compareTimings, type TimesComparison } from './timings.ts';

/** How often a set-up that races is weighed before its outcomes are taken to be all. */
const tries = 40;
/** Longer than the rest of a set-up takes. */
const lateMs = 30;

const races = ({ traits }: Transport) => traits.setupRequests.length > 1;

/**
 * Outcomes of a race are told apart by their requests. By their bytes, a header more would be an outcome that was never
 * seen, and the race would be run again and again for one that cannot come any more.
 */
const isAmong = (outcome: StageWeight, known: readonly StageWeight[]) =>
  known.some(({ requests }) => requests === outcome.requests);

export interface WeighingOptions {
  /** Weighed against it: a race needs only one admissible outcome. Without it every outcome is looked for. */
  readonly baseline: Weighing | null;
  readonly signal: AbortSignal;
  readonly onStage: (transport: string) => void;
  /** What is weighed, where that is not our own dependencies. */
  readonly environment?: Weighing['environment'];
  /** Where libraries come from; in tests, what makes the wire heavier. */
  readonly changes?: Changes;
}

export async function weighAll(
  transports: readonly Transport[],
  options: WeighingOptions,
): Promise<Weighing> {
  const weights: TransportWeight[] = [];
  const failed: { transport: string; why: string }[] = [];
  for (const transport of transports) {
    options.signal.throwIfAborted();
    options.onStage(transport.name);
    try {
      const weight = await weighTransport(transport, options.changes);
      weights.push(
        races(transport)
          ? { ...weight, stages: { ...weight.stages, setup: await raced(transport, weight, options) } }
          : weight,
      );
    } catch (error) {
      // Libraries of somebody else's may not get on with each other. That is a result; the others are weighed.
      failed.push({ transport: transport.name, why: (error as Error).message });
    }
  }
  if (weights.length === 0)
    throw new CannotRun(inEveryLanguage(nothingWeighed, { why: failed[0]?.why ?? '' }));
  const { node, dependencies } = readEnvironment();
  return {
    ...{ schemaVersion: 1, kind: 'weighing', tool: { name: 'rtcompare', version } },
    environment: options.environment ?? { node, dependencies },
    transports: weights,
    ...(failed.length > 0 && { failed }),
  };
}

const nothingWeighed = text('nothing could be weighed: {why}', '잴 수 있는 것이 없습니다: {why}');

/** The outcomes of a set-up that races: the first admissible one, or, where a baseline is made, all that show up. */
async function raced(
  transport: Transport,
  weight: TransportWeight,
  { baseline, changes }: WeighingOptions,
): Promise<StageWeight[]> {
  const admissible = baseline?.transports.find((one) => one.transport === transport.name)?.stages.setup;
  const outcomes = [...(weight.stages.setup ?? [])];
  for (let k = 0; k < tries; k++) {
    const [latest] = outcomes.slice(-1);
    if (admissible && latest && isAmong(latest, admissible)) return [latest];
    if (!admissible && outcomes.length >= transport.traits.setupRequests.length) break;
    // Left alone, one side nearly always wins: for a baseline every second race is decided for the other.
    const lateUpgradeMs = admissible || k % 2 > 0 ? 0 : lateMs;
    const next = await weighSetup(transport, { ...changes, lateUpgradeMs });
    if (!isAmong(next, outcomes)) outcomes.push(next);
  }
  return admissible ? outcomes.slice(-1) : outcomes.toSorted((a, b) => a.requests - b.requests);
}

/** What both have and can still not be compared. */
export interface NotCompared {
  readonly name: string;
  /** In which of the two it cannot be read. */
  readonly side: 'before' | 'after' | 'both';
  /** Its figures do not count; the run was ended before it had been measured; or it could not connect. */
  readonly why: 'invalid' | 'interrupted' | 'unconnected';
  /** Why they do not count, as notes of the trial. */
  readonly notes: readonly Note[];
  /** Why it could not connect. */
  readonly told?: Text;
}

export interface Comparison {
  /** How many could be compared. */
  readonly compared: number;
  readonly findings: readonly WireChange[];
  readonly notCompared: readonly NotCompared[];
  /** What is in only one of the two, by name. */
  readonly added: readonly string[];
  readonly missing: readonly string[];
  /** What changed between the environments: `node 20.20.2 → 22.1.0`. */
  readonly environment: readonly string[];
  /** What reads differently and weighs the same. */
  readonly alike?: readonly Alike[];
  /** Reports do not hold how headers read, so that a change of the same weight may go unseen. */
  readonly areRuns?: true;
  /** Whose libraries were weighed, where that is told. */
  readonly weighed?: Weighing['environment'] | undefined;
  /** Null where nobody asked for times. */
  readonly times: TimesComparison | null;
}

export function compareWeighings(before: Weighing, after: Weighing): Comparison {
  const was = new Map(before.transports.map((weight) => [weight.transport, weight]));
  const is = new Map(after.transports.map((weight) => [weight.transport, weight]));
  return {
    compared: [...is.keys()].filter((name) => was.has(name)).length,
    findings: [...is.values()].flatMap((weight) => {
      const known = was.get(weight.transport);
      return known ? differences(known, weight) : [];
    }),
    notCompared: unweighed(before, after),
    added: [...is.keys()].filter((name) => !was.has(name)),
    missing: [...was.keys()].filter((name) => !is.has(name) && !failedIn(after).has(name)),
    environment: changedVersions(before.environment, after.environment),
    alike: alike(before.transports, after.transports),
    times: before.timings && after.timings ? compareTimings(before.timings, after.timings) : null,
  };
}

const failedIn = ({ failed = [] }: Weighing) => new Map(failed.map(({ transport, why }) => [transport, why]));

function unweighed(before: Weighing, after: Weighing): NotCompared[] {
  const [was, is] = [failedIn(before), failedIn(after)];
  return [...new Set([...was.keys(), ...is.keys()])].map((name) => {
    const why = is.get(name) ?? was.get(name) ?? '';
    const side = is.has(name) ? (was.has(name) ? 'both' : 'after') : 'before';
    return { name, side, why: 'unconnected', notes: [], told: { en: why, ko: why } };
  });
}

type Versions = Weighing['environment'];

export function changedVersions(before: Versions, after: Versions): string[] {
  const versions = ({ node, dependencies }: Versions): Record<string, string> => ({ node, ...dependencies });
  const [was, is] = [versions(before), versions(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => was[name] !== is[name])
    .map((name) => `${name} ${was[name] ?? '–'} → ${is[name] ?? '–'}`);
}
