/**
 * What clients meet that connect while the link is cut. A closed port refuses them; a load balancer without a server
 * behind it answers 503; a server that starts and fails again accepts and closes.
 */
import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { reset } from '../base/reset.ts';

export const waysToTurnAway = ['refused', '503', 'accept-close'] as const;
/** `refused`: reset at once; the kernel accepts before this code runs, so the connection stands for an instant. */
export type TurningAway = (typeof waysToTurnAway)[number];

/** RFC 6455 §1.3. */
const acceptKeyOf = (key: string): string =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

const unavailable = 'HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** Opens a WebSocket or begins an event stream, after which nothing follows. */
function accepted(head: string): string {
  const [, key] = /^sec-websocket-key: *(\S+)/im.exec(head) ?? [];
  return key
    ? `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKeyOf(key)}\r\n\r\n`
    : 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n';
}

/** A client that sends more than this without the end of a head does not speak HTTP. */
const mostHeadBytes = 16_384;

export function turnAway(client: Socket, how: TurningAway) {
  client.on('error', () => {});
  if (how === 'refused') return reset(client);
  let head = '';
  client.on('data', (bytes) => {
    head += bytes.toString('latin1');
    if (head.length > mostHeadBytes) return reset(client);
    if (!head.includes('\r\n\r\n') || client.writableEnded) return;
    client.end(how === '503' ? unavailable : accepted(head));
  });
  client.on('end', () => client.end());
  client.resume();
}
