/**
 * One origin for browsers: a server of ours, and in front of it the recording relay on the port that they know. Everything
 * passes the guard first. The server's own port answers nobody but the relay: its Host is not among the allowed ones.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../base/clock.ts';
import { type RelayOptions, startRelay, type Watch } from '../../network/relay.ts';
import { listen } from '../../servers/listening.ts';
import { patient } from '../../servers/server.ts';
import { authority } from '../../transports/transport.ts';
import { end, refuseUpgrade } from './answers.ts';
import { createGuard } from './guard.ts';

interface OriginParts {
  /** What browsers connect to, and the link behind it. */
  readonly front: Omit<RelayOptions, 'targetHost' | 'targetPort'> & { readonly host: string };
  readonly clock: Clock;
  readonly watch: Watch;
  readonly log: (line: string) => void;
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** Of all clients together. */
const connectionsInAll = 600;
const loopback = '127.0.0.1';

/** Rejects with the system's error when it cannot listen. */
export async function openOrigin(parts: OriginParts) {
  const { front, clock, watch, log } = parts;
  const guard = createGuard();
  const server = createServer(
    { keepAliveTimeout: patient.keepAliveTimeoutMs, maxHeaderSize: 16 * 1024 },
    (request, response) => {
      const refused = guard.refusal(request, false);
      if (!refused) return parts.answer(request, response);
      log(`refused ${request.method} ${request.url}: ${refused}`);
      end(response, 403);
    },
  );
  server.maxConnections = connectionsInAll;
  server.on('upgrade', (request, socket, head) => {
    // Whoever resets a socket that nobody has taken over yet must not end the process.
    socket.on('error', () => socket.destroy());
    const refused = guard.refusal(request, true);
    if (!refused) return parts.upgrade(request, socket, head);
    log(`refused upgrade ${request.url}: ${refused}`);
    refuseUpgrade(socket, 403);
  });
  const site = await listen(server, { host: loopback, port: 0, writeCostUs: 0 });
  const target = { targetHost: loopback, targetPort: site.port };
  const relay = await startRelay({ ...target, ...front }, clock, watch).catch(async (error) => {
    await site.close();
    throw error;
  });
  const here = authority({ host: front.host, port: relay.port });
  guard.allow(front.host === loopback ? [here, `localhost:${relay.port}`] : [here]);
  return {
    relay,
    url: `http://${here}/`,
    async [Symbol.asyncDispose]() {
      await relay[Symbol.asyncDispose]();
      await site.close();
    },
  };
}
