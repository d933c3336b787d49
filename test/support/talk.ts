/** One client on one transport, over a real socket, without a scenario: for tests that say their own words. */

import { realClock } from '../../src/base/clock.ts';
import { loadLibraries } from '../../src/base/libraries.ts';
import { randomStream } from '../../src/base/schedule.ts';
import type { Payload } from '../../src/protocols/contract.ts';
import { behaviours } from '../../src/servers/behaviours.ts';
import { serverOf } from '../../src/servers/index.ts';
import { allClosed, createDialer } from '../../src/tap/dialer.ts';
import { createTape } from '../../src/tap/tape.ts';
import type { ConnectOptions, Transport } from '../../src/transports/transport.ts';
import { serverOptions } from '../../src/trial/server-of.ts';
import { trialPlan } from './plans.ts';

export async function talk(transport: Transport, overrides: Partial<ConnectOptions> = {}) {
  const messageBytes = overrides.messageBytes ?? 16;
  const plan = trialPlan(transport.name, { load: { size: messageBytes } });
  const behaviour = behaviours.echo!(realClock);
  const server = await (await serverOf(transport.server)).start(behaviour, serverOptions(plan));
  const received: Payload[] = [];
  const errors: string[] = [];
  let awaited = 0;
  let enough = () => {};
  let connections = 0;
  const dialer = createDialer({
    host: plan.host,
    port: server.port,
    clock: realClock,
    tape: createTape(() => {}),
    nextConnection: () => connections++,
  });
  const connection = await transport.connect({
    library: await loadLibraries(transport.libraries),
    host: plan.host,
    port: server.port,
    client: '0001',
    dialer,
    clock: realClock,
    random: randomStream(1, 'talk'),
    onMessage(data) {
      received.push(data);
      if (received.length >= awaited) enough();
    },
    onError: (kind) => errors.push(kind),
    onStage: () => {},
    headers: {},
    pollIntervalMs: 5,
    holdMs: 25_000,
    keepAlive: true,
    compression: false,
    messageBytes,
    binary: false,
    ...overrides,
  });
  return {
    connection,
    dialer,
    server,
    received,
    errors,
    /** Resolves when this many messages have arrived since the beginning. */
    async until(count: number) {
      if (received.length >= count) return;
      awaited = count;
      await new Promise<void>((resolve) => {
        enough = resolve;
      });
    },
    async [Symbol.asyncDispose]() {
      await connection.close();
      await allClosed(dialer, 500);
      await server.close();
    },
  };
}
