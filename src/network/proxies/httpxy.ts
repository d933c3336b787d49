/** httpxy, the proxy of Nitro and Nuxt. */
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { listeningLibrary } from './listening-library.ts';
import { authorityOf, type LibraryProxy } from './proxy.ts';

export const httpxy = {
  kind: 'library',
  name: 'httpxy',
  package: 'httpxy',
  remedies: {
    upgrade: { line: 'ws: true, server.on("upgrade", proxy.ws)', flavour: 'websocket' },
  },
  flavours: { stock: { upgrades: false }, websocket: { upgrades: true } },
  async open({ upgrades }, host, upstream) {
    const { createProxyServer } = await import('httpxy');
    const proxy = createProxyServer({ target: `http://${authorityOf(upstream)}`, ws: upgrades });
    const broken = (end: { destroy(): unknown }) => () => void end.destroy();
    const server = createServer(
      (request, response) => void proxy.web(request, response).catch(broken(response)),
    );
    if (upgrades)
      server.on(
        'upgrade',
        (request, socket, head) => void proxy.ws(request, socket as Socket, {}, head).catch(broken(socket)),
      );
    proxy.on('error', (_error, _request, response) => void (response as Socket | undefined)?.destroy());
    return listeningLibrary(server, host);
  },
} as const satisfies LibraryProxy;
