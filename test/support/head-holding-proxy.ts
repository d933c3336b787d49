/**
 * A proxy as nginx with buffering, h2o and proxies written in Node are: the head of a response goes on together with the
 * first byte of its body. An answer that has no body is passed on as it is.
 */
import { connect, createServer, type Socket } from 'node:net';

/** A head, and whether a body is still to come. */
const isWithoutBody = /^HTTP\/1\.1 (1\d\d|204|304) |\r\ncontent-length: 0\r\n/i;

export async function headHoldingProxy(targetPort: number) {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ port: targetPort, host: '127.0.0.1' });
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      sockets.add(socket);
    }
    let held = '';
    upstream.on('data', (bytes) => {
      held += bytes.toString('latin1');
      const blankLine = held.indexOf('\r\n\r\n');
      const isHead = held.startsWith('HTTP/1.1 ');
      const bodyHasBegun = blankLine >= 0 && held.length > blankLine + 4;
      if (isHead && !bodyHasBegun && !(blankLine >= 0 && isWithoutBody.test(held))) return;
      client.write(held, 'latin1');
      held = '';
    });
    client.pipe(upstream);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
