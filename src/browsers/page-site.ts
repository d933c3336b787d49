/**
 * Where pages come from, and where their control connections lead: a small server of this process, in clear text, and
 * sealed beside it where a trial is. Nothing of it is measured: before a trial begins, the door of a client leads here.
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
  /** Where a door leads before its trial: to the server that speaks as the trial does. */
  at(isSealed: boolean): Address;
  /** What a page is told to ask for. */
  control(isSealed: boolean): string;
  /** Resolves with the control connection of the page of this name. */
  arrival(name: string): Promise<WebSocket>;
}

/** Isolated, a page has the finest clock that its engine gives. */
const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

const headers = {
  'cache-control': 'no-store',
  // What carried the page must not carry what is measured.
  connection: 'close',
};

/** Sessions of TLS 1.2 are not resumed in a handshake of 1.3: what is measured is that of a client who comes for the first time. */
const firstTime = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;

/** @param certificate where pages are sealed. Of its kind there is one for all. */
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

/** How a URL writes a literal address. */
export const written = ({ host, port }: Address): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** Pages that have come, and those who wait for them. */
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
