/** Trials for reproductions, told as they go, and what is read of them. */
import type { Trial } from '../../document/report.ts';
import { createTrials, type Trials } from '../../run/trials.ts';
import { machineMs } from '../../trial/predictions/times.ts';
import type { Reproducing } from './reproduction.ts';

/** Their times are shown as they came: only what does not count is measured again. */
export const reproductionTrials = ({ signal, onStage }: Reproducing): Trials =>
  createTrials(signal, ({ scenario, transport, load, link }) =>
    onStage(`${scenario.name}: ${transport.name}, ${load.clients} clients, ${link.name}`),
  );

/** How far a time may lie from a law, ns: as the trial itself says for this law, else what the machine may add. */
export function allowedNs({ predictions }: Trial, law: string): number {
  const found = predictions.find((one) => one.law === law && one.unit === 'ms');
  return (found?.tolerance ?? machineMs) * 1e6;
}

/** So many messages at this scale, five at least. */
export const scaled = (messages: number, { scale }: Pick<Reproducing, 'scale'>): number =>
  Math.max(5, Math.round(messages * scale));

export const meanNs = ({ latency }: Trial): number | null => latency?.mean ?? null;
