/**
 * One TCP connection through the relay: the client's socket, a delay line each way, the middleboxes, and the socket to
 * the server.
 *
 * The handshake (RFC 9293 §3.5) is two items on the lines. The kernel has accepted the client at once, but the client
 * is not read yet: a SYN goes up the line, the server is dialled when it comes out (after u), a SYN-ACK goes down, and
 * only when that is out (after u + d) is the client read; its first bytes arrive another u later, as over a real link.
 * One difference remains: the client's own `connect` event comes too early.
 *
 * A FIN and a reset travel in line behind the bytes. A server that refuses resets the client after one RTT.
 */
import { connect, type Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';
import { reset } from '../base/reset.ts';
import type { Link } from '../document/report.ts';
import type { Box, OpenBox } from './box.ts';
import { type DelayLine, type DelayLineOptions, delayLine } from './delay-line.ts';
import type { Item } from './timetable.ts';

/** Bytes that went in at one end of the emulated link and came out at the other. */
export interface Passage {
  in: number;
  out: number;
}

/** Watches a connection without changing it. */
export interface Onlooker {
  /** Called when bytes arrive at one end, before they are passed on. They may be kept, but must not be changed. */
  readonly entered: (direction: 'up' | 'down', bytes: Uint8Array) => void;
  /** Called when bytes have been handed to the other side's socket, in the same order. */
  readonly left: (direction: 'up' | 'down') => void;
  /** Called when bytes of this direction begin to wait for a slow reader, and when it has caught up. */
  readonly waits?: (direction: 'up' | 'down', isWaiting: boolean) => void;
  /** Once, when both sockets are closed; `failed` where the server could not be reached. */
  readonly closed: (how: { readonly failed: boolean; readonly up: number; readonly down: number }) => void;
}

export interface ConnectionOptions {
  /** Accepted, and not read yet. */
  readonly client: Socket;
  readonly target: { readonly host: string; readonly port: number };
  readonly link: Link;
  readonly seed: number;
  /** Names the connection's random streams. */
  readonly ordinal: number;
  readonly clock: Clock;
  readonly openBox: OpenBox;
  /** Counts are added here. */
  readonly counts: { up: Passage; down: Passage; failed: number };
  /** During an outage a new connection waits for its handshake. */
  readonly stalled: boolean;
  readonly onlooker: Onlooker | undefined;
  /** Called once, when both sockets are closed. */
  readonly onClosed: () => void;
}

export interface Carriage {
  readonly clientAddress: string;
  /** Bytes that its two sockets have read: `up` from the client, `down` from the server. */
  counted(): { readonly up: number; readonly down: number };
  /** The local port of the connection to the server; undefined before the SYN has arrived. */
  serverSees(): number | undefined;
  stall(): void;
  heal(): void;
  /** Resets both sockets now; what is on the way is lost. */
  reset(): void;
}

/** What the parts of one connection share. */
interface Carried extends ConnectionOptions {
  readonly lines: { readonly up: DelayLine; readonly down: DelayLine };
  /** Bytes that arrived on this connection alone. */
  readonly came: { up: number; down: number };
  failed: boolean;
  /** Set when the SYN arrives. */
  server?: { readonly socket: Socket; readonly box: Box };
  openSockets: number;
  /** One side has reset: no more flow control. */
  resetting: boolean;
}

/** If a receiver leaves so much unread, no more is written to it: the rest waits on the line, then at the sender. */
const unwrittenBytes = 1024 * 1024;

export function carry(options: ConnectionOptions): Carriage {
  const { client } = options;
  const lines = {
    up: lineOf(options, 'up', outOfUp, (isRoom) => reading(client, isRoom)),
    down: lineOf(options, 'down', outOfDown, (isRoom) => reading(carried.server?.socket, isRoom)),
  };
  const carried: Carried = {
    ...options,
    lines,
    came: { up: 0, down: 0 },
    failed: false,
    openSockets: 0,
    resetting: false,
  };

  function outOfUp(item: Item) {
    if (item === 'syn') dial(carried);
    else if (item === 'fin') carried.server?.box.up.end();
    else if (item === 'rst') reset(carried.server?.socket);
    else carried.server?.box.up.push(item);
  }
  function outOfDown(item: Item) {
    if (item === 'syn') client.resume();
    else if (item === 'fin') client.end();
    else if (item === 'rst') reset(client);
    else write(carried, client, 'down', item);
  }

  adopt(carried, client, 'up');
  client.on('data', (bytes) => {
    enter(carried, 'up', bytes);
    lines.up.push(bytes);
  });
  client.on('end', () => lines.up.push('fin'));
  const controls = controlsOf(carried);
  if (options.stalled) controls.stall();
  lines.up.push('syn');
  return controls;
}

function controlsOf(carried: Carried): Carriage {
  const { client, lines } = carried;
  const both = [lines.up, lines.down];
  return {
    clientAddress: client.remoteAddress ?? '',
    counted: () => ({ up: client.bytesRead, down: carried.server?.socket.bytesRead ?? 0 }),
    serverSees: () => carried.server?.socket.localPort,
    stall() {
      for (const line of both) line.hold('stalled');
    },
    heal() {
      for (const line of both) line.release('stalled');
    },
    reset() {
      for (const line of both) line.drop();
      reset(client);
      reset(carried.server?.socket);
    },
  };
}

function lineOf(
  { link, seed, ordinal, clock }: ConnectionOptions,
  direction: 'up' | 'down',
  deliver: DelayLineOptions['deliver'],
  room: DelayLineOptions['room'],
): DelayLine {
  const { delayMs, bitsPerSecond } = {
    up: { delayMs: link.upDelayMs, bitsPerSecond: link.upBitsPerSecond },
    down: { delayMs: link.downDelayMs, bitsPerSecond: link.downBitsPerSecond },
  }[direction];
  const name = `link ${direction} ${ordinal}`;
  return delayLine({ clock, delayMs, bitsPerSecond, jitterMs: link.jitterMs, seed, name, deliver, room });
}

/** The SYN has arrived: connects to the server, through the middleboxes. */
function dial(carried: Carried) {
  const { client, lines, counts } = carried;
  if (client.destroyed) return;
  const socket = connect({ ...carried.target, allowHalfOpen: true });
  const box = carried.openBox({
    up: { push: (bytes) => write(carried, socket, 'up', bytes), end: () => void socket.end() },
    down: { push: (bytes) => lines.down.push(bytes), end: () => lines.down.push('fin') },
    close() {
      lines.down.push('fin');
      socket.destroySoon();
    },
  });
  carried.server = { socket, box };
  const refused = () => {
    counts.failed++;
    carried.failed = true;
  };
  socket.once('error', refused);
  socket.once('connect', () => {
    socket.off('error', refused);
    lines.down.push('syn');
  });
  adopt(carried, socket, 'down');
  socket.on('data', (bytes) => {
    enter(carried, 'down', bytes);
    box.down.push(bytes);
  });
  socket.on('end', () => box.down.end());
}

/**
 * A socket's error is passed on as a reset, in line with its bytes; bytes on the way to it are lost.
 *
 * @param onward the direction of the bytes that it sends.
 */
function adopt(carried: Carried, socket: Socket, onward: 'up' | 'down') {
  const backward = onward === 'up' ? 'down' : 'up';
  const lines = { onward: carried.lines[onward], backward: carried.lines[backward] };
  carried.openSockets++;
  // Nagle's algorithm would hold small messages back for the peer's delayed ACK.
  socket.setNoDelay(true);
  socket.on('drain', () => {
    carried.onlooker?.waits?.(backward, false);
    lines.backward.release('full');
  });
  socket.on('error', () => {
    carried.resetting = true;
    lines.onward.push('rst');
    lines.onward.release('full');
    lines.backward.drop();
  });
  socket.once('close', () => {
    if (--carried.openSockets > 0) return;
    carried.server?.box.dispose();
    carried.onlooker?.closed({ failed: carried.failed, ...carried.came });
    carried.onClosed();
  });
}

function enter({ counts, came, onlooker }: Carried, direction: 'up' | 'down', bytes: Uint8Array) {
  counts[direction].in += bytes.length;
  came[direction] += bytes.length;
  onlooker?.entered(direction, bytes);
}

function write(carried: Carried, socket: Socket, direction: 'up' | 'down', bytes: Uint8Array) {
  if (!socket.writable) return;
  carried.counts[direction].out += bytes.length;
  socket.write(bytes);
  carried.onlooker?.left(direction);
  if (socket.writableLength <= unwrittenBytes || carried.resetting) return;
  carried.lines[direction].hold('full');
  carried.onlooker?.waits?.(direction, true);
}

function reading(socket: Socket | undefined, isRoom: boolean) {
  if (isRoom) socket?.resume();
  else socket?.pause();
}
