/**
 * Ten small applications as developers write them, with node:http, ws and Socket.IO, behind a relay that counts. They
 * know nothing of this project: no transport, no law, no unit cost. An hour of each is played in the order of its
 * events, as fast as possible; what depends on time (a heartbeat, the end of a held poll, a round trip) is told the
 * time.
 */
import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type DefaultEventsMap, type Socket as ServerSocket, Server as SocketIoServer } from 'socket.io';
import { io } from 'socket.io-client';
import { WebSocket, WebSocketServer } from 'ws';
import { countingRelay } from './relay.ts';

export interface Application {
  readonly name: string;
  /** The row of the recommendation it is. */
  readonly transport: string;
  /** What is typed. */
  readonly asked: readonly string[];
  readonly perHour: { readonly up: number; readonly down: number };
  readonly size: number;
  readonly binary?: true;
  readonly heartbeatS?: number;
  readonly pollS?: number;
  readonly rttS?: number;
  readonly cookieBytes?: number;
  /** More than one where an hour has few events. */
  readonly hours?: number;
}

const every25s = 25;

export const applications: readonly Application[] = [
  {
    name: 'a chat over ws',
    transport: 'ws',
    asked: ['--rate', '0.2', '--direction', 'both', '--clients', '200', '--rtt', '60ms', '--size', '3000'],
    perHour: { up: 720, down: 720 },
    size: 3000,
    heartbeatS: every25s,
  },
  {
    name: 'the same chat over SSE and POST',
    transport: 'sse',
    asked: ['--rate', '0.2', '--direction', 'both', '--clients', '200', '--rtt', '60ms', '--size', '3000'],
    perHour: { up: 720, down: 720 },
    size: 3000,
    heartbeatS: every25s,
  },
  {
    name: 'a ticker over ws',
    transport: 'ws',
    asked: ['--rate', '0.5', '--size', '60', '--heartbeat', '10s'],
    perHour: { up: 0, down: 1800 },
    size: 60,
    heartbeatS: 10,
  },
  {
    name: 'a ticker over SSE, in bytes',
    transport: 'sse',
    asked: ['--rate', '0.5', '--size', '90', '--binary', '--heartbeat', '10s'],
    perHour: { up: 0, down: 1800 },
    size: 90,
    binary: true,
    heartbeatS: 10,
  },
  {
    name: 'telemetry by POST',
    transport: 'http',
    asked: ['--rate', '0.0033', '--direction', 'up', '--rtt', '300ms', '--size', '200'],
    perHour: { up: 11.88, down: 0 },
    size: 200,
    hours: 25,
  },
  {
    name: 'telemetry over ws',
    transport: 'ws',
    asked: ['--rate', '0.0033', '--direction', 'up', '--rtt', '300ms', '--size', '200'],
    perHour: { up: 11.88, down: 0 },
    size: 200,
    heartbeatS: every25s,
    hours: 5,
  },
  {
    name: 'a dashboard by long polling, with a cookie',
    transport: 'long-polling',
    asked: ['--rate', '0.05', '--size', '300', '--rtt', '80ms', '--cookie', '200'],
    perHour: { up: 0, down: 180 },
    size: 300,
    rttS: 0.08,
    cookieBytes: 200,
    hours: 15,
  },
  {
    name: 'the state of a machine by polling',
    transport: 'polling',
    asked: ['--rate', '0.3', '--size', '500', '--poll-interval', '5s', '--within', '10s'],
    perHour: { up: 0, down: 1080 },
    size: 500,
    pollS: 5,
  },
  {
    name: 'a game over Socket.IO',
    transport: 'socket.io',
    asked: ['--rate', '0.5', '--direction', 'both', '--size', '80'],
    perHour: { up: 1800, down: 1800 },
    size: 80,
    heartbeatS: every25s,
  },
  {
    name: 'orders over Socket.IO where upgrades are refused',
    transport: 'socket.io:polling',
    asked: ['--rate', '0.1', '--direction', 'both', '--size', '400', '--proxy', 'strip-upgrade'],
    perHour: { up: 360, down: 360 },
    size: 400,
    heartbeatS: every25s,
  },
];

/** What carries an application: each call is over when its bytes have arrived. */
interface Carrier {
  up(message: Buffer): Promise<unknown>;
  down(message: Buffer): Promise<unknown>;
  beat(): Promise<unknown>;
  /** Asks for what waits at the server; answers at once, or when it is told to. */
  poll?(waiting: readonly Buffer[]): Promise<unknown>;
  close(): void;
}

/** Says it, and waits for what says that it has arrived. */
function sent<Arrived>(arrives: Promise<Arrived>, say: () => unknown): Promise<Arrived> {
  say();
  return arrives;
}

type Open = (
  application: Application,
) => Promise<{ carrier: Carrier; counted: { up: number; down: number } }>;

async function behindRelay(server: Server) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return countingRelay((server.address() as { port: number }).port);
}

const cookie = ({ cookieBytes = 0 }: Application): Record<string, string> =>
  cookieBytes > 0 ? { cookie: 'sid='.padEnd(cookieBytes, 'x') } : {};

/** An answer that has come to its end. */
async function whole(response: IncomingMessage): Promise<void> {
  response.resume();
  await once(response, 'end');
}

const posting = (port: number, agent: Agent, application: Application) => async (message: Buffer) => {
  const asked = request({
    host: '127.0.0.1',
    port,
    agent,
    method: 'POST',
    path: '/message?client=1',
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': message.length,
      ...cookie(application),
    },
  });
  asked.end(message);
  await whole(((await once(asked, 'response')) as [IncomingMessage])[0]);
};

const takePost = (incoming: IncomingMessage, response: ServerResponse, status: number) => {
  incoming.resume();
  incoming.once('end', () => response.writeHead(status).end());
};

const overWs: Open = async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const relay = await behindRelay(server);
  const client = new WebSocket(`ws://127.0.0.1:${relay.port}/chat`, { perMessageDeflate: false });
  const [[there]] = (await Promise.all([once(sockets, 'connection'), once(client, 'open')])) as [
    [WebSocket],
    unknown,
  ];
  return {
    counted: relay.counted,
    carrier: {
      up: (message) => sent(once(there, 'message'), () => client.send(message.toString('latin1'))),
      down: (message) => sent(once(client, 'message'), () => there.send(message.toString('latin1'))),
      beat: () => sent(once(there, 'pong'), () => there.ping()),
      close() {
        client.terminate();
        server.close();
        relay.close();
      },
    },
  };
};

const overSse: Open = async (application) => {
  let stream: ServerResponse | undefined;
  const server = createServer((incoming, response) => {
    if (incoming.method === 'POST') return takePost(incoming, response, 204);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(':\n\n');
    stream = response;
  });
  const relay = await behindRelay(server);
  const agent = new Agent({ keepAlive: true });
  const asked = request({
    host: '127.0.0.1',
    port: relay.port,
    path: '/events',
    headers: cookie(application),
  });
  asked.end();
  const [events] = (await once(asked, 'response')) as [IncomingMessage];
  await once(events, 'data');
  const say = (bytes: string) => sent(once(events, 'data'), () => stream?.write(bytes));
  return {
    counted: relay.counted,
    carrier: {
      up: posting(relay.port, agent, application),
      down: (message) =>
        say(
          application.binary
            ? `event: binary\ndata: ${message.toString('base64')}\n\n`
            : `data: ${message.toString('latin1')}\n\n`,
        ),
      beat: () => say(':\n\n'),
      close() {
        asked.destroy();
        agent.destroy();
        relay.close();
        server.close();
      },
    },
  };
};

const overHttp: Open = async (application) => {
  let waiting: readonly Buffer[] = [];
  const server = createServer((incoming, response) => {
    if (incoming.method === 'POST') return takePost(incoming, response, 200);
    response.setHeader('cache-control', 'no-store');
    if (waiting.length === 0) return response.writeHead(204).end();
    const body = JSON.stringify(waiting.map((message) => message.toString('latin1')));
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      .end(body);
  });
  const relay = await behindRelay(server);
  const agent = new Agent({ keepAlive: true });
  return {
    counted: relay.counted,
    carrier: {
      up: posting(relay.port, agent, application),
      down: () => Promise.reject(new Error('a server cannot speak first')),
      beat: () => Promise.reject(new Error('nobody pings')),
      async poll(messages) {
        waiting = messages;
        const asked = request({
          host: '127.0.0.1',
          port: relay.port,
          agent,
          path: '/news?client=1&after=100',
          headers: cookie(application),
        });
        asked.end();
        await whole(((await once(asked, 'response')) as [IncomingMessage])[0]);
      },
      close() {
        agent.destroy();
        relay.close();
        server.close();
      },
    },
  };
};

type Peer = ServerSocket<DefaultEventsMap, DefaultEventsMap>;
/** Engine.IO's own heartbeat, at a time that is told. */
interface Engine {
  sendPacket(type: 'ping'): void;
  once(event: 'heartbeat', listener: () => void): void;
}

const overSocketIo =
  (transports: readonly ('polling' | 'websocket')[]): Open =>
  async () => {
    const server = createServer();
    const never = 1e9;
    const sockets = new SocketIoServer(server, {
      serveClient: false,
      pingInterval: never,
      pingTimeout: never,
    });
    const relay = await behindRelay(server);
    const joined = new Promise<Peer>((resolve) => sockets.once('connection', resolve));
    // As a browser does; by itself the client of Node closes after each request.
    const agent = new Agent({ keepAlive: true });
    const client = io(`http://127.0.0.1:${relay.port}`, {
      transports: [...transports],
      forceNew: true,
      agent: agent as unknown as string,
    });
    const [there] = await Promise.all([
      joined,
      new Promise<void>((resolve) => client.once('connect', resolve)),
    ]);
    const engine = there.conn as unknown as Engine;
    const heard = (emitter: { once(event: string, listener: () => void): unknown }) =>
      new Promise<void>((resolve) => emitter.once('said', resolve));
    return {
      counted: relay.counted,
      carrier: {
        up: (message) => sent(heard(there), () => client.emit('said', message.toString('latin1'))),
        down: (message) => sent(heard(client), () => there.emit('said', message.toString('latin1'))),
        beat: () =>
          sent(new Promise<void>((resolve) => engine.once('heartbeat', resolve)), () =>
            engine.sendPacket('ping'),
          ),
        close() {
          client.disconnect();
          agent.destroy();
          void sockets.close();
          relay.close();
        },
      },
    };
  };

const carriers: Readonly<Record<string, Open>> = {
  ws: overWs,
  sse: overSse,
  http: overHttp,
  polling: overHttp,
  'long-polling': overHttp,
  'socket.io': overSocketIo(['websocket']),
  'socket.io:polling': overSocketIo(['polling']),
};

const hourS = 3600;
/** A held question is answered after this long, with nothing. */
const holdS = 25;

/** So many moments of a span, anywhere in it, in their order: what comes by chance, as often as it should. */
function moments(count: number, spanS: number, seed: number): number[] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: Math.round(count) }, () => random() * spanS).sort((a, b) => a - b);
}

const ticks = (everyS: number, spanS: number) =>
  Array.from({ length: Math.floor(spanS / everyS) }, (_, index) => (index + 1) * everyS);

/** Polls at their times; each finds what has come since the last. */
function pollsAtTimes(application: Application, messages: readonly number[], spanS: number): number[] {
  const atS = ticks(application.pollS ?? 1, spanS);
  return atS.map((at, index) => messages.filter((one) => one <= at && one > (atS[index - 1] ?? 0)).length);
}

/**
 * One question always out: answered by the next message, or when its time is over; the next is there a round trip
 * later.
 */
function heldPolls({ rttS = 0 }: Application, messages: readonly number[], spanS: number): number[] {
  const found: number[] = [];
  let parkedS = 0;
  let next = 0;
  while (parkedS < spanS) {
    const answerS = Math.max(parkedS, messages[next] ?? Number.POSITIVE_INFINITY);
    const atS = Math.min(answerS, parkedS + holdS);
    let waiting = 0;
    while ((messages[next] ?? Number.POSITIVE_INFINITY) <= atS) {
      next++;
      waiting++;
    }
    found.push(waiting);
    parkedS = atS + rttS;
  }
  return found;
}

/** Bytes of the application's layer in an hour, both ways, as the relay counts them after the set-up. */
export async function bytesInAnHour(application: Application, share = 1): Promise<number> {
  const { transport, perHour, size, heartbeatS, hours = 1 } = application;
  const open = carriers[transport];
  if (!open) throw new Error(`nothing carries ${transport}`);
  const { carrier, counted } = await open(application);
  const played = hours * share;
  const spanS = hourS * played;
  const message = Buffer.alloc(size, 'm');
  try {
    // Agents and servers have said everything that they say once.
    const before = counted.up + counted.down;
    const down = moments(perHour.down * played, spanS, 1);
    const events: (() => Promise<unknown>)[] = moments(perHour.up * played, spanS, 2).map(
      () => () => carrier.up(message),
    );
    if (carrier.poll && perHour.down > 0) {
      const found = application.pollS
        ? pollsAtTimes(application, down, spanS)
        : heldPolls(application, down, spanS);
      for (const count of found)
        events.push(async () => carrier.poll?.(Array.from({ length: count }, () => message)));
    } else {
      for (const _ of down) events.push(() => carrier.down(message));
      for (const _ of heartbeatS ? ticks(heartbeatS, spanS) : []) events.push(() => carrier.beat());
    }
    for (const event of events) await event();
    return (counted.up + counted.down - before) / played;
  } finally {
    carrier.close();
  }
}
