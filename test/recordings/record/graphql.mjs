/** GraphQL: subscriptions over WebSocket (graphql-ws) and over event streams (graphql-sse). */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { listening, pause, until } from '../stage.mjs';

export const packages = { graphql: '16.11.0', 'graphql-sse': '2.6.1', 'graphql-ws': '6.4.2', ws: '8.18.3' };

async function schema(everyMs = 0) {
  const { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } = await import('graphql');
  const hello = { hello: { type: GraphQLString, resolve: () => 'world' } };
  const count = {
    type: GraphQLInt,
    args: { to: { type: GraphQLInt } },
    resolve: (value) => value,
    async *subscribe(_source, { to }) {
      for (let value = 1; value <= to; value++) {
        if (everyMs > 0) await pause(everyMs);
        yield value;
      }
    },
  };
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: hello }),
    subscription: new GraphQLObjectType({ name: 'Subscription', fields: { count } }),
  });
}

/** Asks once; resolves with how many answers came. */
const asked = (client, query) =>
  new Promise((resolve, reject) => {
    let answers = 0;
    client.subscribe({ query }, { next: () => answers++, error: reject, complete: () => resolve(answers) });
  });

const bySse = (stage, { singleConnection, notes, everyMs = 0 }) => {
  const { count, relay, after } = stage;
  return async () => {
    const { createHandler } = await import('graphql-sse/lib/use/http');
    const { createClient } = await import('graphql-sse');
    const handler = createHandler({ schema: await schema(everyMs) });
    const http = createServer((request, response) => handler(request, response));
    after(() => {
      http.close();
      http.closeAllConnections();
    });
    const url = `http://127.0.0.1:${await relay(await listening(http))}/graphql/stream`;
    const client = createClient({ url, singleConnection, retryAttempts: 0 });
    for (const query of ['{ hello }', 'subscription { count(to: 3) }', 'subscription { count(to: 1) }']) {
      count.sent++;
      count.received += await asked(client, query);
    }
    client.dispose();
    await pause(50);
    return {
      library: 'graphql-sse',
      stream: 'graphql-sse over event streams',
      notes: `received counts results; each operation also gets a complete event. ${notes}`,
    };
  };
};

export const recordings = {
  'graphql-ws': async ({ count, relay, after }) => {
    const { createClient } = await import('graphql-ws');
    const { useServer } = await import('graphql-ws/use/ws');
    const { WebSocket, WebSocketServer } = await import('ws');
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/graphql' });
    useServer({ schema: await schema() }, server);
    await once(server, 'listening');
    const port = await relay(server.address().port);
    const client = createClient({
      url: `ws://127.0.0.1:${port}/graphql`,
      webSocketImpl: WebSocket,
      lazy: false,
      keepAlive: 100,
      onNonLazyError() {},
    });
    client.on('ping', (received) => (received ? count.pings.down++ : count.pings.up++));
    for (const query of ['{ hello }', 'subscription { count(to: 3) }', 'subscription { count(to: 1) }']) {
      count.sent++;
      count.received += await asked(client, query);
    }
    await until(() => count.pings.up > 1, 'heartbeats');
    await client.dispose();
    await pause(20);
    after(() => server.close());
    return {
      library: 'graphql-ws',
      stream: 'websocket (graphql-transport-ws)',
      notes:
        'sent counts operations, received results (next); besides: connection_init, connection_ack, complete, ping, pong',
    };
  },
  'graphql-sse': (stage) =>
    bySse(stage, { singleConnection: false, notes: 'A response for each operation.' })(),
  'graphql-sse-single': (stage) =>
    bySse(stage, {
      singleConnection: true,
      notes: 'One response for all: a token by PUT, operations by POST, answered 202.',
    })(),
};
