/** STOMP over WebSocket: the broker stomp-broker-js, the client @stomp/stompjs. */
import { createServer } from 'node:http';
import { listening, pause, until } from '../stage.mjs';

export const packages = { '@stomp/stompjs': '7.5.0', 'stomp-broker-js': '1.3.0', ws: '8.18.3' };

export const recordings = {
  stomp: async ({ count, relay, after }) => {
    const { default: StompServer } = await import('stomp-broker-js');
    const { Client } = await import('@stomp/stompjs');
    const { WebSocket } = await import('ws');
    const http = createServer();
    const server = new StompServer({ server: http, path: '/ws', heartbeat: [200, 200], debug() {} });
    server.on('send', () => count.sent++);
    const port = await relay(await listening(http));
    const joined = async () => {
      const client = new Client({
        ...{ heartbeatIncoming: 200, heartbeatOutgoing: 200, reconnectDelay: 0 },
        webSocketFactory: () => new WebSocket(`ws://127.0.0.1:${port}/ws`, ['v12.stomp', 'v11.stomp']),
        debug(line) {
          if (line === '>>> PING') count.pings.up++;
          if (line === '<<< PONG') count.pings.down++;
        },
      });
      await new Promise((resolve) => {
        client.onConnect = resolve;
        client.activate();
      });
      return client;
    };
    // The broker does not send a client its own messages.
    const [speaker, hearer] = [await joined(), await joined()];
    hearer.subscribe('/topic/room', () => count.received++);
    await pause(20);
    for (const body of ['first', 'second', '{"id":3}']) {
      const before = count.received;
      speaker.publish({ destination: '/topic/room', body });
      await until(() => count.received > before, 'a delivery');
    }
    await until(() => count.pings.up + count.pings.down > 1, 'heartbeats');
    await Promise.all([speaker.deactivate(), hearer.deactivate()]);
    after(() => http.close());
    return {
      library: 'STOMP over WebSocket (stomp-broker-js, @stomp/stompjs)',
      stream: 'websocket (v12.stomp)',
      notes:
        'sent counts SEND, received MESSAGE frames; heartbeats are messages of one line feed; besides: CONNECT, CONNECTED, SUBSCRIBE, DISCONNECT',
    };
  },
};
