/** What an application says, taken apart, and what moved between two recordings of it. */
import { expect, test } from 'vitest';
import type { Profile } from '../../src/document/inspection.ts';
import { compareInspections, isImprovement } from '../../src/gate/inspection-differences.ts';
import { createProfiler } from '../../src/inspection/profile.ts';
import { anyConversations } from '../../src/protocols/detect.ts';
import { changeText } from '../../src/report/views/inspection/inspection-changes.ts';

type Said = readonly ['up' | 'down', string];

/** Each list is a connection. */
function profileOf(...connections: readonly (readonly Said[])[]): Profile {
  const profiler = createProfiler(anyConversations());
  for (const [connection, said] of connections.entries()) {
    for (const [direction, text] of said)
      profiler.take({ at: 0, connection, direction, phase: 'steady', bytes: Buffer.from(text, 'latin1') });
    profiler.close(connection);
  }
  return profiler.read();
}

const get = (path: string, ...headers: string[]): Said => [
  'up',
  [`GET ${path} HTTP/1.1`, 'host: 127.0.0.1:1', ...headers, '', ''].join('\r\n'),
];
const ok = (body: string, ...headers: string[]): Said => [
  'down',
  ['HTTP/1.1 200 OK', ...headers, `content-length: ${body.length}`, '', body].join('\r\n'),
];
const told = (before: Profile, after: Profile) =>
  compareInspections(before, after).changes.map((change) => changeText(change).en);

const plain = profileOf([get('/items'), ok('[]', 'date: a'), get('/items'), ok('[]', 'date: b')]);

test('an exchange is a kind; what changes from visit to visit makes no other shape', () => {
  expect(plain.kinds.map(({ kind, count, shapes }) => [kind, count, shapes.length])).toEqual([
    ['GET /items 200', 2, 1],
  ]);
  expect(plain.unsteady).toEqual(['date', 'host']);
  expect(plain.connections).toEqual([{ first: 'GET /items', count: 1 }]);
});

test('the same application says the same, whatever the order', () => {
  const other = [get('/a'), ok('a')] as const;
  expect(told(profileOf(other, [get('/b'), ok('b')]), profileOf([get('/b'), ok('b')], other))).toEqual([]);
});

test.each<[string, readonly Said[], string]>([
  [
    'a header',
    [get('/items'), ok('[]', 'date: a', 'x-by: blue')],
    '+12 B each: new header `x-by: blue` in GET /items 200',
  ],
  [
    'its case',
    [get('/items'), ok('[]', 'Date: a')],
    '±0 B, but it reads differently: header `Date: *` in GET /items 200: `date: *` → `Date: *`',
  ],
  [
    'a cookie',
    [get('/items', 'cookie: a=1'), ok('[]', 'date: a')],
    '+13 B each: new header `cookie: a=*` in GET /items 200',
  ],
  [
    'a longer body',
    [get('/items'), ok('[1]', 'date: a')],
    '+1 B each: payload body, from the server in GET /items 200',
  ],
])('%s is one change, named with its bytes', (_, exchange, line) => {
  const once = profileOf([get('/items'), ok('[]', 'date: a')]);
  expect(told(once, profileOf(exchange))).toContain(line);
});

test('a header of many kinds is told once', () => {
  const both = (...headers: string[]) =>
    profileOf([get('/a'), ok('a', ...headers), get('/b'), ok('b', ...headers)]);
  expect(told(both(), both('vary: origin'))).toEqual([
    '+14 B each: new header `vary: origin` in GET /a 200, GET /b 200',
  ]);
});

test('a request more, and a connection more', () => {
  const twice = [
    get('/items'),
    ok('[]', 'date: a'),
    get('/items'),
    ok('[]', 'date: a'),
    get('/items'),
    ok('[]', 'date: a'),
  ];
  expect(told(plain, profileOf(twice))[0]).toMatch(
    /^\+\d+ B in all: GET \/items 200 comes 3 times instead of 2$/,
  );
  const apart = profileOf([get('/items'), ok('[]', 'date: a')], [get('/items'), ok('[]', 'date: a')]);
  expect(told(plain, apart)).toEqual(['2 connections instead of 1 that begin with GET /items']);
});

test('an event stream: its events and comments are kinds of their own', () => {
  const stream = (body: string) =>
    profileOf([
      get('/events'),
      ['down', `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n${body}`],
    ]);
  const [before, after] = [stream('data: 1\n\ndata: 2\n\n'), stream(': hello\n\ndata: 1\n\ndata: 2\n\n')];
  expect(before.kinds.map(({ kind, count }) => [kind, count])).toEqual([
    ['GET /events 200', 1],
    ['event of GET /events', 2],
  ]);
  expect(told(before, after)).toEqual([
    expect.stringMatching(/^\+\d+ B: new, once: comment of GET \/events$/),
  ]);
});

test('which requests Socket.IO makes while it connects is a race; what its answers carry is compared', () => {
  const poll = (...headers: string[]) => [
    get('/socket.io/?EIO=4&transport=polling&t=abc'),
    ok('6', 'content-type: text/plain', ...headers),
  ];
  const [short, long] = [profileOf(poll()), profileOf([...poll(), ...poll()])];
  expect(told(short, long)).toEqual([]);
  expect(told(short, profileOf([...poll('x-by: blue'), ...poll('x-by: blue')]))).toEqual([
    expect.stringMatching(/^\+12 B each: new header `x-by: blue`/),
  ]);
});

test('less is an improvement, and what only reads differently is not', () => {
  const heavy = profileOf([get('/items'), ok('[]', 'date: a', 'x-by: blue')]);
  const light = profileOf([get('/items'), ok('[]', 'date: a')]);
  expect(compareInspections(heavy, light).changes.every(isImprovement)).toBe(true);
  expect(
    compareInspections(light, profileOf([get('/items'), ok('[]', 'Date: a')])).changes.some(isImprovement),
  ).toBe(false);
});

/** A frame of a client: its payload under a mask that is another each time. */
const masked = (text: string, key: readonly number[]): Said => [
  'up',
  Buffer.from([
    0x81,
    0x80 | text.length,
    ...key,
    ...Buffer.from(text).map((byte, k) => byte ^ key[k % 4]!),
  ]).toString('latin1'),
];
const upgrade = (target: string): Said[] => [
  get(target, 'upgrade: websocket', 'connection: Upgrade', 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=='),
  [
    'down',
    'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: x\r\n\r\n',
  ],
];

test('an event of Socket.IO has its name, whatever mask it came under, and an argument more is one change', () => {
  const say = (packet: string, key: readonly number[]) =>
    profileOf([...upgrade('/socket.io/?EIO=4&transport=websocket'), masked(packet, key)]);
  const before = say('42["chat","hi"]', [1, 2, 3, 4]);
  expect(before.kinds.map(({ kind }) => kind)).toContain('Socket.IO event "chat" up');
  expect(told(before, say('42["chat","hi"]', [9, 8, 7, 6]))).toEqual([]);
  expect(told(before, say('42["chat","hi","seen"]', [9, 8, 7, 6]))).toEqual([
    '+3 B each: socket.io json, to the server in Socket.IO event "chat" up comes 4 times instead of 3',
    '+4 B each: payload message, to the server in Socket.IO event "chat" up comes 2 times instead of 1',
  ]);
});
