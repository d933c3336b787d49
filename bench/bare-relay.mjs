/** A relay of `node:net` that only passes bytes on: `bare-relay.mjs HOST PORT`. Prints its own address. */
import { connect, createServer } from 'node:net';

const [host, port] = process.argv.slice(2);
const relay = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  const server = connect({ host, port: Number(port), allowHalfOpen: true, noDelay: true });
  client.pipe(server);
  server.pipe(client);
  for (const socket of [client, server]) socket.on('error', () => {});
}).listen(0, host, () => process.stderr.write(`${host}:${relay.address().port}\n`));
