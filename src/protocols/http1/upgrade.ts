/**
 * What a connection speaks after HTTP (RFC 9110 §7.8): WebSocket where the 101 says so (RFC 6455 §4.2.2),
 * otherwise something this tool does not read. What a WebSocket message means is chosen here by the
 * handshake's target, as body.ts chooses for bodies.
 */

import type { Message, Response } from '../../wire/message.ts';
import { giveUp, type Parser } from '../../wire/reader.ts';
import type { Splice } from '../../wire/splice.ts';
import { verbatim } from '../../wire/verbatim.ts';
import { engineIoAt, engineIoMessage, sessionIdOf } from '../engine-io/engine-io.ts';
import type { Sessions } from '../engine-io/sessions.ts';
import type { Layer } from '../layers.ts';
import { readFrames } from '../websocket/websocket.ts';

/** Reads one direction from the end of its half of the handshake on. */
export type Upgraded = (wire: Splice<Layer>, handshake: Message) => Parser;

export const tunnel: Upgraded = () => giveUp('tunnel');

export function upgradeOf(response: Response, sessions: Sessions): Upgraded {
  if (response.headers.get('upgrade')?.toLowerCase() !== 'websocket') return () => giveUp('upgraded');
  const target = response.peer?.target ?? '';
  const endpoint = engineIoAt(target);
  const session = sessions.of(sessionIdOf(target));
  const deflate = /permessage-deflate/i.test(response.headers.get('sec-websocket-extensions') ?? '');
  return (wire, handshake) =>
    readFrames(wire, handshake, {
      masked: handshake.direction === 'up',
      deflate,
      open: (kind) =>
        endpoint
          ? engineIoMessage(endpoint, kind, handshake.direction === 'down' ? session : null)
          : verbatim('payload', 'message', 'unit'),
    });
}
