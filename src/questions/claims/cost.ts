/**
 * The cost of a trial, read from its ledger: bytes beside the payload, set-up per client, requests of a phase. Pure
 * arithmetic on one trial; null where there was nothing to divide by.
 */
import type { Carried } from './evidence.ts';

type LayerRow = Carried['wire']['layers'][number];

const sumBytes = (trial: Carried, wanted: (row: LayerRow) => boolean): number =>
  trial.wire.layers.filter(wanted).reduce((sum, row) => sum + row.bytes, 0);

const steadyBytes = (trial: Carried): number => sumBytes(trial, (row) => row.phase === 'steady');

/** Share of the steady phase's bytes that were not payload. */
export function overheadShare(trial: Carried): number | null {
  const all = steadyBytes(trial);
  const payload = sumBytes(trial, (row) => row.phase === 'steady' && row.layer === 'payload');
  return all === 0 ? null : 1 - payload / all;
}

/** Header and framing bytes of one direction per message of that direction, after set-up. */
export function overheadPerMessage(trial: Carried, direction: 'up' | 'down'): number | null {
  const whole = trial.perMessage[direction];
  const messages = trial.messages[direction];
  if (whole === null || messages === 0) return null;
  const isPayload = (row: LayerRow) =>
    row.phase === 'steady' && row.layer === 'payload' && row.direction === direction;
  return whole - sumBytes(trial, isPayload) / messages;
}

/** Both directions together per event that arrived: asking for events is part of their price. */
export const bytesPerEvent = (trial: Carried): number | null =>
  trial.messages.down === 0 ? null : steadyBytes(trial) / trial.messages.down;

export const setupBytesPerClient = (trial: Carried): number | null =>
  trial.load.clients === 0 ? null : trial.setup.bytes / trial.load.clients;

/** HTTP requests of the steady phase alone. */
export const steadyRequests = (trial: Carried): number =>
  trial.exchanges
    .filter((exchange) => exchange.phase === 'steady')
    .reduce((sum, exchange) => sum + exchange.count, 0);
