/**
 * Borders that mutation testing found unguarded: content types, sizes of more than one digit, fields that are said
 * twice, what base64 adds to an event. A change at any of them moved bytes to another owner, and no test said so.
 */
import { expect, test } from 'vitest';
import { engineIoMessage } from '../../src/protocols/engine-io/engine-io.ts';
import { createSession } from '../../src/protocols/engine-io/sessions.ts';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import { eventStream } from '../../src/protocols/sse/sse.ts';
import { alone, sumOf, tell, tellEveryWay } from '../support/bytes.ts';
import { endpoint } from '../support/endpoints.ts';

/** Spans of a response's body, to a GET. */
const bodyOf = (type: string, body: string) => {
  const fields = `Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n`;
  const { down } = tellEveryWay(httpConversation, [
    ['up', 'GET /stream HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['down', `HTTP/1.1 200 OK\r\n${fields}\r\n${body}`],
  ]);
  return down.slice(down.lastIndexOf('- http blank-line 2') + 1);
};

test.each([
  ['application/ndjson', 'ndjson'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson; charset=utf-8', 'ndjson'],
  ['Application/NDJSON \t;v=1', 'ndjson'],
  ['text/event-stream', 'sse'],
  ['text/event-stream ; charset=utf-8', 'sse'],
  ['xapplication/ndjson', 'none'],
  ['application/ndjsonx', 'none'],
  ['application/xndjson', 'none'],
  ['x-text/event-stream', 'none'],
  ['text/event-streams', 'none'],
])('the content type %s is read as %s', (type, layer) => {
  const body = layer === 'sse' ? 'data: a\n\n' : '"a"\n';
  const spans = bodyOf(type, body);
  if (layer === 'none') expect(spans).toEqual([`* payload body ${body.length}`]);
  else expect(sumOf(spans, new RegExp(layer))).toBe(body.length - 1);
});

test('what a client posts is no stream, whatever its type', () => {
  for (const type of ['application/x-ndjson', 'text/event-stream']) {
    const head = `POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nContent-Length: 4\r\n\r\n`;
    const { up } = tellEveryWay(httpConversation, [['up', `${head}"a"\n`]]);
    expect(up.at(-1), type).toBe('* payload body 4');
  }
});

test('an empty body is a message where messages are posted, and where they answer; elsewhere it is nothing', () => {
  const messages = (line: string, status: string) => {
    const { up, down } = tellEveryWay(httpConversation, [
      ['up', `${line} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n`],
      ['down', `HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`],
    ]);
    return [up, down].map((spans) => spans.includes('* payload body 0'));
  };
  expect(messages('POST /echo', '200 OK')).toEqual([true, true]);
  expect(messages('POST /echo', '500 No')).toEqual([true, false]);
  expect(messages('POST /message', '200 OK')).toEqual([true, false]);
  expect(messages('PUT /echo', '500 No')).toEqual([false, false]);
});

test.each([9, 16, 255, 4096])('a chunk of %i bytes, whose size has one to four digits', (size) => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  const digits = size.toString(16);
  const { down } = tellEveryWay(
    httpConversation,
    [
      ['up', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
      ['down', `${head}${digits}\r\n${'x'.repeat(size)}\r\n0\r\n\r\n`],
    ],
    size > 1000 ? 'open' : 'complete',
  );
  expect(sumOf(down, /payload/)).toBe(size);
  expect(sumOf(down, /chunk/)).toBe(digits.length + 4 + 5);
});

test('a field that comes twice is one list (RFC 9110 §5.3): chunked in the second line counts', () => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n';
  const { down } = tellEveryWay(httpConversation, [
    ['up', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['down', `${head}2\r\nab\r\n0\r\n\r\n`],
  ]);
  expect(sumOf(down, /payload/)).toBe(2);
  const other = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x-chunkedly\r\n\r\n';
  const until = tellEveryWay(
    httpConversation,
    [
      ['up', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
      ['down', `${other}2\r\nab\r\n0\r\n\r\n`],
    ],
    'open',
  );
  expect(sumOf(until.down, / chunk /)).toBe(0);
});

const event = (text: string) => tellEveryWay(alone(eventStream), [['down', text]]).down;

test('an event of bytes is base64: a third of it, and the padding, is encoding', () => {
  const spans = event('event: binary\ndata: AAECAw==\n\n');
  expect([sumOf(spans, /payload/), sumOf(spans, /encoding/)]).toEqual([4, 4]);
});

test('a text that no event can carry is JSON: its quotes and escapes are encoding', () => {
  const spans = event('event: json\ndata: "a\\rb"\n\n');
  expect([sumOf(spans, /payload/), sumOf(spans, /encoding/)]).toEqual([3, 3]);
});

test('the type of one event is not the type of the next', () => {
  const spans = event('event: binary\ndata: AAEC\n\ndata: AAEC\n\n');
  expect([sumOf(spans, /payload/), sumOf(spans, /encoding/)]).toEqual([3 + 4, 1]);
});

const packet = (text: string) =>
  tell(alone(engineIoMessage(endpoint({ isSocketIo: true }), 'text', createSession())), [
    ['down', `4${text}`],
  ]).down.slice(1);

test('Socket.IO: attachments and placeholders may have two digits, and a namespace may end the packet', () => {
  expect(packet('512-["a",{"_placeholder":true,"num":11}]')).toContain('- socket.io attachments 3');
  expect(sumOf(packet('51-["a",{"_placeholder":true,"num":10}]'), /payload/)).toBe(0);
  expect(packet('0/admin')).toEqual(['* socket.io connect 1', '- socket.io namespace 6']);
});

test('Socket.IO: a system packet with data that is no JSON is none of ours', () => {
  expect(packet('0nonsense').some((span) => span.includes('unparsed') || span.includes('payload'))).toBe(
    true,
  );
});
