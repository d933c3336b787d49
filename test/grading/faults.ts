/**
 * For each sentence of each format a fault, planted in the server of docs/wire-formats.md: the text to replace, and its
 * replacement.
 */
import type { Kind } from '../../src/questions/grading/kinds.ts';

export type Fault = readonly [sentence: string, ...changes: (readonly [before: string, after: string])[]];

/** One message in ten comes a little later than the others. */
const byTurns = (send: string) =>
  `setTimeout(() => ${send}, String(typeof data === 'undefined' ? text : data).endsWith('1') ? 400 : 0)`;

const echo = 'socket.send(data, { binary: isBinary })';
const toClient = 'client.send(data, { binary: isBinary })';
const onConnection = "server.on('connection', (socket) => {";
const options = 'new WebSocketServer({';
const noListener = ["  socket.on('error', () => {});\n", ''] as const;
const throwsAtLeaving = [
  onConnection,
  `${onConnection} socket.on('close', () => { throw new Error('somebody has left'); });`,
] as const;
const onlyTheFirst = (most: number) =>
  [onConnection, `let count = 0; ${onConnection} if (++count > ${most}) return socket.close();`] as const;

const shared = (send: string): readonly Fault[] => [
  ['text', [send, send.replace('data,', 'isBinary ? data : encodeURI(data),')]],
  ['empty', [send, `data.length > 0 && ${send}`]],
  ['large', [options, `${options} maxPayload: 60_000,`]],
  ['binary', [send, send.replace('data, { binary: isBinary }', 'data.toString()')]],
  ['order', [send, byTurns(send)]],
  ['control-frames', [options, `${options} autoPong: false,`]],
  [
    'nothing-else',
    [onConnection, `${onConnection} for (const one of server.clients) one.send('somebody has joined');`],
  ],
  ['leaving', throwsAtLeaving],
  ['protocol-error', noListener],
];

const begin = "if (request.method === 'GET'";
const posted = 'response.writeHead(204).end()';
const overHttp: readonly Fault[] = [
  ['no-store', ["'Cache-Control': 'no-store'", "'Cache-Control': 'no-cache'"]],
  ['post-status', [posted, 'response.writeHead(200).end()']],
  ['large', ["request.on('end', () =>", "request.on('end', () => pieces.join('').length > 20_000 ? 0 :"]],
  ['protocol-error', [begin, `new URL(request.url, 'http://localhost'); ${begin}`]],
  ['not-found', ['response.writeHead(404)', 'response.writeHead(200)']],
];

const write = `stream.write(\`\${lines.join('')}\\n\`)`;
const hold = 'else hold(response, cursor)';
const back = "socket.emit('echo', data)";
const all = "io.emit('chat', data)";
const connected = "io.on('connection', (socket) => {";
const [ackEcho, ackChat] = [back, all].map(
  (emit) =>
    `${emit};\n    ${emit === back ? '// Who sends without an acknowledgement brings no function.\n    ' : ''}if (typeof acknowledge === 'function') acknowledge(data)`,
) as [string, string];

export const faults: Readonly<Record<Kind, readonly Fault[]>> = {
  'ws-echo': [
    ['answers', [echo, '0']],
    [
      'several',
      [onConnection, `let one; ${onConnection} one = socket;`],
      [echo, echo.replace('socket', 'one')],
    ],
    ['second-round', onlyTheFirst(1)],
    ...shared(echo),
  ],
  'ws-chat': [
    ['answers', ['client.readyState === WebSocket.OPEN', 'client === socket']],
    ['sender', ['client.readyState === WebSocket.OPEN', 'client !== socket']],
    ['once', [toClient, `{ ${toClient}; ${toClient}; }`]],
    ['several', ['of server.clients', 'of [...server.clients].slice(0, 2)']],
    ['second-round', onlyTheFirst(2)],
    ...shared(toClient),
  ],
  sse: [
    ['answers', [write, '0']],
    ['content-type', ['text/event-stream', 'text/plain']],
    ['at-once', ["response.write(': here you are\\n\\n');", '']],
    ['text', ['text.split(', 'encodeURI(text).split(']],
    ['lines', ["text.split('\\n')", '[text]']],
    ['order', [write, byTurns(write)]],
    ['stays-open', [write, write.replace('write', 'end')]],
    ['several', ['streams.add(response)', 'streams.clear(); streams.add(response)']],
    [
      'leaving',
      [
        "response.on('close', () =>",
        "response.on('close', () => { throw new Error('gone'); });\n    response.on('close', () =>",
      ],
    ],
    [
      'second-round',
      [
        'streams.add(response)',
        'if ((globalThis.count = (globalThis.count ?? 0) + 1) === 1) streams.add(response)',
      ],
    ],
    ...overHttp,
  ],
  'long-polling': [
    ['answers', ['for (const release of [...waiting]) release();', '']],
    ['begins-now', ['asked === null ? messages.length', 'asked === null ? 0']],
    ['content-type', ['application/json', 'text/html']],
    ['held', [hold, 'else answer(response, cursor)']],
    ['between-polls', ['cursor < messages.length)', 'false)']],
    [
      'cursor',
      [
        'messages: messages.slice(cursor) }',
        'messages: messages.slice(cursor).filter((one) => !heard.has(one) && heard.add(one)) }',
      ],
      ['const messages = [];', 'const messages = []; const heard = new Set();'],
    ],
    ['text', ['messages.push(text)', 'messages.push(encodeURI(text))']],
    ['order', ['messages.push(text)', 'messages.splice(-1, 0, text)']],
    ['several', ['  waiting.add(release)', '  waiting.clear(); waiting.add(release)']],
    [
      'leaving',
      [
        "response.on('close', () => {",
        "response.on('close', () => { if (waiting.has(release)) throw new Error('gone');",
      ],
    ],
    [
      'second-round',
      [hold, 'else if ((globalThis.polls = (globalThis.polls ?? 0) + 1) === 1) hold(response, cursor)'],
    ],
    ...overHttp,
  ],
  'socket.io': [
    ['answers', [back, '0']],
    ['polling', ['new Server(server)', "new Server(server, { transports: ['websocket'] })"]],
    ['only-sender', [back, "io.emit('echo', data)"]],
    ['others', [all, "socket.emit('chat', data)"]],
    ['sender', [all, "socket.broadcast.emit('chat', data)"]],
    ['ack-echo', [ackEcho, back]],
    ['ack-chat', [ackChat, all]],
    ['without-ack', [ackEcho, `${back}; acknowledge(data)`]],
    ['text', [back, "socket.emit('echo', typeof data === 'string' ? encodeURI(data) : data)"]],
    [
      'object',
      [
        back,
        "socket.emit('echo', typeof data === 'object' && data && !Buffer.isBuffer(data) ? JSON.stringify(data) : data)",
      ],
    ],
    ['binary', [back, "socket.emit('echo', Buffer.isBuffer(data) ? data.toString() : data)"]],
    ['large', ['new Server(server)', 'new Server(server, { maxHttpBufferSize: 60_000 })']],
    ['order', [back, byTurns(back)]],
    ['several', [connected, `let one; ${connected} one = socket;`], [back, "one.emit('echo', data)"]],
    ['leaving', [connected, `${connected} socket.on('disconnect', () => { throw new Error('gone'); });`]],
    ['protocol-error', [back, `${back}; data.length`]],
    ['second-round', [connected, `let count = 0; ${connected} if (++count > 1) return;`]],
  ],
};

/** Those that end a server: each needs one of its own. */
export const endsServer = /^(leaving|protocol-error|without-ack)$/;
