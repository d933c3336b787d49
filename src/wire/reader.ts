/**
 * Streaming without state machines: a parser is a generator that says which bytes it needs next
 * (`const head = yield* take(2)`) and sleeps until they are there. So the code of a format reads like its grammar, and
 * how the bytes were cut into chunks cannot matter: the parser never sees the cuts.
 *
 * `feed` runs a parser and keeps count. Bytes that came in and that no span owns are never lost: they
 * become `unparsed` when the parser gives up or when the stream ends. Knows no format.
 */
import type { Message } from './message.ts';
import { createSource, type Source } from './source.ts';
import type { Mark, Tell } from './span.ts';

/** Bytes in, spans out through the `Tell` it was opened with. The pushed bytes must not change afterwards. */
export interface Dissector {
  push(bytes: Uint8Array): void;
  /** Called instead of `push` where it is there: this dissector needs only the length, not the bytes. */
  skip?(length: number): void;
  /** The content is complete. */
  end(): void;
  /** The content breaks off. Left out where nothing is to be done then: bytes without an owner become `torn`. */
  breakOff?(): void;
}

/** Opens a dissector of what this message carries. */
export type Open<Layer extends string = string> = (tell: Tell<Layer>, message: Message) => Dissector;

/**
 * A question put to the source, and repeated after each push. The answer: bytes for the parser, `undefined` for
 * "ask again when more has arrived", or a name under which all further bytes are `unparsed`.
 */
export type Ask = (source: Source) => Uint8Array | string | undefined;

export type Parser<Result = never> = Generator<Ask, Result, Uint8Array>;

const nothing = new Uint8Array(0);

/** Exactly this many bytes. */
export function* take(bytes: number): Parser<Uint8Array> {
  return yield (source) => (source.length() >= bytes ? source.take(bytes) : undefined);
}

/** Whatever is there: at least one byte, at most `most`. */
export function* some(most: number): Parser<Uint8Array> {
  return yield (source) => (source.length() > 0 ? source.take(Math.min(most, source.length())) : undefined);
}

/** Whatever is there; nothing once the stream has ended. */
export function* rest(): Parser<Uint8Array> {
  return yield (source) =>
    source.length() > 0 ? source.take(source.length()) : source.isEnded() ? nothing : undefined;
}

/** All bytes through the first `delimiter`, which must be among the first `limit` bytes. */
export const through = (delimiter: number, limit: number): Parser<Uint8Array> =>
  throughOr(undefined, delimiter, limit);

/** The same, or what is left where the stream has ended before. */
export const throughOrRest = (delimiter: number, limit: number): Parser<Uint8Array> =>
  throughOr('rest', delimiter, limit);

function* throughOr(atEnd: 'rest' | undefined, delimiter: number, limit: number): Parser<Uint8Array> {
  let searched = 0; // a long line is searched once, not once a push
  return yield (source) => {
    const found = source.indexOf(delimiter, searched);
    if (found >= 0 && found < limit) return source.take(found + 1);
    if (source.length() >= limit) return 'too-long';
    searched = source.length();
    return atEnd && source.isEnded() && source.length() > 0 ? source.take(source.length()) : undefined;
  };
}

/** Sleeps until something outside the stream has happened; the code that causes it must then push an empty chunk. */
export function* until(happened: () => boolean): Parser<Uint8Array> {
  return yield () => (happened() ? nothing : undefined);
}

/** Bytes that were taken and not yet owned, and all that follow, become `unparsed` under this name. */
export function* giveUp(name: string): Parser {
  for (;;) yield () => name;
}

/**
 * Runs a parser over the bytes pushed, and tells as `unparsed` the bytes that the parser leaves unowned: they belong to
 * the message that was read last, or to `outside` if there was none.
 */
export function feed<Layer extends string>(
  tell: Tell<Layer>,
  outside: Message,
  program: (tell: Tell<Layer>) => Parser,
): Dissector {
  const source = createSource();
  let unowned = 0;
  let message = outside;
  let surrendered: string | undefined;
  const own: Tell<Layer> = (span) => {
    unowned -= span.length;
    message = span.message;
    tell(span);
  };
  let restMark: Mark = 'unit';
  const ownTheRest = (name: string) => {
    if (unowned === 0) return;
    own({ message, layer: 'unparsed', name, length: unowned, mark: restMark });
    restMark = 'more';
  };
  const parser = program(own);
  let asked = parser.next();

  const stop = (name: string) => {
    surrendered = name;
    parser.return(undefined as never); // runs its `finally` blocks: what they hold back comes first
    ownTheRest(name);
  };
  const run = () => {
    while (!asked.done) {
      const answer = asked.value(source);
      if (answer === undefined) return;
      if (typeof answer === 'string') return stop(answer);
      asked = parser.next(answer);
    }
  };

  return {
    push(bytes) {
      unowned += bytes.length;
      if (surrendered !== undefined) return ownTheRest(surrendered);
      source.push(bytes);
      run();
    },
    end() {
      source.end();
      if (surrendered === undefined) run();
      if (surrendered === undefined) stop('torn');
    },
    breakOff() {
      if (surrendered === undefined) stop('torn');
    },
  };
}
