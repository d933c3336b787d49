/**
 * What a message is called: named events with arguments, and the event `message`, asked of a running Socket.IO server;
 * and what a name is to a bare `ws` server.
 */
import { once } from 'node:events';
import type { Server } from 'socket.io';
import { WebSocket } from 'ws';
import { type Fact, fact, yes } from './fact.ts';
import { heardBy } from './fence.ts';
import { host, patienceMs, serveSocketIo, serveWs, withinMs } from './serving.ts';

const eventsServer = (io: Server) =>
  io.on('connection', (socket) =>
    socket.on('order', (item: string, amount: number) => {
      socket.emit('confirmed', item, amount, { total: amount * 2 });
      socket.emit('fence');
    }),
  );

/** Named events with several arguments, both ways; over bare `ws` a name is only text in a message. */
export async function events(set: (io: Server) => unknown = eventsServer): Promise<Fact[]> {
  await using server = await serveSocketIo(set);
  const client = await server.client();
  const hearing = heardBy(client, ['confirmed', 'order']);
  client.emit('order', 'tea', 2);
  const heard = JSON.stringify(await hearing);
  const right = heard === JSON.stringify([['confirmed', ['tea', 2, { total: 4 }]]]);
  return [
    fact('named-events', 'socket.io', yes(right)),
    fact('named-events', 'ws', yes(await wsKnowsNames())),
  ];
}

async function wsKnowsNames(): Promise<boolean> {
  await using server = await serveWs((sockets) =>
    sockets.on('connection', (socket) =>
      socket.on('message', () => socket.send(JSON.stringify({ event: 'confirmed' }))),
    ),
  );
  const socket = new WebSocket(`ws://${host}:${server.port}/`);
  await once(socket, 'open');
  let named = false;
  socket.on('confirmed' as 'message', () => {
    named = true;
  });
  socket.send(JSON.stringify({ event: 'order' }));
  await withinMs(patienceMs, once(socket, 'message'));
  socket.terminate();
  return named;
}

const defaultServer = (io: Server) =>
  io.on('connection', (socket) => {
    socket.on('message', (data: string) => {
      socket.send(`you said ${data}`);
      socket.emit('fence');
    });
    socket.on('hurry', () => socket.emit('fence'));
  });

/** `socket.send(x)` without a name: under which event does it arrive, there and back? */
export async function defaultEvent(set: (io: Server) => unknown = defaultServer): Promise<Fact[]> {
  await using server = await serveSocketIo(set);
  const client = await server.client();
  const names: string[] = [];
  client.onAny((name: string) => names.push(name));
  const fence = new Promise((resolve) => client.once('fence', resolve));
  client.send('hello');
  client.emit('hurry');
  await withinMs(patienceMs, fence);
  return [fact('default-event', 'socket.io', names.find((name) => name !== 'fence') ?? null)];
}
