/** Where bodies end (RFC 9112 §6 and §7): the borders of lengths, codings and chunks, and what an exchange weighs. */
import { expect, test } from 'vitest';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import { requestFraming, responseFraming } from '../../src/protocols/http1/http-body.ts';
import { lineLimit } from '../../src/protocols/http1/http-head.ts';
import { tell, tellEveryWay } from '../support/bytes.ts';

const get = 'GET / HTTP/1.1\r\n\r\n';
const fields = (...lines: [string, string][]) => new Map(lines);
const chunkedHead = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';

const answered = (body: string) =>
  [
    ['up', get],
    ['down', chunkedHead + body],
  ] as const;

/** Spans of a chunked body, and what its exchange weighs downward. */
function chunks(body: string, told = tell(httpConversation, answered(body))) {
  const { down, exchanges } = told;
  return { spans: down.slice(3), weight: exchanges[0]?.down };
}
const everyWay = (body: string) => chunks(body, tellEveryWay(httpConversation, answered(body), 'open'));

test.each([
  ['5', true],
  ['00005', true],
  ['99999999999999', true],
  ['123456789012345', true],
  ['1234567890123456', false],
  ['5x', false],
  ['x5', false],
  ['+5', false],
  ['5,', false],
  ['5, 05', false],
])('RFC 9112 §6.3: whether a Content-Length of "%s" is one: %s', (length, isOne) => {
  expect(requestFraming(fields(['content-length', length]))).toEqual(
    isOne ? { kind: 'length', bytes: Number(length) } : { kind: 'invalid' },
  );
});

test('RFC 9112 §6.3: a length repeated with white space around it is one length', () => {
  expect(requestFraming(fields(['content-length', ' 7 ,7,\t7 ']))).toEqual({ kind: 'length', bytes: 7 });
});

test.each([
  ['chunked', true],
  ['CHUNKED', true],
  ['gzip,chunked', true],
  ['gzip, \t chunked', true],
  ['chunked, gzip', false],
  ['chunked;q=1', false],
  ['gzip chunked', false],
  ['x-chunked', false],
])('RFC 9112 §6.1: whether the codings "%s" end in chunks: %s', (codings, ends) => {
  const coded = fields(['transfer-encoding', codings], ['content-length', '3']);
  expect(requestFraming(coded)).toEqual({ kind: ends ? 'chunked' : 'invalid' });
  expect(responseFraming(coded, 200, 'GET')).toEqual({ kind: ends ? 'chunked' : 'until-close' });
});

test('RFC 9112 §6.3: what has no body, and what goes on until the close', () => {
  const none = { kind: 'none' };
  const length = { kind: 'length', bytes: 3 };
  const framing = (status: number, method = 'GET') =>
    responseFraming(fields(['content-length', '3']), status, method);
  expect([199, 204, 304].map((status) => framing(status))).toEqual([none, none, none]);
  expect([200, 203, 205, 303, 305].map((status) => framing(status))).toEqual(Array(5).fill(length));
  expect(framing(200, 'HEAD')).toEqual(none);
  expect(requestFraming(fields())).toEqual(none);
  expect(responseFraming(fields(), 200, 'GET')).toEqual({ kind: 'until-close' });
});

test.each([
  ['5', 3],
  ['05', 4],
  ['0000000000000000000005', 24],
  ['5 \t', 5],
])('RFC 9112 §7.1: the size line "%s" takes %i bytes', (line, bytes) => {
  const body = `${line}\r\nabcde\r\n0\r\n\r\n`;
  const { spans, weight } = everyWay(body);
  expect(spans).toEqual([
    `* chunk size ${bytes}`,
    '* payload body 5',
    '- chunk data-end 2',
    '* chunk last-chunk 3',
    '- chunk end 2',
  ]);
  expect(weight).toBe(chunkedHead.length + body.length);
});

test('RFC 9112 §7.1: a size may have twelve digits, and then no more', () => {
  expect(everyWay('fffffffffffF\r\nab').spans).toEqual(['* chunk size 14', '* payload body 2']);
  expect(everyWay('1000000000000\r\nab').spans).toEqual(['* unparsed malformed 17']);
});

test.each(['', ' ', ' 5', '5 x', '5x', 'g', '0x5', '-5', ';a=b'])(
  'RFC 9112 §7.1: "%s" is no size line',
  (line) => {
    expect(everyWay(`${line}\r\nabcde`).spans).toEqual([`* unparsed malformed ${line.length + 7}`]);
  },
);

test('RFC 9112 §7.1.1: extensions and trailers are weighed with the exchange', () => {
  const body = '2;a=b\r\nhi\r\n0;last\r\nA: b\r\nC: d\r\n\r\n';
  const { spans, weight } = everyWay(body);
  expect(spans).toEqual([
    '* chunk size 1',
    '- chunk extension 6',
    '* payload body 2',
    '- chunk data-end 2',
    '* chunk last-chunk 1',
    '- chunk extension 7',
    '- chunk trailer:a 6',
    '- chunk trailer:c 6',
    '- chunk end 2',
  ]);
  expect(weight).toBe(chunkedHead.length + body.length);
});

test('a size line and a trailer may have 1 MiB, and not a byte more', () => {
  const sized = (size: number) => chunks(`1;${'x'.repeat(size - 4)}\r\na\r\n0\r\n\r\n`).spans;
  expect(sized(lineLimit)[1]).toBe(`- chunk extension ${lineLimit - 1}`);
  expect(sized(lineLimit + 1)[0]).toMatch(/^\* unparsed too-long/);
  const trailed = (size: number) => chunks(`0\r\nA: ${'x'.repeat(size - 5)}\r\n\r\n`).spans;
  expect(trailed(lineLimit).at(-1)).toBe('- chunk end 2');
  expect(trailed(lineLimit + 1).at(-1)).toBe(`* unparsed too-long ${lineLimit + 3}`);
});

test('a body until the close is weighed whole, in whatever pieces it came', () => {
  const head = 'HTTP/1.1 200 OK\r\n\r\n';
  const { exchanges } = tell(httpConversation, [
    ['up', get],
    ['down', head],
    ['down', 'one'],
    ['down', 'three'],
  ]);
  expect(exchanges).toMatchObject([{ up: get.length, down: head.length + 8 }]);
});
