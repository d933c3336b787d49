/** What a span is a part of: the request it answers, its carrier, its connection; and its own description. */
import { expect, test } from 'vitest';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import { readSpans } from '../../src/tap/spans.ts';
import { exchangeKind, type Message, requestOf } from '../../src/wire/message.ts';
import { bytesOf, hex, type Script } from '../support/bytes.ts';

function read(script: Script, connection = 0) {
  const spans: { message: Message; name: string; layer: string; text: string; value: string }[] = [];
  const reader = readSpans(httpConversation, ({ message, layer, name, clear, value = '' }) =>
    spans.push({ message, layer, name, text: Buffer.from(clear).toString(), value }),
  );
  for (const [direction, data] of script)
    reader.push({ at: 0, connection, direction, phase: 'steady', bytes: bytesOf(data) });
  reader.end();
  const messages = [...new Set(spans.map(({ message }) => message))];
  return { spans, messages };
}

const asks = 'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\n\r\n';
const agrees = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n';
/** `42["say"]` under the mask of RFC 6455 §5.7. */
const masked = Buffer.concat([
  hex('81 89 37 fa 21 3d'),
  bytesOf('42["say"]').map((byte, at) => byte ^ [0x37, 0xfa, 0x21, 0x3d][at % 4]!),
]);

test('a packet knows its frame, a frame its half of the handshake, and a response its request', () => {
  const { spans, messages } = read(
    [
      ['up', asks],
      ['down', agrees],
      ['up', masked],
      ['down', hex('89 00')],
    ],
    7,
  );
  const told = messages.map((message) => ({
    id: message.id,
    kind: message.kind,
    direction: message.direction,
    parent: message.parent?.kind ?? null,
    ...('type' in message && { type: message.type }),
  }));
  expect(told).toEqual([
    { id: 2, kind: 'request', direction: 'up', parent: null },
    { id: 3, kind: 'response', direction: 'down', parent: null },
    { id: 4, kind: 'frame', direction: 'up', parent: 'request', type: 'text' },
    { id: 5, kind: 'packet', direction: 'up', parent: 'frame', type: 'message' },
    { id: 6, kind: 'packet', direction: 'up', parent: 'packet', type: 'event' },
    { id: 7, kind: 'frame', direction: 'down', parent: 'response', type: 'ping' },
  ]);
  const [request, response] = messages;
  expect([request?.peer, response?.peer]).toEqual([response, request]);
  for (const message of messages) {
    expect([message.connection.ordinal, message.stream]).toEqual([7, 0]);
    expect(requestOf(message)).toBe(request);
  }
  expect(request).toMatchObject({ method: 'GET', bytes: asks.length + masked.length });
  expect(response).toMatchObject({ status: 101, bytes: agrees.length + 2 });
  expect(spans.find(({ name }) => name === 'event-name')?.text).toBe('say');
});

test('an event, a comment and a chunk are parts of the response that carries them', () => {
  const stream = ': hi\n\nevent: a\ndata: 1\n\n';
  const { messages, spans } = read([
    ['up', 'GET /events HTTP/1.1\r\n\r\n'],
    [
      'down',
      `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n18\r\n${stream}\r\n`,
    ],
  ]);
  expect(messages.map(({ kind, parent }) => `${kind} of ${parent?.kind ?? 'nothing'}`)).toEqual([
    ...['request of nothing', 'response of nothing', 'chunk of response'],
    ...['event of response', 'event of response'],
  ]);
  const event = messages.at(-1);
  const its = spans.filter(({ message }) => message === event).map(({ layer, name }) => `${layer} ${name}`);
  expect(its).toEqual(['sse event', 'sse data', 'payload message', 'sse line-end', 'sse dispatch']);
});

test('start lines say what they say without the version, headers their value; an interim response is its final one', () => {
  const { spans, messages } = read([
    ['up', 'POST /a?b HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n'],
    ['down', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nX-A:  b \r\n\r\n'],
  ]);
  const values = spans.filter(({ value }) => value !== '').map(({ name, value }) => `${name}: ${value}`);
  expect(values).toEqual([
    ...['request-line: POST /a?b', 'expect: 100-continue', 'content-length: 0'],
    ...['status-line: 100 Continue', 'status-line: 204 No Content', 'x-a: b'],
  ]);
  expect(messages.map(({ kind }) => kind)).toEqual(['request', 'response']);
  expect(messages[1]).toMatchObject({ status: 204, headers: new Map([['x-a', 'b']]) });
});

test.each([
  ['GET', '/a?b=/c', 'GET /a 200'],
  ['GET', 'http://a.test:80/b?c', 'GET /b 200'],
  ['GET', 'HTTPS://a.test/b', 'GET /b 200'],
  ['GET', '/to/http://a.test/b', 'GET /to/http://a.test/b 200'],
  ['OPTIONS', '*', 'OPTIONS * 200'],
  ['CONNECT', 'a.test:443', 'CONNECT 200'],
  ['CONNECT', '/chat', 'CONNECT /chat 200'],
  ['CONNECT', 'a.test/', 'CONNECT 200'],
])('RFC 9112 §3.2: %s of %s is counted as %s', (method, target, kind) => {
  expect(exchangeKind({ method, target }, 200)).toBe(kind);
});
