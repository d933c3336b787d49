/** RFC 9112 §2 to §5: which lines are start lines and fields, which are not, and how long a head may be. */
import { expect, test } from 'vitest';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import {
  headLimit,
  readFields,
  readRequestHead,
  readResponseHead,
} from '../../src/protocols/http1/http-head.ts';
import type { Layer } from '../../src/protocols/layers.ts';
import { type Message, openRequest, openResponse } from '../../src/wire/message.ts';
import { feed, giveUp, type Parser } from '../../src/wire/reader.ts';
import type { Tell } from '../../src/wire/span.ts';
import { bytesOf, nothing, tell, tellEveryWay, telling } from '../support/bytes.ts';

/** What a reader returns, and the spans that it told. */
function read<Result>(reads: (tell: Tell<Layer>, before: Message) => Parser<Result>, bytes: string) {
  const spans: string[] = [];
  let result: Result | undefined;
  const before = nothing();
  const dissector = feed(
    telling((layer, name, size, mark) => spans.push(`${layer} ${name} ${size} ${mark}`)),
    before,
    function* (told) {
      result = yield* reads(told, before);
      return yield* giveUp('after');
    },
  );
  dissector.push(bytesOf(bytes));
  dissector.end();
  return { result, spans };
}

const up = (line: string) => tellEveryWay(httpConversation, [['up', `${line}\r\n\r\n`]], 'open').up;
const down = (line: string) => tellEveryWay(httpConversation, [['down', `${line}\r\n\r\n`]], 'open').down;

test.each(['GET / HTTP/1.1', "!#$%&'*+-.^_`|~aZ09 /a?b=c HTTP/1.0", 'OPTIONS * HTTP/1.9'])(
  'RFC 9112 §3: "%s" is a request line',
  (line) => {
    expect(up(line)).toEqual([`* http request-line ${line.length + 2}`, '- http blank-line 2']);
  },
);

test.each([
  ' GET / HTTP/1.1',
  'G T / HTTP/1.1',
  'G(T / HTTP/1.1',
  ' / HTTP/1.1',
  'GET  HTTP/1.1',
  'GET /a b HTTP/1.1',
  'GET / HTTP/1.x',
  'GET / HTTP/1.11',
  'GET / HTTP/2.0',
  'GET / HTTP/1.1 ',
])('RFC 9112 §3: "%s" is no request line', (line) => {
  expect(up(line)).toEqual([`* unparsed malformed ${line.length + 4}`]);
});

test.each(['HTTP/1.1 200 OK', 'HTTP/1.0 404 Not Found', 'HTTP/1.1 200 ', 'HTTP/1.1 200'])(
  'RFC 9112 §4: "%s" is a status line',
  (line) => {
    expect(down(line)).toEqual([`* http status-line ${line.length + 2}`, '- http blank-line 2']);
  },
);

test.each([
  'xHTTP/1.1 200 OK',
  'HTTP/1.x 200 OK',
  'HTTP/1.1 20 OK',
  'HTTP/1.1 2000 OK',
  'HTTP/1.1 2x0 OK',
  'HTTP/1.1 200OK',
  'HTTP/2 200 OK',
])('RFC 9112 §4: "%s" is no status line', (line) => {
  expect(down(line)).toEqual([`* unparsed malformed ${line.length + 4}`]);
});

test.each([
  ["!#$%&'*+-.^_`|~aZ09:x", true],
  ['a:', true],
  ['a :x', false],
  [':x', false],
  ['a(b:x', false],
  ['(a:x', false],
  ['ab', false],
  [' a:x', false],
])('RFC 9112 §5.1: whether the first line "%s" is a field: %s', (line, isField) => {
  const [, first] = up(`GET / HTTP/1.1\r\n${line}`);
  const size = line.length + 2;
  expect(first).toBe(
    isField ? `- http ${line.split(':')[0]?.toLowerCase()} ${size}` : `* unparsed malformed ${size + 2}`,
  );
});

test('the values of fields are known by lower-case name, trimmed, repeated ones in one list, folded ones in one line', () => {
  const { result } = read(
    (told, before) =>
      readRequestHead(told, before, (method, target) => openRequest(before.connection, method, target)),
    'GET /x HTTP/1.1\r\nX-A:1\r\nx-b: \t 2 : 3 \r\nX-a:  4\r\nX-C: one\r\n\t two\r\n  three\r\nx-a: 5\r\n\r\n',
  );
  expect(result).toMatchObject({ method: 'GET', target: '/x' });
  expect([...(result?.headers ?? [])]).toEqual([
    ['x-a', '1, 4, 5'],
    ['x-b', '2 : 3'],
    ['x-c', 'one two three'],
  ]);
});

test('the bytes of a head are all its bytes, empty lines before it included', () => {
  const head = '\r\n\nHTTP/1.1 204 No\r\nA: b\r\n\r\n';
  const [exchange] = tell(httpConversation, [
    ['up', '\nGET / HTTP/1.1\r\n\r\n'],
    ['down', `${head}rest`],
  ]).exchanges;
  expect(exchange).toMatchObject({ status: 204, up: 19, down: head.length });
  const { spans } = read(
    (told, before) =>
      readResponseHead(told, before, (status) =>
        Object.assign(openResponse(before.connection, null), { status }),
      ),
    `${head}rest`,
  );
  expect(spans.at(-1)).toBe('unparsed after 4 unit');
});

test('a folded line is more of its field', () => {
  const { spans } = read((told, message) => {
    const lines = { layer: 'chunk', prefix: 'trailer:', end: 'end' } as const;
    return readFields(told, { ...lines, message, headers: new Map() }, 100);
  }, 'A: b\r\n c\r\n\r\n');
  expect(spans).toEqual(['chunk trailer:a 6 field', 'chunk trailer:a 4 more', 'chunk end 2 field']);
});

test('a head may have 64 KiB, empty lines and start line included, and not a byte more', () => {
  const start = 'GET / HTTP/1.1\r\n';
  const headOf = (before: string, size: number) => {
    const room = size - before.length - start.length - 'A: \r\n'.length - 'B: b\r\n'.length - 2;
    return `${before}${start}B: b\r\nA: ${'a'.repeat(room)}\r\n\r\n`;
  };
  const last = (head: string) => tell(httpConversation, [['up', head]]).up.at(-1);
  for (const before of ['', '\r\n', '\n\n\n']) {
    expect(headOf(before, headLimit)).toHaveLength(65_536);
    expect(last(headOf(before, headLimit))).toBe('- http blank-line 2');
    expect(last(headOf(before, headLimit + 1))).toBe('* unparsed too-long 2');
  }
  expect(tell(httpConversation, [['up', '\n'.repeat(headLimit + 1)]]).up.at(-1)).toBe(
    '* unparsed too-long 1',
  );
});
