/** The law of what somebody else does on the way: held against who goes through it without us. */
import { proxiedAgeMs } from '../../laws/proxy.ts';
import type { Binding } from './binding.ts';
import { machineMs, medianMs } from './times.ts';

const age: Binding = {
  metric: 'median age behind the proxy',
  unit: 'ms',
  predicted: (_inputs, facts) =>
    facts?.trial.bareStream ? proxiedAgeMs({ bareMs: facts.trial.bareStream.p50Ms }) : null,
  measured: medianMs,
  /** An event that leaves with the next one instead of the one before is a period older: so may be those that share a read. */
  tolerance({ load }, { trial: { bareStream } }) {
    const { events, pieces } = bareStream ?? { events: 1, pieces: 1 };
    return machineMs + (1 - pieces / events) * (1000 / load.rate);
  },
};

export const proxiedBindings: Readonly<Record<string, readonly Binding[]>> = { PX1: [age] };
