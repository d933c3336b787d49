/**
 * Content that is not on the wire as its receiver reads it: inflated, or written out from a string of escapes. What an
 * inner dissector reads there is told so that nobody who listens needs to know: its parts, names and clear bytes are as ever.
 *
 * Whose the bytes of the wire are is for the caller to tell. Of a compressed message no byte of the wire is of one of its
 * parts alone, so those parts are told with no bytes of their own: a message of none is a message all the same.
 */
import type { Message } from '../../wire/message.ts';
import type { Dissector, Open } from '../../wire/reader.ts';
import { createSource } from '../../wire/source.ts';
import type { Span, Tell } from '../../wire/span.ts';
import type { Layer } from '../layers.ts';

type Weighs = 'as-clear' | 'nothing';

/** @param weighs whether each clear byte stands for a byte of the wire; else parts weigh nothing. */
export function openInside(
  tell: Tell<Layer>,
  message: Message,
  open: Open<Layer>,
  weighs: Weighs,
): Required<Omit<Dissector, 'skip'>> {
  const unread = createSource();
  let told = 0;
  const inner = open((span) => {
    told += span.length;
    tell(inside(span, weighs, unread.take(span.length)));
  }, message);
  const rest = () => {
    if (weighs === 'as-clear') tellTorn(tell, message, unread.length(), told);
  };
  return {
    push(bytes) {
      unread.push(bytes);
      inner.push(bytes);
    },
    end() {
      inner.end();
      rest();
    },
    breakOff() {
      inner.breakOff?.();
      rest();
    },
  };
}

/** The same of content that is complete. */
export function readInside(
  tell: Tell<Layer>,
  message: Message,
  open: Open<Layer>,
  weighs: Weighs,
  clear: Uint8Array,
): void {
  let told = 0;
  const inner = open((span) => {
    const from = told;
    told += span.length;
    tell(inside(span, weighs, clear.subarray(from, told)));
  }, message);
  if (clear.length > 0) inner.push(clear);
  inner.end();
  if (weighs === 'as-clear') tellTorn(tell, message, clear.length - told, told);
}

// Written out: to spread a span and add to it makes a hidden class for every message.
const inside = (
  { message, layer, name, length, mark, value }: Span<Layer>,
  weighs: Weighs,
  bytes: Uint8Array,
): Span<Layer> => ({
  message,
  layer,
  name,
  length: weighs === 'nothing' ? 0 : length,
  mark,
  value,
  clear: () => bytes,
});

function tellTorn(tell: Tell<Layer>, message: Message, length: number, told: number): void {
  if (length > 0)
    tell({ message, layer: 'unparsed', name: 'torn', length, mark: told === 0 ? 'unit' : 'more' });
}
