/** Pusher's protocol 7: the client is the library, the server made by hand from the public description. */
import { once } from 'node:events';
import { pause, until } from '../stage.mjs';

export const packages = { 'pusher-js': '8.4.0', ws: '8.18.3' };

export const recordings = {
  pusher: async ({ count, relay, after }) => {
    const { default: Pusher } = await import('pusher-js');
    const { WebSocketServer } = await import('ws');
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (socket) => {
      const send = (event, data, channel) => socket.send(JSON.stringify({ event, channel, data }));
      send('pusher:connection_established', '{"socket_id":"1.1","activity_timeout":120}');
      socket.on('message', (text) => {
        const { event, channel, data } = JSON.parse(text);
        if (event === 'pusher:ping') {
          count.pings.up++;
          send('pusher:pong', '{}');
        }
        if (event === 'pusher:subscribe') send('pusher_internal:subscription_succeeded', '{}', data.channel);
        if (!event.startsWith('client-')) return;
        count.sent++;
        send('said', JSON.stringify(data), channel);
      });
    });
    await once(server, 'listening');
    const wsPort = await relay(server.address().port);
    const client = new Pusher('a-key', {
      ...{ wsHost: '127.0.0.1', wsPort, forceTLS: false, enabledTransports: ['ws'], cluster: 'none' },
      ...{ enableStats: false, activityTimeout: 200, pongTimeout: 2000 },
      channelAuthorization: { customHandler: (_parameters, done) => done(null, { auth: 'a-key:none' }) },
    });
    const channel = client.subscribe('private-room');
    channel.bind('said', () => count.received++);
    await until(() => channel.subscribed, 'subscribed');
    for (const text of ['first', 'second', 'third']) {
      const before = count.received;
      channel.trigger('client-say', { text });
      await until(() => count.received > before, 'an answer');
    }
    await until(() => count.pings.up > 1, 'heartbeats');
    client.disconnect();
    await pause(50);
    after(() => server.close());
    return {
      library: 'Pusher (protocol 7)',
      byHand: true,
      stream: 'websocket (pusher)',
      // The client brings its own WebSocket, which the recording does not watch.
      webSocket: undefined,
      notes:
        'the server is made by hand; the data of its events are JSON in a string; besides: connection_established, subscribe, subscription_succeeded, ping and pong',
    };
  },
};
