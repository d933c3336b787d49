/**
 * A proxy as nginx is without the lines for WebSocket, and Apache, Varnish and Squid as they come: `Upgrade` and
 * `Connection` are for one hop (RFC 9110 §7.6.1), so it leaves them out and asks the server for a plain GET.
 */
import { connect, createServer, type Socket } from 'node:net';

const stripped = (head: string) =>
  head.replace(/\r\nUpgrade: websocket/i, '').replace(/\r\nConnection: Upgrade/i, '\r\nConnection: close');

export async function upgradeStrippingProxy(targetPort: number) {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('error', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    // Clients write each head in one go.
    client.on('data', (bytes) => upstream.write(stripped(bytes.toString('latin1')), 'latin1'));
    client.on('end', () => upstream.end());
    upstream.pipe(client);
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
