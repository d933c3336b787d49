/** A witness that knows nothing of protocols: a TCP relay that keeps a hash of each direction of each connection. */
import { createHash } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Fingerprint {
  readonly up: string;
  readonly down: string;
}

export async function fingerprintingRelay(targetPort: number) {
  const hashes: { up: ReturnType<typeof hash>; down: ReturnType<typeof hash> }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
    const both = { up: hash(), down: hash() };
    hashes.push(both);
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('error', () => upstream.resetAndDestroy());
    upstream.on('error', () => client.resetAndDestroy());
    client.on('data', both.up.add);
    upstream.on('data', both.down.add);
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    open: () => sockets.size,
    prints: (): Fingerprint[] => hashes.map(({ up, down }) => ({ up: up.read(), down: down.read() })),
    bytes: () => hashes.reduce((sum, { up, down }) => sum + up.bytes() + down.bytes(), 0),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function hash() {
  const digest = createHash('sha1');
  let bytes = 0;
  return {
    add(chunk: Buffer) {
      digest.update(chunk);
      bytes += chunk.length;
    },
    bytes: () => bytes,
    read: () => `${bytes} B ${digest.copy().digest('hex')}`,
  };
}
