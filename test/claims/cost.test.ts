import { expect, test } from 'vitest';
import {
  bytesPerEvent,
  overheadPerMessage,
  overheadShare,
  setupBytesPerClient,
  steadyRequests,
} from '../../src/questions/claims/cost.ts';
import { typicalTrial } from '../../src/questions/claims/evidence.ts';
import { trial } from '../report/fixture.ts';

const ws = trial({ transport: 'ws', setupBytes: 2_890, steady: { websocket: { up: 1_800, down: 600 } } });
const push = trial({ transport: 'ws', scenario: 'push', steady: { websocket: { up: 0, down: 600 } } });

test('overhead per message is what is left of a direction without its payload', () => {
  expect([overheadPerMessage(ws, 'up'), overheadPerMessage(ws, 'down')]).toEqual([6, 2]);
  expect(overheadPerMessage(push, 'up')).toBeNull();
});

test('the share is of the steady phase: set-up does not count', () => {
  expect(overheadShare(ws)).toBeCloseTo(8 / 136);
});

test('an event costs all the steady bytes of both directions', () => {
  expect(bytesPerEvent(push)).toBe(66);
});

test('set-up is told per client, and never divided by nobody', () => {
  expect(setupBytesPerClient(ws)).toBe(289);
  expect(setupBytesPerClient({ ...ws, load: { ...ws.load, clients: 0 } })).toBeNull();
});

test('only the requests of the steady phase are counted', () => {
  const exchange = (phase: 'setup' | 'steady', count: number) => ({
    kind: 'GET / 200',
    phase,
    count,
    sizes: [],
  });
  expect(
    steadyRequests(trial({ transport: 'x', exchanges: [exchange('setup', 5), exchange('steady', 7)] })),
  ).toBe(7);
});

test('the typical of an even number of repeats is one that was measured', () => {
  const repeats = [4, 1, 3, 2].map((p50) => trial({ transport: 'ws', p50 }));
  expect(typicalTrial(repeats)?.latency?.p50).toBe(2e6);
  expect(typicalTrial([])).toBeUndefined();
});
