/** RFC 9112 §2 to §5: which lines are start lines and fields, which are not, and how long a head may be. */
import { expect, test } from 'vitest';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import {
  lineLimit,
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

test('a head keeps its version, wherever it stands, and how its fields are spelled', () => {
  const asked = read(
    (told, before) =>
      readRequestHead(told, before, (method, target) => openRequest(before.connection, method, target)),
    'GET /HTTP/1.1 HTTP/1.0\r\nX-A:1\r\nx-b: 2\r\n folded: 3\r\nX-a: 4\r\n\r\n',
  ).result;
  expect([asked?.version, asked?.spelled]).toEqual(['HTTP/1.0', 'X-A\nx-b\nX-a\n']);
  expect(asked?.headers.get('x-b')).toBe('2 folded: 3');
  const answered = read(
    (told, before) =>
      readResponseHead(told, before, (status) =>
        Object.assign(openResponse(before.connection, null), { status }),
      ),
    'HTTP/1.0 200 not HTTP/1.1\r\nX-A:1\r\n\r\n',
  ).result;
  expect([answered?.version, answered?.spelled]).toEqual(['HTTP/1.0', 'X-A\n']);
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
    return readFields(told, { ...lines, message, headers: new Map() });
  }, 'A: b\r\n c\r\n\r\n');
  expect(spans).toEqual(['chunk trailer:a 6 field', 'chunk trailer:a 4 more', 'chunk end 2 field']);
});

const piecesOf = (length: number) => (bytes: Buffer) =>
  Array.from({ length: Math.ceil(bytes.length / length) }, (_, at) =>
    bytes.subarray(at * length, (at + 1) * length),
  );

const request = (told: Tell<Layer>, before: Message) =>
  readRequestHead(told, before, (method, target) => openRequest(before.connection, method, target));

test('a head of 300 KiB is read to its end, and what comes after it as well, however it is cut', () => {
  const cookies = Array.from({ length: 60 }, (_, n) => `Cookie: c${n}=${'x'.repeat(5000)}\r\n`).join('');
  const head = `POST /big HTTP/1.1\r\n${cookies}Host: a\r\nContent-Length: 2\r\n\r\n`;
  const script = [['up', `${head}hiGET / HTTP/1.1\r\n\r\n`]] as const;
  const whole = tell(httpConversation, script);
  expect(whole.up.slice(60)).toEqual([
    '- http cookie 5014',
    '- http host 9',
    '- http content-length 19',
    '- http blank-line 2',
    '* payload body 2',
    '* http request-line 16',
    '- http blank-line 2',
  ]);
  for (const length of [1, 7, 4096, 65_535, 65_536])
    expect(tell(httpConversation, script, piecesOf(length)), `pieces of ${length}`).toEqual(whole);
});

test('of a long head 64 KiB are kept, and whatever says how to read on', () => {
  const lines = Array.from({ length: 40 }, (_, n) => `X-${n}: ${'x'.repeat(4000)}\r\n`).join('');
  const { result } = read(
    request,
    `GET / HTTP/1.1\r\nA: 1\r\n${lines}${'Content-Length: 2\r\n'.repeat(20_000)}b: 2\r\n\r\n`,
  );
  const headers = [...(result?.headers ?? [])];
  const size = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  expect(size).toBeGreaterThan(100_000);
  expect(size).toBeLessThanOrEqual(2 * 64 * 1024);
  expect(headers.at(0)).toEqual(['a', '1']);
  expect(headers.at(-1)?.[0]).toBe('content-length');
});

test('a line may have 1 MiB, and not a byte more; a thousand empty lines may come before it', () => {
  const start = 'GET / HTTP/1.1\r\n';
  const last = (head: string) => tell(httpConversation, [['up', head]]).up.at(-1);
  const lineOf = (size: number) => `A: ${'a'.repeat(size - 'A: \r\n'.length)}\r\n`;
  expect(lineOf(lineLimit)).toHaveLength(1_048_576);
  expect(last(`${start}${lineOf(lineLimit)}\r\n`)).toBe('- http blank-line 2');
  expect(last(`${start}${lineOf(lineLimit + 1)}\r\n`)).toBe(`* unparsed too-long ${lineLimit + 3}`);
  expect(last(`${'\n'.repeat(1000)}${start}\r\n`)).toBe('- http blank-line 2');
  expect(last(`${'\n'.repeat(1001)}${start}\r\n`)).toMatch(/^\* unparsed malformed/);
});

test.each([
  ['/방/à', '/방/à'],
  ['/caf\u00e9', '/caf\u00e9'],
])('a target is read as UTF-8: %s', (target, read) => {
  const script = [['up', `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`], answer] as const;
  expect(tellEveryWay(httpConversation, script).exchanges[0]?.target).toBe(read);
});

test('what is no UTF-8 is read as Latin-1', () => {
  const script = [['up', Buffer.from('GET /caf\u00e9 HTTP/1.1\r\n\r\n', 'latin1')], answer] as const;
  const { up, exchanges } = tellEveryWay(httpConversation, script);
  expect(up[0]).toBe('* http request-line 20');
  expect(exchanges[0]?.target).toBe('/caf\u00e9');
});

test('a value, too, is read as UTF-8, whatever its last byte is', () => {
  const { result } = read(request, 'GET / HTTP/1.1\r\nX-Name: 이름 à\r\n\r\n');
  expect(result?.headers.get('x-name')).toBe('이름 à');
});

const answer = ['down', 'HTTP/1.1 204 No Content\r\n\r\n'] as const;
