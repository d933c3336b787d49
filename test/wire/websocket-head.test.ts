/**
 * RFC 6455 §5.2, bit by bit: every first byte, the borders of the lengths, the mask, and control frames with little
 * data.
 */
import { expect, test } from 'vitest';
import type { Layer } from '../../src/protocols/layers.ts';
import { readFrames } from '../../src/protocols/websocket/websocket.ts';
import {
  askHead,
  type FrameHead,
  type HeadRules,
  headOf,
} from '../../src/protocols/websocket/websocket-head.ts';
import { feed, giveUp } from '../../src/wire/reader.ts';
import { feedSpliced, type Splice } from '../../src/wire/splice.ts';
import { hex, nothing } from '../support/bytes.ts';

const rules: HeadRules = { masked: false, extension: 'none', inMessage: false };

/** The head, or undefined where it is refused. */
function readHead(bytes: Uint8Array, changes: Partial<HeadRules> = {}): FrameHead | undefined {
  let head: FrameHead | undefined;
  const dissector = feed(
    () => {},
    nothing(),
    function* () {
      head = headOf(yield askHead({ ...rules, ...changes }));
      return yield* giveUp('after');
    },
  );
  dissector.push(bytes);
  return head;
}

/** All first bytes that are allowed before a length of nought. */
const allowed = (changes: Partial<HeadRules>) =>
  Array.from({ length: 256 }, (_, first) => first).filter(
    (first) => readHead(Uint8Array.of(first, 0), changes) !== undefined,
  );

test('between messages a message or a control frame may begin, and no bit is reserved for anything', () => {
  expect(allowed({})).toEqual([0x01, 0x02, 0x81, 0x82, 0x88, 0x89, 0x8a]);
});

test('with permessage-deflate RSV1 may stand on the first frame of a message, and nowhere else', () => {
  expect(allowed({ extension: 'deflate' })).toEqual([
    0x01, 0x02, 0x41, 0x42, 0x81, 0x82, 0x88, 0x89, 0x8a, 0xc1, 0xc2,
  ]);
});

test('inside a message it goes on, or a control frame stands between', () => {
  const inside = [0x00, 0x80, 0x88, 0x89, 0x8a];
  expect(allowed({ inMessage: true })).toEqual(inside);
  expect(allowed({ inMessage: true, extension: 'deflate' })).toEqual(inside);
});

test('what the first byte says: FIN, what it is, whether it is compressed', () => {
  const said = (first: number, inMessage = false) => {
    const { kind, final, compressed } =
      readHead(Uint8Array.of(first, 0), { extension: 'deflate', inMessage }) ?? {};
    return [kind, final, compressed];
  };
  expect(said(0x01)).toEqual(['text', false, false]);
  expect(said(0x82)).toEqual(['binary', true, false]);
  expect(said(0xc1)).toEqual(['text', true, true]);
  expect(said(0x42)).toEqual(['binary', false, true]);
  expect(said(0x80, true)).toEqual(['continuation', true, false]);
  expect(said(0x88)).toEqual(['close', true, false]);
  expect(said(0x89)).toEqual(['ping', true, false]);
  expect(said(0x8a)).toEqual(['pong', true, false]);
});

test.each([
  ['82 00', 1, 0],
  ['82 7d', 1, 125],
  ['82 7e 00 7e', 3, 126],
  ['82 7e ff fe', 3, 65_534],
  ['82 7e 00 01', 3, 1],
  ['82 7f 00 00 00 00 00 01 00 02', 9, 65_538],
  ['82 7f 00 1f ff ff ff ff ff ff', 9, Number.MAX_SAFE_INTEGER],
])('%s says its length in %i bytes: %i', (listing, lengthBytes, length) => {
  expect(readHead(hex(listing))).toMatchObject({ lengthBytes, length, mask: undefined });
});

test('a length above every safe integer is refused', () => {
  expect(readHead(hex('82 7f 00 20 00 00 00 00 00 00'))).toBeUndefined();
});

test('a control frame has at most 125 bytes, and a close none or two at least', () => {
  const lengths = (first: number) =>
    [0, 1, 2, 124, 125, 126, 127].filter(
      (second) => readHead(Uint8Array.of(first, second, 0, 0, 0, 0, 0, 0, 0, 0)) !== undefined,
    );
  expect(lengths(0x88)).toEqual([0, 2, 124, 125]);
  expect(lengths(0x89)).toEqual([0, 1, 2, 124, 125]);
  expect(lengths(0x8a)).toEqual([0, 1, 2, 124, 125]);
});

test('a mask is four bytes, and stands where it must and nowhere else', () => {
  const masked = hex('81 85 01 02 03 04 05');
  expect(readHead(masked, { masked: true })).toMatchObject({ length: 5, mask: hex('01 02 03 04') });
  expect(readHead(masked)).toBeUndefined();
  expect(readHead(hex('81 05'), { masked: true })).toBeUndefined();
});

test('control frames without data have none; a close may have a code alone', () => {
  const spans = (listing: string) => {
    const told: string[] = [];
    const outside = nothing();
    const { push } = feedSpliced(
      ({ name, length }) => told.push(`${name} ${length}`),
      outside,
      (wire: Splice<Layer>) =>
        readFrames(wire, outside, {
          masked: false,
          extension: 'none',
          open: () => () => ({ push() {}, end() {} }),
        }),
    );
    push(hex(listing));
    return told;
  };
  expect(spans('89 00 8a 00')).toEqual(['opcode 1', 'length 1', 'opcode 1', 'length 1']);
  expect(spans('88 00')).toEqual(['opcode 1', 'length 1']);
  expect(spans('88 02 03e8')).toEqual(['opcode 1', 'length 1', 'close-code 2']);
});

test('RFC 6455 §5.3: the mask goes round over a frame, wherever it is cut', () => {
  const read: number[] = [];
  const outside = nothing('up');
  const open = () => () => ({ push: (bytes: Uint8Array) => void read.push(...bytes), end() {} });
  const { push } = feedSpliced(
    () => {},
    outside,
    (wire: Splice<Layer>) => readFrames(wire, outside, { masked: true, extension: 'none', open }),
  );
  const clear = Array.from({ length: 11 }, (_, at) => at + 1);
  const mask = [0x10, 0x20, 0x40, 0x80];
  const sent = clear.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  for (const piece of [[0x82, 0x8b, ...mask], sent.slice(0, 3), sent.slice(3, 8), sent.slice(8)])
    push(Uint8Array.from(piece));
  expect(read).toEqual(clear);
});
