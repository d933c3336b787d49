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
import type { Tell } from '../../wire/span.ts';
import type { Layer } from '../layers.ts';

/** @param weighs whether each clear byte stands for a byte of the wire; else parts weigh nothing. */
export function openInside(
  tell: Tell<Layer>,
  message: Message,
  open: Open<Layer>,
  weighs: 'as-clear' | 'nothing',
): Required<Omit<Dissector, 'skip'>> {
  const unread = createSource();
  let told = 0;
  const inner = open((span) => {
    told += span.length;
    const bytes = unread.take(span.length);
    tell({ ...span, length: weighs === 'nothing' ? 0 : span.length, clear: () => bytes });
  }, message);
  const rest = () => {
    const { length } = unread;
    if (length > 0 && weighs === 'as-clear')
      tell({ message, layer: 'unparsed', name: 'torn', length, mark: told === 0 ? 'unit' : 'more' });
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
  weighs: 'as-clear' | 'nothing',
  clear: Uint8Array,
): void {
  const inside = openInside(tell, message, open, weighs);
  if (clear.length > 0) inside.push(clear);
  inside.end();
}
