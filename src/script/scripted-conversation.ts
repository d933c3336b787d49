/**
 * One scripted conversation over a real socket, usually on a virtual clock: connect, talk, hear, poll, close. A poll happens
 * when the script says so, and a step ends when every answer it can expect is there, so the bytes of a step are always
 * the same. The tape is given the step's number for a time: so each byte knows which step it belongs to.
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
/** A step that takes longer has lost something; a busy machine needs some patience. */
const stepWithinMs = 10_000;

export interface Setting {
  readonly transport: Transport;
  readonly server: Server;
  /** Where the client's libraries come from; our own dependencies unless told. */
  readonly libraries?: LibrarySource;
  /** What differs from the usual, for heartbeats, held polls, and tests that make the wire heavier. */
  readonly serverOptions?: Partial<ServerOptions>;
  readonly connectOptions?: Partial<ConnectOptions>;
  /** HTTP/1.1 in clear text unless told; with an RSA certificate where it is sealed, whose sizes are exact. */
  readonly over?: Over | undefined;
  /** The answer to an upgrade comes so much later, for those who race against it. */
  readonly lateUpgradeMs?: number;
  /** What is said each time; numbered messages unless told. */
  readonly message?: Payload;
  /** Time passes by itself, for a conversation that is looked at: a poll is then really waited for. */
  readonly inRealTime?: boolean;
}

export interface Script {
  /** Sends a message, and waits for its echo. */
  say(binary?: boolean): Promise<void>;
  /** Lets the server speak, and waits until it is heard. */
  hear(): Promise<void>;
  /** Lets a poll be due that finds nothing. */
  poll(): Promise<void>;
  /** Waits until this many chunks have come down since the step began. */
  chunks(down: number): Promise<void>;
}

export interface Recorded {
  /** Spans whose `at` is the number of the step, from 0, the set-up. */
  readonly spans: readonly RecordedSpan[];
  readonly dialer: Dialer;
  /** The number of the last step: closing. */
  readonly closing: number;
  /** In which step each connection was dialled. */
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

/** The machine's clock, where the script only waits. */
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
  // Long polling asks its first question in the turn after; it belongs to being connected.
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

/** Echoes, and remembers who is there, so that the server can speak to them. */
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

/** Questions that are out while nothing happens: a parked poll, and Socket.IO's where it stays with polling. */
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
  /** Polling hears nothing unless it asks. */
  const pollOnce = async () => {
    const { pollGrid } = connection;
    if (!pollGrid) return;
    await clock.advance(clock.now() + pollGrid.intervalNs);
    await connection.quiet();
  };
  const hearing = async (act: () => void | Promise<void> | null) => {
    const before = heard();
    // An offset that Socket.IO adds is the time in seven characters, and longer for a second one in a millisecond.
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

/** Looks every millisecond until it holds, then gives what was written a few turns to leave. */
async function within(what: string, done: () => boolean): Promise<void> {
  // Looking in every turn would keep a core busy for as long as a heartbeat is waited for.
  for (const end = performance.now() + stepWithinMs; !done(); await sleep(1)) {
    if (performance.now() > end) throw new Error(`weighing ${what} did not come within ${stepWithinMs} ms`);
  }
  for (let turns = 0; turns < 5; turns++) await turn();
}
