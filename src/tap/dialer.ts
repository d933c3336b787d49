/**
 * A dialer makes all the sockets of one simulated client, each of them tapped. Whatever library speaks on top
 * (undici, ws, socket.io-client, plain sockets), its bytes end on the same tape under the client's current phase.
 */
import { Agent, type ClientRequest } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { connect as sealOver, TLSSocket } from 'node:tls';
import { afterReading, type Clock } from '../base/clock.ts';
import type { KeyLog } from '../protocols/tls/key-log.ts';
import type { Phase } from '../wire/span.ts';
import { type SeenBytes, TappedSocket } from './tap.ts';
import type { Tape } from './tape.ts';
import { TunnelRefused, type TunnelRequest, TunnelSocket } from './tunnel-socket.ts';

export interface DialerOptions {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly tape: Tape;
  /** Gives each connection of the trial its ordinal. */
  readonly nextConnection: () => number;
  /** Where connections are sealed. */
  readonly tls?: DialerTls | undefined;
  /** Where it dials a forward proxy, and the server stands behind that. */
  readonly forwarding?: Forwarding | undefined;
}

/** How clients speak to a forward proxy. */
export interface Forwarding extends TunnelRequest {
  /** The server's literal address. */
  readonly host: string;
  /** `all`: every connection is a tunnel. `needed`: requests in clear text go without one, in absolute form (RFC 9112 §3.2.2). */
  readonly tunnels: 'all' | 'needed';
}

/** Not one authority, but those that Node trusts. */
export const systemTrust = Symbol('whom the system trusts');

export interface DialerTls {
  /**
   * PEM of the certificate that vouches for the server, or all whom the system trusts;
   * null where it is of this process, and need not be vouched for.
   */
  readonly authority: string | null | typeof systemTrust;
  /** What its certificate is to name, where that is not the address. */
  readonly name?: string | undefined;
  /** Gets the secrets of each connection, so that its bytes can be read when the clock has stopped. */
  readonly keyLog: Pick<KeyLog, 'add'>;
}

/** A socket as far as whoever counts and ends it needs to know. */
export interface DialledSocket {
  readonly bytesWritten: number;
  readonly bytesRead: number;
  readonly destroyed: boolean;
  readonly closed: boolean;
  /** Absent where its end is in another process, and before it is connected. */
  readonly localPort?: number | undefined;
  destroy(error?: Error): unknown;
  resetAndDestroy(): unknown;
  /** Absent where its end is in another process. */
  stopReading?(): void;
  readOn?(): void;
  once(event: 'close', listener: () => void): unknown;
}

/** A socket of the dialer, and the phase in which it came to stand; null if it never did. */
export interface Dialled {
  readonly connection: number;
  /** Once it is closed, only what it has counted: a socket holds on to all that was ever attached to it. */
  socket: DialledSocket;
  phase: Phase | null;
}

/** Little is kept for each client, because there may be ten thousand: what can be a function of a dialer is one. */
export interface Dialer {
  /**
   * Connects to the server under test. The socket is not connected yet when returned: see `whenReady`.
   * @param protocol what is offered by ALPN (RFC 7301) where the connection is sealed; nothing unless told.
   * @param upgrades it is to become a WebSocket, which asks a forward proxy for a tunnel (RFC 6455 §4.1).
   */
  dial(protocol?: 'http/1.1' | 'h2', upgrades?: boolean): Socket;
  /** What a request's target begins with: nothing, but to a forward proxy in clear text (RFC 9112 §3.2.2). */
  readonly targetPrefix: string;
  /** The last word of a forward proxy that gave no tunnel. */
  refusal: TunnelRefused | null;
  /** Whether its connections are sealed. */
  readonly isSealed: boolean;
  /** The phase under which bytes are filed from now on. */
  phase: Phase;
  /** Destroys every socket, and each that is dialled later: nobody waits for this client any more. */
  giveUp(): void;
  /** Every socket, in order. */
  readonly dialled: readonly Dialled[];
}

/** Browsers open at most six HTTP/1.1 connections per origin. */
export const connectionsPerOrigin = 6;

export function createDialer(options: DialerOptions): Dialer {
  const { host, port, clock, tape, nextConnection, tls, forwarding } = options;
  const dialled: Dialled[] = [];
  let isGivenUp = false;
  const dialer: Dialer = {
    isSealed: tls !== undefined,
    targetPrefix: forwarding?.tunnels === 'needed' && !tls ? `http://${forwarding.authority}` : '',
    // A getter would make each dialer a dictionary, which takes 400 B more.
    refusal: null,
    dial(protocol, upgrades = false) {
      const connection = nextConnection();
      let at = 0;
      const seen: SeenBytes = (direction, bytes, continues) => {
        if (!continues) at = clock.now();
        tape.add({ at, connection, direction, phase: dialer.phase, bytes });
      };
      const standing = () => {
        entry.phase = dialer.phase;
      };
      const needsTunnel = forwarding && (dialer.targetPrefix === '' || upgrades || protocol === 'h2');
      const socket = needsTunnel ? new TunnelSocket(seen, forwarding, standing) : new TappedSocket(seen);
      const entry: Dialled = { connection, socket, phase: null };
      dialled.push(entry);
      socket.once('close', () => {
        entry.socket = countOf(socket);
      });
      // Nagle's algorithm would hold small messages back for the peer's delayed ACK.
      socket.setNoDelay(true);
      if (!needsTunnel) socket.once('connect', standing);
      else
        socket.once('error', (error) => {
          if (error instanceof TunnelRefused) dialer.refusal = error;
        });
      // Sealed before it connects: over a socket that has its handle already Node would read and write past the tap.
      const spoken = tls ? seal(socket, forwarding?.host ?? host, tls, protocol) : socket;
      if (isGivenUp) socket.destroy();
      else socket.connect({ host, port });
      return spoken;
    },
    giveUp() {
      isGivenUp = true;
      for (const { socket } of dialled) socket.destroy();
    },
    phase: 'setup',
    dialled,
  };
  return dialer;
}

function countOf({ bytesWritten, bytesRead }: Pick<Socket, 'bytesWritten' | 'bytesRead'>): DialledSocket {
  return { ...closed, bytesWritten, bytesRead };
}

const closed = {
  destroyed: true,
  closed: true,
  destroy() {},
  resetAndDestroy() {},
  once: (_event: 'close', listener: () => void) => setImmediate(listener),
} as const;

/** It offers what Node offers, and the server chooses. Nothing is resumed: each connection is that of a client who comes for the first time. */
function seal(socket: TappedSocket, host: string, tls: DialerTls, protocol: string | undefined): TLSSocket {
  const { authority, name = host } = tls;
  const sealed = sealOver({
    socket,
    host: name,
    // An address is no name to ask for (RFC 6066 §3).
    ...(isIP(name) === 0 && { servername: name }),
    ...(authority === null && { rejectUnauthorized: false }),
    ...(typeof authority === 'string' && { ca: authority }),
    ...(protocol && { ALPNProtocols: [protocol] }),
  });
  // It passes its errors on to what seals it; one that comes when that has gone would end the process.
  socket.on('error', () => {});
  sealed.on('keylog', (line) => tls.keyLog.add(line.toString('latin1')));
  return sealed;
}

/** Calls back once bytes may flow: over TLS, when its handshake is done. */
export const whenReady = (socket: Socket, then: () => void): void =>
  void socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', then);

/** Every connection that came to stand, in order. */
export const connectionsOf = ({ dialled }: Dialer): readonly (Dialled & { readonly phase: Phase })[] =>
  dialled.filter((one): one is Dialled & { readonly phase: Phase } => one.phase !== null);

/** For undici's `connect` option. */
export function connectThrough(
  dialer: Dialer,
  done: (error: Error | null, socket: Socket | null) => void,
): void {
  const socket = dialer.dial('http/1.1');
  const failed = (error: Error) => done(error, null);
  socket.once('error', failed);
  whenReady(socket, () => {
    socket.off('error', failed);
    done(null, socket);
  });
}

/** Resolves when every socket is closed; sockets still open after `graceMs` are destroyed. */
export async function allClosed({ dialled }: Dialer, graceMs: number): Promise<void> {
  const open = dialled.map(({ socket }) => socket).filter((socket) => !socket.closed);
  const callOff = afterReading(graceMs, () => {
    for (const socket of open) socket.destroy();
  });
  await Promise.all(
    open.map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()))),
  );
  callOff();
}

/** Node's own, which its types leave out. */
const { addRequest } = Agent.prototype as unknown as {
  addRequest(this: Agent, request: ClientRequest, options: object): void;
};

/** As `ws` asks for a WebSocket. */
const isUpgrade = ({ headers }: { readonly headers?: { readonly Upgrade?: unknown } }): boolean =>
  headers?.Upgrade !== undefined;

/** For libraries that ask an `http.Agent`; at most six sockets, as a browser per origin. */
export class DialingAgent extends Agent {
  readonly #dialer: Dialer;

  constructor(dialer: Dialer, keepAlive: boolean) {
    super({ keepAlive, maxSockets: connectionsPerOrigin });
    this.#dialer = dialer;
    // Node refuses an agent whose scheme is not that of the request.
    if (dialer.isSealed) Object.assign(this, { protocol: 'https:', defaultPort: 443 });
  }

  /**
   * xmlhttprequest-ssl 2.1.2, by which Socket.IO's client polls, forgets a request that it aborts or that has failed, and throws
   * where nobody can catch it when that request has an error afterwards. Nobody waits for such a request any more.
   */
  addRequest(request: ClientRequest, options: object): void {
    const emit = request.emit.bind(request);
    let isOver = false;
    request.emit = (event: string | symbol, ...values: unknown[]) => {
      if (event !== 'error') return emit(event, ...values);
      if (isOver || request.aborted) return false;
      isOver = true;
      return emit(event, ...values);
    };
    if (!isUpgrade(options)) request.path = this.#dialer.targetPrefix + request.path;
    addRequest.call(this, request, options);
  }

  override createConnection(options: object) {
    return this.#dialer.dial('http/1.1', isUpgrade(options));
  }

  /** Resolves when no request is under way: destroyed earlier, answers on the wire would go unread. */
  async idle(): Promise<void> {
    while (Object.keys(this.sockets).length > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
