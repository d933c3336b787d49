/**
 * Which clients hear a message: namespaces, rooms and broadcasts of a running Socket.IO server; and what a bare `ws`
 * server does with two paths, and with a loop over its clients.
 */
import { once } from 'node:events';
import type { Server } from 'socket.io';
import { WebSocket, type WebSocketServer } from 'ws';
import { type Fact, fact, yes } from './fact.ts';
import { heardBy } from './fence.ts';
import { host, patienceMs, serveSocketIo, serveWs, withinMs } from './serving.ts';

const namespacesServer = (io: Server) => {
  for (const name of ['/news', '/sport']) {
    io.of(name).on('connection', (socket) =>
      socket.on('say', (text: string) => {
        io.of(name).emit('said', text);
        for (const every of ['/news', '/sport']) io.of(every).emit('fence');
      }),
    );
  }
};

/** A message in one namespace, and whether the other namespace hears it. */
export async function namespaces(set: (io: Server) => unknown = namespacesServer): Promise<Fact[]> {
  await using server = await serveSocketIo(set);
  const [inside, outside] = await Promise.all([server.client('/news'), server.client('/sport')]).catch(
    () => [],
  );
  if (!inside || !outside) return [fact('namespaces', 'socket.io', 0), ...(await wsPaths())];
  const hearing = Promise.all([heardBy(inside, ['said']), heardBy(outside, ['said'])]);
  inside.emit('say', 'hello');
  const [there, elsewhere] = await hearing;
  const apart = there.length === 1 && elsewhere.length === 0;
  return [fact('namespaces', 'socket.io', yes(apart)), ...(await wsPaths())];
}

/** Two paths on one `ws` server: without further code its `clients` are one set. */
async function wsPaths(): Promise<Fact[]> {
  await using server = await serveWs(loopOverClients);
  const sockets = await Promise.all(['/news', '/sport'].map((path) => openWs(server.port, path)));
  const hearing = Promise.all(sockets.map((socket) => withinMs(patienceMs, once(socket, 'message'))));
  sockets[0]?.send('hello');
  const heard = (await hearing).filter((message) => message !== null);
  for (const socket of sockets) socket.terminate();
  return [fact('namespaces', 'ws', yes(heard.length === 1))];
}

const loopOverClients = (sockets: WebSocketServer) =>
  sockets.on('connection', (socket) =>
    socket.on('message', (data: Buffer) => {
      for (const client of sockets.clients) {
        if (client.readyState === WebSocket.OPEN) client.send(data.toString());
      }
    }),
  );

async function openWs(port: number, path = '/'): Promise<WebSocket> {
  const socket = new WebSocket(`ws://${host}:${port}${path}`);
  await once(socket, 'open');
  return socket;
}

const roomsServer = (io: Server) =>
  io.on('connection', (socket) => {
    socket.on('enter', async (room: string, done: () => void) => {
      await socket.join(room);
      done();
    });
    socket.on('say', (room: string, text: string) => {
      io.to(room).emit('said', text);
      io.emit('fence');
    });
  });

/** Three clients, two of them in a room: which clients hear a message to the room. */
export async function rooms(set: (io: Server) => unknown = roomsServer): Promise<Fact[]> {
  await using server = await serveSocketIo(set);
  const clients = await Promise.all([server.client(), server.client(), server.client()]);
  const entering = clients
    .slice(0, 2)
    .map((client) => client.timeout(patienceMs).emitWithAck('enter', 'tea'));
  await Promise.allSettled(entering);
  const hearing = Promise.all(clients.map((client) => heardBy(client, ['said'])));
  clients[0]?.emit('say', 'tea', 'hello');
  const heard = (await hearing).map((messages) => messages.length);
  const offers = 'join' in WebSocket.prototype;
  return [
    fact('room-members-hear', 'socket.io', (heard[0] ?? 0) + (heard[1] ?? 0)),
    fact('room-strangers-hear', 'socket.io', heard[2] ?? 0),
    fact('rooms', 'socket.io', yes(heard.join() === '1,1,0')),
    fact('rooms', 'ws', yes(offers)),
  ];
}

const broadcastServer = (io: Server) =>
  io.on('connection', (socket) =>
    socket.on('go', () => {
      io.emit('everyone');
      socket.broadcast.emit('others');
      socket.emit('self');
      io.emit('fence');
    }),
  );

const crowd = 4;

/** One of four clients asks; how many hear `io.emit`, `socket.broadcast.emit`, `socket.emit`; and a loop over ws clients. */
export async function broadcast(set: (io: Server) => unknown = broadcastServer): Promise<Fact[]> {
  await using server = await serveSocketIo(set);
  const clients = await Promise.all(Array.from({ length: crowd }, () => server.client()));
  const hearing = Promise.all(clients.map((client) => heardBy(client, ['everyone', 'others', 'self'])));
  clients[0]?.emit('go');
  const heard = (await hearing).map((messages) => messages.map(([name]) => name));
  const hear = (name: string) => heard.filter((names) => names.includes(name)).length;
  return [
    fact('clients', 'socket.io', crowd),
    fact('hear-everyone', 'socket.io', hear('everyone')),
    fact('hear-others', 'socket.io', hear('others')),
    fact('sender-hears-others', 'socket.io', yes(heard[0]?.includes('others') ?? false)),
    fact('hear-one', 'socket.io', hear('self')),
    fact('hear-loop', 'ws', await wsLoop()),
  ];
}

async function wsLoop(): Promise<number> {
  await using server = await serveWs(loopOverClients);
  const sockets = await Promise.all(Array.from({ length: crowd }, () => openWs(server.port)));
  const hearing = Promise.all(sockets.map((socket) => withinMs(patienceMs, once(socket, 'message'))));
  sockets[0]?.send('hello');
  const heard = (await hearing).filter((message) => message !== null).length;
  for (const socket of sockets) socket.terminate();
  return heard;
}
