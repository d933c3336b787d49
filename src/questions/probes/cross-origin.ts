/**
 * CORS, asked the way a browser would see it: whether the answer to a page of another origin carries the header that
 * lets the page read it (WHATWG Fetch §3.3), without `cors` and with it. A WebSocket handshake is no CORS request
 * (RFC 6455 §10.2): whether it is let in regardless is asked too.
 */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { ServerOptions } from 'socket.io';
import { WebSocket } from 'ws';
import { type Fact, yes } from './fact.ts';
import { host, serveSocketIo } from './serving.ts';

const origin = 'http://other.example';

/** What the probe sets `cors` to where it is switched on. */
const allowed: Partial<ServerOptions> = { cors: { origin } };

export async function crossOrigin(withCors = allowed): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const [suffix, options] of [
    ['', {}],
    ['-with-cors', withCors],
  ] as const) {
    await using server = await serveSocketIo(() => {}, options);
    facts.push(
      {
        metric: `cors-readable${suffix}`,
        transport: 'socket.io:polling',
        value: yes(await readable(server.port)),
      },
      {
        metric: `cors-opened${suffix}`,
        transport: 'socket.io:websocket',
        value: yes(await opens(server.port)),
      },
    );
  }
  return facts;
}

async function readable(port: number): Promise<boolean> {
  const request = get({
    host,
    port,
    path: '/socket.io/?EIO=4&transport=polling',
    headers: { origin },
    agent: false,
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  const allowedOrigin = response.headers['access-control-allow-origin'];
  return allowedOrigin === origin || allowedOrigin === '*';
}

async function opens(port: number): Promise<boolean> {
  const socket = new WebSocket(`ws://${host}:${port}/socket.io/?EIO=4&transport=websocket`, { origin });
  const opened = await once(socket, 'open').then(
    () => true,
    () => false,
  );
  socket.on('error', () => {});
  socket.terminate();
  return opened;
}
