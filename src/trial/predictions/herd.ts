/** The laws of a herd, held against the scenario `herd`: what its policy makes of as many clients, for the outage that there was. */
import { randomStream } from '../../base/schedule.ts';
import { flapsPerSecond, forgetful } from '../../laws/flapping.ts';
import {
  type Likely,
  likelyHerd,
  type PolicyName,
  perWindow,
  policyAsked,
  type ReconnectPolicy,
  reconnectPolicies,
  returnAfter,
} from '../../laws/reconnection.ts';
import { handshakesAsked } from '../scenarios/herd.ts';
import type { Binding, Facts, Inputs } from './binding.ts';
import { machineMs } from './times.ts';

type Asked = Pick<Inputs, 'transport' | 'load'>;

/** As its library waits, or as it was asked to. */
export function policyOf({ transport: { traits }, load }: Asked): PolicyName {
  const { comesBack = 'as asked' } = traits;
  return comesBack === 'as asked' ? policyAsked(load.own?.reconnect) : comesBack;
}

/** Socket.IO is not let in before its own handshake has been answered; all others are when the connection is open. */
const isForgotten = (asked: Asked): boolean =>
  asked.load.outage === 'accept-close' && policyOf(asked) !== 'socket.io';

/**
 * socket.io-client 4.8.4 does not hear a connection close before its own handshake: the attempt ends with the time-out of its
 * manager.
 */
export const socketIoTimeoutMs = 20_000;
export const failingMs = (asked: Asked): number =>
  asked.load.outage === 'accept-close' && policyOf(asked) === 'socket.io' ? socketIoTimeoutMs : 0;

export const policyUnder = (inputs: Asked): ReconnectPolicy => {
  const policy = reconnectPolicies[policyOf(inputs)];
  return isForgotten(inputs) ? forgetful(policy) : policy;
};

/**
 * How many clients the law lets come in each window of so many ms after the outage, on average over herds that are drawn; null
 * where it has nothing to say.
 */
export function expectedArrivals(
  inputs: Asked,
  p: { outageMs: number; windowMs: number; herds: number },
): number[] | null {
  if (inputs.load.outage === 'silent' || handshakesAsked(inputs.load).costMs !== undefined) return null;
  const random = randomStream(1, 'arrivals');
  const policy = policyUnder(inputs);
  const returns = Array.from(
    { length: inputs.load.clients * p.herds },
    () => returnAfter(policy, p.outageMs, random, failingMs(inputs)).afterMs,
  );
  return perWindow(returns, p.windowMs).map((count) => count / p.herds);
}

type Figure = keyof Herd;

const measuredAs: Readonly<Record<Figure, string>> = {
  medianMs: 'herd.backP50',
  most95Ms: 'herd.backP95',
  peak100: 'herd.peak100',
};

/** Timers are late, and to connect takes a while. */
export const lateMs = 4 * machineMs;
/** Of those in a window of 100 ms, the share that a millisecond moves out of it, or into it, at either end. */
const movedPerMs = 2 / 100;

type Herd = ReturnType<typeof likelyHerd>;

/** Drawn once for what is asked or measured: each figure, and its tolerance, is read off the same herds. */
const drawn = new WeakMap<Inputs | Facts, readonly Herd[]>();

/** As it was asked, and for waits that are a little late: where an attempt is due as the outage ends, that is another herd. */
function herdsOf(inputs: Inputs, facts: Facts | null): readonly Herd[] {
  const known = drawn.get(facts ?? inputs);
  if (known) return known;
  const { outageMs, clients } = inputs.load;
  const lastedMs = facts?.trial.figures?.['herd.outage'] ?? outageMs;
  const policy = policyUnder(inputs);
  const herds = [0, lateMs].map((late) =>
    likelyHerd(
      { policy, outageMs: lastedMs - late, clients, failingMs: failingMs(inputs) },
      randomStream(1, 'herds'),
    ),
  );
  drawn.set(facts ?? inputs, herds);
  return herds;
}

const likely = (figure: Figure, inputs: Inputs, facts: Facts | null): Likely[] =>
  herdsOf(inputs, facts).map((herd) => herd[figure]);

function toleranceOf(unit: 'ms' | 'clients', figure: Figure, inputs: Inputs, facts: Facts | null): number {
  const herds = likely(figure, inputs, facts);
  const chance = Math.max(...herds.map(({ median, low, high }) => Math.max(high - median, median - low)));
  const inWindow = Math.max(...herds.map(({ median }) => median));
  return chance + lateMs * (unit === 'ms' ? 1 : movedPerMs * inWindow);
}

const binding = (figure: Figure, metric: string, unit: 'ms' | 'clients'): Binding => ({
  metric,
  unit,
  predicted(inputs, facts) {
    // A silent link throws nobody off.
    if (!inputs.scenario.needsReturn || inputs.load.outage === 'silent') return null;
    // Then when a client is back is decided by its turn: HERD5.
    if (handshakesAsked(inputs.load).costMs !== undefined) return null;
    const [asked = Number.NaN, late = asked] = likely(figure, inputs, facts).map(({ median }) => median);
    return Math.abs(asked - late) <= toleranceOf(unit, figure, inputs, facts) ? asked : [asked, late];
  },
  measured: ({ trial }) => trial.figures?.[measuredAs[figure]] ?? null,
  /** Between which 99 of 100 herds lie, and what the machine takes to connect them. */
  tolerance: (inputs, facts) => toleranceOf(unit, figure, inputs, facts),
  perWaitedMs: (inputs) => (unit === 'ms' ? 1 : movedPerMs * (likely(figure, inputs, null)[0]?.median ?? 0)),
});

const bindings = [
  binding('medianMs', 'half of the herd back after', 'ms'),
  binding('most95Ms', '95 in 100 back after', 'ms'),
  binding('peak100', 'most clients within 100 ms', 'clients'),
];

/** Handshakes of many clients take one process a while, and every wait is a little late. */
const flapTolerance = 0.2;

/** Mean of the first wait. */
function firstWaitMs(inputs: Inputs): number {
  const random = randomStream(1, 'first waits');
  const waits = Array.from({ length: 1000 }, () => reconnectPolicies[policyOf(inputs)](0, random));
  return waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
}

const flapRate = (inputs: Inputs): number => flapsPerSecond({ firstMs: firstWaitMs(inputs), handshakeMs: 0 });

const flapping: Binding = {
  metric: 'let in and put out, a second and client',
  unit: '',
  predicted: (inputs) =>
    inputs.scenario.needsReturn && isForgotten(inputs) && 10 * firstWaitMs(inputs) <= inputs.load.outageMs
      ? flapRate(inputs)
      : null,
  measured({ trial: { figures, load } }) {
    const [inVain, lastedMs] = [figures?.['herd.inVain'], figures?.['herd.outage']];
    return inVain === undefined || !lastedMs ? null : (inVain * 1000) / lastedMs / load.clients;
  },
  tolerance: (inputs) => flapTolerance * flapRate(inputs),
  perWaitedMs: (inputs) => flapRate(inputs) / firstWaitMs(inputs),
};

export const herdBindings: Readonly<Record<string, readonly Binding[]>> = {
  HERD1: bindings,
  HERD2: bindings,
  HERD3: bindings,
  HERD4: bindings,
  HERD6: [flapping],
};
