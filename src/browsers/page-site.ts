/**
 * Where pages are loaded from and where their control connections lead: a small server of this process, in clear text,
 * and beside it over TLS where a trial uses TLS. None of it is measured: the door of a client leads here only before a
 * trial begins.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Certificate } from '../base/certificate.ts';
import type { Address } from '../target/target.ts';
import { pageModules, plainPath } from './page-modules.ts';
import { controlPath, nameParameter } from './page-talk.ts';

export interface PageSite extends AsyncDisposable {
  /** Where a door leads before its trial: to the server that uses TLS if the trial does. */
  at(isSealed: boolean): Address;
  /** The URL that a page opens its control connection to. */
  control(isSealed: boolean): string;
  /** Resolves with the control connection of the page of this name. */
  arrival(name: string): Promise<WebSocket>;
}

/** An isolated page gets the finest clock of its engine. */
const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

const headers = {
  'cache-control': 'no-store',
  // The connection that loaded the page must not be reused for what is measured.
  connection: 'close',
};

/** TLS 1.2 sessions are not resumed in a 1.3 handshake: the trial then measures the handshake of a first visit. */
const firstTime = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;

/** @param certificate if pages use TLS. All pages use the same one. */
export async function openPageSite(host: string, certificate: Certificate | null): Promise<PageSite> {
  const files = pageModules();
  const arrivals = createArrivals();
  const give = ({ url = '/' }: IncomingMessage, response: ServerResponse) => {
    const file = files.get(url.split('?', 1)[0] ?? '');
    if (!file) return void response.writeHead(404, headers).end();
    const isolating = url.startsWith(plainPath) ? {} : isolation;
    response.writeHead(200, { ...headers, ...isolating, 'content-type': file.type }).end(file.bytes);
  };
  const clear = createServer(give);
  const sealed =
    certificate && createSecureServer({ key: certificate.key, cert: certificate.cert, ...firstTime }, give);
  const servers = [clear, ...(sealed ? [sealed] : [])];
  const sockets = servers.map((server) => {
    const webSockets = new WebSocketServer({ server, path: controlPath, perMessageDeflate: false });
    return webSockets.on('connection', arrivals.arrive);
  });
  const [clearPort = 0, sealedPort = 0] = await Promise.all(servers.map((server) => listening(server, host)));
  const at = (isSealed: boolean) => ({ host, port: isSealed ? sealedPort : clearPort });
  return {
    at,
    control: (isSealed) => `${isSealed ? 'wss' : 'ws'}://${written(at(isSealed))}${controlPath}`,
    arrival: arrivals.of,
    async [Symbol.asyncDispose]() {
      for (const one of sockets) for (const socket of one.clients) socket.terminate();
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** An address literal as a URL writes it. */
export const written = ({ host, port }: Address): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** Pages that have connected, and the callers that wait for a page. */
function createArrivals() {
  const waiting = new Map<string, (socket: WebSocket) => void>();
  return {
    arrive(socket: WebSocket, { url = '' }: IncomingMessage) {
      socket.on('error', () => {});
      const name = new URL(url, 'http://localhost').searchParams.get(nameParameter) ?? '';
      const welcome = waiting.get(name);
      waiting.delete(name);
      if (welcome) welcome(socket);
      else socket.terminate();
    },
    of: (name: string) => new Promise<WebSocket>((resolve) => waiting.set(name, resolve)),
  };
}

const listening = (server: Server, host: string) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port: 0 }, () => resolve((server.address() as AddressInfo).port));
  });
