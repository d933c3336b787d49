/**
 * The tap at a server: on a socket that was accepted, and is Node's already. Node's HTTP parser reads such a socket straight
 * from its handle, past everybody else; asking for its data once makes it read through the stream again.
 */
import type { Socket } from 'node:net';
import type { Direction } from '../wire/span.ts';

type Piece = { chunk: string | Uint8Array; encoding: BufferEncoding };

/** @param seen told of every chunk; `up` is what the server reads. */
export function tapAccepted(socket: Socket, seen: (direction: Direction, bytes: Uint8Array) => void): void {
  const { push, _write: write, _writev: writev } = socket;
  socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk instanceof Uint8Array) seen('up', chunk);
    return push.call(socket, chunk, encoding);
  };
  let noted = 0;
  // What the kernel took: a write to a connection that was reset fails whole.
  const note = (chunk: string | Uint8Array, encoding: BufferEncoding) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    if (noted + bytes.byteLength > dispatchedBy(socket)) return;
    noted += bytes.byteLength;
    seen('down', bytes);
  };
  socket._write = (chunk, encoding, done) => {
    write.call(socket, chunk, encoding, done);
    note(chunk, encoding);
  };
  socket._writev = (pieces: Piece[], done) => {
    // Node overwrites the array with bare buffers.
    const kept = [...pieces];
    writev?.call(socket, pieces, done);
    for (const { chunk, encoding } of kept) note(chunk, encoding);
  };
  const noOne = () => {};
  socket.on('data', noOne);
  socket.removeListener('data', noOne);
}

/** Bytes that the kernel took, without those that still wait in Node. */
export const dispatchedBy = (socket: Socket): number =>
  (socket as unknown as { _bytesDispatched: number })._bytesDispatched;

/** Node's own, which its types leave out. */
type Handle = { readonly bytesWritten: number; readonly writeQueueSize: number };

/** Bytes of this socket that the system has taken, and those that it does not take now. Told by the handle, so that TLS counts with its records. */
export function takenFrom(socket: Socket): { readonly taken: number; readonly queued: number } {
  const { _handle: handle } = socket as unknown as { _handle: Handle | null };
  if (!handle) return { taken: dispatchedBy(socket), queued: 0 };
  return { taken: handle.bytesWritten - handle.writeQueueSize, queued: handle.writeQueueSize };
}
