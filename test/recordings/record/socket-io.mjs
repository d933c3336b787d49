/** Socket.IO 4: its parsers, its old clients, and what it compresses. */
import { createServer } from 'node:http';
import { listening, until } from '../stage.mjs';

export const packages = {
  'socket.io': '4.8.4',
  'socket.io-client': '4.8.4',
  'socket.io-client-2': 'npm:socket.io-client@2.5.0',
  'socket.io-json-parser': '3.0.0',
  'socket.io-msgpack-parser': '3.0.2',
};

const texts = ['first', 'second', 'third'];

/** Three echoes, one answered event, one binary event, a heartbeat; then the client leaves. */
async function talk(stage, { server = {}, client = {}, connect, binary = true, acks = true }) {
  const { Server } = await import('socket.io');
  const { count } = stage;
  const http = createServer();
  const io = new Server(http, { pingInterval: 150, pingTimeout: 2000, ...server });
  io.on('connection', (socket) => {
    socket.on('chat', (message, number) => {
      count.sent++;
      socket.emit('chat', message, number);
    });
    socket.on('file', (bytes) => {
      count.sent++;
      socket.emit('file', { name: 'a.bin', bytes });
    });
    socket.on('ask', (question, answer) => {
      count.sent++;
      answer(`${question}!`);
    });
  });
  const port = await stage.relay(await listening(http));
  const open = connect ?? (await import('socket.io-client')).io;
  const socket = open(`http://127.0.0.1:${port}`, { reconnection: false, ...client });
  // Socket.IO 4: its server pings. Socket.IO 2: its client does.
  socket.io.on('ping', () => (connect ? count.pings.up++ : count.pings.down++));
  const heard = (event) => socket.on(event, () => count.received++);
  heard('chat');
  heard('file');
  await until(() => socket.connected, 'connected');
  for (const [index, text] of texts.entries()) {
    const before = count.received;
    socket.emit('chat', text, index);
    await until(() => count.received > before, 'an echo');
  }
  if (acks) {
    await new Promise((resolve) => socket.emit('ask', 'why', resolve));
    count.received++;
  }
  if (binary) {
    const before = count.received;
    socket.emit('file', Buffer.from([1, 2, 3, 4, 250]));
    await until(() => count.received > before, 'a binary echo');
  }
  const pinged = () => count.pings.up + count.pings.down;
  const before = pinged();
  await until(() => pinged() > before, 'a heartbeat');
  const left = new Promise((resolve) => {
    for (const one of io.sockets.sockets.values()) one.on('disconnect', resolve);
  });
  socket.disconnect();
  await left;
  stage.after(() => io.close());
}

const withParser = (name, notes) => async (stage) => {
  const parser = (await import(name)).default;
  await talk(stage, { server: { parser }, client: { parser, transports: ['websocket'] } });
  return { library: `Socket.IO with ${name}`, stream: 'socket.io over websocket', notes };
};

export const recordings = {
  'socket-io': async (stage) => {
    await talk(stage, {});
    return {
      library: 'Socket.IO',
      stream: 'socket.io over polling, then websocket',
      notes: 'acks counted as messages; the binary event and its attachment are one',
    };
  },
  'socket-io-msgpack': withParser(
    'socket.io-msgpack-parser',
    'each packet is one binary message without an Engine.IO type; the namespace is joined in MessagePack',
  ),
  'socket-io-json': withParser(
    'socket.io-json-parser',
    'each packet is an Engine.IO message (4) with a JSON object; Buffers become {"type":"Buffer","data":[…]}',
  ),
  'socket-io-2-client': async (stage) => {
    const connect = (await import('socket.io-client-2')).default;
    await talk(stage, { server: { allowEIO3: true }, connect, client: { pingInterval: 150 } });
    return {
      library: 'Socket.IO 4 server (allowEIO3), Socket.IO 2 client',
      stream: 'socket.io over polling, then websocket',
      notes:
        'EIO=3: polling bodies are <length>:<packet>, the client pings, binary polling bodies are framed',
    };
  },
  'socket-io-2-client-polling': async (stage) => {
    const connect = (await import('socket.io-client-2')).default;
    await talk(stage, {
      server: { allowEIO3: true },
      connect,
      client: { transports: ['polling'] },
    });
    return {
      library: 'Socket.IO 4 server (allowEIO3), Socket.IO 2 client',
      stream: 'socket.io over polling',
      notes: 'EIO=3; the binary event goes as a binary payload (00 digits ff) where the client can',
    };
  },
  'socket-io-deflate': async (stage) => {
    await talk(stage, {
      server: { perMessageDeflate: { threshold: 0 } },
      client: { transports: ['websocket'], perMessageDeflate: { threshold: 0 } },
    });
    return {
      library: 'Socket.IO with permessage-deflate',
      stream: 'socket.io over websocket',
      notes: 'pings and the handshake packet are compressed too',
    };
  },
  'socket-io-gzip-polling': async (stage) => {
    // The client's XMLHttpRequest for Node opens no compressed bodies; fetch does, as browsers do.
    const { Fetch } = await import('socket.io-client');
    await talk(stage, {
      server: { httpCompression: { threshold: 0 } },
      client: { transports: [Fetch] },
    });
    return {
      library: 'Socket.IO with httpCompression',
      stream: 'socket.io over polling',
      notes: 'the bodies of GETs are gzipped, one or more packets in each, binary as base64',
    };
  },
  'socket-io-recovery': async (stage) => {
    await talk(stage, {
      server: { connectionStateRecovery: {} },
      client: { transports: ['websocket'] },
    });
    return {
      library: 'Socket.IO with connection state recovery',
      stream: 'socket.io over websocket',
      notes: 'the last argument of each event down is the recovery offset',
    };
  },
  'socket-io-namespace': async (stage) => {
    const { io } = await import('socket.io-client');
    const { Server } = await import('socket.io');
    const { count } = stage;
    const http = createServer();
    const server = new Server(http, { path: '/live/', transports: ['websocket'] });
    server.of('/admin').on('connection', (socket) => {
      socket.on('chat', (message) => {
        count.sent++;
        socket.emit('chat', message);
      });
    });
    server.of('/closed').use((_socket, next) => next(new Error('not allowed')));
    const port = await stage.relay(await listening(http));
    const options = { path: '/live/', transports: ['websocket'], reconnection: false };
    const admin = io(`http://127.0.0.1:${port}/admin`, options);
    const closed = io(`http://127.0.0.1:${port}/closed`, options);
    let refused = 0;
    closed.on('connect_error', () => refused++);
    admin.on('chat', () => count.received++);
    await until(() => admin.connected && refused > 0, 'joined and refused');
    for (const text of texts) admin.emit('chat', text);
    await until(() => count.received === texts.length, 'echoes');
    admin.disconnect();
    stage.after(() => server.close());
    return {
      library: 'Socket.IO with namespaces on a path of its own',
      stream: 'socket.io over websocket',
      notes: 'one namespace refuses the client (4{…}); nobody joins /',
    };
  },
};
