/** Centrifuge: the client is the library, the server made by hand from the public description of its JSON protocol. */
import { once } from 'node:events';
import { pause, until } from '../stage.mjs';

export const packages = { centrifuge: '5.4.0', ws: '8.18.3' };

export const recordings = {
  centrifuge: async ({ count, relay, after }) => {
    const { Centrifuge } = await import('centrifuge');
    const { WebSocket, WebSocketServer } = await import('ws');
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/connection/websocket' });
    server.on('connection', (socket) => {
      // Several commands or replies may share a frame, a line each.
      const send = (...replies) => socket.send(replies.map((reply) => JSON.stringify(reply)).join('\n'));
      // Each 25 s in Centrifugo; the client answers the same.
      const timer = setInterval(() => {
        send({});
        count.pings.down++;
      }, 200);
      socket.on('close', () => clearInterval(timer));
      socket.on('message', (text) => {
        for (const line of text.toString().split('\n')) {
          const { id, connect, subscribe, publish, unsubscribe } = JSON.parse(line);
          if (connect) send({ id, connect: { client: 'c', version: '0', ping: 1, pong: true } });
          if (subscribe) send({ id, subscribe: {} });
          if (unsubscribe) send({ id, unsubscribe: {} });
          if (!publish) continue;
          count.sent++;
          send({ id, publish: {} }, { push: { channel: publish.channel, pub: { data: publish.data } } });
        }
      });
    });
    await once(server, 'listening');
    const url = `ws://127.0.0.1:${await relay(server.address().port)}/connection/websocket`;
    const client = new Centrifuge(url, { websocket: WebSocket });
    const room = client.newSubscription('room');
    room.on('publication', () => count.received++);
    room.subscribe();
    client.connect();
    await room.ready(5000);
    for (const text of ['first', 'second', 'third']) {
      const before = count.received;
      await room.publish({ text });
      await until(() => count.received > before, 'a publication');
    }
    await until(() => count.pings.down > 1, 'heartbeats');
    await pause(20);
    client.disconnect();
    await pause(50);
    after(() => server.close());
    return {
      library: 'Centrifuge (JSON)',
      byHand: true,
      stream: 'websocket (centrifuge)',
      notes:
        'the server is made by hand; heartbeats are {}, answered {}; the reply to a publication and its push share a message; besides: connect, subscribe and their replies',
    };
  },
};
