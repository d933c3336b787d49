/** Burst: what is due at once travels together where there is a mailbox, and one by one where there are frames. */
import { expect, test } from 'vitest';
import type { Trial } from '../../src/document/report.ts';
import { burst } from '../../src/trial/scenarios/burst.ts';
import { echo } from '../../src/trial/scenarios/echo.ts';
import { measureNextDoor } from '../support/next-door.ts';
import { trialPlan } from '../support/plans.ts';

const load = { clients: 2, messages: 60, pollIntervalMs: 50 };
const burstOf = (name: string) => measureNextDoor(trialPlan(name, { scenario: burst, load }));
const all = { sent: 120, delivered: 120, lost: 0, duplicated: 0, reordered: 0, errors: {} };

const unitsOf = ({ wire }: Trial, layer: string, direction: string) =>
  wire.layers
    .filter((row) => row.layer === layer && row.direction === direction && row.phase === 'steady')
    .reduce((sum, { units }) => sum + units, 0);

test('a burst over ws is one frame for each message, both ways', async () => {
  const trial = await burstOf('ws');
  expect(trial.delivery).toMatchObject(all);
  expect(['up', 'down'].map((way) => unitsOf(trial, 'websocket', way))).toEqual([120, 120]);
  expect(trial.perMessage.overhead).toBe(6 + 2);
});

test('polling fetches a burst in a few polls, and so with fewer bytes a message than an echo', async () => {
  const trial = await burstOf('polling');
  expect(trial.delivery).toMatchObject({ ...all, reordered: expect.any(Number) });
  const full = trial.polls!.made - trial.polls!.empty;
  expect(120 / full).toBeGreaterThan(4);
  const calm = { ...load, messages: 10, rate: 50 };
  const said = await measureNextDoor(trialPlan('polling', { scenario: echo, load: calm }));
  expect(trial.perMessage.overhead!).toBeLessThan(said.perMessage.overhead!);
});

test('long polling fetches a burst with fewer polls than messages', async () => {
  const trial = await burstOf('long-polling');
  expect(trial.delivery).toMatchObject({ ...all, reordered: expect.any(Number) });
  expect(trial.polls!.made).toBeLessThan(120);
  expect(trial.polls!.empty).toBe(0);
});
