/** Exercises 5 and 7: Socket.IO's acknowledgements, and the tutorial's chat, in our own words. */
import { text } from '../../../base/text.ts';
import type { Exercise } from './exercise.ts';

export const acknowledgedAlways = {
  id: 5,
  title: text('An acknowledgement that nobody asked for', '아무도 청하지 않은 확인 응답'),
  task: text(
    'It works as long as every client asks for an acknowledgement. The first one that does not ends the server; and the chat leaves out whoever wrote. Repair both.',
    '모든 클라이언트가 확인 응답을 청하는 동안은 잘 됩니다. 청하지 않는 클라이언트가 하나라도 오면 서버가 끝납니다. 그리고 채팅에서 글쓴이만 빠집니다. 둘 다 고치십시오.',
  ),
  kind: 'socket.io',
  files: [
    {
      name: 'server.cjs',
      content: `const { createServer } = require('node:http');
const { Server } = require('socket.io');

const server = createServer();
const io = new Server(server);

io.on('connection', (socket) => {
  socket.on('echo', (data, acknowledge) => {
    socket.emit('echo', data);
    acknowledge(data);
  });
  socket.on('chat', (data, acknowledge) => {
    socket.broadcast.emit('chat', data);
    acknowledge(data);
  });
});

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
`,
    },
  ],
  repairs: [
    [
      "socket.emit('echo', data);\n    acknowledge(data)",
      "socket.emit('echo', data);\n    if (typeof acknowledge === 'function') acknowledge(data)",
    ],
    [
      "socket.broadcast.emit('chat', data);\n    acknowledge(data)",
      "io.emit('chat', data);\n    if (typeof acknowledge === 'function') acknowledge(data)",
    ],
  ],
  broken: ['sender', 'without-ack'],
} satisfies Exercise;

export const tutorialSocketIo = {
  id: 7,
  title: text('The tutorial’s chat with Socket.IO', '튜토리얼의 Socket.IO 채팅'),
  task: text(
    'A chat as tutorials write it: one event to everybody. Let it also speak `echo` and acknowledge what it gets, as docs/wire-formats.md (e) says, without breaking for clients that ask for no acknowledgement.',
    '튜토리얼에 나오는 채팅입니다. 이벤트 하나를 모두에게 보냅니다. docs/wire-formats.md (e)대로 `echo`에도 응답하고 받은 것을 확인 응답하게 하십시오. 확인 응답을 청하지 않는 클라이언트에게도 그대로 되어야 합니다.',
  ),
  kind: 'socket.io',
  files: [
    {
      name: 'server.mjs',
      content: `import { createServer } from 'node:http';
import { Server } from 'socket.io';

const server = createServer();
const io = new Server(server);

io.on('connection', (socket) => {
  socket.on('chat', (message) => {
    io.emit('chat', message);
  });
});

server.listen(process.env.PORT ?? 3000, '127.0.0.1');
`,
    },
  ],
  repairs: [
    [
      `  socket.on('chat', (message) => {
    io.emit('chat', message);
  });
`,
      `  socket.on('echo', (message, acknowledge) => {
    socket.emit('echo', message);
    if (typeof acknowledge === 'function') acknowledge(message);
  });
  socket.on('chat', (message, acknowledge) => {
    io.emit('chat', message);
    if (typeof acknowledge === 'function') acknowledge(message);
  });
`,
    ],
  ],
  broken: ['answers'],
} satisfies Exercise;
