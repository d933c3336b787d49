/** Connections made by hand: what each side says, and when, read as an inspection reads it. */
import { expect } from 'vitest';
import type { Inspection } from '../../src/document/inspection.ts';
import { createBooks } from '../../src/inspection/books.ts';
import { hintsOf } from '../../src/inspection/hints.ts';
import { imbalances } from '../../src/inspection/imbalances.ts';
import { anyConversations } from '../../src/protocols/detect.ts';
import type { Direction } from '../../src/wire/span.ts';
import { bytesOf, hex } from '../support/bytes.ts';
import { seen } from './totals.ts';

export type Said = readonly [direction: Direction, data: string | Uint8Array, atMs?: number];

/** One connection, from its first byte to its end. */
export function inspected(...script: readonly Said[]): Inspection {
  const books = createBooks(anyConversations());
  books.open(0, 0);
  const passed = { up: 0, down: 0 };
  for (const [direction, data, atMs = 0] of script) {
    const bytes = bytesOf(data);
    passed[direction] += bytes.length;
    books.take({ at: atMs * 1e6, connection: 0, direction, phase: 'steady', bytes });
  }
  books.close(0, { failed: false, ...passed, atMs: 0 });
  const totals = { ...seen(), ...books.read(0), durationMs: script.at(-1)?.[2] ?? 0 };
  expect(imbalances(totals)).toEqual([]);
  return { ...totals, hints: hintsOf(totals) };
}

export const hint = ({ hints }: Inspection, wanted: string) =>
  hints.find(({ kind }) => kind === wanted)?.values;

export const asked = (target = '/', fields = '') =>
  ['up', `GET ${target} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`] as const;
export const answered = (body: string, fields = '', status = '200 OK') =>
  ['down', `HTTP/1.1 ${status}\r\n${fields}Content-Length: ${bytesOf(body).length}\r\n\r\n${body}`] as const;
export const webSocket = (target = '/ws') => [
  asked(target, 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n'),
  ['down', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'] as const,
];
export const text = (data: string) => Buffer.concat([hex('81'), Uint8Array.of(data.length), bytesOf(data)]);
export const again = <Value>(times: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: times }, (_, index) => make(index));

export const upMasked = (data: Uint8Array | string, opcode = '81') => {
  const bytes = bytesOf(data);
  return [
    'up',
    Buffer.concat([hex(opcode), Uint8Array.of(0x80 | bytes.length), hex('00000000'), bytes]),
  ] as const;
};
