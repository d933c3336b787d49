/** Exercises 3 and 4: an event stream that begins late and loses lines, and a long poll that loses what comes in between. */
import { text } from '../../../base/text.ts';
import type { Exercise } from './exercise.ts';

const readBody = `function readBody(request, then) {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => then(Buffer.concat(pieces).toString()));
}
`;

export const lateStream = {
  id: 3,
  title: text('A stream that begins late', '늦게 시작되는 스트림'),
  task: text(
    'The page says “connecting …” until somebody writes, and of a poem only the first line arrives. Repair the server.',
    '누군가 글을 쓸 때까지 페이지에는 “연결 중 …”만 보이고, 시를 보내면 첫 줄만 도착합니다. 서버를 고치십시오.',
  ),
  kind: 'sse',
  files: [
    {
      name: 'server.cjs',
      content: `const { createServer } = require('node:http');

const streams = new Set();

${readBody}
const server = createServer((request, response) => {
  if (request.method === 'GET' && request.url === '/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    streams.add(response);
    response.on('close', () => streams.delete(response));
  } else if (request.method === 'POST' && request.url === '/message') {
    readBody(request, (text) => {
      for (const stream of streams) stream.write(\`data: \${text}\\n\\n\`);
      response.writeHead(204).end();
    });
  } else {
    response.writeHead(404).end();
  }
});

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
`,
    },
  ],
  repairs: [
    [
      "'Cache-Control': 'no-store' });\n    streams.add",
      "'Cache-Control': 'no-store' });\n    response.flushHeaders();\n    streams.add",
    ],
    [
      `stream.write(\`data: \${text}\\n\\n\`)`,
      `stream.write(\`\${text.split('\\n').map((line) => \`data: \${line}\\n\`).join('')}\\n\`)`,
    ],
  ],
  broken: ['at-once', 'lines'],
} satisfies Exercise;

export const forgetfulPoll = {
  id: 4,
  title: text('A poll that forgets', '잊어버리는 폴링'),
  task: text(
    'Who is just asking gets every message; who is between two questions loses it. Repair the server: what does the cursor stand for?',
    '마침 요청해 둔 클라이언트는 메시지를 모두 받는데, 두 요청 사이에 있던 클라이언트는 잃어버립니다. 커서가 무엇을 뜻하는지 생각하며 고치십시오.',
  ),
  kind: 'long-polling',
  files: [
    {
      name: 'server.cjs',
      content: `const { createServer } = require('node:http');

let count = 0;
const waiting = new Set();

${readBody}
function answer(response, messages) {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify({ cursor: count, messages }));
}

const server = createServer((request, response) => {
  const [path, query] = request.url.split('?');
  if (request.method === 'GET' && path === '/poll') {
    const cursor = new URLSearchParams(query).get('cursor');
    if (cursor === null) return answer(response, []);
    waiting.add(response);
    response.on('close', () => waiting.delete(response));
    setTimeout(() => waiting.delete(response) && answer(response, []), 25_000).unref();
  } else if (request.method === 'POST' && path === '/message') {
    readBody(request, (text) => {
      count++;
      for (const client of waiting) answer(client, [text]);
      waiting.clear();
      response.writeHead(204).end();
    });
  } else {
    response.writeHead(404).end();
  }
});

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
`,
    },
  ],
  repairs: [
    ['let count = 0;\n', 'const all = [];\n'],
    ['JSON.stringify({ cursor: count, messages })', 'JSON.stringify({ cursor: all.length, messages })'],
    [
      '    waiting.add(response);',
      '    if (Number(cursor) < all.length) return answer(response, all.slice(Number(cursor)));\n    waiting.add(response);',
    ],
    ['      count++;\n', '      all.push(text);\n'],
  ],
  broken: ['between-polls', 'cursor', 'order'],
} satisfies Exercise;
