/**
 * How Engine.IO's packets travel. Over WebSocket a packet is a message, and binary travels bare. Over polling, packets
 * stand in one body: in protocol 4 with U+001E between them, in protocol 3 each behind its length. JSONP writes that
 * body as a string of a script, and sends its own in a form.
 */
import { whole } from '../../wire/buffered.ts';
import type { Open } from '../../wire/reader.ts';
import { ownerOf } from '../../wire/span.ts';
import type { Layer } from '../layers.ts';
import type { Endpoint } from './endpoint.ts';
import { jsonpBody } from './jsonp.ts';
import { binaryMessage, ownPacket, type Speaking } from './packets.ts';
import { isLengthPrefixed, lengthPrefixed, ownLengthPrefixed } from './payload-3.ts';
import type { Session } from './sessions.ts';

const separator = 0x1e;

const separated = (speaking: Speaking): Open<Layer> =>
  whole<Layer>((tell, bytes, body) => {
    // A server of version 3 answers in version 3, even where the client asked for 4.
    if (isLengthPrefixed(bytes)) return ownLengthPrefixed(tell, body, bytes, asVersion3(speaking));
    for (let at = 0; at < bytes.length; ) {
      const found = bytes.indexOf(separator, at);
      const end = found < 0 ? bytes.length : found;
      ownPacket(tell, body, bytes.subarray(at, end), speaking);
      // Separators belong to the body, not to a packet: how many packets share a body varies.
      if (found >= 0) ownerOf(tell, body)('engine.io', 'separator', 1, 'field');
      at = end + 1;
    }
  });

const asVersion3 = ({ endpoint, session }: Speaking): Speaking => ({
  endpoint: { ...endpoint, version: 3 },
  session,
});

/** A body of the polling transport. */
export function engineIoPayload(endpoint: Endpoint, session: Session): Open<Layer> {
  const speaking = { endpoint, session };
  const packets = endpoint.version === 3 ? lengthPrefixed(speaking) : separated(speaking);
  return endpoint.isJsonp ? jsonpBody(packets) : packets;
}

/** A message of the WebSocket transport. */
export const engineIoMessage = (
  endpoint: Endpoint,
  kind: 'text' | 'binary',
  session: Session,
): Open<Layer> =>
  kind === 'binary'
    ? binaryMessage({ endpoint, session })
    : whole((tell, bytes, frame) => ownPacket(tell, frame, bytes, { endpoint, session }));
