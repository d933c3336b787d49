/**
 * Twenty faults as students make them, planted in the servers of acceptance/servers, for `grade` to find. A fault that
 * changes nothing a client can see within a minute cannot be found: one of them is such a fault, and is named.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Change = readonly [before: string, after: string];

const plants: readonly (readonly [name: string, server: string, ...changes: Change[]])[] = [
  ['no listener for errors', 'plain-ws.mjs', ["  ws.on('error'", "  ws.on('never'"]],
  [
    'everything becomes text',
    'plain-ws.mjs',
    ['ws.send(message, { binary: isBinary })', 'ws.send(String(message))'],
  ],
  [
    'short messages overtake',
    'plain-ws.mjs',
    ['ws.send(message, {', 'setTimeout(() => ws.send(message, {'],
    ['isBinary });', 'isBinary }), 5 + (nextId++ % 3) * 20);'],
  ],
  [
    'wrapped in JSON',
    'plain-ws.mjs',
    ['ws.send(message, { binary: isBinary })', 'ws.send(JSON.stringify({ text: String(message) }))'],
  ],
  [
    'an echo to everybody',
    'plain-ws.mjs',
    ['ws.send(message, {', 'for (const one of clients.values()) one.send(message, {'],
  ],
  [
    'three clients at most',
    'plain-ws.mjs',
    ['  clients.set(id, ws);', '  if (clients.size > 2) return ws.close();\n  clients.set(id, ws);'],
  ],
  ['not to the sender', 'ws-chat-rooms.mjs', ['one.readyState === 1', 'one !== ws && one.readyState === 1']],
  ['waits for its clients', 'ws-chat-rooms.mjs', ['  for (const one of wss.clients) one.terminate();\n', '']],
  [
    'trimmed',
    'ws-chat-rooms.mjs',
    ['one.send(data,', 'one.send(binary ? data : data.toString().trim().toLowerCase(),'],
  ],
  ['always binary', 'ws-chat-rooms.mjs', ['{ binary }', '{ binary: true }']],
  [
    'says who has left',
    'ws-chat-rooms.mjs',
    [
      "  ws.on('error', console.error);",
      "  ws.on('error', console.error);\n  ws.on('close', () => wss.clients.forEach((one) => one.send('somebody has left')));",
    ],
  ],
  [
    'the list of listeners only grows',
    'express-sse.mjs',
    ['listeners = listeners.filter((one) => one !== res);', ''],
  ],
  ['plain text', 'express-sse.mjs', ['text/event-stream', 'text/plain']],
  ['ends the stream', 'express-sse.mjs', ['one.write(', 'one.end(']],
  ['POST without an answer', 'express-sse.mjs', ['  res.sendStatus(204);\n', '']],
  ['no empty line', 'express-sse.mjs', ['data}\\n\\n', 'data}\\n']],
  [
    'only the newest',
    'express-poll.cjs',
    ['log.slice(cursor ?? log.length)', 'log.slice(cursor ?? log.length).slice(-1)'],
  ],
  ['one message too many', 'express-poll.cjs', ['cursor: log.length', 'cursor: Math.max(0, log.length - 1)']],
  ['echo to everybody', 'socket-io-named.mjs', ["socket.emit('echo', data)", "io.emit('echo', data)"]],
  ['bytes as their repr', 'websockets_echo.py', ['send(message)', 'send(str(message))']],
];

const kindOf: Readonly<Record<string, string>> = {
  'plain-ws.mjs': 'ws-echo',
  'websockets_echo.py': 'ws-echo',
  'ws-chat-rooms.mjs': 'ws-chat',
  'express-sse.mjs': 'sse',
  'express-poll.cjs': 'long-polling',
  'socket-io-named.mjs': 'socket.io',
};

/** Makes a folder for each format, with a server named after each fault. Libraries are found in a folder above. */
export function plantAll(from: string, to: string): void {
  for (const [nth, [name, server, ...changes]] of plants.entries()) {
    const place = join(to, kindOf[server] ?? '', `${String(nth + 1).padStart(2, '0')} ${name}`);
    mkdirSync(place, { recursive: true });
    const code = changes.reduce(
      (before, [old, other]) => {
        if (!before.includes(old)) throw new Error(`${name}: ${old} is not in ${server}`);
        return before.replace(old, () => other);
      },
      readFileSync(join(from, server), 'utf8'),
    );
    writeFileSync(join(place, `server${server.slice(server.lastIndexOf('.'))}`), code);
  }
}
