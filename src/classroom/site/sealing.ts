/**
 * Attributes the bytes of TLS: a record's framing (its head before the content; type, padding and tag after it)
 * counts for the exchange inside it. If there are several, it counts for the connection instead, as handshakes do.
 */
import type { RecordedSpan } from '../../tap/spans.ts';
import type { Message } from '../../wire/message.ts';
import type { Exchange } from './exchange.ts';

type Told = (span: RecordedSpan, exchange: Exchange) => void;

/**
 * Passes on each span with its exchange; a record waits for its last span, because any of them may name another one.
 */
export function withSealing(exchangeOf: (span: RecordedSpan) => Exchange, told: Told) {
  const begun = { up: new Map<number, RecordedSpan[]>(), down: new Map<number, RecordedSpan[]>() };
  const release = (connection: number, direction: 'up' | 'down') => {
    const record = begun[direction].get(connection) ?? [];
    begun[direction].delete(connection);
    const within = new Set(record.filter((span) => !isSealing(span)).map(exchangeOf));
    const [only] = within.size === 1 ? within : [];
    for (const span of record) told(span, (isSealing(span) && only) || exchangeOf(span));
  };
  return {
    tell(span: RecordedSpan) {
      const { direction, connection } = span.message;
      const { ordinal } = connection;
      const record = begun[direction].get(ordinal);
      if (record) record.push(span);
      else if (isSealing(span)) begun[direction].set(ordinal, [span]);
      else told(span, exchangeOf(span));
      if (isSealing(span) && span.name === 'tag') release(ordinal, direction);
    },
    /** To be called when nothing more comes on this connection. */
    close(connection: number) {
      release(connection, 'up');
      release(connection, 'down');
    },
  };
}

const isSealing = ({ layer, message }: RecordedSpan): boolean => layer === 'tls' && isContentRecord(message);

const isContentRecord = (message: Message): boolean =>
  message.kind === 'record' && message.type === 'application-data';
