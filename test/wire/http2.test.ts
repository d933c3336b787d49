/** Frames of HTTP/2 made by hand (RFC 9113), one after the other and across each other. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { http2Conversations } from '../../src/protocols/http2/http2.ts';
import { inHttp1 } from '../../src/protocols/http2/in-http1.ts';
import type { Layer } from '../../src/protocols/layers.ts';
import { readSpans } from '../../src/tap/spans.ts';
import { type Message, requestOf } from '../../src/wire/message.ts';
import { bytesOf, hex, type Script, tell, tellEveryWay } from '../support/bytes.ts';

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const types = [
  'data',
  'headers',
  'priority',
  'rst',
  'settings',
  'promise',
  'ping',
  'goaway',
  'window',
  'continuation',
];
const bits = { end: 1, ack: 1, headers: 4, padded: 8, priority: 32 };

/** A frame; `headers,end` are its flags. */
function frame(type: string, flags: string, stream: number, payload: string | Buffer = ''): Buffer {
  const bytes = bytesOf(payload);
  const head = Buffer.alloc(9);
  head.writeUIntBE(bytes.length, 0, 3);
  head[3] = types.includes(type) ? types.indexOf(type) : Number(type);
  for (const flag of flags.split(',')) head[4]! |= bits[flag as keyof typeof bits] ?? 0;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, bytes]);
}

/** A block of literals without indexing (RFC 7541 §6.2.2): each has a zero byte and two lengths besides its text. */
const block = (fields: Readonly<Record<string, string>>): Buffer =>
  Buffer.concat(
    Object.entries(fields).map(([name, value]) =>
      Buffer.concat([
        Buffer.from([0, name.length]),
        bytesOf(name),
        Buffer.from([value.length]),
        bytesOf(value),
      ]),
    ),
  );
const settings = frame('settings', '', 0);
const begun: Script = [
  ['up', Buffer.concat([bytesOf(preface), settings])],
  ['down', settings],
];
const request = (stream: number, fields: Readonly<Record<string, string>>, flags = 'headers,end') =>
  frame('headers', flags, stream, block(fields));
const get = (stream: number, path = '/') => request(stream, { ':method': 'GET', ':path': path });
const respond = (stream: number, fields: Readonly<Record<string, string>> = {}, flags = 'headers') =>
  frame('headers', flags, stream, block({ ':status': '200', ...fields }));

const after = (rest: Script, ending: 'complete' | 'open' = 'open') => {
  const told = tellEveryWay(http2Conversations(), [...begun, ...rest], ending);
  return { ...told, up: told.up.slice(2), down: told.down.slice(1) };
};
const up = (...frames: Buffer[]): Script => [['up', Buffer.concat(frames)]];
const down = (...frames: Buffer[]): Script => [['down', Buffer.concat(frames)]];

test('RFC 9113 §8.8: a GET and its answer: heads of nine bytes, fields, content', () => {
  const told = after([
    ...up(get(1)),
    ...down(respond(1, { 'content-type': 'text/plain' }), frame('data', 'end', 1, 'hi')),
  ]);
  expect(told.up).toEqual(['* http2 headers-head 9', '* http :method 13', '- http :path 9']);
  expect(told.down).toEqual([
    ...['* http2 headers-head 9', '* http :status 13', '- http content-type 25'],
    ...['* http2 data-head 9', '* payload body 2'],
  ]);
  expect(told.exchanges).toEqual([{ method: 'GET', target: '/', status: 200, up: 31, down: 47 + 11 }]);
});

test.each([
  ['up, without a preface', [['up', 'GET / HTTP/1.1\r\n\r\n']], ['* unparsed no-preface 18'], []],
  [
    'up, a preface without SETTINGS',
    [['up', Buffer.concat([bytesOf(preface), get(1)])]],
    ['* http2 preface 24', '* unparsed no-preface 31'],
    [],
  ],
  ['down, without SETTINGS', [['down', frame('data', '', 1, 'abc')]], [], ['* unparsed no-preface 12']],
] as [string, Script, string[], string[]][])(
  'whose beginning was missed is unread: %s',
  (_, script, up, down) => {
    const told = tellEveryWay(http2Conversations(), script, 'open');
    expect([told.up, told.down]).toEqual([up, down]);
  },
);

test('RFC 9113 §6: each control frame has its fields', () => {
  const told = after(
    up(
      frame('settings', '', 0, hex('0001 00001000 0003 00000064')),
      frame('settings', 'ack', 0),
      frame('window', '', 0, hex('0000ffff')),
      frame('window', '', 3, hex('00000001')),
      frame('ping', '', 0, '12345678'),
      frame('ping', 'ack', 0, '12345678'),
      frame('priority', '', 5, hex('0000000000')),
      frame('rst', '', 7, hex('00000008')),
      frame('16', '', 0, 'u=1'),
      frame('200', '', 9),
      frame('goaway', '', 0, Buffer.concat([hex('00000005 00000000'), bytesOf('bye')])),
    ),
  );
  expect(told.up).toEqual([
    ...['* http2 settings-head 9', '- http2 settings 12', '* http2 settings-ack-head 9'],
    ...['* http2 window-update-head 9', '- http2 window-increment 4'],
    ...['* http2 window-update-head 9', '- http2 window-increment 4'],
    ...['* http2 ping-head 9', '- http2 ping-data 8', '* http2 ping-ack-head 9', '- http2 ping-data 8'],
    ...['* http2 priority-head 9', '- http2 priority 5', '* http2 rst-stream-head 9', '- http2 error-code 4'],
    ...['* http2 extension-head 9', '- http2 extension-data 3', '* http2 extension-head 9'],
    ...['* http2 goaway-head 9', '- http2 last-stream 4', '- http2 error-code 4', '- http2 debug-data 3'],
  ]);
});

test.each([
  ['a SETTINGS of five bytes', frame('settings', '', 0, '12345')],
  ['a SETTINGS of a stream', frame('settings', '', 1)],
  ['an acknowledgement with something in it', frame('settings', 'ack', 0, '123456')],
  ['a PING of seven bytes', frame('ping', '', 0, '1234567')],
  ['a WINDOW_UPDATE of three bytes', frame('window', '', 0, '123')],
  ['a RST_STREAM of the connection', frame('rst', '', 0, '1234')],
  ['a PRIORITY of four bytes', frame('priority', '', 1, '1234')],
  ['a GOAWAY of seven bytes', frame('goaway', '', 0, '1234567')],
  ['DATA of the connection', frame('data', '', 0, 'a')],
  ['HEADERS of the connection', frame('headers', 'headers', 0, 'a')],
  ['a promise of a client', frame('promise', 'headers', 1, hex('00000002'))],
  ['a CONTINUATION of nothing', frame('continuation', 'headers', 1)],
  [
    'HEADERS with another frame before their end',
    Buffer.concat([get(1).fill(0, 4, 5), frame('ping', '', 0, '12345678')]),
  ],
  [
    'HEADERS that another stream continues',
    Buffer.concat([get(1).fill(0, 4, 5), frame('continuation', 'headers', 3)]),
  ],
  ['HEADERS of more padding than bytes', frame('headers', 'headers,padded', 1, hex('02 00'))],
  ['HEADERS too short for their priority', frame('headers', 'headers,priority', 1, hex('00 00'))],
])('from a frame that breaks a rule on, all is unread: %s', (_, broken) => {
  expect(after([...up(broken), ...up(get(3))]).up).toEqual([`* unparsed malformed ${broken.length + 31}`]);
});

test.each([
  ['an entry that nobody has made', hex('be'), 'bad-index'],
  ['a table larger than allowed', hex('3fe21f'), 'size-update-too-large'],
])('a header block that cannot be read makes all that follows unread: %s', (_, bytes, problem) => {
  const broken = frame('headers', 'headers,end', 1, bytes);
  expect(after([...up(broken), ...up(get(3))]).up).toEqual([`* unparsed ${problem} ${broken.length + 31}`]);
});

test('an endless row of CONTINUATION is given up', () => {
  const endless = Buffer.concat([
    frame('headers', '', 1, Buffer.alloc(16_000)),
    ...Array.from({ length: 70 }, () => frame('continuation', '', 1, Buffer.alloc(16_000))),
  ]);
  const told = tell(http2Conversations(), [...begun, ['up', endless]]);
  expect(told.up.slice(2)).toEqual([`* unparsed too-long ${endless.length}`]);
});

test('RFC 7541 §6.3, RFC 9113 §6.5.2: a smaller table holds from its acknowledgement on', () => {
  const script = (size: string): Script => [
    ['down', frame('settings', '', 0, hex('0001 00000000'))],
    [
      'up',
      Buffer.concat([frame('settings', 'ack', 0), frame('headers', 'headers,end', 1, hex(`${size} 82 84`))]),
    ],
  ];
  // The first acknowledgement is of the empty SETTINGS.
  const first = up(frame('settings', 'ack', 0));
  expect(after([...first, ...script('20')]).up.slice(2)).toEqual([
    ...['* http2 headers-head 9', '- http2 table-size-update 1', '* http :method 1', '- http :path 1'],
  ]);
  expect(after([...first, ...script('')]).up.slice(2)).toEqual(['* unparsed missing-size-update 11']);
});

test('padding and priority are fields of their frames, also where a block goes on behind them', () => {
  const fields = block({ ':method': 'GET', ':path': '/' });
  const first = frame(
    'headers',
    'padded,priority,end',
    1,
    Buffer.concat([hex('03 0000000000'), fields.subarray(0, 5), hex('000000')]),
  );
  const told = after([
    ...up(first, frame('continuation', 'headers', 1, fields.subarray(5))),
    ...down(respond(1), frame('data', 'padded,end', 1, hex('02 6162 0000')), frame('data', '', 1, 'late')),
  ]);
  expect(told.up).toEqual([
    ...[
      '* http2 headers-head 9',
      '- http2 pad-length 1',
      '- http2 priority 5',
      '* http :method 5',
      '- http2 padding 3',
    ],
    ...['* http2 continuation-head 9', '+ http :method 8', '- http :path 9'],
  ]);
  expect(told.down.slice(2)).toEqual([
    ...['* http2 data-head 9', '- http2 pad-length 1', '* payload body 2', '- http2 padding 2'],
    ...['* http2 data-head 9', '- http2 discarded-data 4'],
  ]);
  expect(told.exchanges).toHaveLength(1);
});

test('DATA whose padding is longer than the frame cannot be read on', () => {
  const told = after([
    ...up(
      request(1, { ':method': 'POST', ':path': '/' }, 'headers'),
      frame('data', 'padded', 1, hex('02 61')),
    ),
  ]);
  expect(told.up.slice(-2)).toEqual(['- http2 pad-length 1', '* unparsed malformed 1']);
});

test.each([
  ['an upper-case name', 'X-A'],
  ['a name with a line end', 'x\r\nb'],
  ['an empty name', ''],
])('RFC 9113 §8.2.1: a field with %s is unread, and the others are read', (_, name) => {
  const told = after(up(request(1, { ':method': 'GET', [name]: 'v', 'x-b': '1' })));
  expect(told.up).toEqual([
    ...[
      '* http2 headers-head 9',
      '* http :method 13',
      `- unparsed malformed ${4 + name.length}`,
      '- http x-b 7',
    ],
  ]);
});

test('events of streams that cross each other are told in the order of the wire, each to its own', () => {
  const stream = { 'content-type': 'text/event-stream' };
  const told = after([
    ...up(get(1, '/a'), get(3, '/b')),
    ...down(
      ...[respond(1, stream), respond(3, stream)],
      ...[
        frame('data', '', 1, 'data: lo'),
        frame('data', 'end', 3, 'data: x\n\n'),
        frame('data', 'end', 1, 'ng\n\n'),
      ],
    ),
  ]);
  expect(told.down.filter((span) => /payload|data-head/.test(span))).toEqual([
    ...['* http2 data-head 9', '* payload message 2', '* http2 data-head 9', '* payload message 1'],
    ...['* http2 data-head 9', '+ payload message 2'],
  ]);
  // Each is told when its last byte is, with all its bytes: what stands behind another's unread event waits for that.
  expect(told.exchanges.map(({ target, down }) => [target, down])).toEqual([
    ['/b', 9 + 13 + 32 + 9 + 9],
    ['/a', 9 + 13 + 32 + 9 + 8 + 9 + 4],
  ]);
});

test('a stream that is reset in the middle of an event holds nothing back, is no exchange, and what still comes is discarded', () => {
  const told = after([
    ...up(get(1, '/a'), get(3, '/b')),
    ...down(respond(1, { 'content-type': 'text/event-stream' }), frame('data', '', 1, 'data: lo')),
    ...down(respond(3), frame('data', 'end', 3, 'hi')),
    ...up(frame('rst', '', 1, hex('00000008'))),
    ...down(frame('data', '', 1, 'ng\n\n'), frame('headers', 'headers', 1, block({ 'x-late': '1' }))),
  ]);
  expect(told.down.slice(-3)).toEqual([
    '- http2 discarded-data 4',
    '* http2 headers-head 9',
    '- http trailer:x-late 10',
  ]);
  expect(told.down.filter((span) => span.includes('unparsed')).length).toBeLessThan(2);
  expect(told.exchanges.map(({ target }) => target)).toEqual(['/b']);
});

test('a poll that is reset before its answer is no exchange, and an answer that was under way is read by nobody', () => {
  const told = after([
    ...up(get(1), frame('rst', '', 1, hex('00000008'))),
    ...down(respond(1), frame('data', 'end', 1, 'hi')),
  ]);
  expect(told.down.slice(-1)).toEqual(['- http2 discarded-data 2']);
  expect(told.exchanges).toEqual([]);
});

test('a server that has answered may reset what it does not want to hear (RFC 9113 §8.1)', () => {
  const post = request(1, { ':method': 'POST', ':path': '/message' }, 'headers');
  const told = after([
    ...up(post, frame('data', '', 1, 'abc')),
    ...down(respond(1, {}, 'headers,end'), frame('rst', '', 1, hex('00000000'))),
    ...up(frame('data', 'end', 1, 'def')),
  ]);
  expect(told.up.slice(-4)).toEqual([
    ...['* http2 data-head 9', '* payload body 3', '* http2 data-head 9', '- http2 discarded-data 3'],
  ]);
  expect(told.exchanges).toEqual([
    { method: 'POST', target: '/message', status: 200, up: 9 + 14 + 16 + 12, down: 9 + 13 + 13 },
  ]);
});

test('an empty body is a message where messages are posted; a GET, and what answers HEAD, 204 and 304, have none', () => {
  const answered = (method: string, path: string, status = '200') => {
    const told = after([
      ...up(request(1, { ':method': method, ':path': path })),
      ...down(frame('headers', 'headers,end', 1, block({ ':status': status }))),
    ]);
    expect(told.exchanges).toHaveLength(1);
    return [told.up, told.down].map((spans) => spans.includes('* payload body 0'));
  };
  expect(answered('POST', '/echo')).toEqual([true, true]);
  expect(answered('POST', '/echo', '500')).toEqual([true, false]);
  expect(answered('GET', '/echo', '204')).toEqual([false, false]);
  expect(answered('HEAD', '/echo')).toEqual([false, false]);
  expect(answered('GET', '/echo', '304')).toEqual([false, false]);
});

test('RFC 9113 §8.1: interim responses belong to the one that follows, trailers to the one before', () => {
  const told = after([
    ...up(request(1, { ':method': 'POST', ':path': '/' }, 'headers'), frame('data', '', 1, 'abc')),
    ...down(frame('headers', 'headers', 1, block({ ':status': '100' }))),
    ...up(frame('headers', 'headers,end', 1, block({ 'x-sum': 'a' }))),
    ...down(
      respond(1),
      frame('data', '', 1, 'def'),
      frame('headers', 'headers,end', 1, block({ 'x-sum': 'd' })),
    ),
  ]);
  expect(told.up.slice(-2)).toEqual(['* http2 headers-head 9', '- http trailer:x-sum 9']);
  expect(told.down).toEqual([
    ...['* http2 headers-head 9', '* http :status 13', '* http2 headers-head 9', '* http :status 13'],
    ...['* http2 data-head 9', '* payload body 3', '* http2 headers-head 9', '- http trailer:x-sum 9'],
  ]);
  expect(told.exchanges).toEqual([
    { method: 'POST', target: '/', status: 200, up: 9 + 14 + 9 + 12 + 18, down: 22 + 22 + 12 + 18 },
  ]);
});

test('RFC 9113 §8.4: a pushed request is the server’s, and is answered on the stream that it promised', () => {
  const promised = Buffer.concat([hex('00000002'), block({ ':method': 'GET', ':path': '/style' })]);
  const told = after([
    ...up(get(1)),
    ...down(respond(1), frame('promise', 'headers', 1, promised), frame('data', 'end', 1, 'a')),
    ...down(respond(2), frame('data', 'end', 2, 'b')),
  ]);
  expect(told.down.slice(2, 6)).toEqual([
    ...['* http2 push-promise-head 9', '- http2 promised-stream 4', '* http :method 13', '- http :path 14'],
  ]);
  expect(told.exchanges.map(({ target, up, down }) => [target, up, down])).toEqual([
    ['/', 31, 22 + 10],
    ['/style', 40, 22 + 10],
  ]);
});

test('an answer that nobody was seen to ask for is told, and is no exchange', () => {
  const told = after(down(respond(5), frame('data', 'end', 5, 'hi')));
  expect(told.down.at(-1)).toBe('* payload body 2');
  expect(told.exchanges).toEqual([]);
});

const connect = { ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/ws' };
const maskedHello = hex('81 85 37 fa 21 3d 7f 9f 4d 51 58');
const hello = hex('81 05 48 65 6c 6c 6f');
const frameOfHello = ['* websocket opcode 1', '- websocket length 1'];

test('RFC 8441 §5: after a CONNECT with a protocol, DATA of both directions are frames, wherever they are cut', () => {
  for (const half of ['', 'end']) {
    const told = after([
      ...up(request(1, connect, 'headers'), frame('data', half, 1, maskedHello), get(3)),
      ...down(respond(3, {}, 'headers,end'), respond(1)),
      ...down(frame('data', '', 1, hello.subarray(0, 3)), frame('data', 'end', 1, hello.subarray(3))),
    ]);
    expect(told.up.slice(4)).toEqual([
      ...['* http2 data-head 9', ...frameOfHello, '- websocket masking-key 4', '* payload message 5'],
      ...['* http2 headers-head 9', '* http :method 13', '- http :path 9'],
    ]);
    expect(told.down.slice(4)).toEqual([
      ...[
        '* http2 data-head 9',
        ...frameOfHello,
        '* payload message 1',
        '* http2 data-head 9',
        '+ payload message 4',
      ],
    ]);
    // The handshake alone: the response decides, and the bytes still under way upward are told then.
    expect(told.exchanges).toContainEqual({
      method: 'CONNECT',
      target: '/ws',
      status: 200,
      up: told.exchanges[0]?.up,
      down: 22,
      handshake: { outcome: 'agreed', offersCompression: false },
    });
  }
});

test.each([
  ['a CONNECT with a protocol that is refused has content', connect, '403', '* payload body 3', 'refused'],
  [
    'a CONNECT without one is a tunnel',
    { ':method': 'CONNECT', ':authority': 'a:443' },
    '200',
    '* unparsed tunnel 3',
    undefined,
  ],
  [
    'a protocol that nobody here reads is unread',
    { ...connect, ':protocol': 'x' },
    '200',
    '* unparsed upgraded 3',
    undefined,
  ],
])('%s', (_, fields, status, last, outcome) => {
  const told = after([
    ...up(request(1, fields, 'headers'), frame('data', '', 1, 'abc')),
    ...down(frame('headers', 'headers', 1, block({ ':status': status })), frame('data', 'end', 1, 'no!')),
    ...up(frame('data', 'end', 1)),
  ]);
  expect(told.up.slice(-2)).toEqual([last, '* http2 data-head 9']);
  expect(told.exchanges.map(({ target, handshake }) => [target, handshake?.outcome])).toEqual([
    [fields === connect || ':protocol' in fields ? '/ws' : 'a:443', outcome],
  ]);
});

test('what waits for the answer to a CONNECT is torn when none comes', () => {
  const told = after(up(request(1, connect, 'headers'), frame('data', '', 1, maskedHello), get(3)));
  expect(told.up.slice(4, 6)).toEqual(['* http2 data-head 9', '* unparsed torn 11']);
});

/** What is told of a script, with messages, values and clear bytes. */
function spansOf(script: Script) {
  const spans: { message: Message; layer: Layer | 'unparsed'; name: string; value: string; clear: string }[] =
    [];
  const reader = readSpans(http2Conversations(), ({ message, layer, name, value = '', clear }) =>
    spans.push({ message, layer, name, value, clear: Buffer.from(clear).toString('latin1') }),
  );
  for (const [direction, data] of script)
    reader.push({ at: 0, connection: 0, direction, phase: 'steady', bytes: bytesOf(data) });
  reader.end();
  return spans;
}

test('frames are parts of the request or response on their stream, which has their number; others of the connection', () => {
  const spans = spansOf([
    ...begun,
    ...up(
      request(7, { ':method': 'POST', ':path': '/' }, 'headers'),
      frame('window', '', 7, hex('00000001')),
    ),
    ...up(frame('data', 'end', 7, 'a')),
    ...down(respond(7), frame('data', 'end', 7, 'b')),
  ]);
  const heads = spans.filter(({ name }) => name.endsWith('-head'));
  expect(
    heads.map(({ message }) => [message.stream, message.parent?.kind, requestOf(message)?.target]),
  ).toEqual([
    [0, undefined, undefined],
    [0, undefined, undefined],
    [7, 'request', '/'],
    [7, undefined, undefined],
    [7, 'request', '/'],
    [7, 'response', '/'],
    [7, 'response', '/'],
  ]);
});

test('RFC 9113 §8.2.3: repeated fields are joined, cookies as HTTP/1.1 joins them', () => {
  const twice = Buffer.concat([
    block({ ':method': 'GET', ':path': '/', cookie: 'a=1', 'x-a': '1' }),
    block({ cookie: 'b=2', 'x-a': '2' }),
  ]);
  const [first] = spansOf([...begun, ...up(frame('headers', 'headers,end', 1, twice))])
    .map(({ message }) => requestOf(message))
    .filter((one) => one !== null);
  expect([first?.headers.get('cookie'), first?.headers.get('x-a')]).toEqual(['a=1; b=2', '1, 2']);
});

test('any frames after a preface are told to the byte, whatever is in them', () => {
  const anyFrame = fc
    .tuple(
      fc.constantFrom(...types, '16'),
      fc.subarray(['end', 'headers', 'padded', 'priority']),
      fc.nat(4),
      fc.oneof(
        fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
        fc.constantFrom(
          ...[
            block({ ':method': 'GET', ':path': '/' }),
            block({ ':status': '200', 'content-type': 'text/event-stream' }),
          ],
          ...[block(connect), bytesOf('data: a\n\n'), bytesOf('data: '), hello, maskedHello],
        ),
      ),
    )
    .map(([type, flags, stream, payload]) => frame(type, flags.join(','), stream, payload));
  const anyScript = fc.array(fc.tuple(fc.constantFrom('up' as const, 'down' as const), anyFrame), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(anyScript, fc.integer({ min: 1, max: 9 }), (rest, size) => {
      const script: Script = [...begun, ...rest];
      const cut = (bytes: Buffer) =>
        Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        );
      expect(tell(http2Conversations(), script, cut)).toEqual(tell(http2Conversations(), script));
    }),
    { numRuns: 500 },
  );
});

test('RFC 9112: what fields would weigh in HTTP/1.1; pseudo-headers make up its start line and Host', () => {
  const requestLine = 'GET /a HTTP/1.1\r\n';
  expect(inHttp1(':method', 'GET') + inHttp1(':path', '/a') + inHttp1(':scheme', 'https')).toBe(
    requestLine.length,
  );
  expect(inHttp1(':authority', 'a:1')).toBe('host: a:1\r\n'.length);
  expect(inHttp1(':status', '404')).toBe('HTTP/1.1 404 Not Found\r\n'.length);
  expect(inHttp1(':status', '299')).toBe('HTTP/1.1 299 \r\n'.length);
  expect(inHttp1(':protocol', 'websocket')).toBe('connection: Upgrade\r\nupgrade: websocket\r\n'.length);
  expect(inHttp1('x-a', 'b')).toBe('x-a: b\r\n'.length);
  expect(inHttp1('constructor', '')).toBe('constructor: \r\n'.length);
});
