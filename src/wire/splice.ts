/**
 * Several formats in one stream of bytes: chunk headers and frame headers stand between the bytes of an inner format,
 * which may need more bytes before it can say what it has read. Where streams share a connection, the bytes of other
 * streams stand between them too.
 *
 * The splicer keeps the order of the bytes in one queue: a span waits while bytes before it have no owner yet, and an
 * inner span that reaches across other bytes is told in pieces (its own mark first, then `more`). Knows none of the
 * formats.
 */
import type { Message } from './message.ts';
import { type Dissector, feed, type Open, type Parser } from './reader.ts';
import type { Clear, Span, Tell } from './span.ts';

/** Content belongs to the stream of the message given with it. */
export interface Splice<Layer extends string = string> {
  /** A span of the outer format. */
  readonly tell: Tell<Layer>;
  /** Content of this message begins, and `open` reads it. */
  enter(message: Message, open: Open<Layer>): void;
  /** The next bytes of the stream's content; `clear` gives those that the inner format reads instead, equally many. */
  pass(message: Message, bytes: Uint8Array, clear?: Clear): void;
  /** The stream's content is complete. */
  leave(message: Message): void;
  /** Content of this message's stream, or all content, breaks off: bytes held back are `torn`. No-op after `leave`. */
  tear(message?: Message): void;
  /** Calls it when every byte so far has been told. */
  afterwards(call: () => void): void;
}

/** A span that waits for its turn. */
interface Known<Layer extends string> {
  readonly kind: 'known';
  readonly span: Span<Layer>;
}

/** A call made when everything before it has been told. */
interface Call {
  readonly kind: 'call';
  readonly call: () => void;
}

/** Bytes of content that no span owns yet. */
interface Content {
  readonly kind: 'content';
  readonly stream: number;
  length: number;
  readonly clear: Clear | undefined;
  /** How many of its clear bytes are owned. */
  from: number;
}

/** What waits for its turn, in the order of the bytes. */
function createQueue<Layer extends string>(tell: Tell<Layer>) {
  const waiting: (Known<Layer> | Call | Content)[] = [];
  const release = () => {
    for (let first = waiting[0]; first && first.kind !== 'content'; first = waiting[0]) {
      waiting.shift();
      if (first.kind === 'known') tell(first.span);
      else first.call();
    }
  };
  /** Index of the stream's first bytes without an owner; the end of the queue if there are none. */
  const placeOf = (stream: number): number => {
    let at = 0;
    for (let one = waiting[0]; one && !(one.kind === 'content' && one.stream === stream); )
      one = waiting[++at];
    return at;
  };
  const put = (span: Span<Layer>, at: number) => {
    if (at === 0) tell(span);
    else waiting.splice(at, 0, { kind: 'known', span });
  };
  return {
    /** Behind all that waits. */
    tell(span: Span<Layer>) {
      if (waiting.length === 0) tell(span);
      else waiting.push({ kind: 'known', span });
    },
    call(call: () => void) {
      if (waiting.length === 0) call();
      else waiting.push({ kind: 'call', call });
    },
    add(stream: number, length: number, clear: Clear | undefined) {
      const last = waiting.at(-1);
      const isSame = last?.kind === 'content' && last.stream === stream;
      if (isSame && !last.clear && !clear) last.length += length;
      else if (length > 0) waiting.push({ kind: 'content', stream, length, clear, from: 0 });
    },
    /** The span owns the next bytes of the stream's content. */
    own(stream: number, span: Span<Layer>) {
      if (span.length === 0) put(span, placeOf(stream));
      for (let told = 0; told < span.length; ) {
        const at = placeOf(stream);
        const content = waiting[at];
        if (content?.kind !== 'content')
          throw new Error(`splice: ${span.layer} ${span.name} owns bytes it never had`);
        const length = Math.min(span.length - told, content.length);
        put(pieceOf(span, told, length, content), at);
        told += length;
        content.length -= length;
        content.from += length;
        if (content.length === 0 && at === 0) waiting.shift();
        else if (content.length === 0) waiting.splice(at + 1, 1);
        if (at === 0) release();
      }
    },
  };
}

interface Inner {
  /** Whose content it is. */
  readonly message: Message;
  dissector: Dissector | undefined;
  /** How many of its bytes no span owns yet. */
  unowned: number;
}

export function splice<Layer extends string>(tell: Tell<Layer>): Splice<Layer> {
  const queue = createQueue(tell);
  // Few are open at once. A map would be rebuilt for every message, and its old tables keep each other alive.
  const inners: Inner[] = [];
  const innerOf = (stream: number): Inner | undefined => {
    for (const inner of inners) if (inner.message.stream === stream) return inner;
    return undefined;
  };
  const begin = (message: Message): Inner => {
    const inner: Inner = { message, dissector: undefined, unowned: 0 };
    inners.push(inner);
    return inner;
  };
  const own = (inner: Inner, span: Span<Layer>) => {
    inner.unowned -= span.length;
    queue.own(inner.message.stream, span);
  };
  const close = (inner: Inner) => {
    const { message, unowned } = inner;
    if (unowned > 0) own(inner, { message, layer: 'unparsed', name: 'torn', length: unowned, mark: 'unit' });
    const last = inners.pop();
    if (last && last !== inner) inners[inners.indexOf(inner)] = last;
  };

  return {
    tell: queue.tell,
    afterwards: queue.call,
    enter(message, open) {
      const before = innerOf(message.stream);
      if (before) close(before);
      const inner = begin(message);
      inner.dissector = open((span) => own(inner, span), message);
    },
    pass(message, bytes, clear) {
      const inner = innerOf(message.stream) ?? begin(message);
      const { dissector } = inner;
      // A dissector that reads needs the clear bytes now; for the others they are made when a span is asked for them.
      const read = clear && !dissector?.skip ? clear() : undefined;
      inner.unowned += bytes.length;
      queue.add(message.stream, bytes.length, read ? () => read : clear);
      if (dissector?.skip) dissector.skip(bytes.length);
      else dissector?.push(read ?? bytes);
    },
    leave({ stream }) {
      const inner = innerOf(stream);
      inner?.dissector?.end();
      if (inner) close(inner);
    },
    tear(message) {
      const first = () => (message ? innerOf(message.stream) : inners[0]);
      for (let inner = first(); inner; inner = first()) {
        inner.dissector?.breakOff?.();
        close(inner);
      }
    },
  };
}

/** A piece of a span. The first one has its value; a span without clear bytes of its own gets those of the content. */
function pieceOf<Layer extends string>(
  span: Span<Layer>,
  told: number,
  length: number,
  { clear, from, length: all }: Content,
): Span<Layer> {
  const isWhole = length === span.length;
  if (isWhole && (span.clear || !clear)) return span;
  const passed = from === 0 && length === all ? clear : clear && partOfClear(clear, from, length);
  const own = isWhole ? undefined : span.clear && partOfOwn(span.clear, told, length, span.length);
  const { message, layer, name } = span;
  const { mark, value, shorthand } = told === 0 ? span : laterPiece;
  // Written out: it is made for every masked message, and spreading the span would take ten times as long.
  return { message, layer, name, length, mark, clear: own ?? passed, value, shorthand };
}

const laterPiece: Pick<Span, 'mark' | 'value' | 'shorthand'> = { mark: 'more' };

const partOfClear =
  (clear: Clear, from: number, length: number): Clear =>
  () =>
    clear().subarray(from, from + length);

/** Where there are not as many as on the wire, they cannot be divided among the pieces: the first has them all. */
const partOfOwn =
  (clear: Clear, told: number, length: number, all: number): Clear =>
  () => {
    const bytes = clear();
    if (bytes.length === all) return bytes.subarray(told, told + length);
    return told === 0 ? bytes : bytes.subarray(0, 0);
  };

/** Runs a parser that splices. When the stream breaks off, what the inner dissectors hold back is told first. */
export const feedSpliced = <Layer extends string>(
  tell: Tell<Layer>,
  outside: Message,
  program: (wire: Splice<Layer>) => Parser,
): Dissector =>
  feed(tell, outside, function* (tell) {
    const wire = splice(tell);
    try {
      return yield* program(wire);
    } finally {
      wire.tear();
    }
  });
