/** What is drawn beside a herd: each client of it once, where its policy has it. */
import { expect, test } from 'vitest';
import { transportByName } from '../../src/transports/index.ts';
import { expectedArrivals } from '../../src/trial/predictions/herd.ts';
import { herd } from '../../src/trial/scenarios/herd.ts';
import { trialPlan } from '../support/plans.ts';

const arrivalsOf = (name: string, outage: 'cut' | 'silent' | 'accept-close', reconnect = 'doubling') => {
  const { load } = trialPlan(name, { scenario: herd, load: { clients: 200, outage, own: { reconnect } } });
  return expectedArrivals(
    { transport: transportByName(name)!, load },
    { outageMs: 5500, windowMs: 100, herds: 20 },
  );
};
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test('equal waits: all in the window in which the sum of waits lies', () => {
  const arrivals = arrivalsOf('ws:reconnect', 'cut', 'fixed')!;
  expect(arrivals).toHaveLength(6);
  expect(arrivals.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
  expect(arrivals[5]).toBeCloseTo(200, 6);
});

test('each client comes once: soon where it forgets its back-off, after twenty seconds where it does not hear the close', () => {
  const forgetful = arrivalsOf('ws:reconnect', 'accept-close')!;
  expect(sum(forgetful)).toBeCloseTo(200, 6);
  expect(forgetful).toHaveLength(1);
  const deaf = arrivalsOf('socket.io:websocket', 'accept-close')!;
  expect(sum(deaf)).toBeCloseTo(200, 6);
  expect(sum(deaf.slice(0, 100))).toBe(0);
  expect(arrivalsOf('ws:reconnect', 'silent')).toBeNull();
});
