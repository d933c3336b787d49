import { expect, test } from 'vitest';
import { createBooks } from '../../src/inspection/books.ts';
import { imbalances } from '../../src/inspection/imbalances.ts';
import { anyConversation } from '../../src/protocols/detect.ts';

const chunk = (connection: number, direction: 'up' | 'down', text: string) => ({
  at: 0,
  connection,
  direction,
  phase: 'steady' as const,
  bytes: Buffer.from(text),
});

const exchange = (path: string, status: string) => ({
  up: `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`,
  down: `HTTP/1.1 ${status}\r\nContent-Length: 2\r\n\r\n[]`,
});

function talk(books: ReturnType<typeof createBooks>, connection: number, path: string, status = '200 OK') {
  const { up, down } = exchange(path, status);
  books.open(connection, 0);
  books.take(chunk(connection, 'up', up));
  books.take(chunk(connection, 'down', down));
  books.close(connection, { failed: false, up: up.length, down: down.length, atMs: 1 });
  return up.length + down.length;
}

test('beyond a thousand connections the sum goes on, and says how many are not listed', () => {
  const books = createBooks(anyConversation);
  let bytes = 0;
  for (let n = 0; n < 1005; n++) bytes += talk(books, n, `/item/${n}`);
  const { connections, unlisted, perConnection, wire, requests, exchanges } = books.read(1);
  expect([connections, unlisted, perConnection.length, requests]).toEqual([1005, 5, 1000, 1005]);
  expect(wire.socketBytes).toBe(bytes);
  expect(imbalances({ wire, perConnection })).toEqual([]);
  // As many kinds of exchange, and what the others have in common.
  expect(exchanges).toHaveLength(1001);
  expect(exchanges.at(-1)).toMatchObject({ kind: 'other', count: 5 });
});

test('a path asked ten times is polled, on however many connections; nine times it is not', () => {
  for (const [times, polls] of [
    [9, { made: 0, empty: 0 }],
    [10, { made: 10, empty: 10 }],
  ] as const) {
    const books = createBooks(anyConversation);
    for (let n = 0; n < times; n++) talk(books, n, `/inbox?since=${n}`);
    talk(books, times, '/page');
    expect(books.read(1).polls).toEqual(polls);
  }
});

test('the relay’s own count is what the books are held against', () => {
  const books = createBooks(anyConversation);
  books.open(0, 0);
  books.take(chunk(0, 'up', 'GET / HTTP/1.1\r\n\r\n'));
  books.close(0, { failed: false, up: 19, down: 0, atMs: 1 });
  expect(imbalances(books.read(1))).toEqual([
    'connection 1: 19 B were relayed, 18 B recorded, 18 B have an owner',
    'all connections: 19 B were relayed, 18 B recorded, 18 B have an owner',
  ]);
});

test('a first line that comes in pieces is a path all the same, and what is none has no path', () => {
  const books = createBooks(anyConversation);
  books.open(0, 0);
  for (const piece of ['GE', 'T /chat?room=', '7 HTTP/1.1', '\r\nHost: a\r\n'])
    books.take(chunk(0, 'up', piece));
  books.open(1, 0);
  books.take(chunk(1, 'up', 'hello\r\n'));
  expect(books.read(1).perConnection.map(({ path }) => path)).toEqual(['/chat', '']);
});
