import { expect, test } from 'vitest';
import { createKeyLog } from '../../src/protocols/tls/key-log.ts';
import { beginningOf } from '../../src/tap/capture/beginning.ts';
import { readCapture } from '../../src/tap/capture/capture.ts';
import type { Chunk } from '../../src/tap/tape.ts';
import { filed, pcapFile, segmentsOf } from '../support/captures.ts';

const bytes = (text: string) => [Buffer.from(text, 'latin1')];

test.for([
  ['GET / HTTP/1.1\r\n', 'request'],
  ['GET /half', 'undecided'],
  ['G', 'undecided'],
  ['HTTP/1.1 200 OK\r\n', 'response'],
  ['HTTP', 'undecided'],
  ['EHLO mail\r\n', 'other'],
  ['220 ready', 'undecided'],
  ['220 ready\r\n', 'other'],
  ['\x16\x03\x01', 'tls'],
  ['\x16', 'undecided'],
  ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'http2'],
  // RFC 9113 §3.4: a server begins with SETTINGS on stream 0.
  ['\0\0\x06\x04\0\0\0\0\0', 'http2-server'],
  ['\0\0\x06\x04', 'undecided'],
  ['\0\0\x06\x05', 'other'],
] as const)('what begins with %j is %s', ([text, kind]) => {
  expect(beginningOf(bytes(text))).toBe(kind);
});

function read(file: Buffer) {
  const chunks: Chunk[] = [];
  const reader = readCapture(null, createKeyLog(), {
    opened() {},
    chunk: (chunk) => void chunks.push(chunk),
    hole() {},
    closed() {},
  });
  reader.push(file);
  return { chunks, ...reader.end() };
}

test('each chunk has the time of the packet that brought it first', () => {
  const sent = segmentsOf([
    { from: 'client', text: 'GET / HTTP/1.1\r\n\r\n' },
    { from: 'server', text: 'HTTP/1.1 204 No Content\r\n\r\n' },
  ]);
  const { chunks } = read(pcapFile(filed(sent)));
  expect(chunks.map(({ at, direction }) => [at, direction])).toEqual([
    [3_000_000, 'up'],
    [4_000_000, 'down'],
  ]);
});

test('an answer that was captured before its question is told behind it', () => {
  const sent = segmentsOf([
    { from: 'client', text: 'GET / HTTP/1.1\r\n\r\n' },
    { from: 'server', text: 'HTTP/1.1 204 No Content\r\n\r\n' },
  ]);
  const [question, answer] = [sent[3]!, sent[4]!];
  const { chunks } = read(pcapFile(filed([...sent.slice(0, 3), answer, question, ...sent.slice(5)])));
  expect(chunks.map(({ direction }) => direction)).toEqual(['up', 'down']);
});

test('what waits for missing bytes is bounded: the hole is told while the capture goes on', () => {
  const segment = 60_000;
  const text = `HTTP/1.1 200 OK\r\nContent-Length: ${200 * segment}\r\n\r\n${'x'.repeat(200 * segment)}`;
  const sent = segmentsOf(
    [
      { from: 'client', text: 'GET / HTTP/1.1\r\n\r\n' },
      { from: 'server', text },
    ],
    segment,
  );
  const lost = sent.findIndex(({ from, offset }) => from === 'server' && offset === segment);
  const file = pcapFile(filed(sent.filter((_, index) => index !== lost)));
  let told = 0;
  const reader = readCapture(null, createKeyLog(), {
    opened() {},
    chunk: () => void told++,
    hole() {},
    closed() {},
  });
  reader.push(file);
  expect(told).toBeGreaterThan(100);
  expect(reader.end().tcp).toMatchObject({ holes: 1, missingBytes: segment });
});
