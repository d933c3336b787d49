/** Connects the clients, a number at a time, within the time that the plan allows. */

import { afterReading, type Clock, sleepUntil } from '../base/clock.ts';
import { CannotConnect, type CannotRun } from '../base/failure.ts';
import type { LibraryOf } from '../base/libraries.ts';
import { randomStream } from '../base/schedule.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import { policyAsked } from '../laws/reconnection.ts';
import { clientName } from '../protocols/contract.ts';
import type { Address, Target } from '../target/target.ts';
import { type Client, reach, type Stages } from './clients.ts';
import type { Comings } from './comings.ts';
import type { TrialLab } from './lab.ts';
import type { TrialPlan } from './plan.ts';
import { handshakesAsked } from './scenarios/herd.ts';
import { whoWaits, whyNot } from './why-unconnected.ts';

/** Where and with what clients connect. */
export interface Joining {
  readonly plan: TrialPlan;
  readonly clock: Clock;
  readonly lab: TrialLab;
  readonly stages: Stages;
  readonly comings: Comings;
  readonly signal: AbortSignal;
  readonly endpoint: Address;
  readonly target: Pick<Target, 'site'>;
  /** The libraries of the plan's transport. */
  readonly library: LibraryOf;
}

/** Dials this many clients at a time, so that thousands do not overflow the server's backlog. */
export const dialledAtOnce = 100;
/** Time allowed for each client on a slow machine, on top of the plan's timeout. */
const connectMs = 10;

/** Connects every client. Throws `CannotConnect` when one cannot, or when it takes longer than the plan allows. */
export async function connectAll(
  clients: readonly Client[],
  joining: Joining,
  onStep: (connected: number) => Promise<void>,
): Promise<void> {
  const { scenario, timeoutMs } = joining.plan;
  const { patienceMs = 0 } = scenario;
  const atOnce = scenario.connecting === 'in-turn' ? 1 : dialledAtOnce;
  const steps = scenario.connecting === 'in-steps' ? memorySteps(clients.length) : [clients.length];
  const work = async () => {
    let next = 0;
    for (const step of steps) {
      while (next < step) {
        const batch = clients.slice(next, Math.min(next + atOnce, step));
        const first = next;
        const patience = patienceMs > 0 ? patienceOf(joining, first, batch.length) : null;
        await Promise.all(batch.map((client, k) => connectOne(client, first + k, joining, patience)));
        next += batch.length;
      }
      if (steps.length > 1) await onStep(step);
    }
  };
  const deadlineMs = timeoutMs + clients.length * connectMs + patienceMs * Math.ceil(clients.length / atOnce);
  const tooLate = () => whoWaits(clients, joining.plan, deadlineMs);
  await within(deadlineMs, tooLate, work(), joining.signal);
}

/** Aborted when each client of the batch has made an attempt (however slow the machine is) and `patienceMs` is over. */
function patienceOf({ plan, comings, clock, signal }: Joining, first: number, count: number): AbortSignal {
  const over = new AbortController();
  const end = async () => {
    await comings.tried(first, count);
    await sleepUntil(clock, clock.now() + (plan.scenario.patienceMs ?? 0) * 1e6, signal);
  };
  end().then(
    () => over.abort(),
    () => over.abort(),
  );
  return over.signal;
}

/** @param patience given if clients may stay out: they try until it is aborted. */
async function connectOne(
  client: Client,
  index: number,
  joining: Joining,
  patience: AbortSignal | null,
): Promise<void> {
  const { plan, clock, lab, stages, signal, endpoint, comings } = joining;
  const { transport, load, scenario } = plan;
  const { site } = joining.target;
  signal.throwIfAborted();
  // The trial has been given up meanwhile.
  if (isGivenUp(client)) return;
  const dialledNs = clock.now();
  comings.dials();
  const reached = (stage: string) => {
    if (stage !== 'upgraded') comings.isIn(index);
    reach(stages, stage, clock.now() - dialledNs);
  };
  const connection = (client.connect ?? transport.connect)({
    ...(site ?? endpoint),
    // Our servers' behaviour decides who receives a message; a foreign server is told by the event.
    ...(site && scenario.receivers === 'everyone' && { event: 'chat' }),
    client: clientName(index),
    dialer: client.dialer,
    over: plan.over,
    library: joining.library,
    clock,
    random: randomStream(plan.seed, `phase of client ${index}`),
    onMessage: (data, heard) => lab.received(index, data, heard),
    onError: lab.error,
    onStage: reached,
    onBack: (attempts) => lab.back(index, attempts),
    onGaveUp: () => lab.gaveUp(),
    reconnect: policyAsked(load.own?.reconnect),
    handshakeTimeoutMs: handshakesAsked(load).timeoutMs,
    persist: patience
      ? { signal: AbortSignal.any([signal, patience]), onRefused: () => comings.refused(index) }
      : undefined,
    pollIntervalMs: load.pollIntervalMs,
    holdMs: plan.holdMs,
    keepAlive: plan.keepAlive,
    headers: plan.headers,
    heads: plan.heads,
    compression: plan.compression && transport.traits.compression,
    messageBytes: load.size,
    binary: load.payload === 'binary',
  });
  const connected = await connection.catch((error: Error) => {
    if (patience?.aborted) return null;
    throw whyNot(error, plan, client, index);
  });
  if (connected === null) return;
  // The trial gave up while this client was connecting: nothing else would close it.
  if (isGivenUp(client)) return void connected.close().catch(() => {});
  client.connection = connected;
  if (connected.ahead) reach(stages, 'ready', connected.ahead.readyNs);
  else reached('ready');
  // From here on this client's first message can flow, whatever the others still do.
  client.dialer.phase = 'warmup';
  lab.connect(index, client.connection);
}

/** `closeAll` moves a client into `teardown`; one that connects after that must not join the trial. */
const isGivenUp = ({ dialer }: Client) => dialer.phase === 'teardown';

/** Numbers of clients at which memory is measured; with fewer than twenty only noise would be measured. */
const memorySteps = (clients: number): number[] =>
  clients < 20 ? [clients] : [1, 2, 3, 4].map((quarter) => Math.round((clients * quarter) / 4));

async function within<T>(
  ms: number,
  tooLate: () => CannotRun,
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let callOff = () => {};
  const late = new Promise<never>((_, reject) => {
    callOff = afterReading(ms, () => reject(tooLate()));
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  work.catch(() => {});
  return Promise.race([work, late]).finally(() => callOff());
}

const fewKnown = text(
  'all {clients} clients are connected, but after {ms} ms the server knows {peers} of them; something on the way has answered the others itself (a cache, a proxy), or the server is slow: then raise --timeout',
  '클라이언트 {clients}개가 모두 연결되었지만 {ms} ms가 지나도록 서버는 그중 {peers}개만 압니다. 중간에서 무언가(캐시, 프록시)가 나머지에 대신 답했거나 서버가 느린 것입니다. 서버가 느리면 --timeout을 늘리십시오',
);

/**
 * A client counts itself as connected when its TCP connection is established or its first response has arrived, and the
 * server may not have seen it yet. A server that then sends first would leave that client out, so the trial waits until
 * the server knows all clients. A target without `stats` cannot be told to send first, either.
 */
export async function everyoneIsIn(
  { transport, timeoutMs }: TrialPlan,
  clients: number,
  { stats }: Target,
  clock: Clock,
  signal: AbortSignal,
) {
  if (!transport.traits.push || !stats) return;
  for (const endNs = clock.now() + timeoutMs * 1e6; ; ) {
    const { peers } = await stats.read();
    if (peers >= clients) return;
    if (clock.now() > endNs) {
      const found = { peers: String(peers), clients: String(clients), ms: String(timeoutMs) };
      const why = inEveryLanguage(fewKnown, found);
      const told = inEveryLanguage(text('{transport}: {why}', '{transport}: {why}'), {
        transport: transport.name,
        why,
      });
      throw new CannotConnect(told, { outcome: 'swallowed', status: null, why });
    }
    await sleepUntil(clock, clock.now() + 1e6, signal);
  }
}
