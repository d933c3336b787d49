/** Which messages of an Engine.IO session are Socket.IO packets: text by its first packet, binary where it is MessagePack. */
import { expect, test } from 'vitest';
import { engineIoMessage } from '../../src/protocols/engine-io/engine-io.ts';
import { createSession, type Session } from '../../src/protocols/engine-io/sessions.ts';
import type { Direction } from '../../src/wire/span.ts';
import { alone, hex, tell } from '../support/bytes.ts';
import { endpoint } from '../support/endpoints.ts';

const told = (kind: 'text' | 'binary', data: string | Uint8Array, session: Session, direction: Direction) =>
  tell(alone(engineIoMessage(endpoint(), kind, session)), [[direction, data]])[direction];

/** `{type, nsp: "/"}` and, if it is an event, `data: ["hi"]`, behind the given head of a map. */
const packed = (head: string, type: number) =>
  hex(`${head} a474797065 0${type} a36e7370 a12f ${type === 2 ? 'a464617461 91 a26869' : ''}`);

test.each([
  ['0', 'up', true],
  ['0/admin,', 'up', true],
  ['0/admin', 'up', true],
  ['0/admin,{"token":"a,b"}', 'up', true],
  ['0{}', 'up', true],
  ['00', 'up', false],
  ['0{}x', 'up', false],
  ['x0', 'up', false],
  ['0', 'down', false],
] as const)(
  'a session of Engine.IO 4 whose first message is %s %s speaks Socket.IO: %s',
  (text, direction, speaks) => {
    const session = createSession();
    told('text', `4${text}`, session, direction);
    expect(session.isSocketIo).toBe(speaks);
  },
);

test.each(['83', 'de0003', 'df00000003'])(
  'an event in MessagePack, its map headed %s, is a packet',
  (head) => {
    const session = createSession();
    told('text', '40', session, 'up');
    const spans = told('binary', packed(head, 2), session, 'down');
    expect(spans[0]).toBe(`* msgpack head ${head.length / 2}`);
    expect(spans.filter((span) => /socket\.io/.test(span))).toEqual([
      '* socket.io event 1',
      '- socket.io namespace 2',
      '- socket.io event-name 2',
    ]);
  },
);

test('a client that connects in MessagePack begins Socket.IO, a server or an event does not', () => {
  const begins = (type: number, direction: Direction) => {
    const session = createSession();
    const spans = told('binary', packed(type === 2 ? '83' : '82', type), session, direction);
    return [session.isSocketIo, spans.some((span) => /msgpack/.test(span))];
  };
  expect(begins(0, 'up')).toEqual([true, true]);
  expect(begins(0, 'down')).toEqual([false, false]);
  expect(begins(2, 'up')).toEqual([false, false]);
});

test('what begins as a map and is no packet, or was announced as an attachment, is data', () => {
  const session = createSession();
  told('text', '40', session, 'up');
  expect(told('binary', hex('81 a161 01'), session, 'down')).toEqual(['* payload message 4']);
  expect(told('binary', hex('01 02'), session, 'down')).toEqual(['* payload message 2']);
  // An event that announces none.
  told('text', '42["e"]', session, 'down');
  expect(told('binary', hex('01 02'), session, 'down')).toEqual(['* payload message 2']);
  session.due.down = 1;
  const packet = packed('83', 2);
  expect(told('binary', packet, session, 'down')).toEqual([`* payload attachment ${packet.length}`]);
  expect(told('binary', packet, session, 'down')[0]).toBe('* msgpack head 1');
});

test('in base64 it is the same, and what base64 adds is encoding', () => {
  const session = createSession();
  told('text', '40', session, 'up');
  const packet = packed('83', 2);
  const written = packet.toString('base64');
  const spans = told('text', `b${written}`, session, 'down');
  expect(spans.slice(0, 2)).toEqual(['* engine.io binary 1', '* msgpack head 1']);
  expect(spans.at(-1)).toBe(`* encoding base64 ${written.length - packet.length}`);
  session.due.down = 1;
  expect(told('text', `b${written}`, session, 'down')).toEqual([
    '* engine.io binary 1',
    `* payload attachment ${packet.length}`,
    `* encoding base64 ${written.length - packet.length}`,
  ]);
});
