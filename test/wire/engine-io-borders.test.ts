/** Limits of Engine.IO and Socket.IO: other queries, other paths, and data that is not theirs. */
import { expect, test } from 'vitest';
import { type Endpoint, engineIoAt } from '../../src/protocols/engine-io/endpoint.ts';
import { engineIoMessage, engineIoPayload } from '../../src/protocols/engine-io/engine-io.ts';
import { createSession } from '../../src/protocols/engine-io/sessions.ts';
import { ownSocketIo } from '../../src/protocols/socket-io/socket-io.ts';
import { alone, bytesOf, nothing, tellEveryWay, telling } from '../support/bytes.ts';
import { endpoint } from '../support/endpoints.ts';

const query = '?EIO=4&transport=polling';

test.each([
  [`/socket.io/${query}`, true],
  [`/socket.io${query}`, true],
  [`/app/socket.io/${query}`, true],
  [`/engine.io/${query}`, false],
  [`/socket.io/b/${query}`, false],
  [`/${query}`, false],
  [`/mysocket.io/${query}`, false],
  [`/chat/${query}&next=/socket.io/`, false],
  [query, false],
])('whether the target %s is Socket.IO’s own path: %s', (target, isSocketIo) => {
  expect(engineIoAt(target)).toEqual(endpoint({ transport: 'polling', isSocketIo }));
});

test.each([
  '/socket.io/',
  '',
  '/?EIO=4',
  '/?EIO=4&transport=',
  '/?transport=polling',
  '/?EIO=44&transport=polling',
])('the target "%s" names no endpoint', (target) => {
  expect(engineIoAt(target)).toBeUndefined();
});

test('a query may hold question marks', () => {
  expect(engineIoAt('/socket.io/?x=?&EIO=4&transport=websocket')).toEqual(endpoint({ isSocketIo: true }));
});

/** Messages of one session over WebSocket, one after the other; bytes are binary ones. */
const session = (
  where: Partial<Endpoint>,
  ...messages: readonly (readonly ['up' | 'down', string | Uint8Array])[]
) => {
  const one = createSession();
  return messages.map(([direction, data]) => {
    const kind = typeof data === 'string' ? 'text' : 'binary';
    const spans: string[] = [];
    const heard = telling((layer, name, bytes, mark) => {
      spans.push(`${mark === 'unit' ? '*' : '-'} ${layer} ${name} ${bytes}`);
    });
    const reader = engineIoMessage(endpoint(where), kind, one)(heard, nothing(direction));
    reader.push(bytesOf(data));
    reader.end();
    return spans;
  });
};

const told = (packet: string) => session({}, ['down', packet])[0];

test('who never said CONNECT does not speak Socket.IO, whatever its messages look like', () => {
  expect(session({}, ['up', '41'], ['down', '42["temperature",21.5]'])).toEqual([
    ['* engine.io message 1', '* payload message 1'],
    ['* engine.io message 1', '* payload message 21'],
  ]);
  const [, , event] = session({}, ['up', '40'], ['down', '40{"sid":"a"}'], ['down', '42["a",1]']);
  expect(event).toContain('* socket.io event 1');
  const [, served] = session({ version: 3 }, ['down', '40'], ['down', '42["a",1]']);
  expect(served).toContain('* socket.io event 1');
});

test('binary is an attachment where a packet has announced it, and a message of its own elsewhere', () => {
  const bytes = bytesOf('ab');
  expect(session({}, ['down', bytes])).toEqual([['* payload message 2']]);
  const announced = '452-["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]';
  const [, ...binary] = session(
    { isSocketIo: true },
    ...([
      ['down', announced],
      ['down', bytes],
      ['up', bytes],
      ['down', bytes],
      ['down', bytes],
    ] as const),
  );
  const attachment = ['* payload attachment 2'];
  const message = ['* payload message 2'];
  expect(binary).toEqual([attachment, message, attachment, message]);
});

test('what Socket.IO does not read is the application’s, and not lost', () => {
  expect(session({ isSocketIo: true }, ['down', '4hi'])).toEqual([
    ['* engine.io message 1', '* payload message 2'],
  ]);
});

test('a packet without data has none; a packet without a type is nothing', () => {
  for (const [digit, type] of [...'012356'].map((digit, index) => [
    digit,
    ['open', 'close', 'ping', 'pong', 'upgrade', 'noop'][index],
  ]))
    expect(told(digit ?? '')).toEqual([`* engine.io ${type} 1`]);
  expect(told('')).toEqual([]);
  expect(told('1x5')).toEqual(['* engine.io close 1', '- engine.io data 2']);
  expect(told('6x')).toEqual(['* engine.io noop 1', '- engine.io data 1']);
  expect(told('b')).toEqual(['* engine.io binary 1', '* payload message 0']);
  expect(told('8')).toEqual(['* unparsed malformed 1']);
});

test('a body may end with a separator, or be one', () => {
  const payload = (body: string) =>
    tellEveryWay(
      alone(engineIoPayload(endpoint({ transport: 'polling' }), createSession())),
      [['down', body]],
      'open',
    ).down;
  expect(payload('4a\x1e')).toEqual([
    '* engine.io message 1',
    '* payload message 1',
    '- engine.io separator 1',
  ]);
  expect(payload('\x1e')).toEqual(['- engine.io separator 1']);
  expect(payload('')).toEqual([]);
});

/** What Socket.IO says of a packet: its spans, or that it is none. */
function packet(text: string): string[] | false {
  const spans: string[] = [];
  const isOne = ownSocketIo(
    telling((layer, name, bytes, mark) => {
      spans.push(`${layer === 'socket.io' ? '' : `${layer} `}${name} ${bytes} ${mark}`);
    }),
    nothing(),
    bytesOf(text),
    createSession(),
  );
  expect(isOne || spans.length === 0).toBe(true);
  return isOne && spans;
}

test.each([
  ['0', ['connect 1 unit']],
  ['1', ['disconnect 1 unit']],
  ['4', ['connect-error 1 unit']],
  ['3[]', ['ack 1 unit', 'json 2 field']],
  ['2[]', ['event 1 unit', 'json 2 field']],
  ['30["x"]', ['ack 1 unit', 'ack-id 1 field', 'json 2 field', 'payload message 1 unit', 'json 2 field']],
  [
    '60-[1]',
    ['binary-ack 1 unit', 'attachments 2 field', 'json 1 field', 'payload argument 1 unit', 'json 1 field'],
  ],
  ['0/a,', ['connect 1 unit', 'namespace 3 field']],
  ['0/', ['connect 1 unit', 'namespace 1 field']],
  ['2/,["a"]', ['event 1 unit', 'namespace 2 field', 'json 2 field', 'event-name 1 field', 'json 2 field']],
])('%s is a packet of Socket.IO', (text, spans) => {
  expect(packet(text)).toEqual(spans);
});

test.each([
  '',
  'x0',
  '5["a"]',
  '5-["a"]',
  '0x',
  '0[',
  '2',
  '2{}',
  '2"a"',
  '2 ["a"]',
  '2["a"',
  '42["a"',
  '7',
  '/a,',
  '["a"]',
])('"%s" is no packet of Socket.IO, and nothing of it is owned', (text) => {
  expect(packet(text)).toBe(false);
});

test('a first argument that is no string names the event all the same, and is not payload', () => {
  expect(packet('2[7,"x"]')).toEqual([
    ...['event 1 unit', 'json 1 field', 'event-name 1 field', 'json 2 field'],
    ...['payload message 1 unit', 'json 2 field'],
  ]);
});

test('white space between elements is syntax', () => {
  expect(packet('2[ "a" , 1 ]')).toEqual([
    ...['event 1 unit', 'json 3 field', 'event-name 1 field', 'json 4 field'],
    ...['payload argument 1 unit', 'json 2 field'],
  ]);
});

test.each([
  '{"_placeholder":true,"num":-1}',
  '{"_placeholder":true,"num":1,"x":2}',
  '{"x":2,"_placeholder":true,"num":1}',
  '{"_placeholder":false,"num":1}',
  '"{\\"_placeholder\\":true}"',
])('%s leaves no place for an attachment: it is an argument', (argument) => {
  expect(packet(`3[${argument}]`)).toContainEqual(expect.stringMatching(/^payload /));
});

test('the header of a packet is sought in its first 4096 bytes', () => {
  const namespace = (length: number) => `0/${'n'.repeat(length - 2)},`;
  expect(packet(namespace(4095))).toEqual(['connect 1 unit', 'namespace 4095 field']);
  expect(packet(namespace(4096))).toBe(false);
});

test('a placeholder is one in any spelling, inside an argument as well, and only where attachments are announced', () => {
  expect(packet('61-[{"num":0,"_placeholder":true}]')).toEqual([
    'binary-ack 1 unit',
    'attachments 2 field',
    'json 31 field',
  ]);
  expect(packet('61-[{ "_placeholder" : true, "num" : 10 }]')?.toString()).not.toContain('payload');
  expect(packet('61-[{"a":{"num":0,"_placeholder":true},"b":1}]')).toEqual([
    'binary-ack 1 unit',
    'attachments 2 field',
    'json 1 field',
    'payload argument 5 unit',
    'json 29 field',
    'payload argument 7 unit',
    'json 1 field',
  ]);
  expect(packet('3[{"_placeholder":true,"num":0}]')).toContain('payload argument 29 unit');
});
