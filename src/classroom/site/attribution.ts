/**
 * Whose exchange is each span? A browser sends requests of every lane over the same few connections, so bytes are not a
 * connection's but an exchange's: a request line opens one, a status line answers the oldest that waits (RFC 9112
 * §9.3), and after an upgrade the connection is one exchange's to its end.
 */

import { anyConversation } from '../../protocols/detect.ts';
import { anatomyOfConnection, type Span } from '../../tap/spans.ts';
import type { Chunk } from '../../tap/tape.ts';
import { type Exchange, openExchange } from './exchange.ts';
import { placeOf } from './place.ts';

export interface Attribution {
  push(chunk: Chunk): void;
  end(): void;
  /** Bytes that came and still wait for the rest of their line, frame or body. */
  unread(): number;
}

/** @param told hears each span once, with the exchange it belongs to. */
export function attribute(
  connection: number,
  told: (span: Span, exchange: Exchange) => void,
  dissect = anyConversation,
): Attribution {
  const nobody = openExchange({ place: null, method: '', target: '', connection });
  const waiting: Exchange[] = [];
  const now = { up: nobody, down: nobody };
  let unread = 0;
  let chunks = 0;
  const anatomy = anatomyOfConnection(connection, dissect, (span) => {
    unread -= span.bytes.length;
    if (isLine(span, 'request-line')) {
      now.up = asked(span, connection);
      waiting.push(now.up);
    } else if (isLine(span, 'status-line')) {
      now.down = waiting[0] ?? nobody;
      now.down.status = statusOf(span);
      // After an interim response (1xx) the answer itself is still to come.
      if (now.down.status >= 200 || now.down.status === 101) waiting.shift();
    }
    told(span, now[span.direction]);
  });
  return {
    push(chunk) {
      unread += chunk.bytes.length;
      anatomy.push(chunk, chunks++);
    },
    end: () => anatomy.end(),
    unread: () => unread,
  };
}

const isLine = ({ layer, name }: Span, wanted: string) => layer === 'http' && name === wanted;

function asked({ bytes }: Span, connection: number): Exchange {
  const [method = '', target = ''] = Buffer.from(bytes).toString('latin1').split(' ');
  return openExchange({ place: placeOf(target), method, target, connection });
}

const statusOf = ({ bytes }: Span) => Number(Buffer.from(bytes).toString('latin1').split(' ')[1]);
