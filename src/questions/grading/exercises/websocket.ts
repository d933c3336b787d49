/** Exercises 1 and 2: an echo and a chat with `ws`. */
import { text } from '../../../base/text.ts';
import type { Exercise } from './exercise.ts';

export const echoInText = {
  id: 1,
  title: text('An echo that speaks only text', '텍스트만 아는 echo'),
  task: text(
    'A client sends a picture and gets something else back. Repair the server so that what comes back is what was sent.',
    '클라이언트가 그림을 보냈는데 다른 것이 돌아옵니다. 보낸 것이 그대로 돌아오게 서버를 고치십시오.',
  ),
  kind: 'ws-echo',
  files: [
    {
      name: 'server.cjs',
      content: `const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT ?? 3000) });

server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data) => {
    const message = data.toString();
    if (message) socket.send(message);
  });
});
`,
    },
  ],
  repairs: [
    ["socket.on('message', (data) => {", "socket.on('message', (data, isBinary) => {"],
    [
      `    const message = data.toString();
    if (message) socket.send(message);
`,
      `    socket.send(data, { binary: isBinary });
`,
    ],
  ],
  broken: ['empty', 'binary'],
} satisfies Exercise;

export const fragileChat = {
  id: 2,
  title: text('A chat that one client can end', '클라이언트 하나가 끝낼 수 있는 채팅'),
  task: text(
    'One student closed the chat for the whole class with a single malformed frame, and nobody sees what they wrote themselves. Repair both.',
    '한 학생이 잘못된 프레임 하나로 반 전체의 채팅을 끝냈습니다. 그리고 자기가 쓴 글은 자기에게 보이지 않습니다. 둘 다 고치십시오.',
  ),
  kind: 'ws-chat',
  files: [
    {
      name: 'server.cjs',
      content: `const { WebSocket, WebSocketServer } = require('ws');

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT ?? 3000) });

server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => {
    for (const client of server.clients) {
      if (client === socket || client.readyState !== WebSocket.OPEN) continue;
      client.send(data, { binary: isBinary });
    }
  });
});
`,
    },
  ],
  repairs: [
    ['if (client === socket || client.readyState', 'if (client.readyState'],
    [
      "  socket.on('message', (data, isBinary) => {",
      "  socket.on('error', () => {});\n  socket.on('message', (data, isBinary) => {",
    ],
  ],
  broken: ['sender', 'protocol-error'],
} satisfies Exercise;
