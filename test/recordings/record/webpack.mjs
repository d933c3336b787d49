/** Live reload of webpack-dev-server; its client lives in browsers, so a plain WebSocket stands in for it. */
import { once } from 'node:events';
import { pause, until } from '../stage.mjs';

export const packages = { webpack: '5.102.1', 'webpack-dev-server': '5.2.2', ws: '8.18.3' };

export const recordings = {
  'webpack-dev-server': async ({ count, relay }) => {
    const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const { join } = await import('node:path');
    const { default: webpack } = await import('webpack');
    const { default: WebpackDevServer } = await import('webpack-dev-server');
    const { WebSocket } = await import('ws');
    const context = mkdtempSync(join(tmpdir(), 'site-'));
    writeFileSync(join(context, 'main.js'), 'console.log(1);');
    const compiler = webpack({
      ...{ mode: 'development', devtool: false, context, entry: './main.js', stats: 'none' },
      infrastructureLogging: { level: 'none' },
    });
    const server = new WebpackDevServer({ host: '127.0.0.1', port: 'auto', static: false }, compiler);
    await server.start();
    const port = await relay(server.server.address().port);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, { origin: `http://127.0.0.1:${port}` });
    const heard = [];
    socket.on('message', (data) => heard.push(JSON.parse(data).type));
    socket.on('ping', () => count.pings.down++);
    await once(socket, 'open');
    await until(() => heard.includes('ok'), 'the first build');
    const before = heard.length;
    writeFileSync(join(context, 'main.js'), 'console.log(2);');
    await until(() => heard.slice(before).includes('ok'), 'another build');
    await until(() => count.pings.down > 2, 'heartbeats');
    count.received = heard.length;
    socket.close();
    await pause(50);
    await server.stop();
    rmSync(context, { recursive: true, force: true });
    return {
      library: 'webpack-dev-server',
      byHand: true,
      stream: 'websocket (webpack-dev-server)',
      heard,
      notes: 'the server is the library, the client made by hand; a ping of WebSocket each second',
    };
  },
};
