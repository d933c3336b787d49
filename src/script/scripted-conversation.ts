/**
 * One scripted conversation over a real socket, usually on a virtual clock: connect, send, receive, poll, close. A poll
 * happens when the script says so, and a step ends when every expected response has arrived, so the bytes of a step are
 * always the same. The tape gets the step's number in place of a time, which assigns each byte to its step.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { certificateFor } from '../base/certificate.ts';
import { realClock, sleepUntil, type VirtualClock, virtualClock } from '../base/clock.ts';
import { type LibrarySource, loadLibraries } from '../base/libraries.ts';
import { byteLength, encodeMessage, type Payload } from '../protocols/contract.ts';
import { isSealed, type Over } from '../protocols/over.ts';
import {
  type Behaviour,
  type Peer,
  type Server,
  type ServerOptions,
  usualHoldMs,
} from '../servers/server.ts';
import { allClosed, type Dialer } from '../tap/dialer.ts';
import type { RecordedSpan } from '../tap/spans.ts';
import type { Connection, ConnectOptions, Transport } from '../transports/transport.ts';
import { type RecordedTimes, type RecordedWire, recordWire } from './recorded-wire.ts';

const usualMessageBytes = 64;
const pollIntervalMs = 1000;
const host = '127.0.0.1';
/** A step that takes longer has failed; generous, for busy machines. */
const stepWithinMs = 10_000;

export interface Setting {
  readonly transport: Transport;
  readonly server: Server;
  /** Where the client's libraries come from; by default our own dependencies. */
  readonly libraries?: LibrarySource;
  /** Options that differ from the usual ones, for heartbeats, held polls, and tests that add bytes. */
  readonly serverOptions?: Partial<ServerOptions>;
  readonly connectOptions?: Partial<ConnectOptions>;
  /** HTTP/1.1 in clear text by default; over TLS with an RSA certificate, whose sizes are exact. */
  readonly over?: Over | undefined;
  /** Delays the response to an upgrade, to decide races against it. */
  readonly lateUpgradeMs?: number;
  /** The message to send each time; by default numbered messages. */
  readonly message?: Payload;
  /** Uses the real clock, for a conversation that will be shown: a poll is then really waited for. */
  readonly inRealTime?: boolean;
}

export interface Script {
  /** Sends a message, and waits for its echo. */
  say(binary?: boolean): Promise<void>;
  /** Lets the server send a message, and waits until it has arrived. */
  hear(): Promise<void>;
  /** Makes one poll, which finds nothing. */
  poll(): Promise<void>;
  /** Waits until this many chunks have arrived from the server since the step began. */
  chunks(down: number): Promise<void>;
}

export interface Recorded {
  /** Spans whose `at` is the number of the step, from 0, the set-up. */
  readonly spans: readonly RecordedSpan[];
  readonly dialer: Dialer;
  /** The number of the last step: closing. */
  readonly closing: number;
  /** By connection, the step in which it was dialled. */
  readonly dialledIn: ReadonlyMap<number, number>;
  readonly times: RecordedTimes;
}

type Step = (script: Script) => Promise<void>;

/** Holds the conversation: set-up, each step, close. */
export async function converse(setting: Setting, steps: readonly Step[]): Promise<Recorded> {
  const talk = await open(setting);
  try {
    for (const step of steps) {
      talk.next();
      await step(talk.script);
      await talk.calm();
    }
  } finally {
    talk.next();
    await talk.close();
  }
  return talk.recorded();
}

/** The machine's clock, for which `advance` only waits. */
const passingClock: VirtualClock = { ...realClock, advance: (untilNs) => sleepUntil(realClock, untilNs) };

async function open(setting: Setting) {
  const { transport, server, serverOptions, connectOptions, message, inRealTime } = setting;
  const { lateUpgradeMs = 0, over = 'http' } = setting;
  const certificate = isSealed(over) ? await certificateFor('rsa', host) : undefined;
  const clock = inRealTime ? passingClock : virtualClock();
  const messageBytes = message === undefined ? usualMessageBytes : byteLength(message);
  const peers = new Set<Peer>();
  let step = 0;
  const library = await loadLibraries(transport.libraries, setting.libraries);
  const running = await server.start(echoing(peers), {
    ...usualServer,
    messageBytes,
    resume: transport.traits.resume,
    over,
    tls: certificate && { ...certificate, version: '1.3' },
    ...serverOptions,
  });
  const { port } = running;
  const wire = recordWire({
    host,
    port,
    transport,
    messageBytes,
    step: () => step,
    lateUpgradeMs,
    over,
    authority: certificate?.cert,
  });
  let heard = 0;
  const connecting = transport.connect({
    host,
    port,
    client: '0001',
    dialer: wire.dialer,
    library,
    clock,
    random: () => 0.5,
    onMessage: () => heard++,
    onError: () => {},
    onStage: () => {},
    pollIntervalMs,
    holdMs: usualServer.holdMs,
    keepAlive: true,
    headers: {},
    compression: false,
    messageBytes,
    binary: false,
    over,
    ...connectOptions,
  });
  const connection = await connecting.catch(async (error) => {
    await running.close();
    throw error;
  });
  // Long polling sends its first poll in the next turn; it belongs to the set-up.
  await clock.advance(clock.now());
  const waitFor = (what: string, done: () => boolean) => within(`${transport.name}: ${what}`, done);
  const calm = () => waitFor('answers', () => wire.unanswered() === parkedOf(transport));
  await calm();
  return {
    calm,
    next: () => void step++,
    script: scriptOf({ transport, clock, connection, peers, wire, waitFor, message, heard: () => heard }),
    async close() {
      await connection.close();
      await allClosed(wire.dialer, 1000);
      await running.close();
    },
    recorded: () => ({ ...wire.read(), closing: step }),
  };
}

/** Echoes, and keeps the connected peers, so that the script can send to them. */
const echoing = (peers: Set<Peer>): Behaviour => ({
  joined: (peer) => void peers.add(peer),
  message: (from, data) => from.send(data),
  left: (peer) => void peers.delete(peer),
});

const usualServer: Omit<ServerOptions, 'messageBytes'> = {
  host,
  port: 0,
  holdMs: usualHoldMs,
  mailboxSilenceMs: 60_000,
  keepAliveTimeoutMs: 60_000,
  heartbeatMs: null,
  compression: false,
  resume: false,
  writeCostUs: 0,
};

/** Requests outstanding while nothing happens: the long poll, also of Socket.IO if it stays with polling. */
const parkedOf = ({ traits }: Transport): number => (traits.parks ? 1 : 0);

function scriptOf(of: {
  transport: Transport;
  clock: VirtualClock;
  connection: Connection;
  peers: ReadonlySet<Peer>;
  wire: RecordedWire;
  waitFor(what: string, done: () => boolean): Promise<void>;
  message: Payload | undefined;
  heard(): number;
}): Script {
  const { transport, clock, connection, peers, wire, waitFor, heard } = of;
  let said = 0;
  const message = (client: number, binary: boolean): Payload =>
    of.message ?? encodeMessage({ client, sequence: said++ }, usualMessageBytes, binary);
  /** A polling client receives nothing without a poll. */
  const pollOnce = async () => {
    const { pollGrid } = connection;
    if (!pollGrid) return;
    await clock.advance(clock.now() + pollGrid.intervalNs);
    await connection.quiet();
  };
  const hearing = async (act: () => void | Promise<void> | null) => {
    const before = heard();
    // The offset that Socket.IO adds is the time in seven characters, but longer for a second one in a millisecond.
    if (transport.traits.addsArguments) await nextMillisecond();
    await act();
    await pollOnce();
    await waitFor('a message', () => heard() > before);
  };
  return {
    say: (binary = false) => hearing(() => connection.send(message(1, binary))),
    hear: () =>
      hearing(() => {
        for (const peer of peers) peer.send(message(0, false));
      }),
    poll: pollOnce,
    chunks: (down) => waitFor('a chunk', () => wire.downInStep() >= down),
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function nextMillisecond(): Promise<void> {
  for (const end = performance.now() + 1.5; performance.now() < end; ) await turn();
}

/** Checks every millisecond until `done`, then waits a few turns so that written bytes can leave. */
async function within(what: string, done: () => boolean): Promise<void> {
  // Checking in every turn would keep a core busy during the wait for a heartbeat.
  for (const end = performance.now() + stepWithinMs; !done(); await sleep(1)) {
    if (performance.now() > end) throw new Error(`weighing ${what} did not come within ${stepWithinMs} ms`);
  }
  for (let turns = 0; turns < 5; turns++) await turn();
}
