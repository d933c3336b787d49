/** A Socket.IO server that needs no http server of its own. */
import { Server } from 'socket.io';

const io = new Server(Number(process.env.PORT), { serveClient: false });

const handlers = {
  echo: (socket, data) => socket.emit('echo', data),
  chat: (_socket, data) => io.emit('chat', data),
};

io.on('connection', (socket) => {
  for (const [event, handle] of Object.entries(handlers)) {
    socket.on(event, (...args) => {
      const ack = typeof args.at(-1) === 'function' ? args.pop() : null;
      handle(socket, args[0]);
      ack?.(args[0]);
    });
  }
});
