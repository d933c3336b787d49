/**
 * A dialer makes all the sockets of one simulated client, each of them tapped. Whatever library speaks on top
 * (undici, ws, socket.io-client, plain sockets), its bytes end on the same tape under the client's current phase.
 */
import { Agent } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Phase } from './span.ts';
import { TappedSocket } from './tap.ts';
import type { Tape } from './tape.ts';

export interface DialerOptions {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly tape: Tape;
  /** Gives each connection of the trial its ordinal. */
  readonly nextConnection: () => number;
}

export interface DialedConnection {
  readonly connection: number;
  readonly phase: Phase;
  readonly socket: TappedSocket;
}

export interface Dialer {
  /** Connects to the server under test. The socket is not connected yet when returned. */
  dial(): TappedSocket;
  /** For libraries that ask an `http.Agent`; at most six sockets, as a browser per origin. */
  agent(keepAlive: boolean): DialingAgent;
  /** For undici's `connect` option. */
  connector(done: (error: Error | null, socket: TappedSocket | null) => void): void;
  /** The phase under which bytes are filed from now on. */
  phase: Phase;
  /** Every connection that came to stand, in order. */
  readonly connections: readonly DialedConnection[];
  /** Resolves when every socket is closed; sockets still open after `graceMs` are destroyed. */
  closed(graceMs: number): Promise<void>;
}

/** Browsers open at most six HTTP/1.1 connections per origin. */
export const connectionsPerOrigin = 6;

export function createDialer(options: DialerOptions): Dialer {
  const { host, port, clock, tape } = options;
  const open = new Set<TappedSocket>();
  const connections: DialedConnection[] = [];

  const dial = (): TappedSocket => {
    const connection = options.nextConnection();
    const socket = new TappedSocket((direction, bytes) => {
      tape.add({ at: clock.now(), connection, direction, phase: dialer.phase, bytes });
    });
    open.add(socket);
    // Nagle's algorithm would hold small messages back for the peer's delayed ACK.
    socket.setNoDelay(true);
    socket.once('connect', () => connections.push({ connection, phase: dialer.phase, socket }));
    socket.once('close', () => open.delete(socket));
    return socket.connect({ host, port });
  };

  const dialer: Dialer = {
    dial,
    agent: (keepAlive) => new DialingAgent(dial, keepAlive),
    connector(done) {
      const socket = dial();
      const failed = (error: Error) => done(error, null);
      socket.once('error', failed);
      socket.once('connect', () => {
        socket.off('error', failed);
        done(null, socket);
      });
    },
    phase: 'setup',
    connections,
    async closed(graceMs) {
      const waiting = [...open].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      const timer = setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, graceMs);
      await Promise.all(waiting);
      clearTimeout(timer);
    },
  };
  return dialer;
}

export class DialingAgent extends Agent {
  readonly #dial: () => TappedSocket;

  constructor(dial: () => TappedSocket, keepAlive: boolean) {
    super({ keepAlive, maxSockets: connectionsPerOrigin });
    this.#dial = dial;
  }

  override createConnection() {
    return this.#dial();
  }

  /** Resolves when no request is under way: destroyed earlier, answers on the wire would go unread. */
  async idle(): Promise<void> {
    while (Object.keys(this.sockets).length > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
