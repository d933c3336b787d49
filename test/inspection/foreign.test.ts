/** What other people's applications validly send, read as its authors would: counts, names and what stands out. */
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Inspection } from '../../src/document/inspection.ts';
import { hex } from '../support/bytes.ts';
import { again, answered, asked, hint, inspected, type Said, text, upMasked, webSocket } from './script.ts';
import { noFrames } from './totals.ts';

const speaks = ({ perConnection }: Inspection) => perConnection[0]?.speaks;

test('a 101 is the protocol that it names: h2c is HTTP/2', () => {
  const h2c = inspected(
    asked('/', 'Connection: Upgrade\r\nUpgrade: h2c\r\n'),
    ['down', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n'],
    ['down', hex('00 00 00 04 00 00 00 00 00')],
  );
  expect(speaks(h2c)).toEqual(['http2']);
  const other = inspected(asked('/', 'Connection: Upgrade\r\nUpgrade: own/1\r\n'), [
    'down',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: own/1\r\n\r\nhello',
  ]);
  expect(speaks(other)).toEqual(['http']);
  expect(hint(other, 'unparsed')).toEqual({ bytes: 5 });
});

test('pings are counted whatever their size, and frames after a Close are frames', () => {
  const pinged = inspected(
    ...webSocket(),
    ...again(20, (index) => ['down', hex('89 00'), index * 1000] as const),
  );
  expect(pinged.frames).toEqual({ ...noFrames, pings: 20 });
  expect(hint(pinged, 'heartbeats')).toEqual({ heartbeats: 20, messages: 0 });
  const atOnce = inspected(...webSocket(), ...again(20, () => ['down', hex('89 00')] as const));
  expect(hint(atOnce, 'heartbeats')).toBeUndefined();
  const closed = inspected(...webSocket(), ['down', hex('88 02 03e8 88 02 03e8 81 01 31')]);
  expect(closed.frames.afterClose).toBe(2);
  expect(closed.messages.down).toBe(1);
});

test('messages that come in parts are told; packets of Engine.IO in frames of their own are none', () => {
  const parts = again(10, (): Said => ['down', hex('01 01 61 00 01 62 80 01 63')]);
  const seen = inspected(...webSocket(), ...parts);
  expect(seen.messages.down).toBe(10);
  expect(hint(seen, 'frames-per-message')).toEqual({ frames: 30, messages: 10 });
  const pings = again(12, (): Said => ['down', text('2')]);
  const engine = webSocket('/socket.io/?EIO=4&transport=websocket');
  expect(hint(inspected(...engine, ...pings), 'frames-per-message')).toBeUndefined();
});

const stream = 'Content-Type: text/event-stream\r\n';

test.each([
  ['typed twice', `${stream}${stream}`, 'data: a\n\n', 1],
  ['with a coding that nobody has registered', `${stream}Content-Encoding: none\r\n`, 'data: a\n\n', 1],
  ['that says nothing', stream, '', 0],
])('an event stream %s is one', (_, fields, body, messages) => {
  const read = inspected(asked('/events'), answered(body, fields));
  expect([speaks(read), read.messages.down, hint(read, 'unparsed')]).toEqual([['sse'], messages, undefined]);
});

test('an error that is typed as an event stream is an error', () => {
  const refused = inspected(asked('/events'), answered('{"error":"no"}', stream, '401 Unauthorized'));
  expect([speaks(refused), refused.messages.down]).toEqual([['http'], 0]);
});

test('an event that the end cuts off is no message, and its stream is listed, unfinished', () => {
  const read = inspected(
    asked('/events?a=1'),
    ['down', `HTTP/1.1 200 OK\r\n${stream}Transfer-Encoding: chunked\r\n\r\n`],
    ['down', '11\r\ndata: a\n\ndata: b\n\r\n'],
  );
  expect([read.messages.down, read.unfinishedEvents, hint(read, 'unparsed')]).toEqual([1, 1, undefined]);
  expect(read.exchanges).toEqual([
    { kind: 'GET /events 200', count: 1, up: read.wire.up, down: read.wire.down, isUnfinished: true },
  ]);
});

test.each([
  ['OK', 0],
  ['{"a":1}', 0],
  ['[]', 12],
  ['{}', 12],
  ['""', 12],
])('of twelve polls that were answered %s, %i had nothing to say', (body, empty) => {
  const polls = inspected(...again(12, () => [asked('/poll'), answered(body)] as const).flat());
  expect(polls.polls.empty).toBe(empty);
});

test('what only says that a POST has arrived is no message', () => {
  const posted = (status: string, body: string) =>
    inspected(
      ['up', 'POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi'],
      answered(body, '', status),
    );
  expect(posted('202 Accepted', 'Accepted').messages).toEqual({ up: 1, down: 0 });
  expect(posted('200 OK', 'ok').messages).toEqual({ up: 1, down: 0 });
  expect(posted('200 OK', '{"id":1}').messages).toEqual({ up: 1, down: 1 });
});

const polling = '/socket.io/?EIO=4&transport=polling';

test('who got nothing but refusals has not stayed with polling', () => {
  const refused = again(14, () => [asked(polling), answered('no', '', '404 Not Found')] as const).flat();
  expect(hint(inspected(...refused), 'stays-with-polling')).toBeUndefined();
});

test('version 3 that answers version 4 is read, and said', () => {
  const read = inspected(asked(polling), answered('15:0{"sid":"abcd"}2:40'));
  expect([speaks(read), hint(read, 'unparsed')]).toEqual([['socket.io'], undefined]);
  expect(hint(read, 'versions-differ')).toEqual({ packets: 2 });
});

test('a heartbeat made of messages is known by its period, though it counts itself', () => {
  const beats = (periodMs: number, make: (index: number) => string) =>
    inspected(...webSocket(), ...again(5, (index) => ['down', text(make(index)), index * periodMs] as const));
  const steady = beats(3000, (index) => `{"type":"ping","message":${1000 + index}}`);
  expect(steady.steadyMessages).toEqual([
    { direction: 'down', text: '{"type":"ping","message":#}', count: 5, bytes: 5 * 32, periodMs: 3000 },
  ]);
  expect(hint(steady, 'heartbeat-messages')).toEqual({ seconds: 3, bytes: 32 * 1200 });
  expect(beats(3000, () => '{}').steadyMessages).toHaveLength(1);
  // What changes says something; what comes quickly is work.
  expect(beats(3000, (index) => `{"temperature":${index}}`).steadyMessages).toEqual([]);
  expect(beats(10, () => '{}').steadyMessages).toEqual([]);
});

test('a body that comes chunk by chunk for a while is told to be a stream', () => {
  const chunks = again(4, (index) => ['down', '3\r\na\r\n\r\n', index * 500] as const);
  const read = inspected(
    asked('/xhr_streaming'),
    ['down', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ...chunks,
    ['down', '0\r\n\r\n', 1600],
  );
  expect(hint(read, 'streamed-responses')).toEqual({ responses: 1, chunks: 4, seconds: 1.5 });
});

const posted = (target: string, body: string, fields = '') =>
  [
    'up',
    `POST ${target} HTTP/1.1\r\nHost: a\r\n${fields}Content-Length: ${body.length}\r\n\r\n${body}`,
  ] as const;

test.each<[string, readonly Said[]]>([
  ['a room below three digits', webSocket('/rooms/123/alice/websocket')],
  ['a resource called xhr', [asked('/users/123/me/xhr'), answered('{"a":1}')]],
  ['a message that says hash', [...webSocket(), ['down', text('{"type":"hash","sha256":"ab"}')]]],
  ['a message that says reconnect', [...webSocket(), ['down', text('{"type":"reconnect","after":5}')]]],
  ['a length of three bytes', [...webSocket(), upMasked(hex('00 00 05 68 65 6c 6c 6f'), '82')]],
  [
    'an initialize with a version that is a number',
    [...webSocket(), upMasked('{"id":0,"method":"initialize","params":{"protocolVersion":1}}')],
  ],
  [
    'a search',
    [
      posted('/search', '{"query":"what is rtt?","top_k":3}', 'Accept: text/event-stream\r\n'),
      answered('data: a\n\n', stream),
    ],
  ],
  ['a method with a path', [...webSocket(), upMasked('{"method":"query","params":{"path":"/a","depth":1}}')]],
  ['a page about tRPC', [asked('/docs/trpc/intro.html?input=1'), answered('hi')]],
  ['a game that connects', [...webSocket(), upMasked('CONNECT\nplayer 1')]],
])('%s is no library', (_, script) => {
  expect(inspected(...script).libraries).toEqual([]);
});

test('messages inside the frames of SockJS are counted, and a room that only looks like it is not taken apart', () => {
  const room = webSocket('/chat/123/alice/websocket');
  const frames = (...data: string[]) => data.map((one): Said => ['down', text(one)]);
  const sockjs = inspected(
    ...room,
    ...frames('o', 'a["one","two"]', 'h', 'a["three"]', 'c[3000,"bye"]'),
    upMasked('["up","up"]'),
  );
  expect([sockjs.libraries, sockjs.messages]).toEqual([['SockJS'], { up: 2, down: 3 }]);
  const other = inspected(...room, ...frames('hello', 'a b', '["x","y"]'), upMasked('["up","up"]'));
  expect([other.libraries, other.messages]).toEqual([[], { up: 1, down: 3 }]);
});

const graphql = [
  webSocket('/graphql')[0]!,
  [
    'down',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: graphql-ws\r\n\r\n',
  ] as const,
  upMasked('{"type":"connection_init"}'),
];

test.each([
  ['{"type":"connection_ack"}', ['subscriptions-transport-ws']],
  ['{"type":"connection_ack","payload":{"connectionTimeoutMs":300000}}', ['AWS AppSync']],
  ['{"payload":{"connectionTimeoutMs":300000},"type":"connection_ack"}', ['AWS AppSync']],
  ['{"id":"1","type":"start_ack"}', ['AWS AppSync']],
  ['{"type":"ka"}', []],
])('the subprotocol graphql-ws is shared, and told apart by what the server says: %s', (said, names) => {
  expect(inspected(...graphql, ['down', text(said)]).libraries).toEqual(names);
});

test('compression that was refused is missed only where it would have saved something', () => {
  const [ask, agree] = webSocket();
  const offer: Said = [
    'up',
    String(ask![1]).replace('\r\n\r\n', '\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n'),
  ];
  const told = (...messages: string[]) =>
    inspected(offer, agree!, ...messages.map((one): Said => ['down', text(one)]));
  const rows = again(60, (index) => `{"id":${index},"name":"sensor ${index}","state":"on","unit":"celsius"}`);
  const seen = told(...rows);
  const { bytes, deflated } = seen.deflatable;
  expect(bytes).toBe(rows.join('').length);
  // zlib on all of them at once, and the end of each message.
  expect(deflated).toBe(deflateRawSync(rows.join('')).length + 60);
  expect(hint(seen, 'compression-refused')).toMatchObject({ offered: 1, accepted: 0, bytes });
  expect(hint(told('hi', 'ho'), 'compression-refused')).toBeUndefined();
  const agreed: Said = [
    'down',
    String(agree![1]).replace('\r\n\r\n', '\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n'),
  ];
  expect(inspected(offer, agreed, ...rows.map((one): Said => ['down', text(one)])).deflatable.bytes).toBe(0);
  expect(inspected(ask!, agree!, ...rows.map((one): Said => ['down', text(one)])).deflatable.bytes).toBe(0);
});

test('what need not be compressed, or was not to be, is not missed', () => {
  const body = 'x'.repeat(60_000);
  const offers = 'Accept-Encoding: gzip, br\r\n';
  const told = (fields: string, type: string) =>
    hint(inspected(asked('/a', fields), answered(body, `Content-Type: ${type}\r\n`)), 'bodies-uncompressed');
  expect(told(offers, 'application/json')).toEqual({ offered: 1, bytes: 60_000 });
  expect(told(offers, 'image/png')).toBeUndefined();
  expect(told('Accept-Encoding: identity\r\n', 'application/json')).toBeUndefined();
  expect(told('Accept-Encoding: gzip;q=0\r\n', 'application/json')).toBeUndefined();
});

test('a stylesheet that has not changed is no poll', () => {
  const asset = again(
    12,
    () => [asked('/app.css'), ['down', 'HTTP/1.1 304 Not Modified\r\n\r\n'] as const] as const,
  );
  expect(inspected(...asset.flat()).polls).toEqual({ made: 0, empty: 0 });
});

test('a camera that is switched off leaves nothing unread', () => {
  const part = `--frame\r\nContent-Type: image/jpeg\r\n\r\n${'j'.repeat(30)}\r\n`;
  const camera = inspected(
    asked('/camera'),
    [
      'down',
      'HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    ...again(5, () => ['down', `${part.length.toString(16)}\r\n${part}\r\n`] as const),
  );
  expect([camera.messages.down, hint(camera, 'unparsed')]).toEqual([5, undefined]);
});

test('the head of an event stream alone is no stream', () => {
  const head = inspected(
    ['up', 'HEAD /events HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['down', `HTTP/1.1 200 OK\r\n${stream}\r\n`],
  );
  expect(speaks(head)).toEqual(['http']);
});

test('a path is listed as people read it, and a very long one by its beginning', () => {
  const read = inspected(asked('/방/à?a=1'), answered('hi'), asked(`/${'x'.repeat(80_000)}`), answered('hi'));
  expect(read.exchanges.map(({ kind }) => kind)).toEqual(['GET /방/à 200', `GET /${'x'.repeat(999)}… 200`]);
  expect(read.perConnection[0]?.path).toBe('/방/à');
});
