/** Engine.IO and Socket.IO where they border on other things: other queries, other paths, data that is none of theirs. */
import { expect, test } from 'vitest';
import {
  type Endpoint,
  engineIoAt,
  engineIoMessage,
  engineIoPayload,
} from '../../src/protocols/engine-io/engine-io.ts';
import { ownSocketIo } from '../../src/protocols/socket-io/socket-io.ts';
import { alone, bytesOf, nothing, tell, tellEveryWay, telling } from '../support/bytes.ts';

const query = '?EIO=4&transport=polling';

test.each([
  [`/socket.io/${query}`, 'socket.io'],
  [`/engine.io/${query}`, 'plain'],
  [`/a/socket.io/b/${query}`, 'socket.io'],
  [`/${query}`, 'unsaid'],
  [`/socket.io${query}`, 'unsaid'],
  [`socket.io/${query}`, 'unsaid'],
  [`/mysocket.io/${query}`, 'unsaid'],
  [`/xengine.io/${query}`, 'unsaid'],
  [`/chat/${query}&next=/socket.io/`, 'unsaid'],
  [query, 'unsaid'],
])('what the target %s carries is %s', (target, carries) => {
  expect(engineIoAt(target)).toEqual({ transport: 'polling', carries });
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
  expect(engineIoAt('/socket.io/?x=?&EIO=4&transport=websocket')).toEqual({
    transport: 'websocket',
    carries: 'socket.io',
  });
});

const told = (carries: Endpoint['carries'], packet: string, kind: 'text' | 'binary' = 'text') =>
  tell(alone(engineIoMessage({ transport: 'websocket', carries }, kind, null)), [['down', packet]]).down;

test('what binary is called, and what a message without Socket.IO is, depends on who promised what', () => {
  expect(told('plain', 'ab', 'binary')).toEqual(['* payload message 2']);
  expect(told('unsaid', 'ab', 'binary')).toEqual(['* payload attachment 2']);
  expect(told('socket.io', '', 'binary')).toEqual(['* payload attachment 0']);
  expect(told('plain', '42["a"]')).toEqual(['* engine.io message 1', '* payload message 6']);
  expect(told('unsaid', '4hi')).toEqual(['* engine.io message 1', '* payload message 2']);
  expect(told('socket.io', '4hi')).toEqual(['* engine.io message 1', '* unparsed malformed 2']);
});

test('a packet without data has none; a packet without a type is nothing', () => {
  for (const [digit, type] of [...'012356'].map((digit, index) => [
    digit,
    ['open', 'close', 'ping', 'pong', 'upgrade', 'noop'][index],
  ]))
    expect(told('plain', digit ?? '')).toEqual([`* engine.io ${type} 1`]);
  expect(told('plain', '')).toEqual([]);
  expect(told('plain', '1x5')).toEqual(['* engine.io close 1', '- engine.io data 2']);
  expect(told('plain', '6x')).toEqual(['* engine.io noop 1', '- engine.io data 1']);
  expect(told('plain', 'b')).toEqual(['* engine.io binary 1', '* payload message 0']);
  expect(told('plain', '8')).toEqual(['* unparsed malformed 1']);
});

test('a body may end with a separator, or be one', () => {
  const payload = (body: string) =>
    tellEveryWay(
      alone(engineIoPayload({ transport: 'polling', carries: 'plain' }, null)),
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
    null,
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

test('a placeholder has fewer than 64 bytes', () => {
  const placeholder = (length: number) => `{"_placeholder":true,"num":${'1'.repeat(length - 28)}}`;
  expect(packet(`3[${placeholder(63)}]`)).toEqual(['ack 1 unit', 'json 65 field']);
  expect(packet(`3[${placeholder(64)}]`)).toContain('payload argument 64 unit');
});
