/**
 * One helper for every dissector: the same bytes whole, byte by byte, cut in two at every position and with
 * bytes after them must give the same spans, and no byte may be lost (the idea is h11's test suite's).
 *
 * A span reads as `* layer name bytes` where a unit begins, `-` for a field, `+` for more of a field.
 */
import { expect } from 'vitest';
import type { Dissect, Exchange } from '../../src/wire/conversation.ts';
import type { Open } from '../../src/wire/reader.ts';
import type { Direction, Layer, Mark } from '../../src/wire/span.ts';

export type Script = readonly (readonly [Direction, string | Uint8Array])[];

export interface Told {
  readonly up: string[];
  readonly down: string[];
  readonly exchanges: Exchange[];
}

/** The bytes a hexadecimal listing shows, as specifications print them. */
export const hex = (listing: string): Buffer => Buffer.from(listing.replace(/0x|\s/g, ''), 'hex');

export const bytesOf = (data: string | Uint8Array): Buffer => Buffer.from(data as Uint8Array);

/** A one-way dissector as a conversation: one for each direction. */
export const alone =
  (open: Open): Dissect =>
  (sink) => {
    const both = {
      up: open((...span) => sink('up', ...span)),
      down: open((...span) => sink('down', ...span)),
    };
    return {
      push: (direction, bytes) => both[direction].push(bytes),
      end() {
        both.up.end();
        both.down.end();
      },
    };
  };

type Cut = (bytes: Buffer, piece: number) => Buffer[];

/** What a conversation tells; `cut` says in which pieces each part of the script arrives. */
export function tell(dissect: Dissect, script: Script, cut: Cut = (bytes) => [bytes]): Told {
  const spans: Record<Direction, { layer: Layer; name: string; bytes: number; mark: Mark }[]> = {
    up: [],
    down: [],
  };
  const exchanges: Exchange[] = [];
  const conversation = dissect(
    (direction, layer, name, bytes, mark) => {
      const last = spans[direction].at(-1);
      if (mark === 'more' && last?.layer === layer && last.name === name) last.bytes += bytes;
      else spans[direction].push({ layer, name, bytes, mark });
    },
    (exchange) => exchanges.push(exchange),
  );
  const pushed: Record<Direction, number> = { up: 0, down: 0 };
  for (const [index, [direction, data]] of script.entries()) {
    for (const piece of cut(bytesOf(data), index)) conversation.push(direction, piece);
    pushed[direction] += bytesOf(data).length;
  }
  conversation.end();
  for (const direction of ['up', 'down'] as const) {
    expect(spans[direction].reduce((sum, { bytes }) => sum + bytes, 0)).toBe(pushed[direction]);
  }
  const signs = { unit: '*', field: '-', more: '+' } as const;
  const written = (direction: Direction) =>
    spans[direction].map(({ layer, name, bytes, mark }) => `${signs[mark]} ${layer} ${name} ${bytes}`);
  return { up: written('up'), down: written('down'), exchanges };
}

/** What a conversation tells, the same for every way of cutting. `open` scripts end within something unfinished. */
export function tellEveryWay(
  dissect: Dissect,
  script: Script,
  ending: 'complete' | 'open' = 'complete',
): Told {
  const whole = tell(dissect, script);
  expect(tell(dissect, script, byteByByte), 'byte by byte').toEqual(whole);
  for (const [cutPart, [, data]] of script.entries()) {
    for (let at = 1; at < bytesOf(data).length; at++) {
      const inTwo: Cut = (bytes, part) =>
        part === cutPart ? [bytes.subarray(0, at), bytes.subarray(at)] : [bytes];
      expect(tell(dissect, script, inTwo), `part ${cutPart} cut at ${at}`).toEqual(whole);
    }
  }
  if (ending === 'complete') {
    const after = tell(dissect, [...script, ['up', hex('00ff')], ['down', hex('00ff')]]);
    expect(after.up.slice(0, whole.up.length), 'up, with bytes after it').toEqual(whole.up);
    expect(after.down.slice(0, whole.down.length), 'down, with bytes after it').toEqual(whole.down);
  }
  return whole;
}

export const byteByByte: Cut = (bytes) => Array.from(bytes, (byte) => Buffer.from([byte]));

/** Sums the bytes of the spans whose text matches. */
export const sumOf = (spans: readonly string[], what: RegExp): number =>
  spans
    .filter((span) => what.test(span))
    .reduce((sum, span) => sum + Number(span.slice(span.lastIndexOf(' '))), 0);
