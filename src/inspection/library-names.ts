/** Names what one connection speaks: its heads and its first messages are compared with the table of libraries. */
import { handshakeOf } from '../protocols/http1/upgrade-outcome.ts';
import type { Layer } from '../protocols/layers.ts';
import { type Request, requestOf } from '../wire/message.ts';
import type { Span } from '../wire/span.ts';
import { frameOf, type SaidMessage } from './said.ts';
import { libraries, type Sight } from './spoken-libraries.ts';

/** How many heads and messages are looked at: a library that has not shown itself by then does not do so later. */
const looksTaken = { heads: 40, messages: 40 };

export function nameLibraries() {
  const names = new Set<string>();
  const looked = { heads: 0, messages: 0 };
  /** Signs that are still to be seen. */
  const unseen = new Map(Object.entries(libraries).map(([name, signs]) => [name, new Set(signs)]));
  const look = (
    request: Request | null,
    seen: Pick<Sight, 'direction' | 'beginning' | 'length' | 'isFrame'>,
  ) => {
    const sight = { ...aboutRequest(request), ...seen };
    for (const [name, signs] of unseen) {
      for (const sign of signs) if (sign(sight)) signs.delete(sign);
      if (signs.size > 0) continue;
      names.add(name);
      unseen.delete(name);
    }
  };
  return {
    /** A head is complete. */
    tell({ message, layer, name, mark }: Span<Layer>) {
      // In HTTP/2 the whole head is known before `tell` gets its first field.
      const isHead = layer === 'http' && (name === 'blank-line' || (mark === 'unit' && name.startsWith(':')));
      if (!isHead || looked.heads++ >= looksTaken.heads) return;
      look(requestOf(message), { direction: message.direction, beginning: '', length: 0, isFrame: false });
    },
    said({ carrier, direction, beginning, length }: SaidMessage) {
      if (looked.messages++ >= looksTaken.messages) return;
      const isFrame = frameOf(carrier) !== null;
      look(requestOf(carrier), { direction, beginning: beginning(), length, isFrame });
    },
    read: (): string[] => [...names].sort(),
  };
}

const aboutRequest = (request: Request | null): Pick<Sight, 'subprotocol' | 'target' | 'fields'> => ({
  subprotocol: (request && agreedSubprotocol(request)) ?? '',
  target: request?.target ?? '',
  fields: new Set([
    ...(request?.headers.keys() ?? []),
    ...(/text\/event-stream/.test(request?.headers.get('accept') ?? '') ? ['accept: text/event-stream'] : []),
  ]),
});

function agreedSubprotocol(request: Request): string | undefined {
  const { peer } = request;
  const isAgreed = peer !== null && handshakeOf(request, peer)?.outcome === 'agreed';
  return isAgreed ? peer.headers.get('sec-websocket-protocol') : undefined;
}
