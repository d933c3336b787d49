/** Engine.IO 6 without Socket.IO above it, on a path of its own, with its own client, an old one, and by JSONP. */
import { createServer } from 'node:http';
import { listening, until } from '../stage.mjs';

export const packages = {
  'engine.io': '6.6.13',
  'engine.io-client': '6.6.8',
  'engine.io-client-3': 'npm:engine.io-client@3.5.6',
};

/** Digits and brackets as an application may send them: none of these is Socket.IO's. */
const texts = ['1', '2["temperature",21.5]', 'hello', '{"id":4}'];

async function server({ count, relay, after }, options) {
  const { attach } = await import('engine.io');
  const http = createServer();
  const engine = attach(http, { path: '/rt', pingInterval: 150, pingTimeout: 2000, ...options });
  engine.on('connection', (socket) => {
    socket.on('message', (data) => {
      count.sent++;
      socket.send(data);
    });
    socket.on('packetCreate', ({ type }) => {
      if (type === 'ping') count.pings.down++;
    });
    socket.on('packet', ({ type }) => {
      if (type === 'ping') count.pings.up++;
    });
  });
  after(() => http.close());
  return relay(await listening(http));
}

async function talk(stage, { Socket, connect, server: serverOptions = {}, client = {} }) {
  const { count } = stage;
  const port = await server(stage, serverOptions);
  const url = `http://127.0.0.1:${port}`;
  const options = { path: '/rt', ...client };
  const socket = Socket ? new Socket(url, options) : connect(url, options);
  socket.on('message', () => count.received++);
  await new Promise((resolve) => socket.on('open', resolve));
  for (const message of [...texts, Buffer.from('abc'), Buffer.alloc(300, 7)]) {
    const before = count.received;
    socket.send(message);
    await until(() => count.received > before, 'an echo');
  }
  const pinged = () => count.pings.up + count.pings.down;
  const before = pinged();
  await until(() => pinged() > before, 'a heartbeat');
  await new Promise((resolve) => {
    socket.on('close', resolve);
    socket.close();
  });
}

const now = (transports, stream, notes) => async (stage) => {
  const { Socket } = await import('engine.io-client');
  await talk(stage, { Socket, client: { transports } });
  return { library: 'Engine.IO', stream, notes };
};

const before = (transports, stream, notes) => async (stage) => {
  const { default: connect } = await import('engine.io-client-3');
  await talk(stage, { connect, server: { allowEIO3: true }, client: { transports } });
  return { library: 'Engine.IO 6 server (allowEIO3), Engine.IO 3 client', stream, notes };
};

/** What a browser's script tags and forms would ask: no client for Node has JSONP, and none since 4 has it at all. */
const byScriptTag = (version) => async (stage) => {
  const { count } = stage;
  const port = await server(stage, { allowEIO3: true, pingInterval: 25_000 });
  const url = `http://127.0.0.1:${port}/rt/?EIO=${version}&transport=polling`;
  const get = async (query) => (await fetch(`${url}${query}`)).text();
  const opened = await get('&t=a&j=0');
  const sid = /sid\\":\\"([^\\]+)/.exec(opened)[1];
  const packets = version === 3 ? ['6:4first', '6:4sec\\nd'] : ['4first', '4sec\\nd'];
  for (const [index, packet] of packets.entries()) {
    const poll = get(`&t=b${index}&j=${index + 1}&sid=${sid}`);
    await fetch(`${url}&t=c${index}&j=${index + 1}&sid=${sid}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ d: packet }),
    });
    if (!(await poll).startsWith('___eio[')) throw new Error(`no JSONP: ${await poll}`);
    count.received++;
  }
  return {
    library: `Engine.IO 6 by JSONP, EIO=${version}`,
    byHand: true,
    stream: 'engine.io over polling (JSONP)',
    notes:
      'the server is the library, the client made by hand with fetch; the second message is "sec", a line feed, "d"',
  };
};

export const recordings = {
  'engine-io-websocket': now(['websocket'], 'engine.io over websocket', 'two binary messages'),
  'engine-io-polling': now(['polling'], 'engine.io over polling', 'two binary messages, as b<base64>'),
  'engine-io-upgrade': now(
    ['polling', 'websocket'],
    'engine.io over polling, then websocket',
    'the probe is 2probe and 3probe; two binary messages',
  ),
  'engine-io-3-websocket': before(
    ['websocket'],
    'engine.io over websocket',
    'the client pings; binary frames begin with 04',
  ),
  'engine-io-3-polling': before(
    ['polling'],
    'engine.io over polling',
    'the client pings; a body with a binary message is binary (00 or 01, digits, ff)',
  ),
  'engine-io-jsonp-4': byScriptTag(4),
  'engine-io-jsonp-3': byScriptTag(3),
};
