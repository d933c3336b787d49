/**
 * The simulated clients of a trial: made, connected, moved from phase to phase, and closed, all of them alike.
 */

import { afterReading, type Clock, sleepUntil } from '../base/clock.ts';
import { CannotConnect, CannotRun, shortageIn } from '../base/failure.ts';
import type { LibraryOf } from '../base/libraries.ts';
import { randomStream } from '../base/schedule.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import { allClosed, connectionsOf, createDialer, type Dialer } from '../tap/dialer.ts';
import type { Tape } from '../tap/tape.ts';
import type { Connection } from '../transports/transport.ts';
import type { Phase } from '../wire/span.ts';
import type { Wires } from './asking.ts';
import type { TrialLab } from './lab.ts';
import type { TrialPlan } from './plan.ts';

export interface Client {
  readonly dialer: Dialer;
  connection: Connection | null;
}

/** For each stage, how long after dialling (after closing began, for `closed`) each client had come this far; ns. */
export type Stages = Map<string, number[]>;

function reach(stages: Stages, stage: string, ns: number) {
  const times = stages.get(stage);
  if (times) times.push(ns);
  else stages.set(stage, [ns]);
}

/** Where and with what clients connect. */
export interface Setting {
  readonly plan: TrialPlan;
  readonly clock: Clock;
  readonly lab: TrialLab;
  readonly stages: Stages;
  readonly signal: AbortSignal;
  readonly port: number;
  /** What the plan's transport speaks through. */
  readonly library: LibraryOf;
}

export function createClients(plan: TrialPlan, port: number, clock: Clock, tape: Tape): Client[] {
  let connections = 0;
  const nextConnection = () => connections++;
  return Array.from({ length: plan.load.clients }, () => ({
    dialer: createDialer({ host: plan.host, port, clock, tape, nextConnection }),
    connection: null,
  }));
}

/** Their sockets, for scenarios that cut single clients off. */
export const wiresOf = (clients: readonly Client[]): Wires => {
  const socketsOf = (index: number) => clients[index]?.dialer.dialled.map(({ socket }) => socket) ?? [];
  return {
    cut: (index) => {
      for (const socket of socketsOf(index)) socket.resetAndDestroy();
    },
    open: (index) => socketsOf(index).filter(({ destroyed }) => !destroyed),
    written: (index) => socketsOf(index).reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
  };
};

/** Dials this many clients at a time, so that thousands do not overflow the server's backlog. */
const dialledAtOnce = 100;
/** What each of them may take on a slow machine, on top of the plan's own patience. */
const connectMs = 10;

/** Connects every client. Throws `CannotConnect` when one cannot, or when it takes longer than the plan allows. */
export async function connectAll(
  clients: readonly Client[],
  setting: Setting,
  onStep: (connected: number) => Promise<void>,
): Promise<void> {
  const { scenario, timeoutMs } = setting.plan;
  const atOnce = scenario.connecting === 'in-turn' ? 1 : dialledAtOnce;
  const steps = scenario.connecting === 'in-steps' ? memorySteps(clients.length) : [clients.length];
  const work = async () => {
    let next = 0;
    for (const step of steps) {
      while (next < step) {
        const batch = clients.slice(next, Math.min(next + atOnce, step));
        const first = next;
        await Promise.all(batch.map((client, k) => connectOne(client, first + k, setting)));
        next += batch.length;
      }
      if (steps.length > 1) await onStep(step);
    }
  };
  const deadlineMs = timeoutMs + clients.length * connectMs;
  const tooLate = () => whoWaits(clients, setting.plan, deadlineMs);
  await within(deadlineMs, tooLate, work(), setting.signal);
}

/**
 * More time helps a server that is slow, and does not where nothing of an answer ever came: a proxy that holds an answer
 * back until it ends never lets a stream begin.
 */
function whoWaits(
  clients: readonly Client[],
  { transport, middleboxes }: TrialPlan,
  ms: number,
): CannotConnect {
  const waiting = clients.filter(({ connection }) => connection === null);
  const asked = (heard: (bytes: number) => boolean) =>
    waiting.filter(({ dialer }) =>
      connectionsOf(dialer).some(({ socket }) => socket.bytesWritten > 0 && heard(socket.bytesRead)),
    ).length;
  const unanswered = asked((bytes) => bytes === 0);
  const isStream = transport.traits.eventOverhead !== null;
  const notConnected = (outcome: CannotConnect['found']['outcome'], why: Text) =>
    new CannotConnect(
      inEveryLanguage(connecting, { transport: transport.name, clients: String(clients.length), why }),
      { outcome, status: null, why },
    );
  if (unanswered > 0) {
    const remedy = middleboxes.buffering && isStream ? buffered : heldBack;
    const found = { ms: String(ms), unanswered: String(unanswered), remedy };
    return notConnected('nothing-came', inEveryLanguage(unheard, found));
  }
  // Where others of its kind got through, one that was answered is only late.
  if (waiting.length === clients.length && asked((bytes) => bytes > 0) > 0)
    return notConnected('swallowed', inEveryLanguage(swallowed, { ms: String(ms) }));
  return notConnected('too-slow', inEveryLanguage(slow, { ms: String(ms) }));
}

const connecting = text(
  'connecting {clients} {transport} clients: {why}',
  '{transport} 클라이언트 {clients}개 연결: {why}',
);
const slow = text(
  'it took longer than {ms} ms; raise --timeout',
  '{ms} ms가 넘게 걸렸습니다. --timeout을 늘리십시오',
);
const unheard = text(
  'after {ms} ms {unanswered} of them have asked and got no byte of an answer; {remedy}',
  '{ms} ms가 지나도록 그중 {unanswered}개는 요청을 보냈지만 응답을 한 바이트도 받지 못했습니다. {remedy}',
);
const swallowed = text(
  'after {ms} ms they have an answer, but what they asked for has not begun; something on the way has answered or keeps the rest, or the server is slow: then raise --timeout',
  '{ms} ms가 지나도록 응답은 왔지만 요청한 것이 시작되지 않았습니다. 중간에서 무언가가 대신 답했거나 나머지를 붙잡고 있거나 서버가 느린 것입니다. 서버가 느리면 --timeout을 늘리십시오',
);
const buffered = text(
  '--proxy buffering holds an answer back until it ends, and a stream does not end: leave it out',
  '--proxy buffering은 응답이 끝날 때까지 붙잡아 두는데 스트림은 끝나지 않습니다. 이 옵션을 빼십시오',
);
const heldBack = text(
  'something on the way holds the answer back (a proxy that buffers), or the server is slow: then raise --timeout',
  '중간에서 무언가(버퍼링하는 프록시 등)가 응답을 붙잡고 있거나 서버가 느린 것입니다. 서버가 느리면 --timeout을 늘리십시오',
);

async function connectOne(client: Client, index: number, setting: Setting): Promise<void> {
  const { plan, clock, lab, stages, signal, port } = setting;
  const { transport, load } = plan;
  signal.throwIfAborted();
  // The others of its batch were given up meanwhile.
  if (isGivenUp(client)) return;
  const dialledNs = clock.now();
  const reached = (stage: string) => reach(stages, stage, clock.now() - dialledNs);
  const connection = transport.connect({
    host: plan.host,
    port,
    client: (index + 1).toString(36).padStart(4, '0'),
    dialer: client.dialer,
    library: setting.library,
    clock,
    random: randomStream(plan.seed, `phase of client ${index}`),
    onMessage: (data) => lab.received(index, data),
    onError: lab.error,
    onStage: reached,
    pollIntervalMs: load.pollIntervalMs,
    holdMs: plan.holdMs,
    keepAlive: plan.keepAlive,
    headers: plan.headers,
    compression: plan.compression && transport.traits.compression,
    messageBytes: load.size,
    binary: load.payload === 'binary',
  });
  const connected = await connection.catch((error: Error) => {
    throw whyNot(error, plan, client, index);
  });
  // The trial gave up while this client was connecting: nothing else would close it.
  if (isGivenUp(client)) return void connected.close().catch(() => {});
  client.connection = connected;
  reached('ready');
  // From here on this client's first message can flow, whatever the others still do.
  client.dialer.phase = 'warmup';
  lab.connect(index, client.connection);
}

/** `closeAll` moves a client into `teardown`; one that connects after that must not join the trial. */
const isGivenUp = ({ dialer }: Client) => dialer.phase === 'teardown';

function whyNot(error: NodeJS.ErrnoException, plan: TrialPlan, client: Client, index: number): CannotRun {
  const remedy = remedyFor(error, plan, client);
  const why = inEveryLanguage(text('{reason}{remedy}', '{reason}{remedy}'), {
    reason: error.message,
    remedy,
  });
  const told = inEveryLanguage(
    text(
      'connect-failed: {name} client {number}: {why}',
      'connect-failed: {name} 클라이언트 {number}번이 연결하지 못했습니다: {why}',
    ),
    { name: plan.transport.name, number: String(index + 1), why },
  );
  // What this machine has run out of says nothing of a transport.
  const shortage = shortageIn(error);
  if (shortage) return shortage;
  if (error.code === 'EADDRNOTAVAIL') return new CannotRun(told);
  return new CannotConnect(told, { outcome: 'refused', status: null, why });
}

function remedyFor(
  error: NodeJS.ErrnoException,
  { middleboxes }: TrialPlan,
  { dialer }: Client,
): string | Text {
  if (middleboxes.noUpgrade)
    return text(
      '; --proxy no-upgrade refuses it: leave it out',
      '. --proxy no-upgrade가 거절하므로 빼야 합니다',
    );
  if (error.code === 'EADDRNOTAVAIL')
    return text(
      '; this machine has no client port left: leave keep-alive on, or use fewer --clients or --messages',
      '. 이 컴퓨터에 남은 클라이언트 포트가 없습니다. keep-alive를 켜 두거나 --clients 또는 --messages를 줄여야 합니다',
    );
  // A server without a file left for it accepts and closes at once: nothing else shows that.
  const wasShut = connectionsOf(dialer).some(({ socket }) => socket.destroyed && socket.bytesRead === 0);
  return wasShut
    ? text(
        '; closed before the first byte: the server may have no open file left (`ulimit -n`), use fewer --clients',
        '. 첫 바이트 전에 닫혔습니다. 서버에 남은 열린 파일이 없을 수 있습니다(`ulimit -n`). --clients를 줄여야 합니다',
      )
    : '';
}

/** Numbers of clients at which memory is weighed; fewer than twenty would only weigh noise. */
const memorySteps = (clients: number): number[] =>
  clients < 20 ? [clients] : [1, 2, 3, 4].map((quarter) => Math.round((clients * quarter) / 4));

/**
 * Moves each client into a phase, at a moment when nothing of its own is half-way; one that does not come to rest
 * in time, or is interrupted, crosses as it is.
 */
export async function crossInto(
  phase: Phase,
  clients: readonly Client[],
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
) {
  const calm = new AbortController();
  const deadlineNs = clock.now() + timeoutMs * 1e6;
  const patience = sleepUntil(clock, deadlineNs, AbortSignal.any([signal, calm.signal])).catch(() => {});
  const crossings = await Promise.all(
    clients.map(async ({ dialer, connection }) => {
      const atNs = (await Promise.race([connection?.quiet() ?? clock.now(), patience])) ?? clock.now();
      dialer.phase = phase;
      return { atNs, polls: connection?.polls() ?? null };
    }),
  );
  calm.abort();
  return crossings;
}

/**
 * Ends every conversation, politely where that works, and waits until every socket is closed. Who was still connecting
 * has none, and is cut at once.
 */
export async function closeAll(clients: readonly Client[], stages: Stages, timeoutMs: number, clock: Clock) {
  const graceMs = Math.min(timeoutMs, 1000);
  await Promise.all(
    clients.map(async ({ dialer, connection }) => {
      const closingNs = clock.now();
      dialer.phase = 'teardown';
      if (connection === null) dialer.giveUp();
      // A conversation that will not end is cut; its bytes are on the tape either way.
      await Promise.race([
        connection?.close().catch(() => {}),
        new Promise((resolve) => setTimeout(resolve, graceMs).unref()),
      ]);
      await allClosed(dialer, graceMs);
      if (connection !== null) reach(stages, 'closed', clock.now() - closingNs);
    }),
  );
}

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
