/**
 * The conversation of a connection of which nobody said what it speaks: HTTP/1.1, unless its first bytes are those
 * of HTTP/2 (RFC 9113 §3.3) or of a TLS handshake (RFC 8446 §5.1). That one cannot be read here: every byte is `unparsed`,
 * and the field's name says why.
 *
 * Whoever speaks first decides: a server that speaks before its client speaks neither of the two.
 */
import type { Conversation, Dissect } from '../wire/conversation.ts';
import { outermost } from '../wire/message.ts';
import { httpConversations } from './http1/http.ts';
import { http2Conversations, preface } from './http2/http2.ts';
import type { Layer } from './layers.ts';

type Spoken = 'http' | 'http2' | 'tls';

const handshakeRecord = [0x16, 0x03];

/** One connection, of which no other is known. */
export const anyConversation: Dissect<Layer> = (listener, ordinal) => anyConversations()(listener, ordinal);

/** For each of the connections of the same peers. */
export const anyConversations = (): Dissect<Layer> => {
  const of = { http: httpConversations(), http2: http2Conversations(), tls: sealed('tls') };
  return (listener, ordinal) => conversation((kind) => of[kind](listener, ordinal));
};

function conversation(open: (kind: Spoken) => Conversation): Conversation {
  const held: Uint8Array[] = [];
  let chosen: Conversation | undefined;
  const choose = (kind: Spoken): Conversation => {
    chosen = open(kind);
    for (const bytes of held.splice(0)) chosen.push('up', bytes);
    return chosen;
  };
  return {
    push(direction, bytes) {
      if (chosen) return chosen.push(direction, bytes);
      if (direction === 'down') return choose('http').push(direction, bytes);
      held.push(bytes);
      const kind = kindOf(Buffer.concat(held));
      if (kind !== 'undecided') choose(kind);
    },
    end: () => (chosen ?? choose('http')).end(),
  };
}

function kindOf(first: Buffer): Spoken | 'undecided' {
  const begins = (signature: readonly number[] | Buffer) =>
    first.subarray(0, signature.length).every((byte, index) => byte === signature[index]);
  for (const [kind, signature] of [
    ['tls', handshakeRecord],
    ['http2', preface],
  ] as const) {
    if (begins(signature)) return first.length < signature.length ? 'undecided' : kind;
  }
  return 'http';
}

const sealed =
  (name: 'tls'): Dissect<Layer> =>
  ({ tell }, ordinal = 0) => {
    const connection = { ordinal, messages: 0 };
    const messages = {
      up: outermost(connection, 'up', 'unread'),
      down: outermost(connection, 'down', 'unread'),
    };
    return {
      push(direction, { length }) {
        const message = messages[direction];
        tell({ message, layer: 'unparsed', name, length, mark: message.bytes === 0 ? 'unit' : 'more' });
        message.bytes += length;
      },
      end() {},
    };
  };
