import { expect, test } from 'vitest';
import {
  batchingCrossover,
  chunkOverhead,
  headerBytes,
  lastChunkBytes,
  longPollingBytesPerMessage,
  mailboxBytes,
  pollingBytesPerSecond,
} from '../../src/laws/http-bytes.ts';

test('BY1: heads by the clock, messages by their framed length', () => {
  const load = { requestHeadBytes: 150, responseHeadBytes: 50, intervalNs: 500e6, payloadBytes: 64 };
  expect(pollingBytesPerSecond({ ...load, rate: 0 })).toBe(400);
  expect(pollingBytesPerSecond({ ...load, rate: 10 })).toBe(
    400 + 10 * '64:'.concat('x'.repeat(64), ',').length,
  );
});

test("BY1 gives Kaazing's 871,000 bytes a second for 1,000 clients that poll an 871-byte head once a second", () => {
  // They gave one figure for both heads.
  const client = { requestHeadBytes: 871, responseHeadBytes: 0, intervalNs: 1e9, rate: 0, payloadBytes: 0 };
  expect(1000 * pollingBytesPerSecond(client)).toBe(871_000);
});

test('BY2: rare messages pay whole heads, frequent ones share them', () => {
  const load = { requestHeadBytes: 150, responseHeadBytes: 50, blindNs: 40e6, payloadBytes: 20 };
  expect(longPollingBytesPerMessage({ ...load, rate: 0 })).toBe(20 + 4 + 200);
  expect(longPollingBytesPerMessage({ ...load, rate: 2500 })).toBeCloseTo(20 + 4 + 2, 9);
});

test('the mailbox frames a message as a netstring', () => {
  for (const size of [0, 9, 10, 99, 100, 65_536]) expect(mailboxBytes(size)).toBe(`${size}:,`.length);
});

test('BY3 (RFC 9112 §7.1): a chunk costs the hexadecimal digits of its size and two line ends', () => {
  for (const size of [1, 15, 16, 255, 256, 65_535, 65_536])
    expect(chunkOverhead(size)).toBe(`${size.toString(16)}\r\n\r\n`.length);
  expect([15, 16].map(chunkOverhead)).toEqual([5, 6]);
  expect(lastChunkBytes).toBe('0\r\n\r\n'.length);
});

test('BY3: a header field costs its name, its value and four bytes', () => {
  expect(headerBytes('Content-Length', '20')).toBe('Content-Length: 20\r\n'.length);
  for (const value of ['', 'é', '한글', '😀'])
    expect(headerBytes('x', value)).toBe(Buffer.byteLength(`x: ${value}\r\n`));
});

test('BY6: from the crossover on, a poll with k messages weighs less than k pushes', () => {
  for (const framingBytes of [0, 4]) {
    const heads = { requestHeadBytes: 250, responseHeadBytes: 150 };
    const crossover = batchingCrossover({ ...heads, pushOverheadBytes: 2, framingBytes });
    const poll = (k: number) => 400 + 3 * 52 + k * (20 + framingBytes);
    const push = (k: number) => k * (20 + 2 + 2 * 52);
    expect(poll(Math.ceil(crossover))).toBeLessThan(push(Math.ceil(crossover)));
    expect(poll(Math.floor(crossover))).toBeGreaterThan(push(Math.floor(crossover)));
  }
});

test('BY6 never comes where a batched message costs as much as a push', () => {
  const heads = { requestHeadBytes: 250, responseHeadBytes: 150 };
  expect(batchingCrossover({ ...heads, pushOverheadBytes: 2, framingBytes: 107 })).toBe(
    Number.POSITIVE_INFINITY,
  );
});

test('BY3 counts a header as UTF-8 does, at every size of a character', () => {
  for (const value of ['\u007f', '\u0080', '\u07ff', '\u0800', '\uffff', '\u{10000}', '\u{10ffff}'])
    expect(headerBytes('x', value)).toBe(1 + Buffer.byteLength(value) + 4);
});
