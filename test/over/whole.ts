/** What holds of every trial, whatever it goes over. */
import { expect } from 'vitest';
import type { Trial } from '../../src/document/report.ts';

/** One client, one message at a time: then bytes a message are exact. */
export const load = { clients: 1, messages: 3, rate: 20, size: 64, warmup: 1 };

export const bytesOf = ({ wire }: Trial, layer: string) =>
  wire.layers.filter((row) => row.layer === layer).reduce((sum, { bytes }) => sum + bytes, 0);

/** Whatever the socket counted has an owner, and everything was understood. */
export function expectWhole(trial: Trial) {
  expect(trial.notes.filter(({ kind }) => kind === 'unbalanced')).toEqual([]);
  expect(trial.wire.up + trial.wire.down).toBe(trial.wire.socketBytes);
  expect(trial.wire.socketBytes).toBeGreaterThan(0);
  expect(bytesOf(trial, 'unparsed')).toBe(0);
  expect(trial.delivery.lost).toBe(0);
  expect(
    trial.predictions.filter(({ verdict, tolerance }) => verdict === 'differs' && tolerance === 0),
  ).toEqual([]);
}
