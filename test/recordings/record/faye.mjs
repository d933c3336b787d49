/** Bayeux: Faye over WebSocket and over long polling. */
import { createServer } from 'node:http';
import { listening, pause, until } from '../stage.mjs';

export const packages = { faye: '1.4.1' };

const by =
  (disabled, stream) =>
  async ({ count, relay, after }) => {
    const { default: faye } = await import('faye');
    const { default: FayeWebSocket } = await import('faye-websocket');
    const { ping } = FayeWebSocket.prototype;
    FayeWebSocket.prototype.ping = function (...args) {
      count.pings.down++;
      return ping.apply(this, args);
    };
    const bayeux = new faye.NodeAdapter({ mount: '/bayeux', timeout: 1, ping: 0.3 });
    const http = createServer();
    bayeux.attach(http);
    bayeux.on('publish', (clientId) => clientId && count.sent++);
    const port = await relay(await listening(http));
    const client = new faye.Client(`http://127.0.0.1:${port}/bayeux`, { timeout: 5, retry: 10 });
    for (const transport of disabled) client.disable(transport);
    let connects = 0;
    client.addExtension({
      outgoing(message, callback) {
        if (message.channel === '/meta/connect') connects++;
        callback(message);
      },
    });
    await client.subscribe('/room', () => count.received++);
    for (const text of ['first', 'second', 'third']) {
      const before = count.received;
      await client.publish('/room', { text });
      await until(() => count.received > before, 'a delivery');
    }
    const before = connects;
    await until(() => connects > before + 1, 'connects that nothing answered');
    await client.disconnect();
    await pause(50);
    after(() => {
      http.close();
      http.closeAllConnections();
    });
    return {
      library: 'Bayeux (Faye)',
      stream,
      connects,
      notes:
        'sent counts publications, received deliveries; besides: /meta/handshake, /meta/connect (see connects), /meta/subscribe, /meta/disconnect, the acks; pings are those of WebSocket',
    };
  };

export const recordings = {
  'bayeux-websocket': by([], 'polling for the handshake, then websocket (bayeux)'),
  'bayeux-polling': by(['websocket'], 'bayeux over long polling'),
};
