/**
 * The events of the two APIs, logged while one client comes, talks and goes; and how many listeners hear a message
 * that were added with `addEventListener`, or set as the `on…` property.
 */
import { once } from 'node:events';
import type { Server } from 'socket.io';
import { WebSocket, type WebSocketServer } from 'ws';
import { type Fact, fact, yes } from './fact.ts';
import { host, patienceMs, serveSocketIo, serveWs, withinMs } from './serving.ts';

type Log = (event: string) => void;

/** Logs the events of a `ws` server and of its sockets. */
export const logWs = (log: Log) => (sockets: WebSocketServer) => {
  sockets.on('close', () => log('server close'));
  sockets.on('error', () => log('server error'));
  sockets.on('connection', (socket) => {
    log('server connection');
    socket.on('message', (data: Buffer) => {
      log('server socket message');
      socket.send(data.toString());
    });
    socket.on('close', () => log('server socket close'));
  });
};

const wsEvents = [
  'server connection',
  'open',
  'server socket message',
  'message',
  'server socket close',
  'close',
];

/** The names the document teaches, in the order in which they fired; the server's `close` is looked for apart. */
async function ofWs(watch: typeof logWs): Promise<Fact[]> {
  const events: string[] = [];
  await using server = await serveWs(watch((event) => events.push(event)));
  const socket = new WebSocket(`ws://${host}:${server.port}/`);
  for (const name of ['open', 'message', 'close', 'error'])
    socket.on(name as 'open', () => events.push(name));
  await once(socket, 'open');
  socket.send('hello');
  await withinMs(patienceMs, once(socket, 'message'));
  socket.close();
  await once(socket, 'close');
  // The server hears of the end only in a later turn of the event loop.
  for (let turn = 0; turn < 50 && !events.includes('server socket close'); turn++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  return [
    fact('event-log', 'ws', events.join(', ')),
    fact('events-as-taught', 'ws', yes(wsEvents.every((event) => events.includes(event)))),
    fact('server-close-on-connection-end', 'ws', yes(events.includes('server close'))),
  ];
}

export const logSocketIo = (log: Log) => (io: Server) => {
  io.on('connection', (socket) => {
    log('server connection');
    socket.on('message', (data: string) => {
      log('server socket message');
      socket.send(data);
    });
    socket.on('disconnect', () => log('server socket disconnect'));
  });
};

const socketIoEvents = [
  ...['server connection', 'connect', 'server socket message', 'message', 'disconnect'],
  'server socket disconnect',
];

async function ofSocketIo(watch: typeof logSocketIo): Promise<Fact[]> {
  const events: string[] = [];
  await using server = await serveSocketIo(watch((event) => events.push(event)));
  const socket = await server.client();
  events.push('connect');
  for (const name of ['message', 'disconnect']) socket.on(name, () => events.push(name));
  const answered = new Promise((resolve) => socket.once('message', resolve));
  socket.send('hello');
  await withinMs(patienceMs, answered);
  socket.disconnect();
  for (let turn = 0; turn < 50 && !events.includes('server socket disconnect'); turn++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  return [
    fact('event-log', 'socket.io', events.join(', ')),
    fact('events-as-taught', 'socket.io', yes(socketIoEvents.every((event) => events.includes(event)))),
  ];
}

export const apiEvents = async (watchWs = logWs, watchSocketIo = logSocketIo): Promise<Fact[]> => [
  ...(await ofWs(watchWs)),
  ...(await ofSocketIo(watchSocketIo)),
];

/** Two listeners each way, one message: how many heard it. */
export async function listeners(Client: typeof WebSocket = WebSocket): Promise<Fact[]> {
  await using server = await serveWs((sockets) => sockets.on('connection', (socket) => socket.send('hello')));
  const socket = new Client(`ws://${host}:${server.port}/`);
  const heard = { added: 0, property: 0 };
  for (let twice = 0; twice < 2; twice++) {
    socket.addEventListener('message', () => heard.added++);
    socket.onmessage = () => heard.property++;
  }
  await withinMs(patienceMs, once(socket, 'message'));
  socket.terminate();
  return [
    fact('listeners-added-heard', 'ws', heard.added),
    fact('listeners-property-heard', 'ws', heard.property),
  ];
}
