/**
 * The TCP connections of a capture: whose segments belong together, who is the client, what each side said in its order,
 * and what is missing. Knows no protocol but by the first bytes of a connection, where nobody said which port is meant.
 *
 * Constant memory: bytes wait only for others that must come first, and for no more than `waitingMost` of them; a
 * connection that has ended is kept until some hundred others have, because its last packets may come again.
 */
import type { Direction } from '../../wire/span.ts';
import type { Chunk } from '../tape.ts';
import { type Beginning, beginningOf } from './beginning.ts';
import {
  addTo,
  ahead,
  createLane,
  endOf,
  finish,
  isHeard,
  isInOrder,
  isNext,
  type Lane,
  later,
  pass,
  skipTo,
  takeFrom,
} from './lane.ts';
import { flag, type Segment, wayBack } from './segment.ts';

export interface TcpEnding {
  /** A SYN was answered with RST. */
  readonly refused: boolean;
  readonly up: number;
  readonly down: number;
  readonly at: number;
}

export interface CaptureListener {
  opened(connection: number, at: number): void;
  chunk(chunk: Chunk): void;
  /** Bytes of this direction are missing here. */
  hole(connection: number, direction: Direction): void;
  closed(connection: number, ending: TcpEnding): void;
}

/** Sums over connections. */
export interface TcpFigures {
  packets: number;
  /** Of IP and TCP. */
  headerBytes: number;
  /** What was captured of the application's bytes, whatever came of it. */
  payloadBytes: number;
  repeatedBytes: number;
  missingBytes: number;
  holes: number;
  /** Connections whose beginning was not captured. */
  joinedLate: number;
}

export interface LeftOut {
  connections: number;
  bytes: number;
  /** Of the connections: those whose first bytes are TLS or HTTP/2. */
  tls: number;
  http2: number;
}

const nothing = new Uint8Array(0);
const heldMost = 1024 * 1024;
const waitingMost = 8 * 1024 * 1024;
const endedKept = 256;

type Side = 0 | 1;

interface Connection {
  readonly ways: readonly [string, string];
  readonly lanes: readonly [Lane, Lane];
  /** Who is the client; null until it is known. */
  client: Side | null;
  /** Its number where it is told of. */
  told: number | 'undecided' | 'left-out';
  beginning: Beginning | 'unknown';
  /** What came before it was decided whether to tell of it. */
  readonly held: { readonly side: Side; readonly at: number; readonly bytes: Uint8Array | null }[];
  readonly openedAt: number;
  lastAt: number;
  began: boolean;
  answered: boolean;
  state: 'open' | 'ended' | 'refused';
  packets: number;
  headerBytes: number;
  payloadBytes: number;
}

const other = (side: Side): Side => (side === 0 ? 1 : 0);

/** @param port of the application; null where every connection counts that begins with something readable. */
export function createConnections(port: number | null, listener: CaptureListener) {
  const open = new Map<string, { readonly connection: Connection; readonly side: Side }>();
  const ended: Connection[] = [];
  const waiting = new Set<Connection>();
  const figures: TcpFigures = {
    ...{ packets: 0, headerBytes: 0, payloadBytes: 0 },
    ...{ repeatedBytes: 0, missingBytes: 0, holes: 0, joinedLate: 0 },
  };
  const leftOut: LeftOut = { connections: 0, bytes: 0, tls: 0, http2: 0 };
  let waitingBytes = 0;
  let count = 0;

  function begin({ at, way, fromPort, toPort, flags }: Segment): Connection {
    const back = wayBack(way);
    const began = (flags & flag.syn) !== 0;
    const answers = (flags & flag.acknowledges) !== 0;
    // Side 0 sent this segment.
    const asked = fromPort === port && toPort !== port ? 1 : toPort === port && fromPort !== port ? 0 : null;
    const connection: Connection = {
      ...{ ways: [way, back], lanes: [createLane(), createLane()], openedAt: at, lastAt: at, began },
      client: began ? (answers ? 1 : 0) : asked,
      ...{ told: 'undecided', beginning: 'unknown', held: [], answered: false, state: 'open' },
      ...{ packets: 0, headerBytes: 0, payloadBytes: 0 },
    };
    open.set(way, { connection, side: 0 }).set(back, { connection, side: 1 });
    if (port === null) return connection;
    if (fromPort === port || toPort === port) tellOf(connection);
    else connection.told = 'left-out';
    connection.client ??= fromPort < toPort ? 1 : 0;
    return connection;
  }

  function tellOf(connection: Connection) {
    connection.told = count++;
    listener.opened(connection.told, connection.openedAt);
  }

  /** The next bytes of a side; null where some are missing. */
  function deliver(connection: Connection, side: Side, at: number, bytes: Uint8Array | null) {
    const { told, client, held } = connection;
    if (told === 'left-out') return;
    if (told === 'undecided') {
      held.push({ side, at, bytes });
      decide(connection);
      return;
    }
    const direction: Direction = side === client ? 'up' : 'down';
    if (bytes) listener.chunk({ at, connection: told, direction, phase: 'steady', bytes });
    else listener.hole(told, direction);
  }

  /** Whether to tell of a connection, and who its client is, by what the one that speaks first says first. */
  function decide(connection: Connection) {
    const { held } = connection;
    const spoken = held.find(({ bytes }) => bytes !== null);
    if (!spoken) return;
    const first = held.flatMap(({ side, bytes }) => (side === spoken.side ? [bytes ?? nothing] : []));
    // What begins with a hole is somewhere in the middle.
    const beginning = first[0] === nothing ? 'other' : beginningOf(first);
    if (beginning === 'undecided' && heldBytes(connection) < heldMost) return;
    connection.beginning = beginning;
    if (beginning !== 'request' && beginning !== 'response') {
      connection.told = 'left-out';
      held.length = 0;
      return;
    }
    connection.client ??= beginning === 'request' ? spoken.side : other(spoken.side);
    tellOf(connection);
    for (const { side, at, bytes } of held.splice(0)) deliver(connection, side, at, bytes);
  }

  /** Tells what has become tellable; of two sides that wait for each other, what was captured first. */
  function pump(connection: Connection) {
    const { lanes } = connection;
    for (let moved = true; moved; ) {
      moved = false;
      for (const side of [0, 1] as const) {
        const [lane, peer] = [lanes[side], lanes[other(side)]];
        while (lane.waiting[0] && isInOrder(lane) && isHeard(lane.waiting[0], peer)) {
          take(connection, side);
          moved = true;
        }
        moved = finish(lane) || moved;
      }
      const [a, b] = [lanes[0].waiting[0], lanes[1].waiting[0]];
      if (moved || !a || !b || !isInOrder(lanes[0]) || !isInOrder(lanes[1])) continue;
      take(connection, a.at <= b.at ? 0 : 1);
      moved = true;
    }
  }

  function take(connection: Connection, side: Side) {
    const taken = takeFrom(connection.lanes[side]);
    if (taken) deliver(connection, side, taken.at, taken.bytes);
  }

  /** What is missing will not come: the earliest segment that waits for it goes on. */
  function giveWay(connection: Connection) {
    const { lanes } = connection;
    const at = (lane: Lane) => lane.waiting[0]?.at ?? Number.POSITIVE_INFINITY;
    const side: Side = at(lanes[0]) <= at(lanes[1]) ? 0 : 1;
    const first = lanes[side].waiting[0];
    if (!first) return;
    if (!isInOrder(lanes[side])) {
      skipTo(lanes[side], first.sequence);
      deliver(connection, side, first.at, null);
    } else if (first.acknowledged !== null) {
      const peer = lanes[other(side)];
      const next = peer.waiting[0];
      const isFirst = next !== undefined && ahead(first.acknowledged, next.sequence) > 0;
      skipTo(peer, isFirst ? next.sequence : first.acknowledged);
      deliver(connection, other(side), first.at, null);
    }
    pump(connection);
  }

  function flush(connection: Connection) {
    pump(connection);
    while (connection.lanes.some((lane) => lane.waiting.length > 0)) giveWay(connection);
    // Bytes at the end that the other side has read, or that FIN counts.
    for (const side of [0, 1] as const) {
      const lane = connection.lanes[side];
      const last = endOf(lane);
      if (last === null || lane.next === null || ahead(last, lane.next) <= 0) continue;
      skipTo(lane, last);
      deliver(connection, side, connection.lastAt, null);
    }
    waiting.delete(connection);
  }

  /** Only so many bytes wait, over all connections. */
  function makeRoom() {
    while (waitingBytes > waitingMost) {
      const [longest] = [...waiting].sort((a, b) => waitingOf(b) - waitingOf(a));
      if (!longest) return;
      const before = waitingOf(longest);
      giveWay(longest);
      waitingBytes += waitingOf(longest) - before;
      if (waitingOf(longest) === 0) waiting.delete(longest);
    }
  }

  function close(connection: Connection) {
    const { lanes, told, ways, client } = connection;
    waitingBytes -= waitingOf(connection);
    flush(connection);
    for (const way of ways) if (open.get(way)?.connection === connection) open.delete(way);
    if (typeof told !== 'number') return leave(connection);
    const sum = (read: (lane: Lane) => number) => read(lanes[0]) + read(lanes[1]);
    figures.packets += connection.packets;
    figures.headerBytes += connection.headerBytes;
    figures.payloadBytes += connection.payloadBytes;
    figures.repeatedBytes += sum(({ repeated }) => repeated);
    figures.missingBytes += sum(({ missing }) => missing);
    figures.holes += sum(({ holes }) => holes);
    if (!connection.began) figures.joinedLate++;
    listener.closed(told, {
      refused: connection.state === 'refused',
      up: lanes[client ?? 0].delivered,
      down: lanes[other(client ?? 0)].delivered,
      at: connection.lastAt,
    });
  }

  function leave({ beginning, payloadBytes }: Connection) {
    if (payloadBytes === 0) return;
    leftOut.connections++;
    leftOut.bytes += payloadBytes;
    if (beginning === 'tls' || beginning === 'http2') leftOut[beginning]++;
  }

  function end(connection: Connection, state: 'ended' | 'refused') {
    if (connection.state === 'open' && ended.push(connection) > endedKept) {
      const oldest = ended.shift();
      if (oldest) close(oldest);
    }
    connection.state = state;
  }

  /** A handshake for addresses and ports that were in use: unless it is the same one again, this is a new connection. */
  function isNew({ lanes, state }: Connection, side: Side, { sequence, flags }: Segment): boolean {
    if ((flags & flag.syn) === 0 || (flags & flag.acknowledges) !== 0) return false;
    const { next, fin, delivered, missing } = lanes[side];
    if (next === null) return state !== 'open';
    // Its own FIN has taken a number as well, once it was read.
    const first = next - delivered - missing - (fin !== null && next !== fin ? 1 : 0);
    return state !== 'open' || first >>> 0 !== (sequence + 1) >>> 0;
  }

  function find(segment: Segment): { readonly connection: Connection; readonly side: Side } | null {
    const known = open.get(segment.way);
    if (known && !isNew(known.connection, known.side, segment)) return known;
    if (known) {
      const at = ended.indexOf(known.connection);
      if (at >= 0) ended.splice(at, 1);
      close(known.connection);
    }
    // The last acknowledgement of a connection that nobody has seen is none of its own.
    if ((segment.flags & flag.syn) === 0 && segment.bytes.length + segment.cut === 0) return null;
    return { connection: begin(segment), side: 0 };
  }

  function add(segment: Segment): boolean {
    const found = find(segment);
    if (!found) return false;
    const { connection, side } = found;
    const { flags, sequence, bytes, at } = segment;
    const [lane, peer] = [connection.lanes[side], connection.lanes[other(side)]];
    connection.packets++;
    connection.headerBytes += segment.headerBytes;
    connection.payloadBytes += bytes.length;
    connection.lastAt = at;
    const acknowledged = (flags & flag.acknowledges) !== 0 ? segment.acknowledged : null;
    // A RST need not know what it acknowledges.
    if (acknowledged !== null && (flags & flag.reset) === 0) peer.read = later(peer.read, acknowledged);
    const first = (flags & flag.syn) !== 0 ? (sequence + 1) >>> 0 : sequence;
    if ((flags & flag.syn) !== 0) {
      lane.next ??= first;
      connection.began = true;
      connection.client ??= acknowledged === null ? side : other(side);
      connection.answered ||= acknowledged !== null;
    }
    const waited = lane.waitingBytes + peer.waitingBytes;
    if (bytes.length > 0) {
      connection.answered = true;
      const data = { sequence: first, bytes, acknowledged, at };
      // Nearly all come in order, and need not wait.
      if (isNext(lane, first) && isHeard(data, peer)) {
        pass(lane, bytes.length);
        deliver(connection, side, at, Buffer.from(bytes));
      } else addTo(lane, data);
    }
    if ((flags & flag.fin) !== 0) lane.fin = (first + bytes.length + segment.cut) >>> 0;
    pump(connection);
    const isOver = connection.lanes.every(({ fin, next }) => fin !== null && next === (fin + 1) >>> 0);
    if ((flags & flag.reset) !== 0) end(connection, connection.answered ? 'ended' : 'refused');
    else if (isOver) end(connection, 'ended');
    const waits = waitingOf(connection);
    waitingBytes += waits - waited;
    if (waits > 0) waiting.add(connection);
    else if (waited > 0) waiting.delete(connection);
    if (waitingBytes > waitingMost) makeRoom();
    return true;
  }

  return {
    /** False where a segment belongs to no connection that is known. */
    add,
    /** No more packets will come. */
    end() {
      for (const { connection } of [...open.values()])
        if (open.get(connection.ways[0])?.connection === connection) close(connection);
    },
    figures,
    leftOut,
  };
}

const heldBytes = ({ held }: Connection): number =>
  held.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);

const waitingOf = ({ lanes }: Connection): number => lanes[0].waitingBytes + lanes[1].waitingBytes;
