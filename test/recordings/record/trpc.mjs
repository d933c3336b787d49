/** tRPC: subscriptions over WebSocket and over event streams, and batches answered as JSON lines. */
import { once } from 'node:events';
import { listening, pause, until } from '../stage.mjs';

export const packages = {
  '@trpc/client': '11.25.2',
  '@trpc/server': '11.25.2',
  eventsource: '4.1.0',
  typescript: '5.9.3',
  ws: '8.18.3',
};

async function router(count) {
  const { initTRPC, tracked } = await import('@trpc/server');
  const t = initTRPC.create({ sse: { ping: { enabled: true, intervalMs: 60 } } });
  const text = (value) => String(value);
  return t.router({
    echo: t.procedure.input(text).mutation(async ({ input }) => {
      count.sent++;
      // Answers of one batch come one after the other.
      await pause(input.length * 10);
      return input;
    }),
    ticks: t.procedure.input(Number).subscription(async function* ({ input, signal }) {
      count.sent++;
      for (let tick = 1; tick <= input && !signal.aborted; tick++) {
        yield tracked(String(tick), { tick });
        await pause(80);
      }
    }),
  });
}

/** Three echoes and four ticks. */
async function talk(count, client) {
  for (const text of ['first', 'second', 'third']) {
    await client.echo.mutate(text);
    count.received++;
  }
  await new Promise((resolve, reject) => {
    client.ticks.subscribe(4, { onData: () => count.received++, onComplete: resolve, onError: reject });
  });
  await pause(50);
}

async function overHttp({ count, relay, after }) {
  const { createHTTPServer } = await import('@trpc/server/adapters/standalone');
  const http = createHTTPServer({ router: await router(count) });
  after(() => {
    http.close();
    http.closeAllConnections();
  });
  return `http://127.0.0.1:${await relay(await listening(http))}`;
}

export const recordings = {
  'trpc-sse': async (stage) => {
    const { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } = await import('@trpc/client');
    const { EventSource } = await import('eventsource');
    const url = await overHttp(stage);
    class Watched extends EventSource {
      constructor(...args) {
        super(...args);
        this.addEventListener('ping', () => stage.count.pings.down++);
      }
    }
    const links = [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url, EventSource: Watched }),
        false: httpLink({ url }),
      }),
    ];
    await talk(stage.count, createTRPCClient({ links }));
    return {
      library: 'tRPC (httpSubscriptionLink)',
      stream: 'JSON bodies and an event stream',
      notes:
        'sent counts calls and the subscription, received answers and ticks; besides: the events connected, ping and return',
    };
  },
  'trpc-batch-stream': async (stage) => {
    const { createTRPCClient, httpBatchStreamLink } = await import('@trpc/client');
    const { count } = stage;
    const client = createTRPCClient({ links: [httpBatchStreamLink({ url: await overHttp(stage) })] });
    const texts = ['first', 'second', 'third'];
    await Promise.all(texts.map((text) => client.echo.mutate(text).then(() => count.received++)));
    return {
      library: 'tRPC (httpBatchStreamLink)',
      stream: 'one response of JSON lines',
      notes: 'three calls in one request; its answer is application/json in chunks, a line at a time',
    };
  },
  'trpc-websocket': async ({ count, relay, after }) => {
    const { createTRPCClient, createWSClient, wsLink } = await import('@trpc/client');
    const { applyWSSHandler } = await import('@trpc/server/adapters/ws');
    const { WebSocket, WebSocketServer } = await import('ws');
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    applyWSSHandler({
      wss: server,
      router: await router(count),
      keepAlive: { enabled: true, pingMs: 200, pongWaitMs: 2000 },
    });
    await once(server, 'listening');
    const port = await relay(server.address().port);
    class Watched extends WebSocket {
      constructor(...args) {
        super(...args);
        this.on('message', (data) => data.toString() === 'PING' && count.pings.down++);
      }
      send(data, ...more) {
        if (data === 'PING') count.pings.up++;
        super.send(data, ...more);
      }
    }
    const client = createWSClient({
      url: `ws://127.0.0.1:${port}`,
      WebSocket: Watched,
      keepAlive: { enabled: true, intervalMs: 150, pongTimeoutMs: 2000 },
    });
    await talk(count, createTRPCClient({ links: [wsLink({ client })] }));
    await until(() => count.pings.up > 1 && count.pings.down > 0, 'heartbeats both ways');
    await client.close();
    after(() => server.close());
    return {
      library: 'tRPC (wsLink)',
      stream: 'websocket (trpc)',
      notes: 'heartbeats are the texts PING and PONG, asked by either side; besides: started and stopped',
    };
  },
};
