/**
 * Long polling (RFC 6202 §2), the client's side: one request is always outstanding. As soon as it is answered,
 * with messages or with 204, the client sends the next one.
 */
import { createUpstream } from './http-client.ts';
import { createMailboxClient } from './mailbox-client.ts';
import { backOff } from './reconnect.ts';
import { type Connection, type ConnectOptions, type Transport, usual } from './transport.ts';

/** How much longer than the server's hold time the client waits for a response. */
const graceMs = 10_000;

async function connect(options: ConnectOptions): Promise<Connection> {
  const mailbox = createMailboxClient(options, options.holdMs + graceMs);
  const upstream = createUpstream(options);
  await mailbox.open();

  let closed = false;
  const listen = async () => {
    const retry = backOff(options);
    while (!closed) {
      try {
        await mailbox.ask();
        retry.reset();
      } catch {
        if (closed) return;
        options.onError('poll-failed');
        await retry.wait();
      }
    }
  };
  // In the next turn, so that the first long poll counts as part of the conversation and not of its set-up.
  options.clock.at(options.clock.now(), () => void listen());

  return {
    send: upstream.post,
    // The outstanding poll counts in the phase in which it was sent, so it is not waited for.
    quiet: upstream.quiet,
    polls: () => ({ ...mailbox.count }),
    pollGrid: null,
    async close() {
      closed = true;
      await Promise.all([mailbox.destroy(), upstream.destroy()]);
    },
  };
}

export const longPolling = {
  name: 'long-polling',
  aliases: ['longpolling', 'long-poll', 'comet'],
  server: 'long-polling',
  libraries: ['undici'],
  traits: {
    ...usual,
    replays: true,
    parks: true,
    roundTripsToConnect: 2,
    setupRequests: [1],
    connections: [2, 2],
    keptBesides: 100,
    laws: ['LP2', 'LP3', 'SIO6', 'OUT'],
  },
  connect,
} satisfies Transport;
