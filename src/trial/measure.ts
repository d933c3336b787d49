/**
 * One trial: serve, connect, warm up, run, settle, weigh. Everything here happens for every transport and every
 * scenario alike; what differs comes in as values.
 */
import { setMaxListeners } from 'node:events';
import { type Clock, realClock, sleepUntil } from '../base/clock.ts';
import { CannotConnect } from '../base/failure.ts';
import { loadLibraries } from '../base/libraries.ts';
import { weighMemory } from '../base/resources.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import type { Note, Trial } from '../document/report.ts';
import { keepAliveTimeoutMs } from '../laws/polling.ts';
import type { Book } from '../metrics/book.ts';
import { startRelayProcess } from '../network/relay-process.ts';
import type { ServerOptions } from '../servers/server.ts';
import { createTape } from '../tap/tape.ts';
import { type ServerProcess, serve } from '../target/server-process.ts';
import { weigh } from './assess.ts';
import { closeAll, connectAll, createClients, type Stages, wiresOf } from './clients.ts';
import { createLab } from './lab.ts';
import { needsRelay, type TrialPlan } from './plan.ts';
import { type MemoryStep, runSteady, type Steady, timesConnecting, watchProcesses } from './steady.ts';

/** A server warms up this much faster than it is measured; clients send in turn, to open no extra connection. */
const warmupPace = 4;

/** The relay through which clients then reach the server. */
const startRelay = (plan: TrialPlan, targetPort: number) =>
  needsRelay(plan)
    ? startRelayProcess({
        host: plan.host,
        targetHost: plan.host,
        targetPort,
        link: plan.link,
        middleboxes: plan.middleboxes,
        seed: plan.seed,
      })
    : null;

/**
 * Runs the trial against a server of its own, which it stops. Throws `CannotRun` when it could not take place:
 * `CannotConnect` where its clients could not connect.
 *
 * @param beforeSteady awaited between warm-up and steady phase: the last moment at which work may be done that
 *   must not fall into what is measured.
 */
export async function measure(
  plan: TrialPlan,
  started: ServerProcess,
  beforeSteady: () => Promise<void> = async () => {},
  clock: Clock = realClock,
): Promise<Trial> {
  await using server = started;
  await using relay = await startRelay(plan, server.port);
  const port = relay?.port ?? server.port;
  const library = await loadLibraries(plan.transport.libraries);
  const notes: Note[] = [];
  const lost = relay ? AbortSignal.any([server.gone, relay.gone]) : server.gone;
  const signal = AbortSignal.any([plan.signal, lost]);
  // Every client waits on it, and there may be thousands.
  setMaxListeners(0, signal, plan.signal, lost);

  const weighing = weigh(plan, (connection) =>
    (clients[0]?.dialer.dialled ?? []).some((dialled) => dialled.connection === connection),
  );
  const tape = createTape((chunk) => {
    plan.record?.(chunk);
    weighing.read(chunk);
  });
  const clients = createClients(plan, port, clock, tape);
  const { tick, answers } = server;
  const wires = wiresOf(clients);
  const lab = createLab({ ...plan, clock, signal, tick, answers, wires, link: relay ?? unbreakable });
  const stages: Stages = new Map();
  const memory: MemoryStep[] = [];

  let warmup: Book | null = null;
  let steady: Steady | null = null;
  let unconnected: CannotConnect | null = null;
  using watch = watchProcesses(server, relay);
  try {
    if (timesConnecting(plan)) await watch.begin();
    await connectAll(clients, { plan, clock, lab, stages, signal, port, library }, async (connected) => {
      const [there, here] = [await server.memory(), weighMemory()];
      memory.push({ clients: connected, serverBytes: there.heapBytes, clientBytes: here.heapBytes });
    });
    await everyoneIsIn(plan, server, clock, signal);
    const { warmup: messages, rate } = plan.load;
    if (messages > 0)
      warmup = await lab.phase({ phase: 'warmup', messages, rate: rate * warmupPace, durationMs: null });
    await beforeSteady();
    steady = await runSteady(plan, clock, watch, clients, lab, signal);
  } catch (error) {
    if (error instanceof CannotConnect) unconnected = error;
    else if (!signal.aborted) throw error;
  } finally {
    await closeAll(clients, stages, plan.timeoutMs, clock);
  }
  // Where the server or the relay has just died everybody is refused, too, and the refusal may come first: they are asked.
  // For nothing that takes a file: a server that refused because it has none left could not answer.
  if (unconnected) await Promise.all([server.mark(), relay?.mark()]);
  if (lost.aborted) throw lost.reason;
  // Where their coming is timed, so was their going.
  if (steady && timesConnecting(plan)) steady = { ...steady, resources: await watch.read() };
  tape.drain();
  if (unconnected) throw answered(unconnected, weighing.refusal());
  if (tape.drainedEarly > 0) notes.push({ kind: 'tape-drained', value: tape.drainedEarly });
  return weighing.trial({ clients, stages, warmup, steady, lab, memory, notes, port });
}

/** With the status of the answer: libraries word it as they like, or keep it to themselves. */
const answered = ({ told, found }: CannotConnect, status: number | null): CannotConnect =>
  new CannotConnect(told, { ...found, status: found.outcome === 'refused' ? status : null });

const fewKnown = text(
  'all {clients} clients are connected, but after {ms} ms the server knows {peers} of them; something on the way has answered the others itself (a cache, a proxy), or the server is slow: then raise --timeout',
  '클라이언트 {clients}개가 모두 연결되었지만 {ms} ms가 지나도록 서버는 그중 {peers}개만 압니다. 중간에서 무언가(캐시, 프록시)가 나머지에 대신 답했거나 서버가 느린 것입니다. 서버가 느리면 --timeout을 늘리십시오',
);

/**
 * A client counts itself as connected when its TCP connection stands or its first answer has come, and the server may not
 * have seen it yet. A server that then speaks first would leave that client out, so the trial waits until it knows all.
 */
async function everyoneIsIn(
  { transport, load, timeoutMs }: TrialPlan,
  server: ServerProcess,
  clock: Clock,
  signal: AbortSignal,
) {
  if (!transport.traits.push) return;
  for (const endNs = clock.now() + timeoutMs * 1e6; ; ) {
    const { peers } = await server.stats();
    if (peers >= load.clients) return;
    if (clock.now() > endNs) {
      const found = { peers: String(peers), clients: String(load.clients), ms: String(timeoutMs) };
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

/** Starts the server a trial needs, in a process of its own. */
export const startServer = (plan: TrialPlan): Promise<ServerProcess> =>
  serve(plan.transport.server, plan.scenario.behaviour, serverOptions(plan));

/** What the plan asks of its server. */
export const serverOptions = ({ transport, load, ...plan }: TrialPlan): ServerOptions => ({
  host: plan.host,
  port: plan.port,
  holdMs: plan.holdMs,
  mailboxSilenceMs: 60_000 + load.pollIntervalMs,
  // Law POLL8: longer than the longest planned silence, and longer than the client believes it to be.
  keepAliveTimeoutMs: keepAliveTimeoutMs(Math.max(load.pollIntervalMs, 1000 / load.rate)),
  heartbeatMs: plan.heartbeatMs,
  compression: plan.compression && transport.traits.compression,
  resume: transport.traits.resume,
  messageBytes: load.size,
  writeCostUs: load.writeCostUs,
});

const impossible = () => Promise.reject(new Error('this trial has no link to break'));
const unbreakable = { cut: impossible, stall: impossible, heal: impossible };
