/** The laws of a herd, compared with the scenario `herd`: for its policy, number of clients and measured outage. */
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

/** The policy of its library, or the one that was asked for. */
export function policyOf({ transport: { traits }, load }: Asked): PolicyName {
  const { comesBack = 'as asked' } = traits;
  return comesBack === 'as asked' ? policyAsked(load.own?.reconnect) : comesBack;
}

/** Whether a client forgets its attempts: an accepted connection resets them, but Socket.IO needs its own handshake. */
const isForgotten = (asked: Asked): boolean =>
  asked.load.outage === 'accept-close' && policyOf(asked) !== 'socket.io';

/**
 * socket.io-client 4.8.4 does not notice that a connection closes before its own handshake: the attempt ends with the
 * time-out of its manager.
 */
export const socketIoTimeoutMs = 20_000;
export const failingMs = (asked: Asked): number =>
  asked.load.outage === 'accept-close' && policyOf(asked) === 'socket.io' ? socketIoTimeoutMs : 0;

export const policyUnder = (inputs: Asked): ReconnectPolicy => {
  const policy = reconnectPolicies[policyOf(inputs)];
  return isForgotten(inputs) ? forgetful(policy) : policy;
};

/**
 * How many clients the law expects in each window of `windowMs` after the outage, on average over `herds` random herds;
 * null if the law does not apply.
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

/** Delay (ms) of timers and of connecting. */
export const lateMs = 4 * machineMs;
/** The share of the clients in a window of 100 ms that a shift of 1 ms moves out of it, or into it, at either end. */
const movedPerMs = 2 / 100;

type Herd = ReturnType<typeof likelyHerd>;

/** Drawn once for each trial: all figures and their tolerances come from the same herds. */
const drawn = new WeakMap<Inputs | Facts, readonly Herd[]>();

/** For the exact outage, and for waits that are a little late: attempts due as the outage ends make another herd. */
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
    // A silent link disconnects no client.
    if (!inputs.scenario.needsReturn || inputs.load.outage === 'silent') return null;
    // With a handshake cost, a client's return depends on its turn: HERD5.
    if (handshakesAsked(inputs.load).costMs !== undefined) return null;
    const [asked = Number.NaN, late = asked] = likely(figure, inputs, facts).map(({ median }) => median);
    return Math.abs(asked - late) <= toleranceOf(unit, figure, inputs, facts) ? asked : [asked, late];
  },
  measured: ({ trial }) => trial.figures?.[measuredAs[figure]] ?? null,
  /** The range of 99 in 100 herds, and the time the machine takes to connect them. */
  tolerance: (inputs, facts) => toleranceOf(unit, figure, inputs, facts),
  perWaitedMs: (inputs) => (unit === 'ms' ? 1 : movedPerMs * (likely(figure, inputs, null)[0]?.median ?? 0)),
});

const bindings = [
  binding('medianMs', 'half of the herd back after', 'ms'),
  binding('most95Ms', '95 in 100 back after', 'ms'),
  binding('peak100', 'most clients within 100 ms', 'clients'),
];

/** Relative: handshakes of many clients take one process a while, and every wait is a little late. */
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
