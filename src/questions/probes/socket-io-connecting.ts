/**
 * How Socket.IO gets to its connection: the order of its requests, and what happens behind a middlebox that refuses
 * upgrades, where a bare WebSocket has nothing to fall back to.
 */
import { once } from 'node:events';
import type { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { loopback } from '../../network/link.ts';
import { startRelay } from '../../network/relay.ts';
import { DialingAgent } from '../../tap/dialer.ts';
import type { RecordedSpan } from '../../tap/spans.ts';
import { type Fact, fact, yes } from './fact.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { host, patienceMs, serveSocketIo, serveWs, withinMs } from './serving.ts';

/** What each request asked for, in order: `polling GET`, `polling POST`, `websocket GET`. */
function requestsOf(spans: readonly RecordedSpan[]): string[] {
  return spans
    .filter(({ name }) => name === 'request-line')
    .toSorted((a, b) => a.at - b.at)
    .map(({ value = '' }) => {
      const [method = '', target = ''] = value.split(' ');
      return `${new URL(target, 'http://localhost').searchParams.get('transport') ?? 'http'} ${method}`;
    });
}

/** The engine's transports a client was on while it talked, in order; and how many of its messages came back. */
async function chatOver(port: number, recorder: Recorder) {
  const agent = new DialingAgent(recorder.dialer, true);
  const socket = io(`http://${host}:${port}`, {
    forceNew: true,
    reconnection: false,
    agent: agent as unknown as string,
  });
  const decided = new Promise<void>((resolve) =>
    socket.io.once('open', () => {
      socket.io.engine.once('upgrade', () => resolve());
      socket.io.engine.once('upgradeError', () => resolve());
    }),
  );
  let delivered = 0;
  const connected = await withinMs(
    patienceMs,
    once(socket as never, 'connect').then(() => true),
  );
  if (connected) {
    await withinMs(patienceMs, decided);
    for (let said = 0; said < messages; said++) {
      const answer = await withinMs(patienceMs, socket.emitWithAck('say', `message ${said}`));
      if (answer === `message ${said}`) delivered++;
    }
  }
  const transport = socket.io.engine?.transport.name ?? 'none';
  socket.disconnect();
  await withinMs(patienceMs, agent.idle());
  agent.destroy();
  return { delivered, transport };
}

const messages = 5;

const chatServer = (server: Server) =>
  server.on('connection', (socket) =>
    socket.on('say', (text: string, answer: (text: string) => void) => answer(text)),
  );

/** The requests of a default connect, in order. */
export async function connectOrder(options: Parameters<typeof serveSocketIo>[1] = {}): Promise<Fact[]> {
  await using server = await serveSocketIo(chatServer, options);
  const recorder = createRecorder(host, server.port);
  const { transport } = await chatOver(server.port, recorder);
  const requests = requestsOf(await recorder.spans());
  const [first = 'none'] = requests;
  return [
    fact('requests-on-connect', 'socket.io', requests.join(', ')),
    fact('first-is-websocket', 'socket.io', yes(first.startsWith('websocket'))),
    fact('ends-on-websocket', 'socket.io', yes(transport === 'websocket')),
  ];
}

/** The same chat without and with a middlebox that takes upgrades away, over Socket.IO and over bare ws. */
export async function fallback(options: Parameters<typeof serveSocketIo>[1] = {}): Promise<Fact[]> {
  await using socketIo = await serveSocketIo(chatServer, options);
  await using ws = await serveWs((sockets) =>
    sockets.on('connection', (socket) =>
      socket.on('message', (data: Buffer) => socket.send(data.toString())),
    ),
  );
  const facts: Fact[] = [];
  for (const stripUpgrade of [false, true]) {
    const suffix = stripUpgrade ? '-blocked' : '';
    const behind = (targetPort: number) =>
      startRelay({
        targetHost: host,
        targetPort,
        link: loopback,
        seed: 1,
        middleboxes: { stripUpgrade },
      });
    await using toSocketIo = await behind(socketIo.port);
    await using toWs = await behind(ws.port);
    const chat = await chatOver(toSocketIo.port, createRecorder(host, toSocketIo.port));
    const delivered = await chatOverWs(toWs.port);
    facts.push(
      fact(`messages-sent${suffix}`, 'socket.io', messages),
      fact(`messages-delivered${suffix}`, 'socket.io', chat.delivered),
      fact(`spoke-over${suffix}`, 'socket.io', chat.delivered > 0 ? chat.transport : null),
      fact(`messages-delivered${suffix}`, 'ws', delivered),
      fact(`spoke-over${suffix}`, 'ws', delivered > 0 ? 'websocket' : null),
    );
  }
  return facts;
}

async function chatOverWs(port: number): Promise<number> {
  const socket = new WebSocket(`ws://${host}:${port}/`, {
    perMessageDeflate: false,
    handshakeTimeout: patienceMs,
  });
  const opened = await once(socket, 'open').then(
    () => true,
    () => false,
  );
  let delivered = 0;
  for (let said = 0; opened && said < messages; said++) {
    socket.send(`message ${said}`);
    const answer = await withinMs(patienceMs, once(socket, 'message'));
    if (String(answer?.[0]) === `message ${said}`) delivered++;
  }
  socket.on('error', () => {});
  socket.terminate();
  return delivered;
}
