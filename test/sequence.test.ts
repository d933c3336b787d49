/** The sequence around one message: what one client and its server said, from one answer to the next. */
import { expect, test } from 'vitest';
import { createSequence } from '../src/sequence.ts';
import { httpConversation } from '../src/wire/http.ts';
import { rawConversation } from '../src/wire/raw.ts';
import type { Chunk } from '../src/wire/tape.ts';

type Said = readonly [
  at: number,
  connection: number,
  direction: 'up' | 'down',
  text: string,
  phase?: Chunk['phase'],
];

function sequenceOf(said: readonly Said[], dissect = httpConversation) {
  const sequence = createSequence(dissect, (connection) => connection < 10);
  for (const [at, connection, direction, text, phase = 'steady'] of said)
    sequence.keep({ at, connection, direction, phase, bytes: Buffer.from(text, 'latin1') });
  return sequence.read();
}
const told = (said: readonly Said[], dissect = httpConversation) =>
  sequenceOf(said, dissect).map(
    ({ atNs, direction, what, count, messages, bytes }) =>
      `${atNs} ${direction} ${what} ×${count} m${messages} ${bytes}`,
  );

const get = 'GET /mailbox?client=1&cursor=0 HTTP/1.1\r\nhost: a\r\n\r\n';
const post = 'POST /message?client=1 HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n';
const nothing = 'HTTP/1.1 204 No Content\r\n\r\n';
const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n2:hi,';

test('polls, the message and the answer that carries it, from the answer before; a body in its own chunk is no arrow', () => {
  const lines = told([
    [0, 0, 'up', get],
    [1, 0, 'down', answer],
    [5, 1, 'up', post],
    [6, 1, 'up', 'hi'],
    [7, 1, 'down', nothing],
    [9, 0, 'up', get],
    [11, 0, 'down', answer],
    [15, 0, 'up', get],
  ]);
  expect(lines).toEqual([
    `0 up POST /message ×1 m1 ${post.length + 2}`,
    `2 down 204 No Content ×1 m0 ${nothing.length}`,
    `4 up GET /mailbox ×1 m0 ${get.length}`,
    `6 down 200 OK ×1 m1 ${answer.length}`,
  ]);
});

test('a question that was asked before the phase is no arrow, and its answer reads right all the same', () => {
  const lines = told([
    [0, 0, 'up', get, 'warmup'],
    [5, 1, 'up', `${post}hi`],
    [6, 0, 'down', answer],
  ]);
  expect(lines.map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual(['up POST', 'down 200']);
});

test('frames in one go are one arrow that counts them, later ones another', () => {
  const frame = (text: string) => `${String.fromCharCode(0x81, text.length)}${text}`;
  const up = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 104, 105]).toString('latin1');
  const handshake: Said[] = [
    [0, 0, 'up', 'GET /ws HTTP/1.1\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n', 'setup'],
    [0, 0, 'down', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n', 'setup'],
  ];
  const said: Said[] = [
    ...handshake,
    [1, 0, 'down', frame('hi')],
    [3, 0, 'up', up],
    [4, 0, 'down', frame('hi') + frame('ho')],
    [6, 0, 'down', frame('hu')],
  ];
  expect(sequenceOf(said)).toMatchObject([
    { atNs: 0, direction: 'up', what: 'text', count: 1, messages: 1, bytes: 8 },
    { atNs: 1, direction: 'down', what: 'text', count: 2, messages: 2, bytes: 8 },
  ]);
});

test('a bare connection has arrows without a name; other clients are left out; without an answer there is nothing', () => {
  const raw = rawConversation(2);
  expect(
    told(
      [
        [0, 0, 'up', 'hi'],
        [2, 12, 'down', 'xx'],
        [3, 0, 'down', 'hi'],
      ],
      raw,
    ),
  ).toEqual(['0 up  ×0 m1 2', '3 down  ×0 m1 2']);
  expect(sequenceOf([[0, 0, 'up', 'hi']], raw)).toEqual([]);
});
