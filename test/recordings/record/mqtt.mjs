/** MQTT over WebSocket: the broker aedes, the client MQTT.js. */
import { createServer } from 'node:http';
import { listening, pause, until } from '../stage.mjs';

export const packages = { aedes: '1.2.0', mqtt: '5.16.0', ws: '8.18.3' };

async function overWebSocket({ count, relay, after }) {
  const { Aedes } = await import('aedes');
  const { default: mqtt } = await import('mqtt');
  const { WebSocketServer, createWebSocketStream } = await import('ws');
  const broker = await Aedes.createBroker({ heartbeatInterval: 60_000 });
  broker.on('publish', (_packet, client) => client && count.sent++);
  broker.on('ping', () => count.pings.up++);
  const http = createServer();
  const server = new WebSocketServer({ server: http, path: '/mqtt', handleProtocols: () => 'mqtt' });
  server.on('connection', (socket, request) => broker.handle(createWebSocketStream(socket), request));
  const port = await relay(await listening(http));
  const client = await mqtt.connectAsync(`ws://127.0.0.1:${port}/mqtt`, {
    ...{ clientId: 'recorder', keepalive: 1, reconnectPeriod: 0, reschedulePings: false },
  });
  client.on('message', () => count.received++);
  await client.subscribeAsync('room/#', { qos: 1 });
  for (const [text, qos] of [
    ['first', 0],
    ['second', 1],
    ['third', 2],
    [Buffer.from([1, 2, 3, 250]), 0],
  ]) {
    const before = count.received;
    await client.publishAsync('room/7', text, { qos });
    await until(() => count.received > before, 'a delivery');
  }
  await until(() => count.pings.up > 0, 'a heartbeat');
  await pause(50);
  await client.endAsync();
  after(() => broker.close());
  after(() => http.close());
  return {
    library: 'MQTT 3.1.1 over WebSocket (aedes, MQTT.js)',
    stream: 'websocket (mqtt)',
    notes:
      'sent and received count PUBLISH packets of the client and to it (QoS 0, 1, 2, 0); a packet may come in several messages; besides: CONNECT, SUBSCRIBE, the acks, PINGREQ, DISCONNECT',
  };
}

export const recordings = { mqtt: overWebSocket };
