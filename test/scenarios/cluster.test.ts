/** Cluster: two servers in the test's process, behind the balancer; counts are asserted exactly, or by the law. */
import { expect, test } from 'vitest';
import { cluster } from '../../src/trial/scenarios/cluster.ts';
import { measureClusterHere } from '../support/cluster-here.ts';
import { trialPlan } from '../support/plans.ts';

const clients = 12;
const goThrough = (name: string, own: Readonly<Record<string, string | number>>, keepAlive = true) =>
  measureClusterHere(
    trialPlan(name, {
      // Short, so that the test does not wait long for clients that are refused again and again.
      scenario: { ...cluster, patienceMs: 50 },
      load: { clients, messages: 1, size: 20, rate: 100, warmup: 0, own: { returnMs: 150, ...own } },
      keepAlive,
    }),
  );
const books = ({ wire: { up, down, socketBytes } }: Awaited<ReturnType<typeof goThrough>>) =>
  up + down - socketBytes;

test('without sticky sessions a first attempt of Socket.IO succeeds by chance, and leaves ghosts', async () => {
  const trial = await goThrough('socket.io:polling', { sticky: 'off' });
  const { figures = {}, predictions, verdict } = trial;
  expect(verdict).not.toBe('invalid');
  expect(books(trial)).toBe(0);
  expect(predictions.find(({ law }) => law === 'CLU1')).toMatchObject({
    predicted: clients / 2,
    verdict: 'holds',
  });
  // Each client that was not admitted at once was refused, and has left a session behind.
  const late = clients - (figures['cluster.first'] ?? Number.NaN);
  expect(figures['cluster.refused']).toBeGreaterThanOrEqual(late);
  expect(figures['cluster.ghosts']).toBeGreaterThanOrEqual(late > 0 ? 1 : 0);
});

test('with sticky sessions all are in at once, nothing is refused, and no session is left over', async () => {
  const { figures, predictions } = await goThrough('socket.io:polling', { sticky: 'on' }, false);
  expect(figures).toMatchObject({
    'cluster.first': clients,
    'cluster.in': clients,
    'cluster.attempts': 1,
    'cluster.refused': 0,
    'cluster.ghosts': 0,
  });
  expect(predictions.find(({ law }) => law === 'CLU1')).toMatchObject({ predicted: clients, tolerance: 0 });
});

test('of servers that share nothing, each speaks to its own: in turn, half hear, and WebSockets are all in', async () => {
  const { figures } = await goThrough('ws', { balance: 'round-robin' });
  expect(figures).toMatchObject({ 'cluster.first': clients, 'cluster.heard': 50, 'cluster.ghosts': 0 });
  // A bare WebSocket does not reconnect.
  expect(figures).toMatchObject({ 'cluster.away': 0 });
});

test('with one server a cursor finds what was missed, and nobody is a ghost', async () => {
  const trial = await goThrough('long-polling', { servers: 1, returnMs: 20_000 });
  expect(books(trial)).toBe(0);
  expect(trial.figures).toMatchObject({ 'cluster.heard': 100, 'cluster.stayed': 100, 'cluster.away': 100 });
  expect(trial.figures).toMatchObject({ 'cluster.ghosts': 0, 'cluster.refused': 0 });
});

test('a POST that lands on another server opens a second mailbox there, which nobody reads', async () => {
  const { figures = {} } = await goThrough('long-polling', {});
  expect(figures['cluster.ghosts']).toBeGreaterThan(0);
  expect(figures['cluster.heard']).toBeLessThan(100);
});
