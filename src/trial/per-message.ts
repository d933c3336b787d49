/** Cost of a message of the steady phase: bytes of each direction, overhead, and writes. */
import type { Trial } from '../document/report.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Layer } from '../protocols/layers.ts';
import type { Direction } from '../wire/span.ts';

const sum = (rows: readonly { bytes: number }[]) => rows.reduce((total, { bytes }) => total + bytes, 0);

export const segmentsOf = (ledger: Ledger, messages: number): number | null =>
  messages === 0 ? null : (ledger.transfers('up', 'steady') + ledger.transfers('down', 'steady')) / messages;

export function perMessage(
  layers: Trial['wire']['layers'],
  messages: { up: number; down: number },
): Omit<Trial['perMessage'], 'segments'> {
  const steady = layers.filter(({ phase }) => phase === 'steady');
  const way = (direction: Direction, counted: (layer: Layer) => boolean) =>
    sum(steady.filter((row) => row.direction === direction && counted(row.layer)));
  const all = () => true;
  const overhead = (layer: Layer) => layer !== 'payload';
  // If only one side sends messages, the other side's bytes (polls, acknowledgements) are divided among those.
  const up = messages.up || messages.down;
  const down = messages.down || messages.up;
  return {
    up: messages.up > 0 ? way('up', all) / messages.up : null,
    down: messages.down > 0 ? way('down', all) / messages.down : null,
    overhead: up > 0 ? way('up', overhead) / up + way('down', overhead) / down : null,
  };
}
