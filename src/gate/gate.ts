/**
 * The gate: weighs every transport and compares it with a baseline. A set-up that races is weighed again until it shows
 * an admissible outcome, because an outcome that has not shown yet is no regression.
 */

import { CannotRun } from '../base/failure.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import { version } from '../base/version.ts';
import type { Note } from '../document/report.ts';
import type { StageWeight, TransportWeight, Weighing } from '../document/weighing.ts';
import { isHttp2, type Over } from '../protocols/over.ts';
import { type Changes, weighSetup, weighTransport } from '../script/exact-weights.ts';
import type { Transport } from '../transports/transport.ts';
import { readEnvironment } from '../trial/environment.ts';
import { alike, differences, type WireChange } from './differences.ts';
import type { Alike } from './report-alike.ts';
import { compareTimings, type TimesComparison } from './timings.ts';

/** How often a set-up that races is weighed before the outcomes seen are taken to be all. */
const tries = 40;
/** Longer than the rest of a set-up takes. */
const lateMs = 30;

const races = ({ traits }: Transport) => traits.setupRequests.length > 1;

/**
 * Outcomes of a race are told apart by their requests. Told apart by bytes, one new header would make an outcome that
 * was never seen, and the race would be repeated for an outcome that cannot come any more.
 */
const isAmong = (outcome: StageWeight, known: readonly StageWeight[]) =>
  known.some(({ requests }) => requests === outcome.requests);

export interface WeighingOptions {
  /**
   * What the weighing is compared with. With it, a race needs only one outcome, an admissible one if it lists any;
   * without it, all outcomes are looked for.
   */
  readonly baseline: Weighing | null;
  readonly signal: AbortSignal;
  readonly onStage: (transport: string) => void;
  /** What is weighed, if it is not rtcompare's own dependencies. */
  readonly environment?: Weighing['environment'];
  /** Where libraries come from; tests use it to make the wire heavier. */
  readonly changes?: Changes;
}

export async function weighAll(
  transports: readonly Transport[],
  options: WeighingOptions,
): Promise<Weighing> {
  const weights: TransportWeight[] = [];
  const failed: Failed[] = [];
  const weighed = await inTurns(transports.flatMap(turnsOf), options);
  for (const name of overs.flatMap((over) => transports.map((transport) => nameOf(transport, over)))) {
    const one = weighed.get(name);
    if (!one) continue;
    if ('why' in one) failed.push(one);
    else weights.push(one);
  }
  if (weights.length === 0)
    throw new CannotRun(inEveryLanguage(nothingWeighed, { why: failed[0]?.why ?? '' }));
  const { node, dependencies } = readEnvironment();
  const { openssl } = process.versions;
  return {
    schemaVersion: 1,
    kind: 'weighing',
    tool: { name: 'rtcompare', version },
    environment: options.environment ?? { node, openssl, dependencies },
    transports: weights,
    ...(failed.length > 0 && { failed }),
  };
}

/** What each transport is weighed over, one after the other in a baseline. */
const overs = ['http', 'https', 'h2'] as const satisfies readonly Over[];

type WeighedOver = (typeof overs)[number];

const nameOf = ({ name }: Transport, over: WeighedOver): string =>
  over === 'http' ? name : `${name} over ${over}`;

interface Failed {
  readonly transport: string;
  readonly why: string;
}

/** How many are weighed at once: most of their time they wait for a heartbeat, or for a poll to time out. */
const atOnce = 3;

interface Turn {
  readonly transport: Transport;
  readonly overs: readonly WeighedOver[];
}

/**
 * A transport that adds values made from the time (`addsArguments`) is weighed over one protocol after the other: two
 * weighings in the same millisecond would change each other's values.
 */
function turnsOf(transport: Transport): Turn[] {
  const able = overs.filter((over) => !(isHttp2(over) && transport.traits.notOverHttp2));
  const turns = transport.traits.addsArguments ? [able] : able.map((over) => [over]);
  return turns.map((overs) => ({ transport, overs }));
}

/** Starts the next turn as soon as one has ended; results by name. */
async function inTurns(
  turns: readonly Turn[],
  options: WeighingOptions,
): Promise<Map<string, TransportWeight | Failed>> {
  const weighed = new Map<string, TransportWeight | Failed>();
  const waiting = turns.values();
  const lane = async () => {
    for (const { transport, overs } of waiting)
      for (const over of overs) {
        options.signal.throwIfAborted();
        const name = nameOf(transport, over);
        options.onStage(name);
        weighed.set(name, await weighOver(transport, over, options));
      }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return weighed;
}

async function weighOver(
  transport: Transport,
  over: WeighedOver,
  options: WeighingOptions,
): Promise<TransportWeight | Failed> {
  const name = nameOf(transport, over);
  const changes = { ...options.changes, over };
  try {
    const { stages } = await weighTransport(transport, changes);
    if (!races(transport)) return { transport: name, stages };
    const known = options.baseline?.transports.find((one) => one.transport === name)?.stages.setup;
    const admissible = options.baseline && (known ?? stages.setup ?? []);
    const setup = await raced(transport, stages.setup ?? [], { admissible, changes });
    return { transport: name, stages: { ...stages, setup } };
  } catch (error) {
    // A project's libraries may not work with each other. That is a result; the others are weighed.
    return { transport: name, why: (error as Error).message };
  }
}

const nothingWeighed = text('nothing could be weighed: {why}', '잴 수 있는 것이 없습니다: {why}');

/** The outcomes of a set-up that races: the first admissible one; without a baseline, all that show up. */
async function raced(
  transport: Transport,
  weighed: readonly StageWeight[],
  { admissible, changes }: { readonly admissible: readonly StageWeight[] | null; readonly changes: Changes },
): Promise<StageWeight[]> {
  const outcomes = [...weighed];
  for (let k = 0; k < tries; k++) {
    const [latest] = outcomes.slice(-1);
    if (admissible && latest && isAmong(latest, admissible)) return [latest];
    if (!admissible && outcomes.length >= transport.traits.setupRequests.length) break;
    // Left alone, one side nearly always wins: for a baseline every second race is delayed so that the other side wins.
    const lateUpgradeMs = admissible || k % 2 > 0 ? 0 : lateMs;
    const next = await weighSetup(transport, { ...changes, lateUpgradeMs });
    if (!isAmong(next, outcomes)) outcomes.push(next);
  }
  return admissible ? outcomes.slice(-1) : outcomes.toSorted((a, b) => a.requests - b.requests);
}

/** A transport that both sides have but that cannot be compared. */
export interface NotCompared {
  readonly name: string;
  /** On which side it cannot be read. */
  readonly side: 'before' | 'after' | 'both';
  /** Its trials are invalid; the run ended before it had been measured; or it could not connect. */
  readonly why: 'invalid' | 'interrupted' | 'unconnected';
  /** Why the trials are invalid, as their notes. */
  readonly notes: readonly Note[];
  /** Why it could not connect. */
  readonly told?: Text;
  /** The baseline does not have it either: it was not asked for then. */
  readonly isNew?: true;
}

export interface Comparison {
  /** How many could be compared. */
  readonly compared: number;
  readonly findings: readonly WireChange[];
  readonly notCompared: readonly NotCompared[];
  /** The OpenSSL versions, if they offer different things in a handshake; handshakes are then not compared. */
  readonly otherOpenssl?: { readonly before: string; readonly after: string };
  /** The names of what only one of the two has. */
  readonly added: readonly string[];
  readonly missing: readonly string[];
  /** What changed between the environments: `node 20.20.2 → 22.1.0`. */
  readonly environment: readonly string[];
  /** What reads differently and weighs the same. */
  readonly alike?: readonly Alike[];
  /** Set when two reports are compared: they do not hold header values, so a change of the same size may go unseen. */
  readonly areRuns?: true;
  /** Whose libraries were weighed, if that is known. */
  readonly weighed?: Weighing['environment'] | undefined;
  /** Null if times were not asked for. */
  readonly times: TimesComparison | null;
}

export function compareWeighings(before: Weighing, after: Weighing): Comparison {
  const was = new Map(before.transports.map((weight) => [weight.transport, weight]));
  const is = new Map(after.transports.map((weight) => [weight.transport, weight]));
  const otherOpenssl = opensslOf(before, after);
  return {
    compared: [...is.keys()].filter((name) => was.has(name)).length,
    findings: [...is.values()].flatMap((weight) => {
      const known = was.get(weight.transport);
      if (!known) return [];
      const found = differences(known, weight);
      return otherOpenssl ? found.filter(({ stage }) => stage !== 'handshake') : found;
    }),
    notCompared: unweighed(before, after),
    ...(otherOpenssl && { otherOpenssl }),
    added: [...is.keys()].filter((name) => !was.has(name)),
    missing: [...was.keys()].filter((name) => !is.has(name) && !failedIn(after).has(name)),
    environment: changedVersions(before.environment, after.environment),
    alike: alike(before.transports, after.transports),
    times: before.timings && after.timings ? compareTimings(before.timings, after.timings) : null,
  };
}

/**
 * Null if both offer the same in a handshake: what OpenSSL offers changes with its minor versions (3.5 sends a key
 * share of more than a kilobyte more), never with a patch. A weighing without TLS has no handshakes and names no
 * version.
 */
function opensslOf(before: Weighing, after: Weighing): Comparison['otherOpenssl'] | null {
  const [was, is] = [before.environment.openssl, after.environment.openssl];
  const minor = (version: string) => version.split('.', 2).join('.');
  return was && is && minor(was) !== minor(is) ? { before: was, after: is } : null;
}

const failedIn = ({ failed = [] }: Weighing) => new Map(failed.map(({ transport, why }) => [transport, why]));

function unweighed(before: Weighing, after: Weighing): NotCompared[] {
  const [was, is] = [failedIn(before), failedIn(after)];
  return [...new Set([...was.keys(), ...is.keys()])].map((name) => {
    const why = is.get(name) ?? was.get(name) ?? '';
    const side = is.has(name) ? (was.has(name) ? 'both' : 'after') : 'before';
    const isNew = side === 'after' && !before.transports.some(({ transport }) => transport === name);
    const told = { en: why, ko: why };
    return { name, side, why: 'unconnected', notes: [], told, ...(isNew && { isNew }) };
  });
}

type Versions = Weighing['environment'];

export function changedVersions(before: Versions, after: Versions): string[] {
  // A weighing without TLS does not say which OpenSSL it was.
  const sayOpenssl = before.openssl !== undefined && after.openssl !== undefined;
  const versions = ({
    node,
    openssl,
    dependencies,
  }: Versions): Readonly<Record<string, string | undefined>> => ({
    ...(sayOpenssl ? { node, openssl } : { node }),
    ...dependencies,
  });
  const [was, is] = [versions(before), versions(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => was[name] !== is[name])
    .map((name) => `${name} ${was[name] ?? '–'} → ${is[name] ?? '–'}`);
}
