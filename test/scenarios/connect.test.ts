/**
 * Connecting over a link of 40 ms, in round trips: lower bounds exactly, because no client can be ready before the law
 * says; upper bounds with what the floor needs beyond one round trip, once for each round trip.
 */
import { beforeAll, expect, test } from 'vitest';
import type { Trial } from '../../src/document/report.ts';
import { connectNs, upgradeNs } from '../../src/laws/socket-io-connect.ts';
import { parseLink } from '../../src/network/link.ts';
import { connect } from '../../src/trial/scenarios/connect.ts';
import { measureNextDoor } from '../support/next-door.ts';
import { trialPlan } from '../support/plans.ts';
import { undisturbed } from '../support/undisturbed.ts';

const ms = 1e6;
const rttNs = 40 * ms;
const trials = new Map<string, Trial>();

beforeAll(async () => {
  const load = { clients: 5, messages: 1, warmup: 0 };
  const plan = (name: string) => trialPlan(name, { scenario: connect, link: parseLink('rtt=40ms'), load });
  const names = ['tcp', 'ws', 'socket.io:websocket', 'socket.io', 'sse', 'polling', 'long-polling'];
  const measure = () =>
    Promise.all(names.map(async (name) => trials.set(name, await measureNextDoor(plan(name)))));
  await undisturbed(100, measure, () => [...trials.values()]);
}, 90_000);

const stage = (name: string, what: string) => trials.get(name)!.stages.find((row) => row.stage === what)!;
/** What one round trip of the floor needed at most beyond the link's delay, and 10 ms for what libraries do. */
const excessNs = () => Math.max(0, trials.get('tcp')!.latency!.max - rttNs) + 10 * ms;

test('every client came through, and its first message was answered', () => {
  for (const { delivery, verdict } of trials.values()) {
    expect(delivery).toMatchObject({ sent: 5, delivered: 5, lost: 0, errors: {} });
    expect(verdict).not.toBe('invalid');
  }
});

test.each([
  ['ws', 'ready', 2, connectNs({ way: 'ws', rttNs })],
  ['sse', 'ready', 2, 2 * rttNs],
  ['polling', 'ready', 2, 2 * rttNs],
  ['long-polling', 'ready', 2, 2 * rttNs],
  ['socket.io:websocket', 'ready', 3, connectNs({ way: 'websocket', rttNs })],
  ['socket.io', 'connected', 4, connectNs({ way: 'upgrade', rttNs })],
])('SIO6: %s is %s after %d round trips', (name, what, roundTrips, lawNs) => {
  expect(lawNs).toBe(roundTrips * rttNs);
  const { count, minNs, p50Ns } = stage(name, what);
  expect(count).toBe(5);
  expect(minNs).toBeGreaterThanOrEqual(lawNs);
  expect(p50Ns).toBeLessThan(lawNs + (roundTrips + 1) * excessNs());
});

test('SIO7: the default Socket.IO is upgraded after 5 round trips and a server timer of 100 ms', () => {
  const { minNs, p50Ns } = stage('socket.io', 'upgraded');
  // A server that has no poll to release need not wait for its timer; over a link it practically always has.
  expect(minNs).toBeGreaterThanOrEqual(5 * rttNs);
  // Node's timers may fire up to a millisecond early.
  expect(p50Ns).toBeGreaterThan(upgradeNs({ rttNs }) - ms);
  expect(p50Ns).toBeLessThan(upgradeNs({ rttNs }) + 7 * excessNs());
});

test('setting up takes one request, or four to five for the default Socket.IO', () => {
  for (const name of ['ws', 'sse', 'polling', 'long-polling', 'socket.io:websocket'])
    expect(trials.get(name)!.setup).toMatchObject({ requests: 5, connections: 5 });
  const { requests } = trials.get('socket.io')!.setup;
  expect(requests).toBeGreaterThanOrEqual(5 * 4);
  expect(requests).toBeLessThanOrEqual(5 * 5);
});

test('everyone has left when the trial ends', () => {
  for (const name of trials.keys()) expect(stage(name, 'closed').count).toBe(5);
});
