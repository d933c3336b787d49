// One of five small applications, made of packages from npm: `node server.mjs NAME PORT`. PLANT names a change that a
// developer could have made, for the gate to find.
import { createServer } from 'node:http';

const [name, port] = process.argv.slice(2);
const planted = (change) => process.env.PLANT === change;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const applications = {
  async 'express and SSE'() {
    const { default: express } = await import('express');
    const app = express();
    app.get('/api/items', (_, response) => response.json([{ id: 1, name: 'tea' }]));
    app.get('/events', async (_, response) => {
      response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      if (planted('comment')) response.write(': welcome\n\n');
      for (let n = 1; n <= 3; n++) {
        response.write(`event: price\ndata: {"tea":${n}}\n\n`);
        await pause(5);
      }
    });
    return createServer(app);
  },

  async 'a Socket.IO chat with rooms'() {
    const { Server } = await import('socket.io');
    const server = createServer();
    const io = new Server(server);
    io.on('connection', (socket) => {
      socket.on('join', (room, done) => {
        socket.join(room);
        done();
      });
      socket.on('chat', (room, text, done) => {
        const more = planted('argument') ? ['seen'] : [];
        io.to(room).emit('chat', text, ...more);
        done('sent');
      });
    });
    return server;
  },

  async 'a ws echo with compression'() {
    const { WebSocketServer } = await import('ws');
    const server = createServer();
    const sockets = new WebSocketServer({ server, perMessageDeflate: true, handleProtocols: () => 'chat' });
    sockets.on('connection', (socket) =>
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })),
    );
    return server;
  },

  async 'a fastify API with keep-alive'() {
    const { default: fastify } = await import('fastify');
    const app = fastify({ keepAliveTimeout: 5000 });
    app.addHook('onSend', async (_, reply) => {
      if (planted('header')) reply.header('x-served-by', 'blue');
      if (planted('keep-alive')) reply.header('connection', 'close');
    });
    app.get('/users/:id', async ({ params }) => ({ id: params.id, name: 'Kim' }));
    app.post('/orders', async (_, reply) => reply.code(201).send({ ordered: true }));
    app.get('/news', async (_, reply) => reply.code(204).send());
    await app.ready();
    return app.server;
  },

  async 'a page that streams'() {
    return createServer(async ({ url }, response) => {
      if (url === '/logo.svg') {
        const logo = '<svg xmlns="http://www.w3.org/2000/svg"/>';
        if (!planted('length')) response.setHeader('content-length', logo.length);
        response.setHeader('content-type', 'image/svg+xml');
        response.write(logo);
        return response.end();
      }
      const session = `session=${Math.random().toString(36).slice(2, 10)}; Path=/; HttpOnly`;
      response.setHeader('set-cookie', planted('cookie') ? [session, 'theme=dark; Path=/'] : [session]);
      response.setHeader(planted('case') ? 'Content-type' : 'Content-Type', 'text/html; charset=utf-8');
      for (const part of ['<!doctype html><p>', 'one ', 'two ', '</p>']) {
        response.write(part);
        await pause(5);
      }
      response.end();
    });
  },
};

(await applications[name]()).listen(Number(port), '127.0.0.1');
