/** An application that speaks HTTP/2 in clear text, seen by the recording relay. */
import { once } from 'node:events';
import { connect, createServer } from 'node:http2';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { inspected, layerBytes, listening } from '../support/inspected.ts';

test('what goes over HTTP/2 is read as it would be over HTTP/1.1: requests, events, a body', async () => {
  const server = createServer().on('stream', (stream, headers) => {
    const isStream = headers[':path'] === '/events';
    stream.respond({ ':status': 200, 'content-type': isStream ? 'text/event-stream' : 'text/plain' });
    stream.end(isStream ? 'data: 1\n\ndata: 2\n\n' : 'hello');
  });
  await using app = await inspected(await listening(server));
  const session = connect(app.url);
  const get = (path: string) => text(session.request({ ':path': path }).end());
  expect([await get('/a'), await get('/a'), await get('/events')]).toEqual([
    ...['hello', 'hello', 'data: 1\n\ndata: 2\n\n'],
  ]);
  session.close();
  await once(session, 'close');
  const seen = await app.transparent();
  server.close();
  expect(seen.perConnection[0]?.speaks).toEqual(['http2', 'http', 'sse']);
  expect(seen.requests).toBe(3);
  expect(seen.messages).toEqual({ up: 0, down: 4 });
  expect(layerBytes(seen, 'unparsed')).toBe(0);
  expect(layerBytes(seen, 'payload')).toBe(2 * 5 + 2);
  expect(seen.exchanges.map(({ kind, count }) => [kind, count])).toEqual([
    ['GET /a 200', 2],
    ['GET /events 200', 1],
  ]);
  expect(seen.hints.map(({ kind }) => kind)).toEqual([]);
});
