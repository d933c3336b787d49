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
  /** Only if connections use TLS. */
  readonly tls?: DialerTls | undefined;
  /** Only if it dials a forward proxy with the server behind it. */
  readonly forwarding?: Forwarding | undefined;
}

/** How clients speak to a forward proxy. */
export interface Forwarding extends TunnelRequest {
  /** The server's literal address. */
  readonly host: string;
  /** `all`: every connection is a tunnel. `needed`: clear-text requests use absolute form instead (RFC 9112 §3.2.2). */
  readonly tunnels: 'all' | 'needed';
}

/** Stands for all the authorities that Node trusts. */
export const systemTrust = Symbol('whom the system trusts');

export interface DialerTls {
  /**
   * PEM of the certificate that vouches for the server, or `systemTrust`; null for a server of this process, whose
   * certificate is not checked.
   */
  readonly authority: string | null | typeof systemTrust;
  /** The name that its certificate must have, if that is not the address. */
  readonly name?: string | undefined;
  /** Receives the secrets of each connection, so that its bytes can be decrypted after the measurement. */
  readonly keyLog: Pick<KeyLog, 'add'>;
}

/** What the code that counts and ends a socket needs of it. */
export interface DialledSocket {
  readonly bytesWritten: number;
  readonly bytesRead: number;
  readonly destroyed: boolean;
  readonly closed: boolean;
  /** Absent if the socket is in another process, and before it is connected. */
  readonly localPort?: number | undefined;
  destroy(error?: Error): unknown;
  resetAndDestroy(): unknown;
  /** Absent if the socket is in another process. */
  stopReading?(): void;
  readOn?(): void;
  once(event: 'close', listener: () => void): unknown;
}

/** A socket of the dialer, and the phase in which it was connected; null if it never was. */
export interface Dialled {
  readonly connection: number;
  /** Once it is closed, an object with its counts only: a socket keeps in memory all that was ever attached to it. */
  socket: DialledSocket;
  phase: Phase | null;
}

/** Kept small, because there may be ten thousand clients: what can be a function of a dialer is not a method. */
export interface Dialer {
  /**
   * Connects to the server under test. The socket is not connected yet when returned: see `whenReady`.
   * @param protocol offered by ALPN (RFC 7301) with TLS; by default none.
   * @param upgrades whether it becomes a WebSocket, which needs a tunnel through a forward proxy (RFC 6455 §4.1).
   */
  dial(protocol?: 'http/1.1' | 'h2', upgrades?: boolean): Socket;
  /** Prefix of request targets: empty, except to a forward proxy in clear text (RFC 9112 §3.2.2). */
  readonly targetPrefix: string;
  /** The last refusal of a tunnel by the forward proxy. */
  refusal: TunnelRefused | null;
  /** Whether its connections use TLS. */
  readonly isSealed: boolean;
  /** The phase under which bytes are filed from now on. */
  phase: Phase;
  /** Destroys every socket, and each that is dialled later: the run does not wait for this client any more. */
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
    // Not a getter, which would make V8 store each dialer as a dictionary, with 400 B more.
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
      // TLS is set up before it connects: over a socket that already has its handle Node would bypass the tap.
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

/** Offers Node's defaults, and the server chooses. No session is resumed: each connection is as a client's first. */
function seal(socket: TappedSocket, host: string, tls: DialerTls, protocol: string | undefined): TLSSocket {
  const { authority, name = host } = tls;
  const sealed = sealOver({
    socket,
    host: name,
    // An IP address is not allowed as server name (RFC 6066 §3).
    ...(isIP(name) === 0 && { servername: name }),
    ...(authority === null && { rejectUnauthorized: false }),
    ...(typeof authority === 'string' && { ca: authority }),
    ...(protocol && { ALPNProtocols: [protocol] }),
  });
  // The socket passes its errors on to the TLS socket; one that comes after that has gone would end the process.
  socket.on('error', () => {});
  sealed.on('keylog', (line) => tls.keyLog.add(line.toString('latin1')));
  return sealed;
}

/** Calls back when bytes can be sent: with TLS, after its handshake. */
export const whenReady = (socket: Socket, then: () => void): void =>
  void socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', then);

/** All sockets that were connected, in order. */
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

/** Node's internals, which its types leave out. */
const { addRequest } = Agent.prototype as unknown as {
  addRequest(this: Agent, request: ClientRequest, options: object): void;
};

/** Whether these are the options of `ws` for a WebSocket. */
const isUpgrade = ({ headers }: { readonly headers?: { readonly Upgrade?: unknown } }): boolean =>
  headers?.Upgrade !== undefined;

/** For libraries that use an `http.Agent`; at most six sockets, as a browser has per origin. */
export class DialingAgent extends Agent {
  readonly #dialer: Dialer;

  constructor(dialer: Dialer, keepAlive: boolean) {
    super({ keepAlive, maxSockets: connectionsPerOrigin });
    this.#dialer = dialer;
    // Node rejects an agent whose scheme differs from the request's.
    if (dialer.isSealed) Object.assign(this, { protocol: 'https:', defaultPort: 443 });
  }

  /**
   * xmlhttprequest-ssl 2.1.2, with which Socket.IO's client polls, throws an uncatchable error when a request that it
   * has aborted, or that has failed, has another error afterwards. So later errors of such a request are dropped here.
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

  /** Resolves when no request is under way. If it were destroyed earlier, responses on the wire would go unread. */
  async idle(): Promise<void> {
    while (Object.keys(this.sockets).length > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
