/**
 * What a connection speaks after HTTP (RFC 9110 §7.8): WebSocket where the 101 says so (RFC 6455 §4.2.2),
 * otherwise something this tool does not read. What a WebSocket message means is chosen here by the
 * handshake's target, as body.ts chooses for bodies.
 */

import type { Message, Response } from '../../wire/message.ts';
import { giveUp, type Parser } from '../../wire/reader.ts';
import type { Direction } from '../../wire/span.ts';
import type { Splice } from '../../wire/splice.ts';
import { verbatim } from '../../wire/verbatim.ts';
import { engineIoAt, sessionIdOf } from '../engine-io/endpoint.ts';
import { engineIoMessage } from '../engine-io/engine-io.ts';
import type { Sessions } from '../engine-io/sessions.ts';
import type { Layer } from '../layers.ts';
import { readFrames } from '../websocket/websocket.ts';
import type { Extension } from '../websocket/websocket-head.ts';

/** Reads one direction from the end of its half of the handshake on. */
export type Upgraded = (wire: Splice<Layer>, handshake: Message) => Parser;

/** The protocol that a final response or a 101 switches the connection or stream to; undefined if it stays HTTP. */
export function switched(response: Response, sessions: Sessions): Upgraded | undefined {
  const { status, headers, peer } = response;
  if (status === 101) return upgradeOf(headers.get('upgrade'), response, sessions);
  if (peer?.method !== 'CONNECT' || status < 200 || status >= 300) return undefined;
  // HTTP/2 has this pseudo-header in place of Upgrade (RFC 8441 §4).
  const protocol = peer.headers.get(':protocol');
  return protocol === undefined ? () => giveUp('tunnel') : upgradeOf(protocol, response, sessions);
}

function upgradeOf(name: string | undefined, response: Response, sessions: Sessions): Upgraded {
  const protocol = name?.toLowerCase();
  // Cleartext HTTP/2 by Upgrade (RFC 7540 §3.2, gone with RFC 9113).
  if (protocol === 'h2c') return () => giveUp('http2');
  if (protocol !== 'websocket') return () => giveUp('upgraded');
  const target = response.peer?.target ?? '';
  const endpoint = engineIoAt(target);
  const session = sessions.of(sessionIdOf(target));
  const extensions = response.headers.get('sec-websocket-extensions') ?? '';
  return (wire, handshake) =>
    readFrames(wire, handshake, {
      masked: handshake.direction === 'up',
      extension: extensionOf(extensions, handshake.direction),
      open: (kind) =>
        endpoint ? engineIoMessage(endpoint, kind, session) : verbatim('payload', 'message', 'unit'),
    });
}

/** The extension that the server accepted (RFC 6455 §9.1), for one direction: context takeover is agreed per side. */
function extensionOf(extensions: string, direction: Direction): Extension {
  // A list may have empty elements (RFC 9110 §5.6.1.2).
  const [first = '', ...more] = extensions.split(',').filter((one) => one.trim() !== '');
  if (first === '') return 'none';
  if (more.length > 0 || !/^\s*permessage-deflate\s*(;|$)/i.test(first)) return 'other';
  const side = direction === 'up' ? 'client' : 'server';
  return new RegExp(`\\b${side}_no_context_takeover\\b`, 'i').test(extensions) ? 'deflate-each' : 'deflate';
}
