/**
 * The HTTP reference, the client's side: a POST, and the answer in its response. Messages that overlap take
 * further connections, six at most, as in a browser.
 */
import { contentTypeOf, type Payload, paths } from '../protocols/contract.ts';
import { connectionsPerOrigin } from '../tap/dialer.ts';
import { createHttpClient, createPending, payloadOf } from './http-client.ts';
import { below, type Connection, type ConnectOptions, noPolls, type Transport, usual } from './transport.ts';

async function connect(options: ConnectOptions): Promise<Connection> {
  const httpClient = createHttpClient(options, connectionsPerOrigin);
  const pending = createPending(options);
  const path = below(options, paths.echo);
  const exchange = async (data: Payload) => {
    const headers = { 'content-type': contentTypeOf(data) };
    const answer = await httpClient.exchange({ method: 'POST', path, headers, body: data });
    if (answer.status !== 200) throw new Error(`POST answered ${answer.status}`);
    options.onMessage(payloadOf(answer.body, answer.headers['content-type']));
  };
  return {
    send: (data) => pending.track(exchange(data)),
    quiet: pending.quiet,
    polls: noPolls,
    pollGrid: null,
    close: () => httpClient.destroy(),
  };
}

export const http = {
  name: 'http',
  aliases: ['post', 'request-response'],
  server: 'http',
  libraries: ['undici'],
  traits: {
    ...usual,
    reference: true,
    inAll: false,
    push: false,
    pieces: false,
    roundTripsToConnect: 0,
    connectsInTurn: 0,
    setupRequests: [0],
    connections: [1, 1],
    laws: [],
  },
  connect,
} satisfies Transport;
