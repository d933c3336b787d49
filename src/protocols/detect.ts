/**
 * The conversation of a connection whose protocol is not known beforehand: HTTP/1.1, unless its first bytes are those
 * of a TLS handshake (RFC 8446 §5.1) or of HTTP/2 (RFC 9113 §3.3). TLS is decrypted with the secrets of a key log, and
 * the protocol inside is detected in the same way.
 *
 * The side that sends first decides: a server that sends before its client speaks HTTP/2 or none of these.
 */
import type { Conversation, Dissect } from '../wire/conversation.ts';
import type { Direction } from '../wire/span.ts';
import { httpConversations } from './http1/http.ts';
import { http2Conversations, preface } from './http2/http2.ts';
import type { Layer } from './layers.ts';
import { isSealed, type Over } from './over.ts';
import { rawConversation } from './payload/raw.ts';
import { createKeyLog, type KeyLog } from './tls/key-log.ts';
import { tlsConversations } from './tls/tls.ts';

type Spoken = 'http' | 'http2' | 'tls';

const handshakeRecord = [0x16, 0x03];

/** For a single connection, read without knowledge of any other. */
export const anyConversation: Dissect<Layer> = (listener, ordinal) => anyConversations()(listener, ordinal);

/** For all connections of the same peers. @param keyLog of the client that made them. */
export const anyConversations = (keyLog: KeyLog = createKeyLog()): Dissect<Layer> => {
  const any: Dissect<Layer> = (listener, ordinal) => conversation((spoken) => of[spoken](listener, ordinal));
  const of: Readonly<Record<Spoken, Dissect<Layer>>> = {
    http: httpConversations(),
    http2: http2Conversations(),
    tls: tlsConversations(keyLog, any),
  };
  return any;
};

/**
 * For connections of our own clients, whose protocol is known.
 *
 * @param wire `raw`: messages of `messageBytes` one after the other, and nothing else.
 */
export function conversationsOver(
  over: Over,
  wire: 'http' | 'raw',
  messageBytes: number,
  keyLog: KeyLog,
): Dissect<Layer> {
  if (wire === 'http') return over === 'http' ? httpConversations() : anyConversations(keyLog);
  const raw = rawConversation(messageBytes);
  return isSealed(over) ? tlsConversations(keyLog, raw) : raw;
}

function conversation(open: (kind: Spoken) => Conversation): Conversation {
  const held: (readonly [Direction, Uint8Array])[] = [];
  let chosen: Conversation | undefined;
  const choose = (kind: Spoken): Conversation => {
    chosen = open(kind);
    for (const [direction, bytes] of held.splice(0)) chosen.push(direction, bytes);
    return chosen;
  };
  return {
    push(direction, bytes) {
      if (chosen) return chosen.push(direction, bytes);
      held.push([direction, bytes]);
      const first = Buffer.concat(held.filter(([way]) => way === direction).map(([, one]) => one));
      const kind = direction === 'up' ? kindOf(first) : kindOfServer(first);
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

/** A server of HTTP/2 may speak before its client, with a SETTINGS frame on stream 0 (RFC 9113 §3.4). */
export function kindOfServer(first: Uint8Array): Spoken | 'undecided' {
  const settings = [0, 0, undefined, 4, 0, 0, 0, 0, 0];
  const begins = settings.every((byte, at) => at >= first.length || byte === undefined || first[at] === byte);
  if (!begins) return 'http';
  return first.length < settings.length ? 'undecided' : 'http2';
}
