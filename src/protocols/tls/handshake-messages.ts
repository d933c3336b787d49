/**
 * Handshake messages (RFC 8446 §4, RFC 5246 §7.4): a type, a length and a body. They may be split over records
 * anywhere. Each is one field, named by its type; those that decide version or keys are given whole to the session.
 */
import { type Message, partOf } from '../../wire/message.ts';
import { feed, type Open, type Parser, some, take } from '../../wire/reader.ts';
import type { Mark, Tell } from '../../wire/span.ts';
import type { Layer } from '../layers.ts';

const names: Readonly<Record<number, string>> = {
  0: 'hello-request',
  1: 'client-hello',
  2: 'server-hello',
  4: 'new-session-ticket',
  5: 'end-of-early-data',
  8: 'encrypted-extensions',
  11: 'certificate',
  12: 'server-key-exchange',
  13: 'certificate-request',
  14: 'server-hello-done',
  15: 'certificate-verify',
  16: 'client-key-exchange',
  20: 'finished',
  22: 'certificate-status',
  24: 'key-update',
  25: 'compressed-certificate',
};

/** A ServerHello that asks for another ClientHello has a name of its own. */
export const retryName = 'hello-retry-request';

const headBytes = 4;

/** Called with a complete message; returns its name, which may differ from that of its type. */
export type Settle = (name: string, body: Uint8Array) => string;

/** These decide how later records are read, and are short; others may be as long as a chain of certificates. */
const settling = ['client-hello', 'server-hello', 'finished', 'key-update'];
const longestSettling = 64 * 1024;

export const handshakeMessages =
  (settle: Settle): Open<Layer> =>
  (tell, message) =>
    feed(tell, message, (tell) => readMessages(tell, message, settle));

function* readMessages(tell: Tell<Layer>, carrier: Message, settle: Settle): Parser {
  for (;;) {
    const head = yield* take(headBytes);
    const [type = 0, high = 0, middle = 0, low = 0] = head;
    const length = (high << 16) | (middle << 8) | low;
    const known = names[type] ?? 'handshake-message';
    if (settling.includes(known) && length <= longestSettling) {
      const body = yield* take(length);
      const name = settle(known, body);
      const message = partOf(carrier, 'packet', name);
      tell({ message, layer: 'tls', name, length: headBytes + length, mark: 'field' });
      continue;
    }
    const message = partOf(carrier, 'packet', known);
    const own = (length: number, mark: Mark) => tell({ message, layer: 'tls', name: known, length, mark });
    own(headBytes, 'field');
    for (let left = length; left > 0; ) {
      const piece = yield* some(left);
      own(piece.length, 'more');
      left -= piece.length;
    }
  }
}
