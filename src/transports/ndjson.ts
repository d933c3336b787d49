/**
 * Fetch streaming, the client's side: one GET whose response never ends, read line by line, and a POST for every
 * message upstream. When the stream breaks, the client does not reconnect: that is what an EventSource adds.
 */
import { type Payload, paths } from '../protocols/contract.ts';
import { createHttpClient, createUpstream } from './http-client.ts';
import {
  asClient,
  type Connection,
  type ConnectOptions,
  noPolls,
  type Transport,
  usual,
} from './transport.ts';

async function connect(options: ConnectOptions): Promise<Connection> {
  const httpClient = createHttpClient(options, 1);
  const upstream = createUpstream(options);
  let closed = false;

  const { statusCode, body } = await httpClient.request({
    method: 'GET',
    path: asClient(options, paths.stream),
  });
  if (statusCode !== 200) throw new Error(`the stream answered ${statusCode}`);

  const listen = async () => {
    // One decoder for the whole stream: a chunk may end in the middle of a character, or of a line.
    const decoder = new TextDecoder();
    let begun = '';
    for await (const bytes of body) {
      const lines = (begun + decoder.decode(bytes, { stream: true })).split('\n');
      begun = lines.pop() ?? '';
      for (const line of lines) if (line !== '') options.onMessage(messageOf(line));
    }
  };
  void listen()
    .catch(() => {})
    .then(() => {
      if (!closed) options.onError('stream-ended');
    });

  return {
    send: upstream.post,
    quiet: upstream.quiet,
    polls: noPolls,
    pollGrid: null,
    async close() {
      closed = true;
      await Promise.all([httpClient.destroy(), upstream.destroy()]);
    },
  };
}

function messageOf(line: string): Payload {
  const value: unknown = JSON.parse(line);
  return typeof value === 'string' ? value : Buffer.from((value as { base64: string }).base64, 'base64');
}

export const ndjson = {
  name: 'ndjson',
  aliases: ['fetch-streaming', 'fetch'],
  server: 'ndjson',
  libraries: ['undici'],
  traits: {
    ...usual,
    inAll: false,
    reconnects: false,
    heartbeats: true,
    roundTripsToConnect: 2,
    setupRequests: [1],
    connections: [2, 2],
    eventOverhead: '""\n'.length,
    keptBesides: 300,
    laws: ['BY3'],
  },
  connect,
} satisfies Transport;
