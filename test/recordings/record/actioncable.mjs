/** ActionCable: the client is the library, the server made by hand from the protocol as Rails' guides describe it. */
import { once } from 'node:events';
import { pause, until } from '../stage.mjs';

export const packages = { '@rails/actioncable': '8.1.100', ws: '8.18.3' };

export const recordings = {
  actioncable: async ({ count, relay, after }) => {
    const { WebSocket, WebSocketServer } = await import('ws');
    // The client asks whether its page is seen.
    const listens = { addEventListener() {}, removeEventListener() {} };
    Object.assign(globalThis, listens, { document: { visibilityState: 'visible', ...listens } });
    const { adapters, createConsumer } = await import('@rails/actioncable');
    adapters.WebSocket = WebSocket;
    const server = new WebSocketServer({
      ...{ port: 0, host: '127.0.0.1', path: '/cable' },
      handleProtocols: () => 'actioncable-v1-json',
    });
    server.on('connection', (socket) => {
      const send = (value) => socket.send(JSON.stringify(value));
      send({ type: 'welcome' });
      // Each 3 s in Rails; `message` is the time in seconds.
      const timer = setInterval(() => {
        send({ type: 'ping', message: Math.floor(Date.now() / 1000) });
        count.pings.down++;
      }, 150);
      socket.on('close', () => clearInterval(timer));
      socket.on('message', (text) => {
        const { command, identifier, data } = JSON.parse(text);
        if (command === 'subscribe') send({ identifier, type: 'confirm_subscription' });
        if (command !== 'message') return;
        count.sent++;
        send({ identifier, message: { said: JSON.parse(data).text } });
      });
    });
    await once(server, 'listening');
    const consumer = createConsumer(`ws://127.0.0.1:${await relay(server.address().port)}/cable`);
    const room = await new Promise((resolve) => {
      const channel = consumer.subscriptions.create(
        { channel: 'RoomChannel', room: '7' },
        { connected: () => resolve(channel), received: () => count.received++ },
      );
    });
    for (const text of ['first', 'second', 'third']) {
      const before = count.received;
      room.perform('speak', { text });
      await until(() => count.received > before, 'an answer');
    }
    await until(() => count.pings.down > 2, 'heartbeats');
    room.unsubscribe();
    await pause(50);
    consumer.disconnect();
    after(() => server.close());
    return {
      library: 'ActionCable',
      byHand: true,
      stream: 'websocket (actioncable-v1-json)',
      notes: 'the server is made by hand; besides: welcome, subscribe, confirm_subscription, unsubscribe',
    };
  },
};
