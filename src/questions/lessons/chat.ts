/**
 * The chat of the exercise: a ws server that greets each client and sends every message on to all clients, and its
 * page. The page has the flaw of a tutorial's page: it uses another library than its server speaks. Both are in our own
 * words, and both are given to the student.
 */
import type { LessonFile } from './lesson.ts';

export const greeting = 'welcome';
/** The people who open the page; each says one message. */
export const people = 2;
export const messagesEach = 5;

/** A program that does what `serveChat` does and also serves the page. */
export const serverFile = {
  name: 'server.mjs',
  content: `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';

const server = createServer((request, response) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(readFileSync(new URL('page.html', import.meta.url)));
});
const sockets = new WebSocketServer({ server });

sockets.on('connection', (socket) => {
  socket.send('${greeting}');
  socket.on('message', (data) => {
    for (const client of sockets.clients) {
      if (client.readyState !== WebSocket.OPEN) continue;
      client.send(data.toString());
    }
  });
});

server.listen(3000, '127.0.0.1', () => {
  console.log(\`http://127.0.0.1:\${server.address().port}/\`);
});
`,
} satisfies LessonFile;

/** Uses Socket.IO's client in a page that has loaded no library, for a server that does not speak Socket.IO. */
export const pageFile = {
  name: 'page.html',
  content: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Chat</title>
<input id="input" aria-label="message">
<button id="send">Send</button>
<ul id="list"></ul>
<script>
const socket = io();

const list = document.getElementById('list');
const input = document.getElementById('input');
const show = (text) => {
  const item = document.createElement('li');
  item.textContent = text;
  list.append(item);
};

socket.on('message', show);

document.getElementById('send').addEventListener('click', () => {
  socket.send(input.value);
});
</script>
</html>
`,
} satisfies LessonFile;

/** The two changes of the repair: the browser's built-in client, and the way it reports a message. */
export const repairs = [
  ['const socket = io();', "const socket = new WebSocket('ws://' + location.host);"],
  ["socket.on('message', show);", "socket.addEventListener('message', (event) => show(event.data));"],
] as const;

export const repairedPage: string = repairs.reduce(
  (page, [before, after]) => page.replace(before, after),
  pageFile.content,
);
