/** Which protocols a connection speaks, from the layers that own its bytes; it may speak several in turn. */
import type { Spoken } from '../document/inspected-account.ts';
import type { Field } from '../ledger/tally.ts';

export interface Signs {
  readonly fields: readonly Field[];
  /** Complete exchanges that were neither upgrades, nor Engine.IO's, nor event streams. */
  readonly plain: number;
  /** To WebSocket. */
  readonly upgraded: boolean;
  /** An answer was an event stream. */
  readonly streamed: boolean;
}

export function protocolsOf({ fields, plain, upgraded, streamed }: Signs): Spoken[] {
  const has = (layer: Field['layer'], name?: string) =>
    fields.some((field) => field.layer === layer && (name === undefined || field.name === name));
  const isSocketIo = has('socket.io');
  const found: readonly (readonly [Spoken, boolean])[] = [
    // With its secrets, TLS is decrypted and has a layer of its own; without them it is unparsed.
    ['tls', has('tls') || has('unparsed', 'tls')],
    ['http2', has('http2')],
    ['http', plain > 0],
    ['sse', streamed || has('sse')],
    ['ndjson', has('ndjson')],
    ['multipart', has('multipart')],
    ['websocket', upgraded || has('websocket')],
    ['engine.io', has('engine.io') && !isSocketIo],
    ['socket.io', isSocketIo],
    ['http2', has('unparsed', 'http2')],
  ];
  const spoken = found.filter(([, isSpoken]) => isSpoken).map(([protocol]) => protocol);
  if (spoken.length > 0) return spoken;
  // A request whose answer has not come yet is HTTP already.
  if (has('http')) return ['http'];
  return has('unparsed') ? ['unknown'] : [];
}
