/** An independent witness: a plain TCP relay that counts what passes, and knows nothing else. */
import { connect, createServer, type Socket } from 'node:net';

export async function countingRelay(targetPort: number) {
  const counted = { up: 0, down: 0 };
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.on('error', () => {
        client.destroy();
        upstream.destroy();
      });
      sockets.add(socket);
    }
    client.on('data', (bytes) => {
      counted.up += bytes.length;
    });
    upstream.on('data', (bytes) => {
      counted.down += bytes.length;
    });
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    counted,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
