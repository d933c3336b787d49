/** Hot updates of a Vite development server; its client lives in browsers, so a plain WebSocket stands in for it. */
import { once } from 'node:events';
import { pause, until } from '../stage.mjs';

export const packages = { vite: '7.1.12', ws: '8.18.3' };

export const recordings = {
  'vite-hmr': async ({ count, relay, after }) => {
    const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const { join } = await import('node:path');
    const { createServer } = await import('vite');
    const { WebSocket } = await import('ws');
    const root = mkdtempSync(join(tmpdir(), 'site-'));
    writeFileSync(join(root, 'index.html'), '<title>A page</title>');
    const server = await createServer({
      ...{ root, configFile: false, logLevel: 'silent', cacheDir: join(root, 'cache') },
      server: { host: '127.0.0.1', port: 0 },
      optimizeDeps: { noDiscovery: true },
    });
    await server.listen(0);
    server.ws.on('chat', (data, client) => {
      count.sent++;
      client.send('chat', data);
    });
    const { port: own } = server.httpServer.address();
    const port = await relay(own);
    const token = server.config.webSocketToken;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/?token=${token}`, 'vite-hmr');
    const heard = [];
    socket.on('message', (data) => heard.push(JSON.parse(data).type));
    await once(socket, 'open');
    await until(() => heard.includes('connected'), 'connected');
    for (const text of ['first', 'second', 'third']) {
      const before = heard.length;
      socket.send(JSON.stringify({ type: 'custom', event: 'chat', data: { text } }));
      await until(() => heard.length > before, 'an echo');
    }
    for (let ping = 0; ping < 2; ping++) {
      socket.send('{"type":"ping"}');
      count.pings.up++;
      await pause(100);
    }
    writeFileSync(join(root, 'index.html'), '<title>Another page</title>');
    await until(() => heard.includes('full-reload'), 'a reload');
    count.received = heard.filter((type) => type !== 'connected').length;
    socket.close();
    await once(socket, 'close');
    await server.close();
    after(() => rmSync(root, { recursive: true, force: true }));
    return {
      library: 'Vite',
      byHand: true,
      stream: 'websocket (vite-hmr)',
      heard,
      // Vite bundles its own copy of ws, which the recording does not watch.
      webSocket: undefined,
      notes:
        'the server is the library, the client made by hand; its heartbeats are {"type":"ping"}, each 30 s in a browser, which nothing answers',
    };
  },
};
