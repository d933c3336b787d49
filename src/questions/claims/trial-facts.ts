/** From trials to facts: one figure of each transport under the name of a metric. What was not measured is left out. */
import type { Trial } from '../../document/report.ts';
import { type Fact, fact } from '../probes/fact.ts';
import { overheadPerMessage } from './cost.ts';
import type { Carried, Evidence, Experiment } from './evidence.ts';
import { type FactName, isTimed, metricOf } from './fact-kinds.ts';

/** The figure of a trial; a time of a noisy one is marked as such. */
export const timedFact = (
  metric: FactName,
  { transport, verdict }: Pick<Carried, 'transport' | 'verdict'>,
  value: Fact['value'],
): Fact => ({
  ...fact(metric, transport, value),
  ...(verdict === 'noisy' && isTimed(metric) ? { noisy: true } : {}),
});

/**
 * The figure of each of these transports that took part in the experiment: that of the metric, unless a reader is
 * given.
 */
export function facts(
  evidence: Evidence,
  experiment: Experiment,
  transports: readonly string[],
  metric: FactName,
  figure: (trial: Trial) => number | null | undefined = metricOf(metric)?.read ?? (() => null),
): Fact[] {
  return factsOf(evidence.trials(experiment), transports, metric, figure);
}

/**
 * The same for an echo or a push, which need not be a trial. Without keep-alive it answers another question than claims
 * ask.
 */
export function carriedFacts(
  evidence: Evidence,
  experiment: 'echo' | 'push',
  transports: readonly string[],
  metric: FactName,
  figure: (carried: Carried) => number | null | undefined,
): Fact[] {
  const carried = evidence.keepAlive ? [...evidence[experiment].values()] : [];
  return factsOf(carried, transports, metric, figure);
}

function factsOf<Of extends Pick<Carried, 'transport' | 'verdict'>>(
  measured: readonly Of[],
  transports: readonly string[],
  metric: FactName,
  figure: (one: Of) => number | null | undefined,
): Fact[] {
  return transports.flatMap((transport) => {
    const found = measured.find((one) => one.transport === transport);
    const value = found && figure(found);
    return !found || value === null || value === undefined || !Number.isFinite(value)
      ? []
      : [timedFact(metric, found, value)];
  });
}

/** What probes found under these names. */
export const probed = (evidence: Evidence, ...names: readonly FactName[]): Fact[] =>
  evidence.probed.filter(({ metric }) => (names as readonly string[]).includes(metric));

export const eventsPerTrial = ({ messages }: Carried): number => messages.down;

/** What a client's silence costs the server's processor in an hour, in ns, extrapolated. */
export const idleCpuNs = ({ idle, resources, load }: Trial): number | null =>
  idle && resources.server && load.clients > 0
    ? (resources.server.cpuMs * 1e6 * 3600) / idle.seconds / load.clients
    : null;

/** TCP connections for every hundred requests, and for each client. */
export const connectionsPer100 = (trial: Trial): number => (trial.connections / trial.requests) * 100;
export const connectionsPerClient = (trial: Trial): number => trial.connections / trial.load.clients;

/** Of all phases, because connections and requests were made for all of them. */
export const messagesUp = ({ wire }: Pick<Carried, 'wire'>): number =>
  wire.layers
    .filter(({ layer, direction }) => layer === 'payload' && direction === 'up')
    .reduce((sum, { units }) => sum + units, 0);

/** Header and framing bytes of a message, up and down. */
export const upDown = (evidence: Evidence, transports: readonly string[]): Fact[] => [
  ...carriedFacts(evidence, 'echo', transports, 'overhead-up', (echo) => overheadPerMessage(echo, 'up')),
  ...carriedFacts(evidence, 'echo', transports, 'overhead-down', (echo) => overheadPerMessage(echo, 'down')),
];

/** What an outage shows of each transport: how many clients came back, how soon, and what was lost. */
export function outageFacts(evidence: Evidence, transports: readonly string[]): Fact[] {
  return [
    ...facts(evidence, 'outage', transports, 'clients-cut', ({ outage }) => outage?.clients),
    ...facts(evidence, 'outage', transports, 'clients-back'),
    ...facts(evidence, 'outage', transports, 'back-after', ({ outage }) =>
      medianNs(outage?.recoveryMs ?? []),
    ),
    ...facts(evidence, 'outage', transports, 'messages-lost'),
  ];
}

function medianNs(times: readonly number[]): number | null {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return middle === undefined ? null : middle * 1e6;
}
