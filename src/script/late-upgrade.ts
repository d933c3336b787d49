/** A socket that delivers the response to an upgrade late, so that whatever races against the upgrade always wins. */
import type { Socket } from 'node:net';

/** Delivers the 101 `lateMs` after its arrival; the server sends nothing after it until the client answers. */
export function heldBack(socket: Socket, lateMs: number): Socket {
  const push = socket.push.bind(socket);
  socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
    const switches = chunk instanceof Uint8Array && Buffer.from(chunk).toString('latin1', 9, 12) === '101';
    if (!switches) return push(chunk, encoding);
    setTimeout(() => push(chunk, encoding), lateMs);
    return true;
  };
  return socket;
}
