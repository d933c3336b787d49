/**
 * The experiments that claims ask for, as trials: which transports, in which scenario, under which load. `quick` makes
 * the same with smaller loads. Nothing runs here.
 */

import type { Load } from '../../document/report.ts';
import { parseLink } from '../../network/link.ts';
import type { Over } from '../../protocols/over.ts';
import { recordedHeads } from '../../transports/recorded-heads.ts';
import { obstacle } from '../../trial/limits.ts';
import { namedPlan } from '../../trial/named-plan.ts';
import type { TrialPlan } from '../../trial/plan.ts';
import type { Experiment } from '../claims/evidence.ts';

interface Setup {
  readonly scenario: string;
  readonly transports: readonly string[];
  /** One trial of each transport for each of these. */
  readonly loads: readonly Partial<Load>[];
  readonly plan?: Partial<TrialPlan>;
  /**
   * Only counts and bytes are read from it, or times of seconds, so it may run beside others of its kind. Its echoes
   * are closed-loop: a busy machine can miss a schedule, and such a trial is no evidence.
   */
  readonly beside?: true;
}

const talking = ['http', 'polling', 'long-polling', 'sse', 'ws', 'socket.io'];
const listening = ['polling', 'long-polling', 'sse', 'ws', 'socket.io'];

const setups: Readonly<Record<Experiment, (quick: boolean, over: Over) => Setup>> = {
  // With more clients, the usual rate gives as many messages in less time.
  echo: (quick) => ({
    scenario: 'echo',
    transports: talking,
    loads: [{ clients: 25, messages: quick ? 4 : 12 }],
  }),
  push: (quick) => ({
    scenario: 'push',
    transports: listening,
    loads: [{ clients: 25, ...(quick ? { messages: 4, rate: 40 } : { messages: 8 }) }],
  }),
  unkept: () => ({
    scenario: 'echo',
    transports: ['http', 'polling'],
    loads: [{ clients: 5, messages: 10, closed: true }],
    plan: { keepAlive: false },
    beside: true,
  }),
  browser: () => ({
    scenario: 'echo',
    transports: ['http', 'ws'],
    loads: [{ clients: 2, messages: 5, closed: true }],
    plan: { heads: recordedHeads.chromium },
    beside: true,
  }),
  binary: () => ({
    scenario: 'echo',
    transports: talking,
    loads: [{ clients: 2, messages: 5, size: 1024, payload: 'binary', closed: true }],
    beside: true,
  }),
  'fallback-cost': () => ({
    scenario: 'echo',
    transports: ['socket.io', 'socket.io:polling'],
    loads: [{ clients: 2, messages: 5, closed: true }],
    beside: true,
  }),
  chat: () => ({ scenario: 'chat', transports: ['ws', 'socket.io'], loads: [{ messages: 5, rate: 5 }] }),
  idle: (quick) => ({
    scenario: 'idle',
    transports: ['polling', 'long-polling', 'sse', 'ws'],
    loads: [
      { clients: quick ? 40 : 100, durationMs: quick ? 1000 : 3000, pollIntervalMs: quick ? 250 : 1000 },
    ],
  }),
  connect: () => ({
    scenario: 'connect',
    transports: ['ws', 'http'],
    loads: [{ clients: 3 }],
    plan: { link: parseLink('rtt=40ms') },
    beside: true,
  }),
  outage: (quick) => ({
    scenario: 'outage',
    transports: [
      ...['polling', 'long-polling', 'sse', 'sse:resume', 'ws', 'ws:reconnect', 'socket.io'],
      'socket.io:recovery',
    ],
    // One second before the cut, one while it lasts, and five or six to come back.
    loads: [{ clients: 2, messages: quick ? 70 : 80, outageMs: 1000 }],
    beside: true,
  }),
  saturate: (quick, over) => ({
    scenario: 'saturate',
    transports: ['ws', 'socket.io:websocket'],
    // A thousand clients that make TLS handshakes at once on a small machine would run into the clients' time limit.
    loads: (quick || over !== 'http' ? [1, 10, 100] : [1, 10, 100, 1000]).map((clients) => ({
      clients,
      durationMs: quick ? 400 : 1000,
    })),
  }),
  herd: (quick) => ({
    scenario: 'herd',
    transports: ['sse', 'socket.io:websocket'],
    loads: [{ clients: quick ? 50 : 200, outageMs: quick ? 1000 : 5000 }],
  }),
  // An unlucky client keeps trying for twenty seconds; what the server keeps for a slow reader shows after some
  // megabytes.
  cluster: (quick, over) => ({
    scenario: 'cluster',
    transports: ['ws', 'socket.io:polling'],
    loads: quick || over !== 'http' ? [] : [{ clients: 60, own: { returnMs: 1000 } }],
    plan: { keepAlive: false },
    beside: true,
  }),
  slow: (quick, over) => ({
    scenario: 'slow',
    transports: ['ws', 'socket.io:websocket'],
    loads: quick || over !== 'http' ? [] : [{}],
  }),
  memory: (quick) => ({
    scenario: 'idle',
    transports: ['ws', 'socket.io'],
    loads: [{ clients: quick ? 200 : 400, durationMs: 1 }],
  }),
};

export interface ExperimentTrial {
  readonly experiment: Experiment;
  readonly plan: TrialPlan;
  readonly beside: boolean;
}

/** Every trial of an experiment, but those that this protocol does not carry. */
export function trialsOf(
  experiment: Experiment,
  quick: boolean,
  signal: AbortSignal,
  over: Over = 'http',
): ExperimentTrial[] {
  const { scenario, transports, loads, plan = {}, beside = false } = setups[experiment](quick, over);
  const trials = loads.flatMap((load) =>
    transports.map((transport) => ({
      experiment,
      beside,
      plan: namedPlan(scenario, transport, { ...plan, load, signal, over }),
    })),
  );
  return trials.filter((trial) => obstacle(trial.plan) === null);
}
