/** The laws of a herd, held against the scenario `herd`: what its policy makes of as many clients, for the outage that there was. */
import { randomStream } from '../../base/schedule.ts';
import {
  type Likely,
  likelyHerd,
  type PolicyName,
  policyAsked,
  reconnectPolicies,
} from '../../laws/reconnection.ts';
import type { Binding, Facts, Inputs } from './binding.ts';
import { machineMs } from './times.ts';

/** As its library waits, or as it was asked to. */
export function policyOf({ transport: { traits }, load }: Pick<Inputs, 'transport' | 'load'>): PolicyName {
  const { comesBack = 'as asked' } = traits;
  return comesBack === 'as asked' ? policyAsked(load.own?.reconnect) : comesBack;
}

type Figure = keyof ReturnType<typeof likelyHerd>;

const measuredAs: Readonly<Record<Figure, string>> = {
  medianMs: 'herd.backP50',
  most95Ms: 'herd.backP95',
  peak100: 'herd.peak100',
};

function likely(figure: Figure, inputs: Inputs, facts: Facts | null): Likely {
  const { outageMs, clients } = inputs.load;
  return likelyHerd(
    {
      policy: reconnectPolicies[policyOf(inputs)],
      outageMs: facts?.trial.figures?.['herd.outage'] ?? outageMs,
      clients,
    },
    randomStream(1, 'herds'),
  )[figure];
}

const binding = (figure: Figure, metric: string, unit: 'ms' | 'clients'): Binding => ({
  metric,
  unit,
  predicted: (inputs, facts) => (inputs.scenario.needsReturn ? likely(figure, inputs, facts).median : null),
  measured: ({ trial }) => trial.figures?.[measuredAs[figure]] ?? null,
  /** Between which 99 of 100 herds lie, and what the machine takes to connect them: it moves as many to another window. */
  tolerance(inputs, facts) {
    const { median, low, high } = likely(figure, inputs, facts);
    const connectingMs = 4 * machineMs;
    const moved = unit === 'ms' ? connectingMs : (inputs.load.clients * connectingMs) / 100;
    return Math.max(high - median, median - low) + moved;
  },
  perWaitedMs: ({ load }) => (unit === 'ms' ? 1 : load.clients / 100),
});

const bindings = [
  binding('medianMs', 'half of the herd back after', 'ms'),
  binding('most95Ms', '95 in 100 back after', 'ms'),
  binding('peak100', 'most clients within 100 ms', 'clients'),
];

export const herdBindings: Readonly<Record<string, readonly Binding[]>> = {
  HERD1: bindings,
  HERD2: bindings,
  HERD3: bindings,
  HERD4: bindings,
};
