/**
 * Closing a socket with a true RST (RFC 9293 §3.10.5, ABORT), as a broken connection does: no FIN, nothing flushed.
 *
 * While a FIN is being sent libuv refuses to reset (EINVAL), and Node 20 then never closes the socket. So the reset
 * waits until the FIN is sent.
 */
import type { Socket } from 'node:net';

export function reset(socket: Socket | undefined) {
  if (!socket || socket.destroyed) return;
  const isSendingFin = socket.writableEnded && socket.writableLength === 0 && !socket.writableFinished;
  if (socket.connecting) socket.destroy();
  else if (isSendingFin) socket.once('finish', () => reset(socket));
  else socket.resetAndDestroy();
}
