/** What fields are said to mean, against the specifications' own examples. */
import { expect, test } from 'vitest';
import { acceptOf } from '../../src/protocols/http1/handshake-fields.ts';
import type { Unit, UnitField } from '../../src/protocols/unit.ts';
import { explainedUnits } from '../../src/script/anatomy/field-meanings.ts';
import { contentOf, titleOf } from '../../src/script/anatomy/title.ts';
import { hex } from '../support/bytes.ts';
import { handshake, specimenOf } from '../support/specimen.ts';

type Chunks = Parameters<typeof specimenOf>[0];

const unitsOf = (chunks: Chunks) => explainedUnits(specimenOf(chunks));
const framesAfterHandshake = (...chunks: Chunks) => unitsOf([...handshake, ...chunks]).slice(2);
const english = ({ explanation }: UnitField) => explanation.lines.map(({ en }) => en);
const field = (units: readonly Unit[], layer: UnitField['layer'], name: string) =>
  units.flatMap(({ fields }) => fields).find((one) => one.layer === layer && one.name === name)!;
const told = (units: readonly Unit[], layer: UnitField['layer'], name: string) =>
  english(field(units, layer, name));

test('RFC 6455 §1.3: the accept value of the sample nonce is computed and said to be equal', () => {
  expect(acceptOf('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  const accept = field(unitsOf(handshake), 'http', 'sec-websocket-accept');
  expect(english(accept)[1]).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=: equal, the server understood');
  expect(accept.explanation.specification).toBe('RFC 6455 §4.2.2');
});

test('an accept value that answers another key is said not to be equal', () => {
  const [request, [direction, response]] = handshake;
  const forged = response.replace('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=', 'AAAALMBiTxaQ9kYGzzhZRbK+xOo=');
  expect(told(unitsOf([request, [direction, forged]]), 'http', 'sec-websocket-accept')[1]).toBe(
    's3pPLMBiTxaQ9kYGzzhZRbK+xOo=: NOT equal, the client must fail',
  );
});

test('RFC 6455 §5.7: the masked “Hello” bit by bit, its mask taken off', () => {
  const units = framesAfterHandshake(['up', hex('81 85 37 fa 21 3d 7f 9f 4d 51 58')]);
  expect(told(units, 'websocket', 'opcode')).toEqual([
    '1... .... FIN=1 the message ends here',
    '.000 .... RSV=000 no extension',
    '.... 0001 opcode=1 text',
  ]);
  expect(told(units, 'websocket', 'length')).toEqual([
    '1... .... MASK=1 a client must mask',
    '.000 0101 length=5',
  ]);
  const payload = field(units, 'payload', 'message');
  expect(Buffer.from(payload.bytes)).toEqual(hex('7f 9f 4d 51 58'));
  expect(Buffer.from(payload.clear).toString()).toBe('Hello');
  expect(english(payload)).toEqual([
    'the message, 5 bytes',
    '"Hello"',
    'unmasked: byte i XOR key byte i mod 4',
  ]);
});

test('the first two bytes of a masked text frame of 64 bytes: FIN 1, opcode text, mask 1, length 64', () => {
  const frame = Buffer.concat([hex('81 c0 00 00 00 00'), Buffer.alloc(64, 'x')]);
  const units = framesAfterHandshake(['up', frame]);
  expect(told(units, 'websocket', 'opcode').map((line) => line.slice(10))).toEqual([
    'FIN=1 the message ends here',
    'RSV=000 no extension',
    'opcode=1 text',
  ]);
  expect(told(units, 'websocket', 'length')).toEqual([
    '1... .... MASK=1 a client must mask',
    '.100 0000 length=64',
  ]);
});

test('RFC 6455 §5.7: a fragmented text message, FIN 0 first, then a continuation', () => {
  const [first, second] = framesAfterHandshake(['down', hex('01 03 48 65 6c')], ['down', hex('80 02 6c 6f')]);
  expect(english(first!.fields[0]!)[0]).toBe('0... .... FIN=0 more frames follow');
  expect(english(second!.fields[0]!)).toEqual([
    '1... .... FIN=1 the message ends here',
    '.000 .... RSV=000 no extension',
    '.... 0000 opcode=0 continuation',
  ]);
});

test('RFC 6455 §5.7: 256 bytes take a length of 16 bits, 65,536 one of 64', () => {
  const short = framesAfterHandshake(['down', Buffer.concat([hex('82 7e 01 00'), Buffer.alloc(256)])]);
  expect(told(short, 'websocket', 'length')).toEqual([
    '0... .... MASK=0 a server must not',
    '.111 1110 126: the length is in the next 2 bytes, 256',
  ]);
  const long = framesAfterHandshake([
    'down',
    Buffer.concat([hex('82 7f 00 00 00 00 00 01 00 00'), Buffer.alloc(65_536)]),
  ]);
  expect(told(long, 'websocket', 'length')[1]).toBe(
    '.111 1111 127: the length is in the next 8 bytes, 65536',
  );
});

test('RFC 6455 §5.7: an unmasked ping and its masked pong carry the same data; a close has its code', () => {
  const units = framesAfterHandshake(
    ['down', hex('89 05 48 65 6c 6c 6f')],
    ['up', hex('8a 85 37 fa 21 3d 7f 9f 4d 51 58')],
    ['down', hex('88 02 03 e8')],
  );
  expect(told(units, 'websocket', 'ping-data')).toEqual(['data of the ping: "Hello"']);
  expect(told(units, 'websocket', 'pong-data')).toEqual(['data of the ping it answers: "Hello"']);
  expect(told(units, 'websocket', 'close-code')).toEqual([
    'close code 1000 normal: the purpose is fulfilled',
  ]);
  expect(units.map((unit) => titleOf(unit).en)).toEqual(['ping frame', 'pong frame', 'close frame']);
});

test('every data byte of a frame has its own key byte, also behind the packet types of Socket.IO', () => {
  const clear = Buffer.from('42["echo","hi"]');
  const key = hex('37 fa 21 3d');
  const masked = clear.map((byte, index) => byte ^ key[index % 4]!);
  const [request, response] = handshake;
  const target = request[1].replace('/chat', '/socket.io/?EIO=4&transport=websocket');
  const frame = Buffer.concat([hex('81 8f'), key, masked]);
  const units = unitsOf([['up', target], response, ['up', frame]]).slice(2);
  expect(contentOf(units[0]!)).toBe('42["echo","hi"]');
  expect(told(units, 'engine.io', 'message')).toEqual(['type 4 = message: what follows is Socket.IO’s']);
  expect(told(units, 'socket.io', 'event')).toEqual(['type 2 = EVENT: a name and arguments follow']);
  expect(told(units, 'socket.io', 'event-name')).toEqual(['the event is called “echo”']);
  expect(told(units, 'payload', 'message').slice(0, 2)).toEqual(['the message, 2 bytes', '"hi"']);
});

const streamOf = (events: string): Chunks => [
  ['up', 'GET /events HTTP/1.1\r\nHost: a\r\n\r\n'],
  [
    'down',
    'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n' +
      `${Buffer.byteLength(events).toString(16)}\r\n${events}\r\n`,
  ],
];

test('a chunk size is read as hexadecimal; the fields of an event are named', () => {
  const units = unitsOf(streamOf('id: 7\ndata: hello\n\n'));
  expect(told(units, 'chunk', 'size')).toEqual(['chunk size 13 in hexadecimal = 19 bytes of content follow']);
  expect(told(units, 'sse', 'id')[0]).toContain('event number 7');
  expect(told(units, 'sse', 'data')[0]).toContain('field data');
  expect(told(units, 'sse', 'dispatch')).toEqual(['an empty line: the event is complete, the page gets it']);
});

test('an empty line after a comment dispatches nothing', () => {
  const units = unitsOf(streamOf(':\n\n'));
  expect(told(units, 'sse', 'comment')[0]).toContain('a comment');
  expect(told(units, 'sse', 'dispatch')).toEqual(['an empty line: no data before it, so no event']);
});

test('what a stream begins with, and what it asks of proxies and caches, is told in both languages', () => {
  const units = unitsOf([
    ['up', 'GET /events HTTP/1.1\r\nHost: a\r\n\r\n'],
    [
      'down',
      'HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Type: text/event-stream\r\nX-Accel-Buffering: no\r\n\r\n:\n\n',
    ],
  ]);
  for (const [layer, name, says] of [
    ['http', 'cache-control', /no cache may keep this/],
    ['http', 'x-accel-buffering', /pass each piece on as it comes/],
    ['sse', 'comment', /The first one lets the head through/],
  ] as const) {
    expect(told(units, layer, name).join()).toMatch(says);
    expect(field(units, layer, name).explanation.lines[0]?.ko).toMatch(/[가-힣]/);
  }
});

test('an offset that Socket.IO’s recovery adds is told as the server’s, in both languages', () => {
  const [[, request], response] = handshake;
  const target = '/socket.io/?EIO=4&transport=websocket';
  const packets = ['40{"sid":"a","pid":"b"}', '42["m","hi","Q8dWW5W.0"]'];
  const units = unitsOf([
    ['up', request.replace('/chat', target)],
    response,
    ...packets.map(
      (text) =>
        ['down', Buffer.concat([hex('81'), Buffer.from([text.length, ...Buffer.from(text)])])] as const,
    ),
  ]);
  const { explanation } = field(units, 'socket.io', 'offset');
  expect(explanation.lines.map(({ en }) => en)).toEqual([
    'offset Q8dWW5W.0: added by the server; a client that comes back names the last one it saw and gets what it missed',
  ]);
  expect(explanation.lines[0]?.ko).toMatch(/^오프셋 Q8dWW5W\.0: .*[가-힣]/);
  expect(told(units, 'payload', 'message')).toEqual(['the message, 2 bytes', '"hi"']);
});

test('the body of a refusal is told as such, and as no header', () => {
  const [request] = handshake;
  const answer = 'HTTP/1.1 426 Upgrade Required\r\nContent-Length: 16\r\n\r\nUpgrade Required';
  const units = unitsOf([request, ['down', answer]]);
  expect(told(units, 'http', 'refusal')).toEqual([
    'why the request was refused, 16 bytes: no message of the application',
  ]);
});

test('bytes over an event stream are said to be base64, and what that adds', () => {
  const units = unitsOf(streamOf(`event: binary\ndata: ${Buffer.from('hello').toString('base64')}\n\n`));
  expect(told(units, 'payload', 'message')[0]).toContain('base64 that stands for 5 bytes of message');
  expect(told(units, 'encoding', 'base64')[0]).toContain('here 3 more than the message has');
});

test('a message of several lines over an event stream keeps its pieces apart from the fields between them', () => {
  const units = unitsOf(streamOf('data: a\ndata: b\n\n'));
  const payload = units.flatMap(({ fields }) => fields).filter(({ layer }) => layer === 'payload');
  expect(payload.map(({ clear }) => Buffer.from(clear).toString())).toEqual(['a\n', 'b']);
});

test('a netstring’s length and comma, and the cursor, are told', () => {
  const units = unitsOf([
    ['up', 'GET /mailbox?client=0001&cursor=3 HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['down', 'HTTP/1.1 200 OK\r\nContent-Length: 8\r\nX-Cursor: 4\r\n\r\n5:hello,'],
  ]);
  expect(told(units, 'mailbox', 'length')).toEqual(['a netstring: 5 bytes of message follow the colon']);
  expect(told(units, 'http', 'x-cursor')[0]).toContain('the next question begins at message 4');
  expect(told(units, 'http', 'request-line')).toContain('cursor=3: what came before message 3 is known');
});

test('a header nobody knows is the application’s, and torn bytes are counted', () => {
  const units = unitsOf([['up', 'GET / HTTP/1.1\r\nX-Mine: 1\r\nHo']]);
  expect(told(units, 'http', 'x-mine')).toEqual(['a header of the application']);
  expect(told(units, 'unparsed', 'torn')[0]).toContain('could not be read');
});

test('names that every object has are nobody’s: a request may say __proto__, toString and constructor', () => {
  const names = ['__proto__', 'toString', 'constructor', 'hasOwnProperty'];
  const query = names.map((name) => `${name}=1`).join('&');
  const headers = names.map((name) => `${name}: 1\r\n`).join('');
  const [request] = unitsOf([['up', `GET /?${query}&client=me HTTP/1.1\r\nHost: a\r\n${headers}\r\n`]]);
  expect(english(request!.fields[0]!)).toEqual(['GET: give me what is there', 'client=me: who asks']);
  const [odd] = unitsOf([['up', 'constructor /x HTTP/1.1\r\nHost: a\r\n\r\n']]);
  expect(english(odd!.fields[0]!)).toEqual(['constructor']);
  const answered = unitsOf([
    ['up', 'GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['down', `HTTP/1.1 200 OK\r\nContent-Length: 32\r\n\r\n0{"sid":"x","__proto__":{"a":1}}`],
  ]);
  expect(told(answered, 'engine.io', 'handshake')).toEqual(['sid: the name of the session']);
});
