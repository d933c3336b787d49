/**
 * Socket.IO's connection state recovery: the offset that the server adds to an event is Socket.IO's own, and only where
 * the server promised recovery, which it may have done on another connection of the session.
 */
import { expect, test } from 'vitest';
import { anyConversation, anyConversations } from '../../src/protocols/detect.ts';
import { createSessions } from '../../src/protocols/engine-io/sessions.ts';
import { httpConversation, httpConversations } from '../../src/protocols/http1/http.ts';
import type { Direction } from '../../src/wire/span.ts';
import { type Script, tell, tellEveryWay } from '../support/bytes.ts';

const promise = '40{"sid":"wZX3oN0bSVIhsaknAAAI","pid":"6C1Dx"}';
const handshake = (target: string): Script => [
  [
    'up',
    `GET ${target} HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  ],
  ['down', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'],
];
/** A text frame of at most 125 bytes; its mask, where there is one, is all zeros. */
const frame = (direction: Direction, text: string) =>
  Buffer.concat([
    Buffer.from([0x81, text.length | (direction === 'up' ? 0x80 : 0)]),
    Buffer.alloc(direction === 'up' ? 4 : 0),
    Buffer.from(text),
  ]);
const direct = '/socket.io/?EIO=4&transport=websocket';

/** The spans of the last packet, without its frame. */
function lastOf(packets: readonly (readonly [Direction, string])[], target = direct): string[] {
  const script: Script = [
    ...handshake(target),
    ...packets.map(([direction, text]) => [direction, frame(direction, text)] as const),
  ];
  const told = tell(httpConversation, script)[packets.at(-1)![0]];
  return told.slice(told.lastIndexOf('* engine.io message 1') + 1);
}

const after = (packet: string, promised = promise) =>
  lastOf([
    ['down', promised],
    ['down', packet],
  ]);
const offsetOf = (packet: string, promised = promise) =>
  after(packet, promised).filter((span) => span.includes(' offset '));
const payloadOf = (spans: readonly string[]) => spans.filter((span) => /payload/.test(span));

test('after a CONNECT with a pid the offset of 42["m","hi","Q8dWW5W.0"] is Socket.IO’s', () => {
  expect(after('42["m","hi","Q8dWW5W.0"]')).toEqual([
    '* socket.io event 1',
    '- socket.io json 2',
    '- socket.io event-name 1',
    '- socket.io json 3',
    '* payload message 2',
    '- socket.io json 3',
    '- socket.io offset 9',
    '- socket.io json 2',
  ]);
});

test('an offset is told the same however its bytes were cut', () => {
  const script: Script = [
    ...handshake(direct),
    ['down', frame('down', promise)],
    ['down', frame('down', '42["m","Q8dWW5W.0"]')],
  ];
  expect(tellEveryWay(httpConversation, script, 'open').down).toContain('- socket.io offset 9');
});

test.each([
  ['in memory, the first in its millisecond', 'Q8dWW5W', 7],
  ['in memory, a later one', 'Q8dWW5W.1A', 10],
  ['Redis Streams', '1795968000000-0', 15],
  ['MongoDB', '65a1b2c3d4e5f60718293a4b', 24],
])('an offset as adapters write it: %s', (_, offset, bytes) => {
  expect(offsetOf(`42["m","hi","${offset}"]`)).toEqual([`- socket.io offset ${bytes}`]);
  // An event without arguments has one, too.
  expect(payloadOf(after(`42["m","${offset}"]`))).toEqual([]);
});

test('a binary event has an offset after its placeholders', () => {
  const packet = '451-["m",{"_placeholder":true,"num":0},"Q8dWW5W"]';
  expect(offsetOf(packet)).toEqual(['- socket.io offset 7']);
  expect(payloadOf(after(packet))).toEqual([]);
});

test('a namespace has an offset where the pid was given in it, and nowhere else', () => {
  const promised = '40/chat,{"sid":"a","pid":"b"}';
  expect(offsetOf('42/chat,["m","Q8dWW5W"]', promised)).toHaveLength(1);
  expect(offsetOf('42/admin,["m","Q8dWW5W"]', promised)).toEqual([]);
  expect(offsetOf('42["m","Q8dWW5W"]', promised)).toEqual([]);
});

test.each([
  ['without a pid', '42["m","Q8dWW5W.0"]', '40{"sid":"wZX3oN0bSVIhsaknAAAI"}'],
  ['with a pid that is no text', '42["m","Q8dWW5W.0"]', '40{"sid":"a","pid":7}'],
  ['in an event that asks for an acknowledgement', '427["m","Q8dWW5W.0"]', promise],
  ['in an acknowledgement', '437["Q8dWW5W.0"]', promise],
  ['that is not the last argument', '42["m","Q8dWW5W.0",1]', promise],
  ['that is no text', '42["m",{"at":"Q8dWW5W.0"}]', promise],
  ['that is a word', '42["m","counter"]', promise],
  ['that is longer', '42["m","Q8dWW5W and more"]', promise],
])('what looks like an offset %s is the application’s', (_, packet, promised) => {
  expect(offsetOf(packet, promised)).toEqual([]);
  expect(payloadOf(after(packet, promised))).not.toEqual([]);
});

test('what a client sends has no offset, and a client’s pid promises nothing', () => {
  const both = (direction: Direction) =>
    lastOf([
      ['down', promise],
      [direction, '42["m","Q8dWW5W.0"]'],
    ]);
  expect(payloadOf(both('up'))).toEqual(['* payload message 9']);
  const asked = lastOf([
    ['up', '40{"pid":"6C1Dx","offset":"Q8dWW5W.0"}'],
    ['down', '42["m","Q8dWW5W.0"]'],
  ]);
  expect(payloadOf(asked)).toEqual(['* payload message 9']);
});

const poll = (sid: string): Script => [
  ['up', `GET /socket.io/?EIO=4&transport=polling&sid=${sid} HTTP/1.1\r\nHost: a\r\n\r\n`],
  ['down', `HTTP/1.1 200 OK\r\nContent-Length: ${promise.length}\r\n\r\n${promise}`],
];

test.each(['http', 'any'] as const)(
  'what was promised while polling holds for the WebSocket of the session, and of no other (%s)',
  (kind) => {
    const dissect = kind === 'http' ? httpConversations() : anyConversations();
    tell(dissect, poll('abc'));
    const event = (sid: string) =>
      tell(dissect, [
        ...handshake(`${direct}&sid=${sid}`),
        ['down', frame('down', '42["m","Q8dWW5W.0"]')],
      ]).down.filter((span) => span.includes(' offset '));
    expect(event('abc')).toHaveLength(1);
    expect(event('xyz')).toEqual([]);
  },
);

test('of two connections that know nothing of each other, each is read alone', () => {
  for (const dissect of [httpConversation, anyConversation]) {
    tell(dissect, poll('abc'));
    const { down } = tell(dissect, [
      ...handshake(`${direct}&sid=abc`),
      ['down', frame('down', '42["m","Q8dWW5W.0"]')],
    ]);
    expect(down.filter((span) => span.includes(' offset '))).toEqual([]);
  }
});

test('only the newest promises are kept', () => {
  const sessions = createSessions();
  for (let n = 0; n <= 10_000; n++) sessions.of(`s${n}`).recoverable.add('/');
  // In this order, because asking for a session that is gone makes a new one and drops the oldest.
  expect(['s10000', 's1', 's0'].map((sid) => sessions.of(sid).recoverable.has('/'))).toEqual([
    true,
    true,
    false,
  ]);
});
