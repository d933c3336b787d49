/** http-proxy-3, the maintained successor of http-proxy: what Vite and many gateways of Node stand on. */
import { createServer } from 'node:http';
import { listeningLibrary } from './listening-library.ts';
import { authorityOf, type LibraryProxy } from './proxy.ts';

export const httpProxy3 = {
  kind: 'library',
  name: 'http-proxy-3',
  package: 'http-proxy-3',
  remedies: {
    upgrade: { line: 'ws: true, server.on("upgrade", proxy.ws)', flavour: 'websocket' },
  },
  flavours: { stock: { upgrades: false }, websocket: { upgrades: true } },
  async open({ upgrades }, host, upstream) {
    const { createProxyServer } = await import('http-proxy-3');
    const proxy = createProxyServer({ target: `http://${authorityOf(upstream)}`, ws: upgrades });
    const server = createServer((request, response) => proxy.web(request, response));
    if (upgrades) server.on('upgrade', (request, socket, head) => proxy.ws(request, socket, head));
    // What a server does in mid-answer is the proxy's to hand on, and no reason to end.
    proxy.on('error', (_error, _request, response) => void response?.destroy());
    return listeningLibrary(server, host);
  },
} as const satisfies LibraryProxy;
