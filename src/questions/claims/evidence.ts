/**
 * The evidence that a run offers the claims: for each transport the typical trial of the scenario that a claim asks
 * for. Invalid trials are no evidence. It formats and judges nothing.
 */
import type { Report, Trial } from '../../document/report.ts';
import { type Over, overs } from '../../protocols/over.ts';
import type { Fact } from '../probes/fact.ts';

type Latency = NonNullable<Trial['latency']>;

/**
 * An echo or a push, as far as claims read it. A trial has all of it; a page in a browser measures less than a trial,
 * and what it cannot know is null.
 */
export interface Carried {
  readonly transport: string;
  readonly verdict: Trial['verdict'] | null;
  readonly latency: Readonly<Record<'p50' | 'p95' | 'p99', Latency['p50']>> | null;
  readonly delivery: Pick<Trial['delivery'], 'sent' | 'delivered'> | null;
  readonly requests: number;
  readonly connections: number;
  readonly messages: Readonly<Trial['messages']>;
  readonly perMessage: Readonly<Trial['perMessage']>;
  readonly wire: { readonly layers: readonly Trial['wire']['layers'][number][] };
  readonly exchanges: readonly Pick<Trial['exchanges'][number], 'kind' | 'phase' | 'count'>[];
  readonly setup: Pick<Trial['setup'], 'bytes'>;
  /** The verdicts of laws; missing if there was no trial. */
  readonly predictions?: readonly Pick<Trial['predictions'][number], 'law' | 'verdict'>[];
  readonly load: { readonly clients: number; readonly pollIntervalMs: number | null };
}

export type ByTransport = ReadonlyMap<string, Carried>;

/** What can be measured for claims: trials of a scenario under the conditions that a claim asks about. */
export const experiments = [
  'echo', // the client sends, the server answers
  'push', // the server sends first
  'unkept', // HTTP without keep-alive
  'browser', // with Chromium's headers
  'binary', // random bytes instead of text
  'chat', // every client hears every message
  'idle', // no messages
  'connect', // over a link with a round trip
  'outage', // the link is cut, and heals
  'saturate', // as fast as it goes, with ever more clients
  'fallback-cost', // Socket.IO with its upgrade and without
  'memory', // what a connection keeps at the server
  'herd', // all clients lose the server at once
  'cluster', // two servers that share nothing
  'slow', // one client stops reading
] as const;
export type Experiment = (typeof experiments)[number];

export interface Evidence {
  /** The trials of an experiment, without the invalid ones; empty if it was not made. */
  trials(experiment: Experiment): readonly Trial[];
  /** What probes found. */
  readonly probed: readonly Fact[];
  readonly keepAlive: boolean;
  /** The client sends, the server answers. */
  readonly echo: ByTransport;
  /** The server sends first. */
  readonly push: ByTransport;
}

/** What was found over one protocol. */
export interface ProtocolEvidence {
  readonly over: Over;
  readonly evidence: Evidence;
}

/** Of several repeats the one with the median p50 is typical: a figure that was measured, not an average of runs. */
export function typicalTrial(repeats: readonly Trial[]): Trial | undefined {
  const byMedian = [...repeats].sort((a, b) => (a.latency?.p50 ?? Infinity) - (b.latency?.p50 ?? Infinity));
  return byMedian[Math.floor((byMedian.length - 1) / 2)];
}

/** One trial per transport, in the order of the report, without the invalid ones. */
export function typicalTrials(trials: readonly Trial[]): Trial[] {
  const repeats = new Map<string, Trial[]>();
  for (const trial of trials) {
    if (trial.verdict === 'invalid') continue;
    const known = repeats.get(trial.transport);
    if (known) known.push(trial);
    else repeats.set(trial.transport, [trial]);
  }
  return [...repeats.values()].flatMap((of) => typicalTrial(of) ?? []);
}

export function evidenceOf(
  report: Pick<Report, 'plan' | 'trials'> & Partial<Pick<Report, 'probed'>>,
): Evidence {
  // Of several links the first is used: the documents do not speak of links.
  const link = report.trials[0]?.link.name;
  const of = (scenario: string): ReadonlyMap<string, Trial> => {
    const trials = report.trials.filter((trial) => trial.scenario === scenario && trial.link.name === link);
    return new Map(typicalTrials(trials).map((trial) => [trial.transport, trial]));
  };
  const [echo, push] = [of('echo'), of('push')];
  // Without keep-alive a run answers another question than the claims ask.
  const known: Partial<Record<Experiment, ReadonlyMap<string, Trial>>> = report.plan.keepAlive
    ? { echo, push }
    : {};
  return {
    keepAlive: report.plan.keepAlive,
    echo,
    push,
    trials: (experiment) => [...(known[experiment]?.values() ?? [])],
    probed: report.probed ?? [],
  };
}

/** The evidence of each protocol that trials went over; probes ask over HTTP/1.1 in clear text. */
export const carriagesOf = (report: Parameters<typeof evidenceOf>[0]): ProtocolEvidence[] =>
  overs.flatMap((over) => {
    const trials = report.trials.filter((trial) => trial.over === over);
    const probed = over === 'http' ? (report.probed ?? []) : [];
    return trials.length > 0 ? [{ over, evidence: evidenceOf({ ...report, trials, probed }) }] : [];
  });
