/**
 * What DevTools count, without a browser: frames cut anywhere, by their opcodes; the browser's own figures are in
 * demo/devtools.test.ts.
 */
import { expect, test } from 'vitest';
import { anyConversation } from '../../src/protocols/detect.ts';
import { type Portion, portions, portionsOf as read } from '../../src/script/anatomy/devtools-counts.ts';
import { readSpans } from '../../src/tap/spans.ts';
import type { Direction } from '../../src/wire/span.ts';

const handshake = {
  up: 'GET /ws HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n',
  down: 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
};

/** Bytes by portion, of one connection whose chunks come as they are given. */
function portionsOf(chunks: readonly (readonly [Direction, Uint8Array])[]) {
  const sums: Partial<Record<Portion, number>> = {};
  const spans = readSpans(anyConversation, (span) => {
    for (const [portion, bytes] of read(span)) sums[portion] = (sums[portion] ?? 0) + bytes;
  });
  for (const [direction, bytes] of chunks)
    spans.push({ at: 0, connection: 0, direction, phase: 'steady', bytes });
  spans.end();
  return sums;
}

const key = Buffer.from([1, 2, 3, 4]);
const masked = (opcode: number, payload: Buffer) =>
  Buffer.concat([
    ...[Buffer.from([0x80 | opcode, 0x80 | payload.length]), key],
    payload.map((byte, index) => byte ^ key[index % 4]!),
  ]);
const plain = (opcode: number, payload: Buffer) =>
  Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload]);

const opening = [
  ['up', Buffer.from(handshake.up)],
  ['down', Buffer.from(handshake.down)],
] as const;
const heads = { 'request-head': handshake.up.length, 'upgrade-head': handshake.down.length };
const text = 'hi é 안녕 👋';

test('text is counted in characters as JavaScript counts them, wherever its bytes are cut', () => {
  const frame = masked(1, Buffer.from(text));
  for (let cut = 1; cut < frame.length; cut++)
    expect(portionsOf([...opening, ['up', frame.subarray(0, cut)], ['up', frame.subarray(cut)]])).toEqual({
      ...heads,
      'frame-header': 2,
      mask: 4,
      characters: text.length,
      'wide-characters': Buffer.byteLength(text) - text.length,
    });
});

test('a binary frame is counted in bytes, a control frame not at all, also between two messages', () => {
  const bytes = Buffer.from(text);
  const sums = portionsOf([
    ...opening,
    ['down', plain(9, Buffer.from('pp'))],
    ['up', masked(10, Buffer.from('pp'))],
    ['down', plain(2, bytes)],
    ['down', plain(8, Buffer.from([3, 232]))],
  ]);
  expect(sums).toEqual({
    ...heads,
    'frame-header': 2,
    characters: bytes.length,
    'wide-characters': 0,
    'control-frame': 4 + 8 + 4,
  });
});

test('what was torn off is named as well', () => {
  const torn = masked(1, Buffer.from('hello')).subarray(0, 1);
  expect(portionsOf([...opening, ['up', torn]])).toEqual({ ...heads, unread: 1 });
});

test('every portion says in both languages what it is and where it is seen', () => {
  for (const { name, where } of Object.values(portions)) {
    for (const { en, ko } of [name, where]) {
      expect(en).toMatch(/^[^가-힣]+$/);
      expect(ko).toMatch(/[가-힣]/);
    }
  }
});
