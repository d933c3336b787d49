/** Who sends is not gone: a message that takes longer than two heartbeats to come in does not cost the connection. */
import { expect, test } from 'vitest';
import { measureAgain } from '../../src/measure-again.ts';
import { parseLink } from '../../src/network/link.ts';
import { trialPlan } from '../support/plans.ts';

test('a message that comes in for longer than two heartbeats arrives, and the connection stays', async () => {
  // 50 kB at 1 Mbit/s: 400 ms, with a heartbeat every 100 ms.
  const plan = trialPlan('ws', {
    heartbeatMs: 100,
    link: parseLink('rtt=2ms,up=1mbit'),
    load: { clients: 1, messages: 1, warmup: 0, size: 50_000 },
  });
  const { delivery } = await measureAgain(plan, { wanted: 'counts' });
  expect([delivery.delivered, delivery.lost, delivery.errors]).toEqual([1, 0, {}]);
});
