/** From trials to facts: one figure of each transport under the name of a metric. What was not measured is left out. */
import type { Trial } from '../../document/report.ts';
import type { Fact } from '../probes/fact.ts';
import { overheadPerMessage } from './cost.ts';
import type { Evidence, Experiment } from './evidence.ts';
import { type FactName, isTimed, metricOf } from './fact-kinds.ts';

export const fact = (metric: FactName, transport: string, value: Fact['value']): Fact => ({
  metric,
  transport,
  value,
});

/** The figure of a trial; a time of a noisy one is marked as such. */
export const timedFact = (metric: FactName, { transport, verdict }: Trial, value: Fact['value']): Fact => ({
  ...fact(metric, transport, value),
  ...(verdict === 'noisy' && isTimed(metric) ? { noisy: true } : {}),
});

/** The figure of every one of these transports that took part in the experiment; of a metric unless told how to read it. */
export function facts(
  evidence: Evidence,
  experiment: Experiment,
  transports: readonly string[],
  metric: FactName,
  figure: (trial: Trial) => number | null | undefined = metricOf(metric)?.read ?? (() => null),
): Fact[] {
  const trials = evidence.trials(experiment);
  return transports.flatMap((transport) => {
    const trial = trials.find((one) => one.transport === transport);
    const value = trial && figure(trial);
    return !trial || value === null || value === undefined || !Number.isFinite(value)
      ? []
      : [timedFact(metric, trial, value)];
  });
}

/** What probes found under these names. */
export const probed = (evidence: Evidence, ...names: readonly FactName[]): Fact[] =>
  evidence.probed.filter(({ metric }) => (names as readonly string[]).includes(metric));

export const eventsPerTrial = (trial: Trial): number => trial.messages.down;

/** What a client and hour of silence costs the server's processor, in ns, extrapolated. */
export const idleCpuNs = ({ idle, resources, load }: Trial): number | null =>
  idle && resources.server && load.clients > 0
    ? (resources.server.cpuMs * 1e6 * 3600) / idle.seconds / load.clients
    : null;

/** TCP connections for every hundred requests, and for each client. */
export const connectionsPer100 = (trial: Trial): number => (trial.connections / trial.requests) * 100;
export const connectionsPerClient = (trial: Trial): number => trial.connections / trial.load.clients;

/** Of all phases, as connections and requests are: they were made for all of them. */
export const messagesUp = ({ wire }: Trial): number =>
  wire.layers
    .filter(({ layer, direction }) => layer === 'payload' && direction === 'up')
    .reduce((sum, { units }) => sum + units, 0);

/** Header and framing bytes of a message, up and down. */
export const upDown = (evidence: Evidence, transports: readonly string[]): Fact[] => [
  ...facts(evidence, 'echo', transports, 'overhead-up', (trial) => overheadPerMessage(trial, 'up')),
  ...facts(evidence, 'echo', transports, 'overhead-down', (trial) => overheadPerMessage(trial, 'down')),
];

/** What an outage tells of each transport: who came back, how soon, and what was lost. */
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
