/** http-proxy-3, the maintained successor of http-proxy: Vite and many Node gateways use it. */
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
    // If the server fails in mid-response, the proxy passes that on; it must not end this process.
    proxy.on('error', (_error, _request, response) => void response?.destroy());
    return listeningLibrary(server, host);
  },
} as const satisfies LibraryProxy;
