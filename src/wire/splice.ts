/**
 * Two formats in one stream: chunk headers and frame headers stand between the bytes of an inner format,
 * which may need to see further before it can say what it has read.
 *
 * The splicer keeps the order of the bytes: the outer format's spans wait while content before them is not
 * owned yet, and an inner span that reaches across an outer header leaves in pieces (its own mark first, then
 * `more`). Knows neither format.
 */
import { type Dissector, feed, type Open, type Parser } from './reader.ts';
import type { Emit } from './span.ts';

export interface Splice {
  /** A span of the outer format. */
  readonly emit: Emit;
  /** Content begins, and this reads it. */
  enter(open: Open): void;
  /** The next bytes of the content. */
  pass(bytes: Uint8Array): void;
  /** The content is complete. */
  leave(): void;
  /** The content breaks off: what its dissector holds back is `torn`. Does nothing after `leave`. */
  tear(): void;
}

type Waiting =
  | { readonly kind: 'own'; readonly span: Parameters<Emit> }
  | { readonly kind: 'content'; bytes: number };

export function splice(emit: Emit): Splice {
  const waiting: Waiting[] = [];
  let inner: Dissector | undefined;

  const release = () => {
    for (let first = waiting[0]; first?.kind === 'own'; first = waiting[0]) {
      waiting.shift();
      emit(...first.span);
    }
  };

  const owned: Emit = (layer, name, bytes, mark) => {
    if (bytes === 0) emit(layer, name, 0, mark);
    for (let left = bytes; left > 0; release()) {
      const content = waiting[0];
      if (content?.kind !== 'content') throw new Error(`splice: ${layer} ${name} owns bytes it never had`);
      const piece = Math.min(left, content.bytes);
      emit(layer, name, piece, left === bytes ? mark : 'more');
      left -= piece;
      content.bytes -= piece;
      if (content.bytes === 0) waiting.shift();
    }
  };

  const tear = () => {
    inner = undefined;
    const held = waiting.reduce((sum, one) => sum + (one.kind === 'content' ? one.bytes : 0), 0);
    if (held > 0) owned('unparsed', 'torn', held, 'unit');
  };

  return {
    emit(...span) {
      if (waiting.length === 0) emit(...span);
      else waiting.push({ kind: 'own', span });
    },
    enter(open) {
      inner = open(owned);
    },
    pass(bytes) {
      const last = waiting.at(-1);
      if (last?.kind === 'content') last.bytes += bytes.length;
      else if (bytes.length > 0) waiting.push({ kind: 'content', bytes: bytes.length });
      inner?.push(bytes);
    },
    leave() {
      inner?.end();
      tear();
    },
    tear,
  };
}

/** Runs a parser that splices; what its content holds back when the stream breaks off is told first. */
export const feedSpliced = (emit: Emit, program: (wire: Splice) => Parser): Dissector =>
  feed(emit, function* (emit) {
    const wire = splice(emit);
    try {
      return yield* program(wire);
    } finally {
      wire.tear();
    }
  });
