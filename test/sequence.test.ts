/** One message on the wire: which arrows belong to it, and which of many is drawn. */
import { expect, test } from 'vitest';
import { httpConversation } from '../src/protocols/http1/http.ts';
import { rawConversation } from '../src/protocols/payload/raw.ts';
import type { Chunk } from '../src/tap/tape.ts';
import { createSequence } from '../src/trial/message-path.ts';

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
const handshake: Said[] = [
  [0, 0, 'up', 'GET /ws HTTP/1.1\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n', 'setup'],
  [0, 0, 'down', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n', 'setup'],
];

const told = (said: readonly Said[], dissect = httpConversation) =>
  sequenceOf(said, dissect).map(
    ({ atNs, direction, what, count, messages, bytes, exchange = '-' }) =>
      `${atNs} ${direction} ${exchange} ${what} ×${count} m${messages} ${bytes}`,
  );

const get = 'GET /mailbox?client=1&cursor=0 HTTP/1.1\r\nhost: a\r\n\r\n';
const post = 'POST /message?client=1 HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n';
const nothing = 'HTTP/1.1 204 No Content\r\n\r\n';
const answerWith = (messages: number) =>
  `HTTP/1.1 200 OK\r\nx-cursor: 1\r\ncontent-length: ${5 * messages}\r\n\r\n${'2:hi,'.repeat(messages)}`;
const answer = answerWith(1);

test('a message that waits for its poll: each response has the number of its request, a body in its own chunk is no arrow', () => {
  const lines = told([
    [5, 1, 'up', post],
    [6, 1, 'up', 'hi'],
    [7, 1, 'down', nothing],
    [9, 0, 'up', get],
    [11, 0, 'down', answer],
    [15, 0, 'up', get],
  ]);
  expect(lines).toEqual([
    `0 up 1 POST /message ×1 m1 ${post.length + 2}`,
    `2 down 1 204 No Content ×1 m0 ${nothing.length}`,
    `4 up 2 GET /mailbox ×1 m0 ${get.length}`,
    `6 down 2 200 OK ×1 m1 ${answer.length}`,
  ]);
});

/** Asked again as soon as the answer is there; the answer to the POST comes after that. */
const longPolling: Said[] = [1, 2, 3].flatMap((n): Said[] => [
  [100 * n, 0, 'up', get],
  [100 * n + 60, 1, 'up', `${post}hi`],
  [100 * n + 80, 0, 'down', answer],
  [100 * n + 101, 1, 'down', nothing],
]);

/** A message whose question was asked before: half of its exchange would be missing. */
const askedInWarmUp: Said[] = [
  [0, 0, 'up', get, 'warmup'],
  [5, 1, 'up', `${post}hi`],
  [6, 1, 'down', nothing],
  [7, 0, 'down', answer],
];

test('a held question is answered by its own answer, and not by the 204 of a message that came before', () => {
  const lines = told([...askedInWarmUp, ...longPolling]);
  expect(lines).toEqual([
    `0 up 1 GET /mailbox ×1 m0 ${get.length}`,
    `60 up 2 POST /message ×1 m1 ${post.length + 2}`,
    `80 down 1 200 OK ×1 m1 ${answer.length}`,
    `101 down 2 204 No Content ×1 m0 ${nothing.length}`,
  ]);
});

/** Polls every 100, each of which finds as many messages as were sent since the one before. */
const polls = (sent: readonly number[]): Said[] =>
  sent.flatMap((messages, n) => [
    ...Array.from({ length: messages }, (_, k): Said[] => [
      [100 * n + 2 * k, 1, 'up', `${post}hi`],
      [100 * n + 2 * k + 1, 1, 'down', nothing],
    ]).flat(),
    [100 * n + 90, 0, 'up', get],
    [100 * n + 91, 0, 'down', messages > 0 ? answerWith(messages) : nothing],
  ]);
const carried = (said: readonly Said[], way: 'up' | 'down') =>
  sequenceOf(said)
    .filter(({ direction }) => direction === way)
    .map(({ messages }) => messages);

test('of messages that stand equally alone the one of the median time is drawn', () => {
  const waited = [80, 9, 40].flatMap((wait, n): Said[] => [
    [1000 * n, 1, 'up', `${post}hi`],
    [1000 * n + 1, 1, 'down', nothing],
    [1000 * n + wait, 0, 'up', get],
    [1000 * n + wait + 1, 0, 'down', answer],
  ]);
  expect(sequenceOf(waited).at(-1)).toMatchObject({ atNs: 41, messages: 1 });
});

test('of polls that carry three, none and one message the one with one is drawn', () => {
  expect(carried(polls([3, 0, 2, 1, 4]), 'up')).toEqual([1, 0]);
  expect(carried(polls([3, 0, 2, 1, 4]), 'down')).toEqual([0, 1]);
});

test('where every poll carries several, the one with the fewest is drawn with all of them', () => {
  expect(carried(polls([3, 2, 4]), 'up')).toEqual([1, 1, 0]);
  expect(carried(polls([3, 2, 4]), 'down')).toEqual([0, 0, 2]);
});

test('too many for a picture: the last arrows, each response with its request', () => {
  const drawn = sequenceOf(polls([9]));
  expect(drawn.length).toBeLessThanOrEqual(12);
  expect(drawn.at(-1)).toMatchObject({ what: '200 OK', messages: 9 });
  for (const { exchange } of drawn)
    expect(drawn.filter((other) => other.exchange === exchange)).toHaveLength(2);
});

test('with two messages under way at a time, each is drawn with its own echo', () => {
  const frame = (text: string) => `${String.fromCharCode(0x81, text.length)}${text}`;
  const masked = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 104, 105]).toString('latin1');
  const said: Said[] = [
    ...handshake,
    [10, 0, 'up', masked],
    [20, 0, 'up', masked],
    [30, 0, 'down', frame('hi')],
    [44, 0, 'down', frame('ho')],
    [50, 0, 'up', masked],
    [53, 0, 'down', frame('ha')],
  ];
  expect(sequenceOf(said).map(({ atNs, messages }) => [atNs, messages])).toEqual([
    [0, 1],
    [3, 1],
  ]);
  // Without one that stands alone, the first that was sent and its own echo, with what came between.
  expect(sequenceOf(said.slice(0, -2)).map(({ atNs }) => atNs)).toEqual([0, 10, 20]);
});

test('the echo by whatever carries it: the request that said the message is the one that is answered', () => {
  const echo = 'POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\nhi';
  const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi';
  const lines = told([
    [0, 0, 'up', echo],
    [1, 1, 'up', echo],
    [3, 1, 'down', ok],
    [9, 0, 'down', ok],
  ]);
  expect(lines.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(['0 up 1', '2 down 1']);
});

test('a question that was asked before the phase is no arrow, and its answer reads right all the same', () => {
  const lines = told([
    [0, 0, 'up', get, 'warmup'],
    [5, 1, 'up', `${post}hi`],
    [6, 0, 'down', answer],
    [7, 1, 'down', nothing],
  ]);
  expect(lines.map((line) => line.split(' ').slice(1, 4).join(' '))).toEqual([
    'up 1 POST',
    'down 2 200',
    'down 1 204',
  ]);
});

test('frames in one go are one arrow that counts them; one that comes alone is drawn instead', () => {
  const frame = (text: string) => `${String.fromCharCode(0x81, text.length)}${text}`;
  const two = sequenceOf([...handshake, [4, 0, 'down', frame('hi') + frame('ho')]]);
  expect(two).toMatchObject([{ atNs: 0, direction: 'down', what: 'text', count: 2, messages: 2, bytes: 8 }]);
  const alone = sequenceOf([
    ...handshake,
    [4, 0, 'down', frame('hi') + frame('ho')],
    [6, 0, 'down', frame('hu')],
  ]);
  expect(alone).toMatchObject([{ direction: 'down', count: 1, messages: 1, bytes: 4 }]);
  expect(alone[0]).not.toHaveProperty('exchange');
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
  ).toEqual(['0 up -  ×0 m1 2', '3 down -  ×0 m1 2']);
  expect(sequenceOf([[0, 0, 'up', 'hi']], raw)).toEqual([]);
});
