/** The laws of a reader that stops, held against the scenario `slow`. */
import { keptPerMessage, slowTolerance } from '../../laws/slow-reader.ts';
import { loopback } from '../../network/link.ts';
import type { Binding, Inputs } from './binding.ts';

/** A relay or a proxy has two connections, and buffers of its own. */
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

const serverKeeps: Binding = {
  metric: 'kept by the server a message',
  unit: 'B',
  predicted: (inputs) => (isDirect(inputs) ? kept(inputs) : null),
  measured: ({ trial }) => trial.figures?.['slow.perMessage'] ?? null,
  tolerance: (inputs) => slowTolerance * (kept(inputs) ?? 0),
};

export const slowReaderBindings: Readonly<Record<string, readonly Binding[]>> = {
  SLOW1: [systemKeeps],
  SLOW2: [serverKeeps],
};
