/** Which dissector reads a body, asked directly: each condition by itself, and what the fields of a head say of it. */
import { expect, test } from 'vitest';
import { createSessions } from '../../src/protocols/engine-io/sessions.ts';
import { type Body, dissectorOf } from '../../src/protocols/http1/body.ts';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import { bytesOf, nothing, tell, telling } from '../support/bytes.ts';

const down: Body = {
  direction: 'down',
  method: 'GET',
  target: '/',
  status: 200,
  contentType: '',
  hasCursor: false,
  isHandshake: false,
  coding: 'none',
};

/** The first span of a body, and what an empty one is. */
function first(body: Partial<Body>, content: string): string | undefined {
  const spans: string[] = [];
  const dissector = dissectorOf({ ...down, ...body }, createSessions())(
    telling((layer, name, bytes) => spans.push(`${layer} ${name} ${bytes}`)),
    nothing(),
  );
  dissector.push(bytesOf(content));
  dissector.end();
  return spans[0];
}

test.each([
  [{}, 'payload body 4'],
  [{ hasCursor: true }, 'payload body 4'],
  [{ target: '/mailbox' }, 'payload body 4'],
  [{ target: '/mailbox', hasCursor: true }, 'mailbox length 2'],
  [{ target: '/mailbox?client=1', hasCursor: true }, 'mailbox length 2'],
  [{ target: '/below/mailbox', hasCursor: true }, 'mailbox length 2'],
  [{ target: '/?at=/mailbox', hasCursor: true }, 'payload body 4'],
  [{ target: '/mailbox/', hasCursor: true }, 'payload body 4'],
  [{ target: '/mailbox', hasCursor: true, status: 199 }, 'payload body 4'],
  [{ target: '/mailbox', hasCursor: true, status: 299 }, 'mailbox length 2'],
  [{ target: '/mailbox', hasCursor: true, status: 300 }, 'payload body 4'],
  [{ target: '/mailbox', hasCursor: true, coding: 'closed' }, 'payload compressed 4'],
] as const)('a body of %o begins with %s', (body, span) => {
  expect(first(body, '1:a,')).toBe(span);
});

const polling = '/?EIO=4&transport=polling';

test.each([
  [{}, '2', 'engine.io ping 1'],
  [{ status: 299 }, '2', 'engine.io ping 1'],
  [{ status: 300 }, '2', 'engine.io error 1'],
  [{ method: 'POST' }, 'ok', 'engine.io ok 2'],
  [{ method: 'POST', status: 400 }, '{}', 'engine.io error 2'],
  [{ direction: 'up', method: 'POST', status: 0 }, '2', 'engine.io ping 1'],
  [{ method: 'XPOST' }, '2', 'payload body 1'],
  [{ method: 'GETX' }, '2', 'payload body 1'],
  [{ target: '/?EIO=4&transport=websocket' }, '2', 'payload body 1'],
] as const)('a body of Engine.IO of %o, "%s", begins with %s', (body, content, span) => {
  expect(first({ target: polling, ...body }, content)).toBe(span);
});

test.each([
  [{ direction: 'up', method: 'POST', target: '/message' }, true],
  [{ direction: 'up', method: 'POST', target: '/echo' }, true],
  [{ direction: 'up', method: 'POST', target: '/a/echo?x=1' }, true],
  [{ direction: 'up', method: 'POST', target: '/other' }, false],
  [{ direction: 'up', method: 'PUT', target: '/message' }, false],
  [{ direction: 'up', method: 'GET', target: '/echo' }, false],
  [{ direction: 'down', method: 'POST', target: '/echo' }, true],
  [{ direction: 'down', method: 'POST', target: '/message' }, false],
  [{ direction: 'down', method: 'POST', target: '/echo', status: 201 }, false],
  [{ direction: 'down', method: 'POST', target: '/other' }, false],
] as const)('an empty body of %o is a message: %s', (body, isMessage) => {
  expect(first(body, '')).toBe(isMessage ? 'payload body 0' : undefined);
});

test.each([
  ['', false],
  ['Content-Encoding: identity\r\n', false],
  ['Content-Encoding: Identity , \r\n', false],
  ['Content-Encoding: gzip\r\n', true],
  ['Content-Encoding: identity, br\r\n', true],
  ['Content-Encoding: gzip, br\r\n', true],
  ['Content-Encoding: zstd\r\n', true],
  // These are not registered (RFC 9110 §16.6.1): they code nothing.
  ['Content-Encoding: none\r\n', false],
  ['Content-Encoding: xidentity\r\n', false],
  ['Content-Encoding: utf-8\r\n', false],
])('whether a response with "%s" is compressed: %s', (fields, coded) => {
  const { down } = tell(httpConversation, [
    ['up', 'GET / HTTP/1.1\r\n\r\n'],
    ['down', `HTTP/1.1 200 OK\r\n${fields}Content-Length: 2\r\n\r\nab`],
  ]);
  expect(down.at(-1)).toBe(coded ? '* payload compressed 2' : '* payload body 2');
});
