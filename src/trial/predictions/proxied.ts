/** The law of delays by a real proxy: our clients are compared with bare clients behind the same proxy. */
import { proxiedAgeMs } from '../../laws/proxy.ts';
import type { Binding } from './binding.ts';
import { machineMs, medianMs } from './times.ts';

const age: Binding = {
  metric: 'median age behind the proxy',
  unit: 'ms',
  predicted: (_inputs, facts) =>
    facts?.trial.bareStream ? proxiedAgeMs({ bareMs: facts.trial.bareStream.p50Ms }) : null,
  measured: medianMs,
  /** Events that share a read may have been held until the next one: then they are a period older. */
  tolerance({ load }, { trial: { bareStream } }) {
    const { events, pieces } = bareStream ?? { events: 1, pieces: 1 };
    return machineMs + (1 - pieces / events) * (1000 / load.rate);
  },
};

export const proxiedBindings: Readonly<Record<string, readonly Binding[]>> = { PX1: [age] };
