/** Yjs: y-websocket between two documents, over its own server. */
import { createServer } from 'node:http';
import { listening, pause, until } from '../stage.mjs';

export const packages = {
  '@y/websocket-server': '0.1.1',
  ws: '8.18.3',
  'y-protocols': '1.0.6',
  'y-websocket': '3.0.0',
  yjs: '13.6.33',
};

export const recordings = {
  'y-websocket': async ({ count, relay, after }) => {
    const { setupWSConnection } = await import('@y/websocket-server/utils');
    const { WebsocketProvider } = await import('y-websocket');
    const { WebSocket, WebSocketServer } = await import('ws');
    const Y = await import('yjs');
    const http = createServer();
    const server = new WebSocketServer({ server: http });
    server.on('connection', setupWSConnection);
    const url = `ws://127.0.0.1:${await relay(await listening(http))}`;
    const join = async (clientID) => {
      const document = new Y.Doc();
      document.clientID = clientID;
      const options = { WebSocketPolyfill: WebSocket, disableBc: true };
      const provider = new WebsocketProvider(url, 'room-7', document, options);
      await until(() => provider.synced, 'synced');
      return { document, provider };
    };
    const writer = await join(1);
    const reader = await join(2);
    reader.document.on('update', () => count.received++);
    for (const text of ['first ', 'second ', 'third']) {
      const before = count.received;
      writer.document.getText('note').insert(0, text);
      count.sent++;
      await until(() => count.received > before, 'an update');
    }
    for (const { provider } of [writer, reader]) provider.destroy();
    await pause(50);
    after(() => http.close());
    return {
      library: 'y-websocket',
      stream: 'websocket (y-websocket, binary)',
      notes:
        'sent counts updates by the first client, received those at the second; besides: sync steps 1 and 2 each way, awareness',
    };
  },
};
