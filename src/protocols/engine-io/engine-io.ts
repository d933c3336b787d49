/**
 * Engine.IO protocol 4 (socket.io's engine.io-protocol): packets of one type digit and data. Over WebSocket a
 * packet is a message, and binary travels bare; over polling, packets stand in one body with U+001E between
 * them, and binary is `b` and base64. What a `message` packet carries is Socket.IO's where the endpoint is.
 */

import { whole } from '../../wire/buffered.ts';
import { type Message, partOf } from '../../wire/message.ts';
import type { Open } from '../../wire/reader.ts';
import { latin1 } from '../../wire/source.ts';
import { type Own, ownerOf, type Tell } from '../../wire/span.ts';
import { verbatim } from '../../wire/verbatim.ts';
import { ownBase64 } from '../encoding/base64.ts';
import type { Layer } from '../layers.ts';
import { ownSocketIo } from '../socket-io/socket-io.ts';
import type { Session } from './sessions.ts';

const separator = 0x1e;
const types = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'] as const;
/** What is not a message's data belongs to Engine.IO itself; these have names of their own. */
const dataNames: { readonly [type: string]: string } = { open: 'handshake', ping: 'probe', pong: 'probe' };

export interface Endpoint {
  readonly transport: 'polling' | 'websocket';
  /** `unsaid`: the path is the application's own, and each packet shows for itself whether it is Socket.IO's. */
  readonly carries: 'socket.io' | 'plain' | 'unsaid';
}

/** The session a request target names. */
export const sessionIdOf = (target: string): string | null =>
  new URLSearchParams(target.split('?').slice(1).join('?')).get('sid');

/** The endpoint a request target names, if it speaks version 4: the query says so, whatever the path is. */
export function engineIoAt(target: string): Endpoint | undefined {
  const [, path = '', query = ''] = /^([^?]*)\?(.*)$/.exec(target) ?? [];
  const parameters = new URLSearchParams(query);
  const transport = parameters.get('transport');
  if (parameters.get('EIO') !== '4' || (transport !== 'polling' && transport !== 'websocket'))
    return undefined;
  const library = /\/(socket|engine)\.io\//.exec(path)?.[1];
  return {
    transport,
    carries: library === undefined ? 'unsaid' : library === 'socket' ? 'socket.io' : 'plain',
  };
}

/** A body of the polling transport; of a client's, the session is null. */
export const engineIoPayload = (endpoint: Endpoint, session: Session | null): Open<Layer> =>
  whole((tell: Tell<Layer>, bytes, body) => {
    for (let at = 0; at < bytes.length; ) {
      const found = bytes.indexOf(separator, at);
      const end = found < 0 ? bytes.length : found;
      ownPacket(tell, body, bytes.subarray(at, end), { endpoint, session });
      // How many packets share a body is the body's.
      if (found >= 0) ownerOf(tell, body)('engine.io', 'separator', 1, 'field');
      at = end + 1;
    }
  });

/** A message of the WebSocket transport; of a client's, the session is null. */
export const engineIoMessage = (
  endpoint: Endpoint,
  kind: 'text' | 'binary',
  session: Session | null,
): Open<Layer> =>
  kind === 'binary'
    ? verbatim('payload', binaryName(endpoint), 'unit')
    : whole((tell, bytes, frame) => ownPacket(tell, frame, bytes, { endpoint, session }));

/** Socket.IO announces its binary messages in the packet before them. */
const binaryName = ({ carries }: Endpoint) => (carries === 'plain' ? 'message' : 'attachment');

interface Speaking {
  readonly endpoint: Endpoint;
  /** Whose server speaks; null where the client does. */
  readonly session: Session | null;
}

/** @param carrier the frame, or the request or response, that the packet stands in. */
function ownPacket(
  tell: Tell<Layer>,
  carrier: Message,
  packet: Uint8Array,
  { endpoint, session }: Speaking,
): void {
  if (packet.length === 0) return;
  const [digit = '', data] = [latin1(packet.subarray(0, 1)), packet.subarray(1)];
  const type = digit === 'b' ? 'binary' : /[0-6]/.test(digit) ? types[Number(digit)] : undefined;
  const message = partOf(carrier, 'packet', type);
  const own = ownerOf(tell, message);
  if (type === undefined) {
    own('unparsed', 'malformed', packet.length, 'unit');
    return;
  }
  own('engine.io', type, 1, 'unit');
  if (type === 'binary') ownBase64(own, data, binaryName(endpoint), 'unit');
  else if (type !== 'message') ownData(own, dataNames[type] ?? 'data', data);
  else if (endpoint.carries === 'plain') own('payload', 'message', data.length, 'unit');
  else if (!ownSocketIo(tell, message, data, session)) {
    // Where nobody promised Socket.IO, other data is the application's own.
    if (endpoint.carries === 'unsaid') own('payload', 'message', data.length, 'unit');
    else own('unparsed', 'malformed', data.length, 'unit');
  }
}

function ownData(own: Own<Layer>, name: string, data: Uint8Array): void {
  if (data.length > 0) own('engine.io', name, data.length, 'field');
}
