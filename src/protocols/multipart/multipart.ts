/**
 * A body of parts (RFC 2046 §5.1): a boundary on a line of its own, fields, an empty line, content. GraphQL servers
 * send incremental answers this way (`multipart/mixed`), and cameras send pictures (`multipart/x-mixed-replace`).
 * Boundaries and fields frame the parts; the content of each is a message.
 */
import { type Message, partOf } from '../../wire/message.ts';
import { feed, type Open, type Parser, some, take, throughOrRest } from '../../wire/reader.ts';
import { latin1, type Source } from '../../wire/source.ts';
import { type Own, ownerOf, type Tell } from '../../wire/span.ts';
import type { Layer } from '../layers.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** Limit of a field line of a part, in bytes. */
const longestLine = 64 * 1024;

/** The boundary that a media type names; empty where it names none. */
export const boundaryOf = (contentType: string): string => {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;,]{1,70}))/i.exec(contentType) ?? [];
  return quoted ?? plain ?? '';
};

function* parts(tell: Tell<Layer>, body: Message, boundary: string): Parser {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  yield* preamble(ownerOf(tell, body), delimiter);
  for (;;) {
    const own = ownerOf(tell, partOf(body, 'part'));
    if (!(yield* fields(own))) continue;
    yield* content(own, Buffer.concat([Buffer.from('\r\n'), delimiter]));
    const line = yield* throughOrRest(lineFeed, longestLine);
    own('multipart', 'boundary', line.length, 'more');
    if (latin1(line).startsWith('--')) yield* epilogue(own);
  }
}

/** Two hyphens end the last boundary; receivers ignore what follows. */
function* epilogue(own: Own<Layer>): Parser<void> {
  for (;;) {
    const rest = yield* some(Number.MAX_SAFE_INTEGER);
    own('multipart', 'epilogue', rest.length, 'more');
  }
}

/** Whatever stands before the first boundary, and that line. */
function* preamble(own: Own<Layer>, delimiter: Buffer): Parser<void> {
  for (;;) {
    const line = yield* throughOrRest(lineFeed, longestLine);
    own('multipart', 'boundary', line.length, 'unit');
    if (delimiter.equals(line.subarray(0, delimiter.length))) return;
  }
}

/** Fields through the empty line; false where the body ends before. */
function* fields(own: Own<Layer>): Parser<boolean> {
  for (;;) {
    const line = yield* throughOrRest(lineFeed, longestLine);
    own('multipart', 'field', line.length, 'field');
    if (latin1(line).trim() === '') return true;
    if (line.at(-1) !== lineFeed) return false;
  }
}

/** Content up to the line end before the boundary; that line end belongs to the boundary. */
function* content(own: Own<Layer>, ending: Buffer): Parser<void> {
  let mark: 'unit' | 'more' = 'unit';
  for (;;) {
    const { length, isEnd, isCut } = yield* untilEnding(ending);
    if (isCut) {
      own('multipart', 'boundary', length, 'unit');
      continue;
    }
    if (length > 0 || (isEnd && mark === 'unit')) own('payload', 'message', length, mark);
    mark = 'more';
    if (isEnd) {
      yield* take(ending.length);
      own('multipart', 'boundary', ending.length, 'unit');
      return;
    }
  }
}

/** Takes the bytes that are certainly not part of the ending. */
function* untilEnding(ending: Buffer): Parser<{ length: number; isEnd: boolean; isCut: boolean }> {
  let isEnd = false;
  let isCut = false;
  const piece = yield (source) => {
    for (let at = 0; ; at++) {
      at = source.indexOf(carriageReturn, at);
      if (at < 0) return source.length() > 0 ? source.take(source.length()) : undefined;
      const same = sameFrom(source, at, ending);
      if (same === ending.length) {
        isEnd = true;
        return source.take(at);
      }
      // The rest of the ending may still come; if the stream ends here, this was the beginning of a boundary.
      if (at + same === source.length()) {
        if (at === 0 && source.isEnded()) isCut = true;
        return at > 0 || isCut ? source.take(at > 0 ? at : same) : undefined;
      }
    }
  };
  return { length: piece.length, isEnd, isCut };
}

/** How many bytes from there on equal the beginning of the ending. */
function sameFrom(source: Source, at: number, ending: Buffer): number {
  let same = 0;
  while (same < ending.length && source.at(at + same) === ending[same]) same++;
  return same;
}

export const multipartBody =
  (boundary: string): Open<Layer> =>
  (tell, body) => {
    const reader = feed(tell, body, (told) => parts(told, body, boundary));
    // A stream of pictures is broken off, never ended: the beginning of a boundary counts as one.
    return { ...reader, breakOff: reader.end };
  };
