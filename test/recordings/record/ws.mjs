/** The ws library with and without permessage-deflate, its contexts kept and not; fragments and pings. */
import { once } from 'node:events';
import { until } from '../stage.mjs';

export const packages = { ws: '8.23.0' };

const texts = ['{"id":1,"text":"hello"}', '{"id":2,"text":"hello"}', '{"id":3,"text":"hello"}', ''];

async function talk({ count, relay, after }, perMessageDeflate, more = async () => {}) {
  const { WebSocket, WebSocketServer } = await import('ws');
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/chat', perMessageDeflate });
  server.on('connection', (socket) => {
    socket.on('message', (data, binary) => {
      count.sent++;
      socket.send(data, { binary });
    });
    socket.on('ping', () => count.pings.up++);
  });
  await once(server, 'listening');
  after(() => server.close());
  const port = await relay(server.address().port);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/chat`, { perMessageDeflate });
  socket.on('message', () => count.received++);
  socket.on('ping', () => count.pings.down++);
  await once(socket, 'open');
  for (const message of [...texts, Buffer.alloc(200, 'binary ')]) {
    const before = count.received;
    socket.send(message);
    await until(() => count.received > before, 'an echo');
  }
  await more(socket, server);
  socket.close(1000, 'bye');
  await once(socket, 'close');
}

const deflated = (options, notes) => async (stage) => {
  await talk(stage, { threshold: 0, ...options });
  return { library: 'ws with permessage-deflate', stream: 'websocket', notes };
};

export const recordings = {
  ws: async (stage) => {
    const { count } = stage;
    await talk(stage, false, async (socket, server) => {
      // An empty ping up, one with a payload down, and an unasked pong, which is no heartbeat's answer.
      socket.ping();
      for (const one of server.clients) one.ping('still there?');
      socket.pong('unasked');
      await once(socket, 'pong');
      await until(() => count.pings.up > 0 && count.pings.down > 0, 'pings');
      const before = count.received;
      socket.send('in ', { fin: false });
      socket.ping('between');
      socket.send('three ', { fin: false });
      socket.send('pieces');
      await until(() => count.received > before, 'an echo of the pieces');
    });
    return {
      library: 'ws',
      stream: 'websocket',
      notes: 'one message up has three frames with a ping between them; one message each way is empty',
    };
  },
  'ws-deflate': deflated({}, 'contexts are kept: a message can be read only after the ones before it'),
  'ws-deflate-no-context': deflated(
    { serverNoContextTakeover: true, clientNoContextTakeover: true },
    'no context is kept: each message stands alone',
  ),
  'ws-deflate-one-sided': deflated(
    { serverNoContextTakeover: true, serverMaxWindowBits: 10, clientMaxWindowBits: 12 },
    'a context up, none down; windows of 12 and 10 bits',
  ),
  'ws-deflate-fragments': async (stage) => {
    const { count } = stage;
    await talk(stage, { threshold: 0 }, async (socket) => {
      const before = count.received;
      socket.send('in three pieces '.repeat(4), { fin: false });
      socket.send('in three pieces '.repeat(4), { fin: false });
      socket.send('the end');
      await until(() => count.received > before, 'an echo of the pieces');
    });
    return {
      library: 'ws with permessage-deflate',
      stream: 'websocket',
      notes: 'the last message up is compressed as one and has three frames',
    };
  },
};
