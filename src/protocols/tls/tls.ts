/**
 * Both directions of a TLS connection (RFC 8446, and RFC 5246 for 1.2), decrypted with the secrets that a client has
 * logged: record heads, nonces and tags, and handshake messages. Another conversation reads what the records carry;
 * each of its bytes is one byte of the wire, because with these ciphers a text keeps its length.
 *
 * Without its secret a direction is `unparsed` from its first sealed record on; the field's name is `tls`.
 */
import type { Conversation, Dissect } from '../../wire/conversation.ts';
import { outermost, type Part, type WireConnection } from '../../wire/message.ts';
import { type Dissector, giveUp, type Parser, take, until } from '../../wire/reader.ts';
import type { Clear, Direction, Span, Tell } from '../../wire/span.ts';
import { feedSpliced, type Splice } from '../../wire/splice.ts';
import type { Layer } from '../layers.ts';
import { alertName } from './alerts.ts';
import { handshakeMessages } from './handshake-messages.ts';
import type { KeyLog } from './key-log.ts';
import { tagBytes } from './record-keys.ts';
import { createSession, type Session } from './session.ts';

const headBytes = 5;
/** Of a sealed record, with everything that encryption may add (RFC 5246 §6.2.3). */
const longestFragment = 2 ** 14 + 2048;

export const contentTypes: Readonly<Record<number, string>> = {
  20: 'change-cipher-spec',
  21: 'alert',
  22: 'handshake',
  23: 'application-data',
};

/** At most so many sealed bytes wait for their secret; beyond that it is taken for missing. */
const mostWaiting = 256 * 1024;

const nothing = new Uint8Array(0);

/** These two content types continue from record to record: each is a stream, numbered by its type. */
const handshakeType = 22;
const applicationType = 23;

/** @param inside reads what the records carry. */
export const tlsConversations =
  (keyLog: KeyLog, inside: Dissect<Layer>): Dissect<Layer> =>
  (listener, ordinal = 0) => {
    const connection: WireConnection = { ordinal, messages: 0 };
    const session = createSession(keyLog);
    let mayCome = keyLog.mayGrow;
    const inner = createInside((told) => inside({ ...listener, tell: told }, ordinal));
    const readers = {} as Record<Direction, Dissector>;
    const shared = {
      session,
      connection,
      inner,
      waits: { up: false, down: false },
      lookUp: () => readers.up.push(nothing),
      mayCome: () => mayCome,
    };
    const open = (direction: Direction): Dissector => {
      const before = outermost(connection, direction, 'unread');
      const tell = countingOwn(listener.tell);
      return feedSpliced(tell, before, (wire) => readRecords({ ...shared, wire, direction }));
    };
    readers.down = open('down');
    readers.up = open('up');
    return {
      push(direction, bytes) {
        readers[direction].push(bytes);
        if (direction === 'up' && shared.waits.down) readers.down.push(nothing);
      },
      end() {
        mayCome = false;
        readers.up.push(nothing);
        readers.down.push(nothing);
        inner.end();
        readers.up.end();
        readers.down.end();
      },
    };
  };

/** Counts only TLS's own bytes: the inner conversation counts the rest for its own messages. */
const countingOwn =
  (tell: Tell<Layer>): Tell<Layer> =>
  (span) => {
    if (span.layer === 'tls') span.message.bytes += span.length;
    tell(span);
  };

/** The conversation inside: what it tells of a direction goes to the `tell` of that direction's records. */
function createInside(open: (tell: Tell<Layer>) => Conversation) {
  const tells: Partial<Record<Direction, Tell<Layer>>> = {};
  const conversation = open((span: Span<Layer>) => tells[span.message.direction]?.(span));
  return {
    reader: (direction: Direction) => (tell: Tell<Layer>) => {
      tells[direction] = tell;
      return {
        push: (bytes: Uint8Array) => conversation.push(direction, bytes),
        // The conversation has two directions; `end` below ends both.
        end() {},
        breakOff() {},
      };
    },
    end: () => conversation.end(),
  };
}

interface Reading {
  readonly wire: Splice<Layer>;
  readonly session: Session;
  readonly connection: WireConnection;
  readonly direction: Direction;
  readonly inner: ReturnType<typeof createInside>;
  /** Whether a record of the direction waits for its secret, or for a record of the other direction that does. */
  readonly waits: Record<Direction, boolean>;
  /** Makes the upward reader try again: the ServerHello or a secret may have come. */
  lookUp(): void;
  /** Whether a secret that is missing may still come. */
  mayCome(): boolean;
}

function* readRecords(reading: Reading): Parser {
  const { wire, session, connection, direction, inner } = reading;
  const handshake = outermost(connection, direction, 'record', '', handshakeType);
  const application = outermost(connection, direction, 'record', '', applicationType);
  const settle = (name: string, body: Uint8Array) => session.settle(direction, name, body);
  wire.enter(handshake, handshakeMessages(settle));
  wire.enter(application, inner.reader(direction));
  const streams: Readonly<Record<number, Part>> = {
    [handshakeType]: handshake,
    [applicationType]: application,
  };
  for (;;) {
    const head = yield* take(headBytes);
    const [type = 0, , , high = 0, low = 0] = head;
    const length = (high << 8) | low;
    if (!contentTypes[type] || length > longestFragment) return yield* giveUp('malformed');
    if (session.isSealed(direction, type)) yield* readSealed(reading, streams, head, length);
    else passContent(reading, streams, recordOf(reading, type), { type, content: yield* take(length) });
    if (direction === 'down') reading.lookUp();
  }
}

function recordOf({ wire, connection, direction }: Reading, type: number): Part {
  const message = outermost(connection, direction, 'record', contentTypes[type]);
  wire.tell({ message, layer: 'tls', name: 'record-head', length: headBytes, mark: 'unit' });
  return message;
}

type Streams = Readonly<Record<number, Part>>;

function* readSealed(reading: Reading, streams: Streams, head: Uint8Array, length: number): Parser<void> {
  const { wire, session, direction, waits } = reading;
  yield* until(session.isSettled);
  yield ({ length }) => {
    // A response must not be read before its request.
    if (direction === 'down' && waits.up) reading.lookUp();
    const mayCome = session.suite() !== null && reading.mayCome();
    const isSealed = session.opener(direction) === null;
    const isWanting = isSealed || (direction === 'down' && waits.up);
    waits[direction] = isWanting && mayCome && length() <= mostWaiting;
    if (waits[direction]) return undefined;
    return isSealed && mayCome ? 'tls' : nothing;
  };
  const fragment = yield* take(length);
  const opened = session.opener(direction)?.(head, fragment) ?? null;
  const suite = session.suite();
  if (!opened || !suite) return yield* giveUp('tls');
  const is13 = suite.version === '1.3';
  const inner = is13 ? unpadded(opened) : { type: head[0] ?? 0, content: opened, padding: 0 };
  const record = recordOf(reading, inner.type);
  const own = (name: string, length: number) => {
    if (length > 0) wire.tell({ message: record, layer: 'tls', name, length, mark: 'field' });
  };
  own('nonce', suite.explicitNonceBytes);
  passContent(reading, streams, record, inner, () => inner.content);
  own('content-type', is13 ? 1 : 0);
  own('padding', inner.padding);
  own('tag', tagBytes);
}

interface Content {
  readonly type: number;
  readonly content: Uint8Array;
}

/** TLS 1.3 writes the true type after the content, and any number of zeros after that (RFC 8446 §5.2). */
function unpadded(opened: Uint8Array): Content & { readonly padding: number } {
  let end = opened.length;
  while (end > 0 && opened[end - 1] === 0) end--;
  const type = opened[end - 1] ?? 0;
  return { type, content: opened.subarray(0, Math.max(0, end - 1)), padding: opened.length - end };
}

/** @param clear returns the content if it is sealed on the wire. */
function passContent(
  { wire, session, direction }: Reading,
  streams: Streams,
  record: Part,
  { type, content }: Content,
  clear?: Clear,
) {
  const stream = streams[type];
  if (stream) return wire.pass(stream, content, clear);
  const { length } = content;
  const name = contentTypes[type] ?? 'content';
  const value = name === 'alert' ? alertName(content) : '';
  if (length > 0)
    wire.tell({ message: record, layer: 'tls', name, length, mark: 'field', clear, ...(value && { value }) });
  if (name === 'change-cipher-spec') session.changeCipherSpec(direction);
}
