/**
 * The tap at a server, on an accepted socket that Node has made. Node's HTTP parser reads such a socket directly from
 * its handle, past the stream; adding a 'data' listener once makes it read through the stream again.
 */
import type { Socket } from 'node:net';
import type { Direction } from '../wire/span.ts';

type Piece = { chunk: string | Uint8Array; encoding: BufferEncoding };

/** @param seen called with every chunk; `up` is what the server reads. */
export function tapAccepted(socket: Socket, seen: (direction: Direction, bytes: Uint8Array) => void): void {
  const { push, _write: write, _writev: writev } = socket;
  socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk instanceof Uint8Array) seen('up', chunk);
    return push.call(socket, chunk, encoding);
  };
  let noted = 0;
  // Only what the kernel took: a write to a connection that was reset fails as a whole.
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
    // Node overwrites the array's entries with bare buffers.
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

/** Node's internals, which its types leave out. */
type Handle = { readonly bytesWritten: number; readonly writeQueueSize: number };

/** Bytes that the kernel has taken from this socket, and those queued. Read from the handle, so TLS records count. */
export function takenFrom(socket: Socket): { readonly taken: number; readonly queued: number } {
  const { _handle: handle } = socket as unknown as { _handle: Handle | null };
  if (!handle) return { taken: dispatchedBy(socket), queued: 0 };
  return { taken: handle.bytesWritten - handle.writeQueueSize, queued: handle.writeQueueSize };
}
