import { expect, test } from 'vitest';
import {
  newlineBytes,
  openingBytes,
  sseAgeNs,
  sseEventBytes,
  sseOverhead,
  sseRequests,
  waitingStreams,
} from '../../src/laws/sse.ts';

/** The event as a server writes it, and the chunk Node puts round it. */
const written = (payload: string, id?: string, type?: string) =>
  (id === undefined ? '' : `id: ${id}\n`) +
  (type === undefined ? '' : `event: ${type}\n`) +
  payload
    .split('\n')
    .map((line) => `data: ${line}\n`)
    .join('') +
  '\n';
const chunked = (event: string) => `${event.length.toString(16)}\r\n${event}\r\n`;

test('SSE1: age d, one request and one more for each reconnection', () => {
  expect(sseAgeNs({ downNs: 20 })).toBe(20);
  expect(sseRequests({ reconnects: 0 })).toBe(1);
  expect(sseRequests({ reconnects: 3 })).toBe(4);
});

test('SSE2: an event is its payload and 8 bytes', () => {
  expect(sseEventBytes({ payloadBytes: 20 })).toBe(28);
  expect(sseEventBytes({ payloadBytes: 0 })).toBe(8);
});

test('SSE3: 14 bytes for a 20-byte message', () => {
  expect(sseOverhead({ payloadBytes: 20 })).toBe(14);
});

test('SSE3 grows by a byte where the whole event needs another hexadecimal digit', () => {
  // 7 + 8 = 15 = f, 8 + 8 = 16 = 10; 247 + 8 = ff, 248 + 8 = 100.
  expect([7, 8, 247, 248].map((payloadBytes) => sseOverhead({ payloadBytes }))).toEqual([13, 14, 14, 15]);
  // With a 3-digit id the event is 8 bytes longer, and the step comes 8 bytes earlier.
  expect([239, 240].map((payloadBytes) => sseOverhead({ payloadBytes, idBytes: 3 }))).toEqual([22, 23]);
});

test('SSE2, SSE3 and SSE4 count what a server writes, with and without id, type and newlines', () => {
  for (const size of [0, 1, 7, 8, 20, 238, 239, 240, 247, 248, 4087, 4088])
    for (const newlines of [0, 1, 3].filter((count) => count <= size))
      for (const id of [undefined, '7', '1234'])
        for (const type of [undefined, 'binary']) {
          const payload = '\n'.repeat(newlines) + 'x'.repeat(size - newlines);
          const event = {
            payloadBytes: size,
            newlines,
            ...(id === undefined ? {} : { idBytes: id.length }),
            ...(type === undefined ? {} : { typeBytes: type.length }),
          };
          expect(sseEventBytes(event)).toBe(written(payload, id, type).length);
          expect(sseOverhead(event)).toBe(chunked(written(payload, id, type)).length - size);
        }
});

test('SSE4: six bytes a newline', () => {
  expect(newlineBytes(0)).toBe(0);
  expect(newlineBytes(4)).toBe(24);
});

test('SSE5: the seventh stream of a browser waits', () => {
  expect([1, 6, 7, 10].map((streams) => waitingStreams({ streams }))).toEqual([0, 0, 1, 4]);
});

test('SSE6: a comment in its chunk is 8 bytes, an empty line 6', () => {
  expect(openingBytes({ sayingBytes: ':\n\n'.length })).toBe(chunked(':\n\n').length);
  expect([3, 1].map((sayingBytes) => openingBytes({ sayingBytes }))).toEqual([8, 6]);
});
