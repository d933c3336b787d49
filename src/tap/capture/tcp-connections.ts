/**
 * The TCP connections of a capture: which segments belong together, each connection's figures, and the sums of all.
 *
 * Constant memory: a connection that has ended is kept only until `endedKept` others have ended, because its last
 * packets may be repeated.
 */
import type { KeyLog } from '../../protocols/tls/key-log.ts';
import type { Segment } from './segment.ts';
import { flag } from './segment.ts';
import { createConnection, type TcpConnection } from './tcp-connection.ts';
import { type CaptureListener, createTelling, type Side } from './telling.ts';
import { createWaitingRoom } from './waiting-room.ts';

/** Sums over the connections that are reported. */
export interface TcpFigures {
  packets: number;
  /** Headers of IP and TCP. */
  headerBytes: number;
  /** All captured bytes of the application, repeated ones included. */
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
  /** How many of the connections begin with TLS. */
  tls: number;
}

interface Found {
  readonly connection: TcpConnection;
  readonly side: Side;
}

const endedKept = 256;

/** @param port of the application; null: every connection whose beginning can be read. */
export function createConnections(port: number | null, keyLog: KeyLog, listener: CaptureListener) {
  const open = new Map<string, Found>();
  const ended: TcpConnection[] = [];
  const room = createWaitingRoom();
  const sums = sumConnections(listener);
  let count = 0;

  const begin = (segment: Segment): Found => {
    const telling = createTelling(listener, keyLog, () => count++, segment.at);
    const connection = createConnection(segment.way, telling);
    connection.ways.forEach((way, side) => void open.set(way, { connection, side: side as Side }));
    meet(segment, port, telling);
    return { connection, side: 0 };
  };
  const find = (segment: Segment): Found | null => {
    const known = open.get(segment.way);
    if (known && !known.connection.isNew(known.side, segment)) return known;
    if (known) {
      const at = ended.indexOf(known.connection);
      if (at >= 0) ended.splice(at, 1);
      close(known.connection);
    }
    // A bare ACK from a connection that was not captured does not make a connection.
    if ((segment.flags & flag.syn) === 0 && segment.bytes.length + segment.cut === 0) return null;
    return begin(segment);
  };
  const close = (connection: TcpConnection) => {
    room.leave(connection);
    for (const way of connection.ways) if (open.get(way)?.connection === connection) open.delete(way);
    sums.add(connection.close());
  };
  const keepEnded = (connection: TcpConnection) => {
    if (ended.push(connection) <= endedKept) return;
    const oldest = ended.shift();
    if (oldest) close(oldest);
  };

  return {
    /** Returns false if the segment belongs to no known connection. */
    add(segment: Segment): boolean {
      const found = find(segment);
      if (!found) return false;
      const { connection, side } = found;
      const wasOpen = connection.state() === 'open';
      connection.add(side, segment);
      if (wasOpen && connection.state() !== 'open') keepEnded(connection);
      room.look(connection);
      return true;
    },
    /** No more packets will come. */
    end() {
      for (const { connection } of [...open.values()])
        if (open.get(connection.ways[0])?.connection === connection) close(connection);
    },
    figures: sums.figures,
    leftOut: sums.leftOut,
  };
}

/** From a connection's first packet: which side is the client, and whether it uses the application's port. */
function meet(
  { flags, fromPort, toPort }: Segment,
  port: number | null,
  telling: ReturnType<typeof createTelling>,
): void {
  if ((flags & flag.syn) !== 0) telling.clientIs((flags & flag.acknowledges) !== 0 ? 1 : 0);
  else if (fromPort === port && toPort !== port) telling.clientIs(1);
  else if (toPort === port && fromPort !== port) telling.clientIs(0);
  if (port === null) return;
  telling.clientIs(fromPort < toPort ? 1 : 0);
  if (fromPort === port || toPort === port) telling.tellOf();
  else telling.leaveOut();
}

function sumConnections(listener: CaptureListener) {
  const figures: TcpFigures = {
    packets: 0,
    headerBytes: 0,
    payloadBytes: 0,
    repeatedBytes: 0,
    missingBytes: 0,
    holes: 0,
    joinedLate: 0,
  };
  const leftOut: LeftOut = { connections: 0, bytes: 0, tls: 0 };
  return {
    figures,
    leftOut,
    add({ telling, ending, figures: its }: ReturnType<TcpConnection['close']>) {
      if (telling.kind === 'told') {
        for (const name of Object.keys(figures) as (keyof TcpFigures)[]) figures[name] += its[name];
        listener.closed(telling.number, ending);
        return;
      }
      if (its.payloadBytes === 0) return;
      leftOut.connections++;
      // Repeated bytes count only once.
      leftOut.bytes += its.payloadBytes - its.repeatedBytes;
      const beginning = telling.kind === 'left-out' ? telling.beginning : 'undecided';
      if (beginning === 'tls') leftOut.tls++;
    },
  };
}
