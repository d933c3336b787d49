import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeMailbox } from '../../src/protocols/contract.ts';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import { bytesOf, hex, tell, tellEveryWay } from '../support/bytes.ts';

const request = (line: string, body = '', fields = '') =>
  `${line} HTTP/1.1\r\nHost: a\r\n${fields}${line.startsWith('POST') ? `Content-Length: ${body.length}\r\n` : ''}\r\n${body}`;
const response = (status: string, body: string | Uint8Array, fields = '') =>
  Buffer.concat([
    bytesOf(`HTTP/1.1 ${status}\r\n${fields}Content-Length: ${bytesOf(body).length}\r\n\r\n`),
    bytesOf(body),
  ]);

/** What is not HTTP in an exchange. */
function contents(up: string, down: string | Uint8Array) {
  const told = tellEveryWay(httpConversation, [
    ['up', up],
    ['down', down],
  ]);
  const inside = (spans: string[]) => spans.filter((span) => !/^. http/.test(span));
  return { up: inside(told.up), down: inside(told.down) };
}

const polling = '/socket.io/?EIO=4&transport=polling&sid=x';

test('a mailbox response is netstrings, and its 204 and its errors are not', () => {
  const poll = request('GET /mailbox?client=1&cursor=0');
  const mail = encodeMailbox(['hi']).toString();
  expect(contents(poll, response('200 OK', mail, 'X-Cursor: 1\r\n')).down).toEqual([
    '* mailbox length 2',
    '* payload message 2',
    '- mailbox comma 1',
  ]);
  expect(contents(poll, 'HTTP/1.1 204 No Content\r\n\r\n').down).toEqual([]);
  expect(contents(poll, response('404 Not Found', '1:a,', 'X-Cursor: 1\r\n')).down).toEqual([]);
});

const handshake = (target: string, fields = 'Upgrade: websocket\r\nConnection: Upgrade\r\n') =>
  request(`GET ${target}`, '', `${fields}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n`);
const whole = (up: string, down: string | Uint8Array) =>
  tellEveryWay(httpConversation, [
    ['up', up],
    ['down', down],
  ]);

test.each([
  ['426 Upgrade Required', ''],
  ['403 Forbidden', 'Content-Encoding: gzip\r\n'],
  ['502 Bad Gateway', 'Content-Type: text/event-stream\r\n'],
  ['200 OK', 'Content-Type: text/html\r\n'],
])('what refuses an upgrade with %s is no message, whatever its fields say', (status, fields) => {
  const { down } = whole(handshake('/ws'), response(status, 'Upgrade Required', fields));
  expect(down.at(-1)).toBe('- http refusal 16');
});

test('an error’s body is no message, and neither is a page in the place of one', () => {
  const { down } = whole(request('GET /api'), response('500 Internal Server Error', '{"error":1}'));
  expect(down.slice(-2)).toEqual(['- http blank-line 2', '- http refusal 11']);
  expect(contents(request('GET /api'), response('400 Bad Request', 'no')).down).toEqual([]);
  // What is elsewhere, or has not changed, is no error.
  expect(contents(request('GET /api'), response('301 Moved Permanently', 'moved')).down).toEqual([
    '* payload body 5',
  ]);
});

test('Engine.IO refuses a stripped upgrade with JSON: that is its own, and a proxy’s page is not', () => {
  const websocket = '/socket.io/?EIO=4&transport=websocket&sid=x';
  const refusal = '{"code":3,"message":"Bad request"}';
  for (const fields of [undefined, ''])
    expect(contents(handshake(websocket, fields), response('400 Bad Request', refusal)).down).toEqual([
      `* engine.io error ${refusal.length}`,
    ]);
  const page = '<html><h1>502 Bad Gateway</h1></html>';
  expect(whole(request(`GET ${polling}`), response('502 Bad Gateway', page)).down.at(-1)).toBe(
    `- http refusal ${page.length}`,
  );
});

test.each([
  ['an upgrade that is agreed', '', '101 Switching Protocols', '', 'agreed'],
  ['426 to an upgrade', '', '426 Upgrade Required', '', 'stripped'],
  ['426 to another version', 'Sec-WebSocket-Version: 8\r\n', '426 Upgrade Required', '', 'refused'],
  ['400 to an upgrade', '', '400 Bad Request', '', 'refused'],
  ['a page', '', '200 OK', '', 'refused'],
])('%s: a handshake is %s', (_, asked, status, answered, outcome) => {
  const version = asked || 'Sec-WebSocket-Version: 13\r\n';
  const fields = `${version}Upgrade: websocket\r\nConnection: Upgrade\r\n`;
  const down = `HTTP/1.1 ${status}\r\nUpgrade: websocket\r\n${answered}Content-Length: 0\r\n\r\n`;
  expect(
    tell(httpConversation, [
      ['up', handshake('/ws', fields)],
      ['down', down],
    ]).exchanges,
  ).toMatchObject([{ handshake: { outcome, offersCompression: false } }]);
});

test('a handshake that comes without its Upgrade was stripped before, and a plain request is none', () => {
  const exchangesOf = (up: string, status = '400 Bad Request') =>
    tell(httpConversation, [
      ['up', up],
      ['down', response(status, '')],
    ]).exchanges;
  const offer = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: permessage-deflate\r\n';
  expect(exchangesOf(handshake('/ws', offer))[0]?.handshake).toEqual({
    outcome: 'stripped',
    offersCompression: true,
  });
  expect(exchangesOf(request('GET /ws'))[0]?.handshake).toBeUndefined();
  expect(exchangesOf(request('GET /', '', 'Upgrade: h2c\r\n'))[0]?.handshake).toBeUndefined();
});

test('a mailbox of somebody else is only a path: without our cursor, or elsewhere, the body is a body', () => {
  const mail = '[{"subject":"hi"}]';
  expect(contents(request('GET /mailbox'), response('200 OK', mail)).down).toEqual(['* payload body 18']);
  const elsewhere = response('200 OK', mail, 'X-Cursor: 1\r\n');
  expect(contents(request('GET /mailboxes'), elsewhere).down).toEqual(['* payload body 18']);
});

test('an event stream is known by its content type, whatever chunks cut it', () => {
  const head =
    'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n';
  expect(contents(request('GET /events'), `${head}8\r\ndata: ab\r\n4\r\ncd\n\n\r\n0\r\n\r\n`).down).toEqual([
    '* chunk size 3',
    '* sse data 6',
    '* payload message 2',
    '- chunk data-end 2',
    '* chunk size 3',
    '+ payload message 2',
    '- sse line-end 1',
    '- sse dispatch 1',
    '- chunk data-end 2',
    '* chunk last-chunk 3',
    '- chunk end 2',
  ]);
});

test('Engine.IO polling: packets both ways, a bare ok after a POST, JSON when it refuses', () => {
  const posted = contents(request(`POST ${polling}`, '40'), response('200 OK', 'ok'));
  expect(posted.up).toEqual(['* engine.io message 1', '* socket.io connect 1']);
  expect(posted.down).toEqual(['* engine.io ok 2']);
  expect(contents(request(`GET ${polling}`), response('200 OK', '6')).down).toEqual(['* engine.io noop 1']);
  const refusal = '{"code":1,"message":"Session ID unknown"}';
  expect(contents(request(`GET ${polling}`), response('400 Bad Request', refusal)).down).toEqual([
    '* engine.io error 41',
  ]);
});

test('Engine.IO is known by its query: Socket.IO may have any path, and so may what is not Socket.IO', () => {
  const own = request('POST /realtime/?EIO=4&transport=polling&sid=x', '40\x1e42["hi"]\x1e4hello');
  expect(contents(own, response('200 OK', 'ok')).up).toEqual([
    '* engine.io message 1',
    '* socket.io connect 1',
    '- engine.io separator 1',
    '* engine.io message 1',
    '* socket.io event 1',
    '- socket.io json 2',
    '- socket.io event-name 2',
    '- socket.io json 2',
    '- engine.io separator 1',
    '* engine.io message 1',
    '* payload message 5',
  ]);
  const unknown = request('GET /page?EIO=4&transport=carrier-pigeon');
  expect(contents(unknown, response('200 OK', '42')).down).toEqual(['* payload body 2']);
});

test('a preflight of Engine.IO polling carries no packets', () => {
  for (const method of ['OPTIONS', 'XGET', 'GETS'])
    expect(contents(request(`${method} ${polling}`), response('200 OK', 'welcome')).down).toEqual([
      '* payload body 7',
    ]);
});

test('version 3 of Engine.IO: each packet stands behind its length in UTF-16 units', () => {
  expect(
    contents(request('GET /socket.io/?EIO=3&transport=polling'), response('200 OK', '2:409:42["é😀"]1:6'))
      .down,
  ).toEqual([
    '- engine.io length 2',
    '* engine.io message 1',
    '* socket.io connect 1',
    '- engine.io length 2',
    '* engine.io message 1',
    '* socket.io event 1',
    '- socket.io json 2',
    '- socket.io event-name 6',
    '- socket.io json 2',
    '- engine.io length 2',
    '* engine.io noop 1',
  ]);
});

test('version 3 of Engine.IO in bytes: 0 or 1, the length digit by digit, 255, the packet; base64 where bytes may not be', () => {
  const asked = request('GET /app/?EIO=3&transport=polling');
  const told = (body: string | Uint8Array) => contents(asked, response('200 OK', body)).down;
  const text = Buffer.concat([
    hex('00 06 ff'),
    bytesOf('4hello'),
    hex('01 01 00 ff'),
    hex('04 010203040506070809'),
  ]);
  expect(told(text)).toEqual([
    '- engine.io length 3',
    '* engine.io message 1',
    '* payload message 5',
    '- engine.io length 4',
    '* engine.io message 1',
    '* payload message 9',
  ]);
  expect(told('6:b4AQID')).toEqual([
    '- engine.io length 2',
    '* engine.io binary 2',
    '* payload message 3',
    '* encoding base64 1',
  ]);
  expect(told('hello')).toEqual(['* payload body 5']);
});

test('JSONP: the body is the string of a script, and the value of a form; what escaping adds is encoding', () => {
  const script = '___eio[0]("4hi\\u001e4\\"é\\"");';
  const told = contents(request('GET /app/?EIO=4&transport=polling&j=0'), response('200 OK', script)).down;
  expect(told).toEqual([
    '- engine.io jsonp 10',
    '* engine.io message 1',
    '* payload message 2',
    '- engine.io separator 1',
    '* engine.io message 1',
    '* payload message 4',
    '* encoding escape 9',
    '+ engine.io jsonp 2',
  ]);
  const form = request('POST /app/?EIO=4&transport=polling&j=0&sid=x', 'd=4hi%20you');
  expect(contents(form, response('200 OK', 'ok')).up).toEqual([
    '- engine.io jsonp 2',
    '* engine.io message 1',
    '* payload message 6',
    '* encoding escape 2',
  ]);
});

test('JSONP: without escapes nothing is added, a line feed is written as two characters, and what is no script or form is a body', () => {
  const form = (body: string) =>
    contents(request('POST /app/?EIO=4&transport=polling&j=0&sid=x', body), response('200 OK', 'ok')).up;
  expect(form('d=4hi').slice(1)).toEqual(['* engine.io message 1', '* payload message 2']);
  // `a`, a line feed, `b`; then `a`, a backslash, `n`, `b`: each backslash is %5C in the form.
  expect(form('d=4a%5Cnb').slice(2)).toEqual(['* payload message 3', '* encoding escape 3']);
  expect(form('d=4a%5C%5Cnb').slice(2)).toEqual(['* payload message 4', '* encoding escape 5']);
  expect(form('e=4hi')).toEqual(['* payload body 5']);
  const asked = request('GET /app/?EIO=4&transport=polling&j=0');
  for (const body of ['nothing', 'f("4a)', 'f("\\x")', 'f(""4a"")'])
    expect(contents(asked, response('200 OK', body)).down).toEqual([`* payload body ${body.length}`]);
});

test('version 3 of Engine.IO: text among bytes, characters of three bytes, and what breaks off is a body', () => {
  const asked = request('GET /app/?EIO=3&transport=polling');
  const told = (body: string | Uint8Array) => contents(asked, response('200 OK', body)).down;
  expect(told(hex('00 01 ff 32'))).toEqual(['- engine.io length 3', '* engine.io ping 1']);
  expect(told('3:4한ก')).toEqual(['- engine.io length 2', '* engine.io message 1', '* payload message 6']);
  for (const body of [
    hex('00 01 32'),
    hex('00 05 ff 32'),
    hex('00 0f 0a ff 32'),
    hex(`00 ${'00'.repeat(14)} 01 ff 32`),
    '5:4hi',
    '2:4\u{1f600}'.slice(0, 3),
    'x2:4h',
  ])
    expect(told(body)).toEqual([`* payload body ${bytesOf(body).length}`]);
  expect(told(hex(`00 ${'00'.repeat(13)} 01 ff 32`))).toEqual([
    '- engine.io length 16',
    '* engine.io ping 1',
  ]);
});

test('a response in parts has parts if it says what divides them; a request in parts is one body', () => {
  const parts = '--x\r\n\r\nhi\r\n--x--\r\n';
  const told = (type: string) =>
    contents(request('GET /'), response('200 OK', parts, `Content-Type: ${type}\r\n`)).down;
  for (const type of ['multipart/mixed; boundary=x', 'Multipart/X-Mixed-Replace ;boundary="x"'])
    expect(told(type)[0]).toMatch(/^\* multipart /);
  for (const type of [
    'multipart/mixed',
    'multipart/mixed; boundary=',
    'multipart/byteranges; boundary=x',
    'x-multipart/mixed; boundary=x',
    'text/plain; boundary=x',
  ])
    expect(told(type), type).toEqual([`* payload body ${parts.length}`]);
  const asks = `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/mixed; boundary=x\r\nContent-Length: ${parts.length}\r\n\r\n${parts}`;
  expect(contents(asks, response('200 OK', '')).up).toEqual([`* payload body ${parts.length}`]);
});

test('an empty message is a message, an empty acknowledgement is nothing', () => {
  expect(contents(request('POST /message'), 'HTTP/1.1 204 No Content\r\n\r\n')).toEqual({
    up: ['* payload body 0'],
    down: [],
  });
  expect(contents(request('POST /echo'), response('200 OK', ''))).toEqual({
    up: ['* payload body 0'],
    down: ['* payload body 0'],
  });
  expect(contents(request('POST /other'), response('200 OK', ''))).toEqual({ up: [], down: [] });
});

const events = (coding: string, body: Buffer) =>
  contents(
    request('GET /events'),
    response('200 OK', body, `Content-Type: text/event-stream\r\nContent-Encoding: ${coding}\r\n`),
  ).down;

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
])(
  'an event stream under %s is opened: its bytes are compressed, its events weigh nothing of their own',
  (coding, compress) => {
    const bytes = compress('data: x\n\ndata: y\n\n');
    const told = events(coding, bytes);
    expect(told[0]).toBe(`- payload compressed ${bytes.length}`);
    expect(told.filter((span) => span === '* payload message 0')).toHaveLength(2);
    expect(told.filter((span) => span === '- sse dispatch 0')).toHaveLength(2);
  },
);

test('what cannot be opened is one message, whatever it says', () => {
  expect(events('gzip', bytesOf('data: x\n\n'))).toEqual(['- payload compressed 9', '* payload body 0']);
  expect(events('zstd', bytesOf('data: x\n\n'))).toEqual(['* payload compressed 9']);
});
