/**
 * One helper for every dissector: the same bytes whole, byte by byte, cut in two at every position and with
 * bytes after them must give the same spans, and no byte may be lost (the idea is h11's test suite's).
 *
 * A span reads as `* layer name bytes` where a unit begins, `-` for a field, `+` for more of a field.
 */
import { expect } from 'vitest';
import { handshakeOf } from '../../src/protocols/http1/upgrade-outcome.ts';
import type { Layer } from '../../src/protocols/layers.ts';
import type { Dissect, Listener } from '../../src/wire/conversation.ts';
import { type Message, outermost, type Request, type Response } from '../../src/wire/message.ts';
import type { Open } from '../../src/wire/reader.ts';
import type { Direction, Mark, Own, Tell } from '../../src/wire/span.ts';

export type Script = readonly (readonly [Direction, string | Uint8Array])[];

export interface Told {
  readonly up: string[];
  readonly down: string[];
  readonly exchanges: Exchange[];
}

/** The bytes a hexadecimal listing shows, as specifications print them. */
export const hex = (listing: string): Buffer => Buffer.from(listing.replace(/0x|\s/g, ''), 'hex');

export const bytesOf = (data: string | Uint8Array): Buffer => Buffer.from(data as Uint8Array);

/** What a one-way dissector is opened in, where nothing is around it. */
export const nothing = (direction: Direction = 'down'): Message =>
  outermost({ ordinal: 0, messages: 0 }, direction, 'unread');

/** Hears spans without the messages they are parts of. */
export const telling =
  (own: Own<Layer>): Tell<Layer> =>
  ({ layer, name, length, mark }) =>
    own(layer, name, length, mark);

/** The same of both directions, `up http blank-line 2 field`; and of exchanges, if they are asked for. */
export const hearing = (
  heard: (direction: Direction, ...span: Parameters<Own<Layer>>) => void,
  exchanged: (exchange: Exchange) => void = () => {},
): Listener<Layer> => ({
  tell: ({ message, layer, name, length, mark }) => heard(message.direction, layer, name, length, mark),
  answered: (request, response) => exchanged(exchangeOf(request, response)),
});

/** A request with its response, weighed whole. */
type Exchange = ReturnType<typeof exchangeOf>;

function exchangeOf(request: Request, response: Response) {
  const { method, target, bytes: up } = request;
  const { status, bytes: down } = response;
  return { method, target, status, up, down, handshake: handshakeOf(request, response) };
}

/** A one-way dissector as a conversation: one for each direction. */
export const alone =
  (open: Open<Layer>): Dissect<Layer> =>
  ({ tell }) => {
    const both = { up: open(tell, nothing('up')), down: open(tell, nothing('down')) };
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
export function tell(dissect: Dissect<Layer>, script: Script, cut: Cut = (bytes) => [bytes]): Told {
  const spans: Record<Direction, { layer: Layer; name: string; bytes: number; mark: Mark }[]> = {
    up: [],
    down: [],
  };
  const exchanges: Exchange[] = [];
  const conversation = dissect(
    hearing(
      (direction, layer, name, bytes, mark) => {
        const last = spans[direction].at(-1);
        if (mark === 'more' && last?.layer === layer && last.name === name) last.bytes += bytes;
        else spans[direction].push({ layer, name, bytes, mark });
      },
      (exchange) => exchanges.push(exchange),
    ),
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
  dissect: Dissect<Layer>,
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
