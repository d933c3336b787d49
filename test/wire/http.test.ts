import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { HTTPParser } from 'http-parser-js';
import { expect, test } from 'vitest';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import { bytesOf, type Script, sumOf, tell, tellEveryWay } from '../support/bytes.ts';

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const http = (script: Script, ending?: 'complete' | 'open') => tellEveryWay(httpConversation, script, ending);
/** What a server says to a plain GET, after its head. */
const bodyOf = (response: string, ending?: 'complete' | 'open') => {
  const { down } = http(
    [
      ['up', get],
      ['down', response],
    ],
    ending,
  );
  return down.slice(down.lastIndexOf('- http blank-line 2') + 1);
};

test('RFC 9112 §2.1: each line of a request and of a response is a field, named in lower case', () => {
  const request =
    'GET /hello.txt HTTP/1.1\r\nUser-Agent: curl/7.64.1\r\nHost: www.example.com\r\nAccept-Language: en, mi\r\n\r\n';
  const response = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nHello';
  const told = http([
    ['up', request],
    ['down', response],
  ]);
  expect(told.up).toEqual([
    '* http request-line 25',
    '- http user-agent 25',
    '- http host 23',
    '- http accept-language 25',
    '- http blank-line 2',
  ]);
  expect(told.down).toEqual([
    '* http status-line 17',
    '- http content-length 19',
    '- http content-type 26',
    '- http blank-line 2',
    '* payload body 5',
  ]);
  expect(told.exchanges).toEqual([
    { method: 'GET', target: '/hello.txt', status: 200, up: request.length, down: response.length },
  ]);
});

test('RFC 9112 §7.1: chunks are a size, the data and a line end; a last chunk and trailers end them', () => {
  const chunked =
    '4\r\nWiki\r\n5;name=value\r\npedia\r\nE\r\n in\r\n\r\nchunks.\r\n0\r\nExpires: never\r\n\r\n';
  expect(bodyOf(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunked}`)).toEqual([
    '* chunk size 3',
    '* payload body 4',
    '- chunk data-end 2',
    '* chunk size 1',
    '- chunk extension 13',
    '+ payload body 5',
    '- chunk data-end 2',
    '* chunk size 3',
    '+ payload body 14',
    '- chunk data-end 2',
    '* chunk last-chunk 3',
    '- chunk trailer:expires 16',
    '- chunk end 2',
  ]);
});

test.each([
  ['a size that is no hexadecimal', 'x\r\nab', ['* unparsed malformed 5']],
  ['a size no number holds', 'fffffffffffffff\r\n', ['* unparsed malformed 17']],
  [
    'data longer than its size',
    '1\r\nab\r\n',
    ['* chunk size 3', '* payload body 1', '* unparsed too-long 3'],
  ],
  [
    'data a byte longer than its size',
    '1\r\nab\n',
    ['* chunk size 3', '* payload body 1', '* unparsed malformed 2'],
  ],
  [
    'data with a wrong end',
    '1\r\na\n\n',
    ['* chunk size 3', '* payload body 1', '- chunk data-end 1', '* unparsed malformed 1'],
  ],
])('RFC 9112 §7.1: %s makes the rest unparsed', (_, chunks, spans) => {
  expect(bodyOf(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`, 'open')).toEqual(spans);
});

test('RFC 9112 §9.3.2: pipelined requests are answered in order', () => {
  const posts = 'POST /message HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi';
  const told = http([
    ['up', get + posts + get],
    ['down', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n'],
    ['down', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
  ]);
  expect(told.exchanges.map(({ method, status, up }) => [method, status, up])).toEqual([
    ['GET', 304, get.length],
    ['POST', 204, posts.length],
    ['GET', 200, get.length],
  ]);
  expect(told.up).toContain('* payload body 2');
  expect(sumOf(told.down, /payload|unparsed/)).toBe(0);
});

test('RFC 9112 §6.3: a response to HEAD has no body, whatever its length says', () => {
  const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n';
  const told = http([
    ['up', `${get.replace('GET', 'HEAD')}${get}`],
    ['down', `${ok}${ok}123456789`],
  ]);
  expect(told.exchanges.map(({ method, down }) => [method, down])).toEqual([
    ['HEAD', ok.length],
    ['GET', ok.length + 9],
  ]);
});

test('RFC 9112 §6.3: without a length the close of the connection ends a body', () => {
  const told = http(
    [
      ['up', get],
      ['down', 'HTTP/1.0 200 OK\r\n\r\nto the end'],
    ],
    'open',
  );
  expect(told.down.at(-1)).toBe('* payload body 10');
  expect(told.exchanges).toHaveLength(1);
});

test('RFC 9112 §6.3: Transfer-Encoding overrides Content-Length; other codings are compressed content', () => {
  const both =
    'HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\n\r\n';
  expect(bodyOf(both)).toContain('* payload compressed 1');
});

test.each(['5, 6', 'x', '-1', ''])(
  'RFC 9112 §6.3: a Content-Length of "%s" makes the rest unparsed',
  (length) => {
    expect(bodyOf(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\nabcde`, 'open')).toEqual([
      '* unparsed malformed 5',
    ]);
  },
);

test('RFC 9110 §8.6: a length repeated is one length', () => {
  expect(bodyOf('HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nab')).toEqual([
    '* payload body 2',
  ]);
});

test('RFC 9112 §6.3: a response whose last coding is not chunked ends with the connection', () => {
  expect(bodyOf('HTTP/1.1 200 OK\r\nTransfer-Encoding: x-chunked\r\n\r\n0\r\n\r\n', 'open')).toEqual([
    '* payload compressed 5',
  ]);
});

test('RFC 9112 §6.1: a request whose last coding is not chunked cannot be read on', () => {
  expect(http([['up', 'POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\nabc']], 'open').up.at(-1)).toBe(
    '* unparsed malformed 3',
  );
});

test('RFC 9112 §2.2: bare line feeds end lines and empty lines may come first; §5.2: folded lines belong to their field', () => {
  expect(http([['up', '\r\n\nGET / HTTP/1.1\nX-A: 1\n 2\r\n\n']]).up).toEqual([
    '- http blank-line 2',
    '- http blank-line 1',
    '* http request-line 15',
    '- http x-a 11',
    '- http blank-line 1',
  ]);
});

test.each([
  ['a start line of another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', ['* unparsed malformed 24']],
  [
    'a field name with a space before its colon',
    'GET / HTTP/1.1\r\nHost : a\r\n\r\n',
    ['* http request-line 16', '* unparsed malformed 12'],
  ],
  ['a head that breaks off', 'GET / HTTP/1.1\r\nHo', ['* http request-line 16', '* unparsed torn 2']],
])('%s is not lost', (_, up, spans) => {
  expect(http([['up', up]], 'open').up).toEqual(spans);
});

test('a response that nobody asked for answers a GET', () => {
  const told = http([['down', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na']]);
  expect(told.down.at(-1)).toBe('* payload body 1');
  expect(told.exchanges).toEqual([]);
});

test('RFC 9110 §15.2: interim responses belong to the exchange they precede', () => {
  const interim = 'HTTP/1.1 100 Continue\r\n\r\n';
  const final = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
  const told = http([
    ['up', get],
    ['down', interim + interim + final],
  ]);
  expect(told.exchanges).toMatchObject([{ status: 200, down: 2 * interim.length + final.length }]);
});

test('an exchange is told once both halves are complete, also when the answer came first', () => {
  const head = 'POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n';
  const refusal = 'HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n';
  const told = http([
    ['up', `${head}ab`],
    ['down', refusal],
    ['up', 'cd'],
  ]);
  expect(told.exchanges).toMatchObject([{ status: 413, up: head.length + 4 }]);
});

test('RFC 9110 §7.8: what follows an upgrade request waits until the server decides', () => {
  const asks = 'GET /chat HTTP/1.1\r\nUpgrade: foo\r\nConnection: upgrade\r\n\r\n';
  const refused = http([
    ['up', asks + get],
    ['down', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'.repeat(2)],
  ]);
  expect(refused.exchanges.map(({ target }) => target)).toEqual(['/chat', '/']);
  const switches = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\n\r\n';
  const accepted = http(
    [
      ['up', `${asks}abc`],
      ['down', `${switches}defg`],
    ],
    'open',
  );
  expect(accepted.up.at(-1)).toBe('* unparsed upgraded 3');
  expect(accepted.down.at(-1)).toBe('* unparsed upgraded 4');
  expect(accepted.exchanges).toMatchObject([{ status: 101, up: asks.length, down: switches.length }]);
  expect(http([['up', `${asks}abc`]], 'open').up.at(-1)).toBe('* unparsed torn 3');
});

test('RFC 9110 §9.3.6: a CONNECT that succeeds makes a tunnel, one that fails does not', () => {
  const connect = 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n';
  const tunnel = http(
    [
      ['up', `${connect}abc`],
      ['down', 'HTTP/1.1 200 OK\r\n\r\ndefg'],
    ],
    'open',
  );
  expect(tunnel.up.at(-1)).toBe('* unparsed tunnel 3');
  expect(tunnel.down.at(-1)).toBe('* unparsed tunnel 4');
  const failed = http([
    ['up', connect + get],
    ['down', 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'],
  ]);
  expect(failed.up.filter((span) => span.startsWith('* http'))).toHaveLength(2);
});

const message = fc.record({
  body: fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 4 }),
  chunked: fc.boolean(),
  extra: fc.constantFrom('', 'X-A: b\r\n', 'X-A:  c \r\nX-B:\r\n'),
});

function written(
  start: string,
  { body, chunked, extra }: { body: Uint8Array[]; chunked: boolean; extra: string },
): Buffer {
  const head = (framing: string) => bytesOf(`${start}\r\n${extra}${framing}\r\n\r\n`);
  if (!chunked) return Buffer.concat([head(`Content-Length: ${Buffer.concat(body).length}`), ...body]);
  const chunks = body.map((piece) =>
    Buffer.concat([bytesOf(`${piece.length.toString(16)}\r\n`), piece, bytesOf('\r\n')]),
  );
  return Buffer.concat([head('Transfer-Encoding: chunked'), ...chunks, bytesOf('0\r\n\r\n')]);
}

function bodiesByOracle(kind: 'REQUEST' | 'RESPONSE', bytes: Buffer): number[] {
  const sizes: number[] = [];
  let size = 0;
  const parser = new HTTPParser(kind);
  parser[HTTPParser.kOnBody] = (_chunk, _offset, length) => {
    size += length;
  };
  parser[HTTPParser.kOnMessageComplete] = () => {
    sizes.push(size);
    size = 0;
  };
  expect(parser.execute(bytes)).toBe(bytes.length);
  return sizes;
}

test('http-parser-js sees the same messages and the same bodies', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(message, message), { minLength: 1, maxLength: 5 }), (pairs) => {
      const up = Buffer.concat(pairs.map(([request]) => written('PUT /x HTTP/1.1', request)));
      const down = Buffer.concat(pairs.map(([, response]) => written('HTTP/1.1 200 OK', response)));
      const told = tell(httpConversation, [
        ['up', up],
        ['down', down],
      ]);
      expect(told.exchanges.reduce((sum, exchange) => sum + exchange.up, 0)).toBe(up.length);
      expect(told.exchanges.reduce((sum, exchange) => sum + exchange.down, 0)).toBe(down.length);
      for (const [direction, kind, bytes] of [
        ['up', 'REQUEST', up],
        ['down', 'RESPONSE', down],
      ] as const) {
        const messages = told[direction]
          .join('\n')
          .split(/^\* http/m)
          .slice(1);
        expect(messages.map((spans) => sumOf(spans.split('\n'), /payload/))).toEqual(
          bodiesByOracle(kind, bytes),
        );
      }
    }),
    { numRuns: 60 },
  );
});

test('what Node itself writes for a streamed response is chunks and nothing unparsed', () => {
  const pieces: Buffer[] = [];
  const wire = new Writable({ write: (chunk, _encoding, done) => done(void pieces.push(chunk)) });
  const request = new IncomingMessage(new Socket());
  [request.method, request.httpVersionMajor, request.httpVersionMinor] = ['GET', 1, 1];
  const response = new ServerResponse(request);
  response.assignSocket(wire as Socket);
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write('data: one\n\n');
  response.write('data: two\n\n');
  response.end();
  const told = http([
    ['up', get],
    ['down', Buffer.concat(pieces)],
  ]);
  expect(sumOf(told.down, /unparsed/)).toBe(0);
  expect(told.down.filter((span) => /payload|chunk/.test(span))).toEqual([
    '* chunk size 3',
    '* payload message 3',
    '- chunk data-end 2',
    '* chunk size 3',
    '* payload message 3',
    '- chunk data-end 2',
    '* chunk last-chunk 3',
    '- chunk end 2',
  ]);
  expect(told.exchanges).toHaveLength(1);
});
