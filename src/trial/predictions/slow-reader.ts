/** The laws of a reader that stops, compared with the scenario `slow`. */

import type { Trial } from '../../document/report.ts';
import { keptPerMessage, slowTolerance, volatileHeard } from '../../laws/slow-reader.ts';
import { loopback } from '../../network/link.ts';
import { isVolatile, slowReadersOf } from '../scenarios/slow.ts';
import type { Binding, Facts, Inputs } from './binding.ts';

/** A relay or a proxy has two connections, and its own buffers. */
const isDirect = ({ link, proxies }: Inputs): boolean => link.name === loopback.name && proxies.length === 0;

const systemKeeps: Binding = {
  metric: 'kept by the system',
  unit: 'B',
  predicted: (inputs, facts) => (isDirect(inputs) && facts?.trial.figures?.['slow.bare']) || null,
  measured: ({ trial }) => trial.figures?.['slow.taken'] ?? null,
  tolerance: (_, { trial }) => slowTolerance * (trial.figures?.['slow.bare'] ?? 0),
};

const kept = ({ transport: { traits }, load, compression }: Inputs): number | null =>
  traits.keptBesides === undefined || compression
    ? null
    : keptPerMessage({ payloadBytes: load.size, besidesBytes: traits.keptBesides });

/** Only Socket.IO's server can drop messages, over a transport that reports when it is busy. */
const drops = ({ transport, load }: Inputs): boolean =>
  isVolatile(load) && transport.server === 'socket.io' && !transport.traits.parks && !transport.traits.resume;

const serverKeeps: Binding = {
  metric: 'kept by the server a message',
  unit: 'B',
  predicted: (inputs) => (isDirect(inputs) && !drops(inputs) ? kept(inputs) : null),
  measured: ({ trial }) => trial.figures?.['slow.perMessage'] ?? null,
  tolerance: (inputs) => slowTolerance * (kept(inputs) ?? 0),
};

/** Messages that each other reader received: of two that a late server sends in one turn, the second reaches none. */
function heardByOthers({ figures, delivery, load }: Trial): number {
  const slow = slowReadersOf(load);
  if (slow >= load.clients) return Number.POSITIVE_INFINITY;
  return (delivery.delivered - slow * (figures?.['slow.heard'] ?? 0)) / (load.clients - slow);
}

const heardOf = (inputs: Inputs, facts: Facts | null): number | null => {
  const bare = facts?.trial.figures?.['slow.bare'];
  if (!facts || !bare || !drops(inputs) || !isDirect(inputs)) return null;
  const saidToAll = heardByOthers(facts.trial);
  return volatileHeard({ buffersBytes: bare, messageBytes: inputs.load.size, saidToAll });
};

const readerHears: Binding = {
  metric: 'heard by who stopped reading',
  unit: 'messages',
  predicted: heardOf,
  measured: ({ trial }) => trial.figures?.['slow.heard'] ?? null,
  tolerance: (inputs, facts) => slowTolerance * (heardOf(inputs, facts) ?? 0),
};

const serverDrops: Binding = {
  metric: 'kept by the server a message',
  unit: 'B',
  predicted: (inputs) => (drops(inputs) && isDirect(inputs) ? 0 : null),
  measured: serverKeeps.measured,
  // Relative to what it would keep without dropping: the heap is collected in pieces.
  tolerance: (inputs) => slowTolerance * (kept(inputs) ?? 0),
};

export const slowReaderBindings: Readonly<Record<string, readonly Binding[]>> = {
  SLOW1: [systemKeeps],
  SLOW2: [serverKeeps],
  SLOW3: [readerHears, serverDrops],
};
