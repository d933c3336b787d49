/**
 * The body of a polling response: netstrings, `LENGTH:BYTES,` (D. J. Bernstein, "Netstrings", 1997), one
 * after the other. The framing costs digits(n) + 2 bytes a message and leaves binary as it is.
 */
import { feed, giveUp, type Open, type Parser, some, take, through } from '../../wire/reader.ts';
import { latin1 } from '../../wire/source.ts';
import { type Mark, type Own, ownerOf } from '../../wire/span.ts';
import type { Layer } from '../layers.ts';

const colon = 0x3a;
const comma = 0x2c;
const longestLength = 16; // fifteen digits and the colon: more than any message needs, and still a safe integer

function* netstrings(own: Own<Layer>): Parser {
  for (;;) {
    const length = yield* through(colon, longestLength);
    // A leading zero is not a netstring: each message has exactly one encoding.
    if (!/^(0|[1-9]\d*):$/.test(latin1(length))) return yield* giveUp('malformed');
    own('mailbox', 'length', length.length, 'unit');
    yield* message(own, Number.parseInt(latin1(length), 10));
    const end = yield* take(1);
    if (end[0] !== comma) return yield* giveUp('malformed');
    own('mailbox', 'comma', 1, 'field');
  }
}

function* message(own: Own<Layer>, bytes: number): Parser<void> {
  let mark: Mark = 'unit';
  if (bytes === 0) own('payload', 'message', 0, mark);
  for (let left = bytes; left > 0; mark = 'more') {
    const piece = yield* some(left);
    own('payload', 'message', piece.length, mark);
    left -= piece.length;
  }
}

export const readMailbox: Open<Layer> = (tell, message) =>
  feed(tell, message, (told) => netstrings(ownerOf(told, message)));
