/**
 * One origin for browsers: a server of ours, and in front of it the recording relay on the port that browsers use.
 * Every request passes the guard first. The server's own port is of no use to a browser: that Host is not allowed.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../base/clock.ts';
import { type RelayOptions, startRelay, type Watch } from '../../network/relay.ts';
import type { HttpReply } from '../../servers/http-server.ts';
import { listen } from '../../servers/listening.ts';
import { end, refuseUpgrade } from './answers.ts';
import { createGuard } from './guard.ts';
import { hostsOf } from './origin-names.ts';
import { createSiteServer, type Seal } from './site-server.ts';

interface OriginParts {
  /** What browsers connect to, and the link behind it. */
  readonly front: Omit<RelayOptions, 'targetHost' | 'targetPort'> & { readonly host: string };
  /** Without it, HTTP/1.1 in clear text. */
  readonly seal?: Seal | null;
  readonly clock: Clock;
  readonly watch: Watch;
  readonly log: (line: string) => void;
  readonly answer: (request: IncomingMessage, response: HttpReply) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** The most connections of all clients together. */
const connectionsInAll = 600;
const loopback = '127.0.0.1';

/** Rejects with the system's error when it cannot listen. */
export async function openOrigin(parts: OriginParts) {
  const { front, clock, watch, log, seal = null } = parts;
  const scheme = seal ? 'https' : 'http';
  const guard = createGuard(scheme);
  const server = createSiteServer(seal, {
    request(request, response) {
      const refused = guard.refusal(request, false);
      if (!refused) return parts.answer(request, response);
      log(`refused ${request.method} ${request.url}: ${refused}`);
      end(request, response, 403);
    },
    upgrade(request, socket, head) {
      const refused = guard.refusal(request, true);
      if (!refused) return parts.upgrade(request, socket, head);
      log(`refused upgrade ${request.url}: ${refused}`);
      refuseUpgrade(socket, 403);
    },
  });
  server.maxConnections = connectionsInAll;
  const site = await listen(server, { host: loopback, port: 0, writeCostUs: 0 });
  const target = { targetHost: loopback, targetPort: site.port };
  const relay = await startRelay({ ...target, ...front }, clock, watch).catch(async (error) => {
    await site.close();
    throw error;
  });
  const [here, ...others] = hostsOf({ scheme, host: front.host, port: relay.port }, seal?.certificate.cert);
  guard.allow([here, ...others]);
  return {
    relay,
    url: `${scheme}://${here}/`,
    async [Symbol.asyncDispose]() {
      await relay[Symbol.asyncDispose]();
      await site.close();
    },
  };
}
