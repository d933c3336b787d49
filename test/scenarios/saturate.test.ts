/**
 * Saturate: as fast as it goes, over every transport; and with a server whose writes cost time, no faster than that.
 */
import { expect, test } from 'vitest';
import type { Trial } from '../../src/document/report.ts';
import { pushLimitClients } from '../../src/laws/fan-out.ts';
import { transports } from '../../src/transports/index.ts';
import { saturate } from '../../src/trial/scenarios/saturate.ts';
import { measureNextDoor } from '../support/next-door.ts';
import { trialPlan } from '../support/plans.ts';
import { undisturbed } from '../support/undisturbed.ts';

const load = { clients: 5, messages: 1_000_000, closed: true, warmup: 1 };
const saturated = (name: string, durationMs: number, writeCostUs = 0) =>
  measureNextDoor(
    trialPlan(name, { scenario: saturate, load: { ...load, durationMs, writeCostUs, pollIntervalMs: 20 } }),
  );

const balanced = ({ delivery, verdict }: Trial) => {
  expect(delivery.lost).toBe(0);
  expect(delivery.sent).toBe(delivery.delivered);
  expect(verdict).not.toBe('invalid');
};

test.concurrent.each(transports.map(({ name }) => name))(
  '%s delivers in a closed loop whatever it asks',
  async (name) => {
    const trial = await saturated(name, 80);
    balanced(trial);
    expect(trial.delivery.delivered).toBeGreaterThan(0);
    expect(trial.throughput!).toBeGreaterThan(0);
  },
);

test('ws answers more often than polling asks', async () => {
  const [ws, polling] = await undisturbed(
    50,
    async () => [await saturated('ws', 150), await saturated('polling', 150)] as const,
    (trials) => trials,
  );
  expect(ws.throughput!).toBeGreaterThan(polling.throughput!);
});

test.each(['tcp', 'ws', 'sse', 'socket.io:websocket'])(
  'FAN2: %s delivers no more than one message for each 1 ms that a write costs',
  async (name) => {
    const trial = await saturated(name, 150, 1000);
    balanced(trial);
    // One message a second and client: so many clients are as many messages a second.
    const perSecond = pushLimitClients({ rate: 1, costPerClientNs: 1e6 });
    expect(perSecond).toBe(1000);
    expect(trial.throughput!).toBeLessThanOrEqual(perSecond);
  },
);
