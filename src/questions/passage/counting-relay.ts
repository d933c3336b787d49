/** Hands bytes on, and counts them: what a client's sockets carry, whatever client it is. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Address } from '../../target/target.ts';

export interface CountingRelay extends AsyncDisposable {
  readonly endpoint: Address;
  /** Both ways so far. */
  carried(): number;
}

export async function countingRelay(next: Address): Promise<CountingRelay> {
  let bytes = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(next);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('data', ({ length }) => {
        bytes += length;
      });
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.once('close', () => {
        sockets.delete(from);
        to.destroySoon();
      });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: next.host, port: 0 }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: { host: next.host, port },
    carried: () => bytes,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
