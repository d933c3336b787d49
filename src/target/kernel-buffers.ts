/**
 * How many bytes the kernel takes for a reader that does not read: the buffers of both ends of a connection. That is a
 * setting of this machine and not of any transport, so it is measured with two bare sockets.
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import { takenFrom } from '../tap/accepted-socket.ts';

/** The kernel takes more for a while, as acknowledgements come; the buffers are full if nothing moves for so long. */
const stillMs = 150;

/** @param chunkBytes size of each write: with small writes the buffers are full with fewer bytes. */
export async function kernelBuffers(host: string, chunkBytes: number): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  const reader = connect({ host, port: typeof address === 'object' && address ? address.port : 0 });
  const [[writer]] = (await Promise.all([once(server, 'connection'), once(reader, 'connect')])) as [
    [Socket],
    [],
  ];
  try {
    reader.pause();
    return await filled(writer, Buffer.alloc(chunkBytes));
  } finally {
    reader.destroy();
    writer.destroy();
    server.close();
  }
}

async function filled(writer: Socket, chunk: Buffer): Promise<number> {
  for (let before = -1; ; ) {
    while (takenFrom(writer).queued === 0) writer.write(chunk);
    await pass(stillMs);
    const { taken, queued } = takenFrom(writer);
    if (queued > 0 && taken === before) return taken;
    before = taken;
  }
}
