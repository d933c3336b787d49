/**
 * Attributes what a relay carries, span by span, to exchanges: a browser sends requests of every lane over the same few
 * connections, so bytes are not counted by connection. Bytes are forwarded first and parsed a turn of the event loop
 * later, as `inspect` does.
 */
import { laterOf } from '../../inspection/later.ts';
import type { Watch } from '../../network/relay.ts';
import { anyConversation } from '../../protocols/detect.ts';
import type { Layer } from '../../protocols/layers.ts';
import { type RecordedSpan, readSpans } from '../../tap/spans.ts';
import type { Chunk } from '../../tap/tape.ts';
import type { Dissect } from '../../wire/conversation.ts';
import { type Request, requestOf, type WireConnection } from '../../wire/message.ts';
import { type Exchange, openExchange } from './exchange.ts';
import { withSealing } from './sealing.ts';

interface AttributedOptions {
  readonly now: () => number;
  /** Called once for each span, with the exchange it belongs to. */
  readonly told: (span: RecordedSpan, exchange: Exchange) => void;
  readonly dissect?: Dissect<Layer> | undefined;
}

export function attributedRelay({ now, told, dissect = anyConversation }: AttributedOptions) {
  const exchanges = new WeakMap<Request | WireConnection, Exchange>();
  const exchangeOf = ({ message }: RecordedSpan): Exchange => {
    const request = requestOf(message);
    // Bytes before the first request belong to no exchange of HTTP: each connection has one entry for them.
    const owner = request ?? message.connection;
    const known = exchanges.get(owner) ?? openExchange(request, message.connection.ordinal);
    exchanges.set(owner, known);
    return known;
  };
  /** Bytes not yet attributed, by open connection. */
  const unread = new Map<number, number>();
  const count = (connection: number, bytes: number) =>
    unread.set(connection, (unread.get(connection) ?? 0) + bytes);
  let relay = 0;
  const sealing = withSealing(exchangeOf, (span, exchange) => {
    count(span.message.connection.ordinal, -span.length);
    told(span, exchange);
  });
  const spans = readSpans(dissect, sealing.tell);
  const later = laterOf(now, (chunk: Chunk) => {
    count(chunk.connection, chunk.bytes.length);
    spans.push(chunk);
  });
  return {
    watch: ((connection) => ({
      entered(direction, bytes) {
        relay += bytes.length;
        later.add({ at: now(), connection, direction, phase: 'steady', bytes });
      },
      left: () => {},
      closed() {
        later.run();
        spans.close(connection);
        sealing.close(connection);
        unread.delete(connection);
      },
    })) satisfies Watch,
    /** Parses what has come meanwhile. */
    catchUp: later.run,
    /** All bytes that the relay carried, and those of them that wait for the rest of their line, frame or body. */
    sums() {
      later.run();
      return { relay, unread: [...unread.values()].reduce((sum, bytes) => sum + bytes, 0) };
    },
  };
}
