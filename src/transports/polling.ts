/**
 * HTTP polling, the client's side: polls at fixed times, phase + k · interval, whatever the responses say. A poll
 * that is due while the one before is still under way is skipped, and counted as skipped.
 */
import { createUpstream } from './http-client.ts';
import { createMailboxClient } from './mailbox-client.ts';
import { type Connection, type ConnectOptions, type Transport, usual } from './transport.ts';

const answerWithinMs = 30_000;

async function connect(options: ConnectOptions): Promise<Connection> {
  const { clock, random, pollIntervalMs } = options;
  const mailbox = createMailboxClient(options, answerWithinMs);
  const upstream = createUpstream(options);
  await mailbox.open();

  const intervalNs = pollIntervalMs * 1e6;
  // A random phase: clients that all poll at once would delay each other.
  const originNs = clock.now() + random() * intervalNs;
  let next = 0;
  let asking: Promise<void> | null = null;
  let onPolled = () => {};

  const poll = () => {
    next++;
    cancel = clock.at(originNs + next * intervalNs, poll);
    if (asking) {
      mailbox.count.skipped++;
      return;
    }
    asking = mailbox
      .ask()
      .catch(() => options.onError('poll-failed'))
      .finally(() => {
        asking = null;
        onPolled();
      });
  };
  let cancel = clock.at(originNs, poll);

  return {
    send: upstream.post,
    async quiet() {
      for (let now = await upstream.quiet(); ; now = clock.now()) {
        // A poll whose time has come counts as begun, even if its timer is late.
        if (!asking && now < originNs + next * intervalNs) return now;
        await new Promise<void>((resolve) => {
          onPolled = resolve;
        });
      }
    },
    polls: () => ({ ...mailbox.count }),
    pollGrid: { originNs, intervalNs },
    async close() {
      cancel();
      await asking;
      await Promise.all([mailbox.destroy(), upstream.destroy()]);
    },
  };
}

export const polling = {
  name: 'polling',
  aliases: ['poll', 'short-polling', 'http-polling'],
  server: 'polling',
  libraries: ['undici'],
  traits: {
    ...usual,
    replays: true,
    polls: true,
    roundTripsToConnect: 2,
    setupRequests: [1],
    connections: [2, 2],
    laws: ['POLL1', 'POLL3', 'POLL4', 'POLL7', 'SIO6', 'OUT'],
  },
  connect,
} satisfies Transport;
