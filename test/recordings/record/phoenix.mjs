/**
 * Phoenix channels: the client is the library, the server made by hand from what the guides say of its serializer 2.0:
 * arrays of join_ref, ref, topic, event and payload; binary with four lengths before them.
 */
import { once } from 'node:events';
import { until } from '../stage.mjs';

export const packages = { phoenix: '1.8.1', ws: '8.18.3' };

function answer(socket, data, isBinary, count) {
  if (isBinary) {
    // Kind 0, a push: lengths of join_ref, ref, topic and event. Kind 2, a broadcast: of topic and event.
    const lengths = [...data.subarray(1, 5)];
    const [joinRef, ref, topic] = lengths;
    const start = 5 + joinRef + ref;
    const names = data.subarray(start, start + topic + lengths[3]);
    count.sent++;
    socket.send(
      Buffer.concat([Buffer.from([2, topic, lengths[3]]), names, data.subarray(start + names.length)]),
    );
    return;
  }
  const [joinRef, ref, topic, event, payload] = JSON.parse(data);
  const reply = JSON.stringify([joinRef, ref, topic, 'phx_reply', { status: 'ok', response: {} }]);
  socket.send(reply);
  if (event === 'heartbeat') count.pings.up++;
  if (event !== 'chat') return;
  count.sent++;
  socket.send(JSON.stringify([null, null, topic, 'chat', payload]));
}

export const recordings = {
  phoenix: async ({ count, relay, after }) => {
    const { Socket } = await import('phoenix');
    const { WebSocket, WebSocketServer } = await import('ws');
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/socket/websocket' });
    server.on('connection', (socket) => {
      socket.on('message', (data, isBinary) => answer(socket, data, isBinary, count));
    });
    await once(server, 'listening');
    const url = `ws://127.0.0.1:${await relay(server.address().port)}/socket`;
    const socket = new Socket(url, { transport: WebSocket, heartbeatIntervalMs: 150 });
    socket.connect();
    const channel = socket.channel('room:7', { name: 'recorder' });
    await new Promise((resolve, reject) => channel.join().receive('ok', resolve).receive('error', reject));
    channel.on('chat', () => count.received++);
    for (const payload of [
      { text: 'first' },
      { text: 'second' },
      { text: 'third' },
      new Uint8Array([1, 2, 250]).buffer,
    ]) {
      const before = count.received;
      channel.push('chat', payload);
      await until(() => count.received > before, 'a broadcast');
    }
    const before = count.pings.up;
    await until(() => count.pings.up > before + 1, 'heartbeats');
    await new Promise((resolve) => channel.leave().receive('ok', resolve));
    await new Promise((resolve) => socket.disconnect(resolve));
    after(() => server.close());
    return {
      library: 'Phoenix channels',
      byHand: true,
      stream: 'websocket (phoenix, vsn=2.0.0)',
      notes:
        'the server is made by hand; the last message each way is binary; besides: phx_join, phx_leave, and a phx_reply for each message that is text, heartbeats too',
    };
  },
};
