/**
 * The control of `serve --control`: a run that has its token may start a server here, direct it, and read this
 * machine's clock; one run at a time. A server under test lives as long as the connection that started it. The control
 * has a port of its own, because the measured servers must carry nothing that is not counted.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../base/clock.ts';
import type { Text } from '../base/text.ts';
import {
  askSchema,
  controlGreeting,
  controlHeader,
  controlPath,
  type FarAsk,
  type FarReply,
  type FarStart,
} from './far-talk.ts';
import type { Target } from './target.ts';

export interface ControlOptions {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  /** The clock of the started servers. */
  readonly clock: Clock;
  /** Starts a server under test. */
  readonly open: (start: FarStart) => Promise<Target>;
}

export interface RunningControl extends AsyncDisposable {
  readonly port: number;
}

/** A client that does not answer a ping within this time has gone without closing its connection. */
const pingMs = 5000;
/** Longer than any question, in bytes. Long lists of due times go only the other way. */
const mostAskedBytes = 16_384;

const digest = (text: string) => createHash('sha256').update(text).digest();

const isAllowed = ({ headers: { authorization = '' } }: IncomingMessage, token: string): boolean =>
  timingSafeEqual(digest(authorization), digest(`Bearer ${token}`));

function refuse(socket: Duplex, status: string) {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Listens. Rejects with the system's error when it cannot. */
export async function startControl(options: ControlOptions): Promise<RunningControl> {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: mostAskedBytes,
    perMessageDeflate: false,
  });
  const server = createServer((_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/plain', [controlHeader]: '1' })
      .end(`${controlGreeting}\n`),
  );
  let current: Session | null = null;
  server.on('upgrade', async (request, socket: Duplex, head) => {
    socket.on('error', () => {});
    if (request.url !== controlPath) return refuse(socket, '404 Not Found');
    if (!isAllowed(request, options.token)) return refuse(socket, '401 Unauthorized');
    if (current?.isOpen()) return refuse(socket, '409 Conflict');
    // The run before may still be ending its server, and this one may need the same port.
    const before = current?.ended;
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      current = hold(accepted, options, before);
    });
  });
  await listening(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      for (const one of sockets.clients) one.terminate();
      await current?.ended;
    },
  };
}

const listening = (server: Server, { host, port }: Pick<ControlOptions, 'host' | 'port'>) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });

interface Session {
  isOpen(): boolean;
  /** Resolves when the connection has closed and its server has ended. */
  readonly ended: Promise<void>;
}

/** Answers one run, until its connection closes. */
function hold(
  socket: WebSocket,
  options: ControlOptions,
  before: Promise<void> = Promise.resolve(),
): Session {
  let target: Promise<Target> | null = null;
  const reply = (said: FarReply) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(said));
  const start = async (asked: FarStart) => {
    await before;
    target ??= options.open(asked);
    const started = await target;
    started.gone?.addEventListener('abort', () => {
      reply({ gone: toldOf(started.gone?.reason) });
      socket.close(1011);
    });
    return started;
  };
  socket.on('error', () => {});
  socket.on('message', async (data) => {
    // Read first: the time to parse the question would count as network delay.
    const cameInNs = options.clock.now();
    const asked = read(data);
    if (asked === null) return socket.close(1008);
    const { id, ask } = asked;
    try {
      if (ask.type === 'clock') return reply({ id, value: { cameInNs, answeredNs: options.clock.now() } });
      const known = ask.type === 'start' ? await start(ask) : await target;
      reply({ id, value: known ? await obey(known, ask) : null });
    } catch (error) {
      reply({ id, failed: toldOf(error) });
    }
  });
  const calm = keepAlive(socket);
  const ended = new Promise<void>((resolve) => socket.once('close', resolve)).then(async () => {
    calm();
    await (await target?.catch(() => null))?.[Symbol.asyncDispose]();
  });
  return { isOpen: () => socket.readyState === socket.OPEN, ended };
}

/** Pings, and cuts off a client that has not answered the ping before. Returns a function that stops it. */
function keepAlive(socket: WebSocket): () => void {
  let isThere = true;
  socket.on('pong', () => {
    isThere = true;
  });
  const timer = setInterval(() => {
    if (!isThere) return socket.terminate();
    isThere = false;
    socket.ping();
  }, pingMs);
  return () => clearInterval(timer);
}

function read(data: RawData): { readonly id: number; readonly ask: FarAsk } | null {
  try {
    const { id, ...rest } = JSON.parse(String(data)) as { id?: unknown };
    const ask = askSchema.safeParse(rest);
    return typeof id === 'number' && ask.success ? { id, ask: ask.data } : null;
  } catch {
    return null;
  }
}

const toldOf = (error: unknown): Text => {
  const { told, message = String(error) } = error as Error & { told?: Text };
  return told ?? { en: message, ko: message };
};

/** Passes a question on to the target, and returns its answer. */
async function obey(target: Target, ask: Exclude<FarAsk, { type: 'clock' }>): Promise<unknown> {
  switch (ask.type) {
    case 'start':
      return {
        port: target.endpoint.port,
        authority: target.authority ?? null,
        ticks: target.tick !== undefined,
        answers: target.answers !== undefined,
      };
    case 'mark':
      return target.stats?.mark();
    case 'stats':
      return target.stats?.read();
    case 'outgoing':
      return target.outgoing?.();
    case 'memory':
      return target.memory?.();
    case 'tick':
      return target.tick?.(ask.load);
    case 'prepare':
      return target.answers?.prepare(ask.load);
    case 'answers':
      return target.answers?.ended();
  }
}
