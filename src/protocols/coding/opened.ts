/**
 * Content that is on the wire in another form than its receiver reads it: inflated, or unescaped from a string. The
 * inner dissector's spans have the usual parts, names and clear bytes, so a listener need not know of the coding.
 *
 * The caller tells which layer owns the bytes of the wire. In a compressed message no byte of the wire belongs to one
 * part alone, so its parts are told with length 0; each is still counted as a message.
 */
import type { Message } from '../../wire/message.ts';
import type { Dissector, Open } from '../../wire/reader.ts';
import { createSource } from '../../wire/source.ts';
import type { Span, Tell } from '../../wire/span.ts';
import type { Layer } from '../layers.ts';

type Weighs = 'as-clear' | 'nothing';

/** @param weighs `as-clear`: each clear byte stands for a byte of the wire; `nothing`: parts have length 0. */
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

/** The same for content that is complete. */
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
