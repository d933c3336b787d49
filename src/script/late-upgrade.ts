/** A socket whose upgrade is answered late, so that whoever races against the upgrade wins: a race decided on purpose. */
import type { Socket } from 'node:net';

/** Hands over the 101 later than it came; nothing follows it before the client has answered. */
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
