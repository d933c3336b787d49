/** Archives of DevTools (HAR): what is read of them, and what they do not contain. */
import { expect, test } from 'vitest';
import { archiveSchema } from '../../src/document/archive.ts';
import { inspectArchive } from '../../src/inspection/archived.ts';
import { harSchema } from '../../src/tap/archive/har.ts';

type Fields = Readonly<Record<string, string>>;
const listed = (fields: Fields) => Object.entries(fields).map(([name, value]) => ({ name, value }));

interface Parts {
  readonly atMs?: number;
  readonly version?: string;
  readonly request?: object;
  readonly response?: object;
  readonly more?: object;
}

const startMs = Date.UTC(2026, 0, 1);

function entry(url: string, { atMs = 0, version = 'HTTP/1.1', request, response, more }: Parts = {}) {
  const head = { httpVersion: version, headers: listed({}), headersSize: -1, bodySize: -1 };
  return {
    startedDateTime: new Date(startMs + atMs).toISOString(),
    time: 5,
    request: { ...head, method: 'GET', url, ...request },
    response: { ...head, status: 200, statusText: 'OK', content: { size: 2, text: 'hi' }, ...response },
    ...more,
  };
}

function inspected(creator: string, ...entries: object[]) {
  const har = harSchema.parse({ log: { creator: { name: creator, version: '1' }, entries } });
  const { seen } = inspectArchive('a.har', har);
  expect(archiveSchema.parse(seen)).toEqual(seen);
  return seen;
}

const asksForSocket = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version': '13',
};

const socket = (messages: readonly object[] | undefined, protocol: Fields = {}) =>
  entry('ws://a/socket?token=1', {
    request: { headers: listed(asksForSocket), headersSize: 200, bodySize: 0 },
    response: {
      status: 101,
      statusText: 'Switching Protocols',
      headersSize: 150,
      bodySize: 0,
      headers: listed({ Connection: 'Upgrade', Upgrade: 'websocket', ...protocol }),
      content: { size: 0 },
    },
    more: { connection: '9', ...(messages && { _webSocketMessages: messages }) },
  });
const said = (type: string, opcode: number, data: string, seconds: number) => ({
  type,
  opcode,
  data,
  time: startMs / 1000 + seconds,
});

test('a WebSocket of Chromium: messages both ways, binary in base64, the library by its subprotocol', () => {
  const seen = inspected(
    'WebInspector',
    socket(
      [
        said('send', 1, '{"type":"connection_init"}', 0.1),
        said('receive', 1, 'é'.repeat(70_000), 0.2),
        said('receive', 2, Buffer.from([0, 255, 1]).toString('base64'), 0.3),
        said('error', -1, 'gone', 0.4),
      ],
      { 'Sec-WebSocket-Protocol': 'graphql-transport-ws' },
    ),
  );
  expect(seen).toMatchObject({
    connections: 1,
    requests: 1,
    messages: { up: 1, down: 2 },
    libraries: ['graphql-ws'],
    handshakes: { asked: 1, stripped: 0, refused: 0 },
    exchanges: [{ kind: 'GET /socket 101', count: 1, up: 200, down: 150 }],
    source: { creator: 'WebInspector 1', computed: 0, unweighed: 0, unheardSockets: 0 },
  });
});

test('a heartbeat is known by its period, and what its frames weigh is not said', () => {
  const beats = [1, 2, 3, 4, 5].map((seconds) => said('send', 1, 'ping', seconds));
  const { steadyMessages } = inspected('WebInspector', socket([...beats, said('receive', 1, 'bye', 6)]));
  expect(steadyMessages).toEqual([
    { direction: 'up', text: 'ping', count: 5, periodMs: expect.closeTo(1000) },
  ]);
});

test('a WebSocket without its messages is said to be one', () => {
  expect(inspected('Firefox', socket(undefined)).source.unheardSockets).toBe(1);
});

test('sizes of -1 of HTTP/1.1 are computed from the fields, and counted; bodies without a size stay unknown', () => {
  const headers = listed({ Host: 'a', 'Accept-Encoding': 'gzip' });
  const seen = inspected(
    'Firefox',
    entry('http://a/page?q=1', {
      request: { headers },
      response: { headers: listed({ 'Set-Cookie': 'a=1\nb=2' }), bodySize: 22 },
      more: { connection: '80' },
    }),
    entry('http://a/other', { request: { headersSize: 90 }, response: { headersSize: 60 } }),
  );
  const up = 'GET /page?q=1 HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n'.length;
  const down = 'HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n'.length + 22;
  expect(seen.exchanges).toEqual([
    { kind: 'GET /page 200', count: 1, up, down },
    { kind: 'GET /other 200', count: 1, up: 90, down: null },
  ]);
  expect(seen.source).toMatchObject({ computed: 1, unweighed: 1 });
  // The port that Firefox writes is no connection.
  expect([seen.connections, seen.singleRequests, seen.source.withoutConnection]).toEqual([null, null, 2]);
});

test('HTTP/2 has no bytes, whatever sizes are there, and exchanges that overlap keep their answers', () => {
  const over = (path: string, atMs: number, text: string, time: number) =>
    entry(`https://a${path}`, {
      atMs,
      version: 'h2',
      request: { headers: listed({ ':method': 'GET', ':path': path, accept: '*/*' }), headersSize: 300 },
      response: { bodySize: 10, content: { size: text.length, text } },
      more: { connection: '3', time },
    });
  const seen = inspected('WebInspector', over('/slow', 0, 'late', 900), over('/quick', 100, '', 10));
  expect(seen).toMatchObject({
    connections: 1,
    requests: 2,
    messages: { up: 0, down: 1 },
    singleRequests: 0,
    source: { computed: 0, unweighed: 2 },
  });
  expect(seen.exchanges.map(({ kind, up, down }) => [kind, up, down])).toEqual([
    ['GET /slow 200', null, null],
    ['GET /quick 200', null, null],
  ]);
});

test('a request without an answer is unfinished, and takes no other’s answer', () => {
  const seen = inspected(
    'WebInspector',
    entry('http://a/gone', { response: { status: 0, statusText: '' }, more: { connection: '1' } }),
    entry('http://a/here', { atMs: 10, more: { connection: '1' } }),
  );
  expect(seen).toMatchObject({
    connections: 1,
    requests: 2,
    messages: { down: 1 },
    source: { unanswered: 1 },
  });
  expect(seen.exchanges).toMatchObject([
    { kind: 'GET /gone', up: null, down: null, isUnfinished: true },
    { kind: 'GET /here 200', count: 1 },
  ]);
});

test('polls that say nothing are counted and stand out; what the cache answered crossed no network', () => {
  const polls = Array.from({ length: 12 }, (_, index) =>
    entry('http://a/news', { atMs: index * 100, response: { content: { size: 2, text: '[]' } } }),
  );
  const seen = inspected('Firefox', ...polls, entry('http://a/x', { more: { _fromCache: 'memory' } }));
  expect(seen.polls).toEqual({ made: 12, empty: 12 });
  expect(seen.hints.map(({ kind }) => kind)).toContain('empty-polls');
  expect(seen.source).toMatchObject({ entries: 13, leftOut: 1 });
});

test('bodies are messages by their text or, without it, by their size; events by the text alone', () => {
  const stream = { headers: listed({ 'Content-Type': 'text/event-stream', 'Transfer-Encoding': 'chunked' }) };
  const seen = inspected(
    'WebInspector',
    entry('http://a/events', {
      response: { ...stream, content: { size: 20, text: 'data: 1\n\ndata: 2\n\n' } },
    }),
    entry('http://a/events', { response: { ...stream, content: { size: 20 } } }),
    entry('http://a/image', {
      response: { content: { size: 9 }, headers: listed({ 'Content-Encoding': 'gzip' }) },
    }),
    entry('http://a/say', { request: { method: 'POST', postData: { text: '{"a":1}' } } }),
  );
  expect(seen.messages).toEqual({ up: 1, down: 4 });
  expect(seen.source.unheardStreams).toBe(1);
});
