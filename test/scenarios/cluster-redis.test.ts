/**
 * Cluster with a real Redis, in separate processes: exactly what it passes on, and what clients receive while it is
 * away.
 */
import { createClient } from 'redis';
import { expect, onTestFinished, test } from 'vitest';
import type { Trial } from '../../src/document/report.ts';
import { findRedis, isRedisHere } from '../../src/network/redis/found-redis.ts';
import { startRedis } from '../../src/network/redis/redis-process.ts';
import { measure } from '../../src/trial/measure.ts';
import { clusterBindings } from '../../src/trial/predictions/cluster.ts';
import { cluster } from '../../src/trial/scenarios/cluster.ts';
import { startServer } from '../../src/trial/server-of.ts';
import { trialPlan } from '../support/plans.ts';

const isHere = isRedisHere();
const word = isHere ? '' : ' (not installed here)';
const clients = 6;

const plan = (transport: string, own: Readonly<Record<string, string | number>>) =>
  trialPlan(transport, {
    scenario: cluster,
    load: {
      clients,
      messages: 1,
      size: 20,
      rate: 100,
      warmup: 0,
      own: { returnMs: 4000, balance: 'round-robin', ...own },
    },
  });
const goThrough = async (transport: string, own: Readonly<Record<string, string | number>>) => {
  const asked = plan(transport, own);
  return measure(asked, await startServer(asked));
};
const verdicts = ({ predictions }: Pick<Trial, 'predictions'>) =>
  predictions.filter(({ law }) => /^CLU/.test(law)).map(({ law, verdict }) => `${law} ${verdict}`);

test.skipIf(!isHere).concurrent(
  `with the classic adapter all hear all, and own clients hear without Redis${word}`,
  async () => {
    const trial = await goThrough('socket.io:websocket', { adapter: 'classic', servers: 3 });
    expect(verdicts(trial)).toEqual(['CLU1 holds', 'CLU2 holds', 'CLU3 holds']);
    const { figures = {} } = trial;
    expect(figures).toMatchObject({ 'cluster.heard': 100, 'cluster.ghosts': 0 });
    expect(figures['cluster.redis.passedOn']).toBe(3 * figures['cluster.redis.handedIn']!);
    // In turn, two of six are of the same server.
    expect(figures['cluster.redis.held']).toBeCloseTo(100 / 3);
    expect(figures['cluster.redis.held.later']).toBeCloseTo(200 / 3);
    expect(trial.wire.up + trial.wire.down).toBe(trial.wire.socketBytes);
  },
  40_000,
);

test.skipIf(!isHere).concurrent(
  `with the Streams adapter own clients wait for Redis, and who was away is given what was said${word}`,
  async () => {
    const trial = await goThrough('socket.io:recovery', { adapter: 'streams', sticky: 'on' });
    expect(verdicts(trial)).toEqual(['CLU1 holds', 'CLU2 holds', 'CLU3 holds']);
    expect(trial.figures).toMatchObject({
      'cluster.heard': 100,
      'cluster.away': 100,
      'cluster.redis.held': 0,
      'cluster.redis.held.later': 100,
      'cluster.redis.refused': 0,
      'cluster.redis.refused.later': 100,
    });
  },
  40_000,
);

test.skipIf(!isHere)(
  `a Redis that runs already is used, and no key of ours stays in it${word}`,
  async () => {
    const standing = await startRedis(await findRedis('local'), '127.0.0.1');
    onTestFinished(() => standing[Symbol.asyncDispose]());
    const { host, port } = standing.endpoint;
    const asked = plan('socket.io:websocket', { adapter: 'streams' });
    const target = await startServer({ ...asked, redis: await findRedis(`redis://${host}:${port}`) });
    const client = createClient({ socket: { host, port } });
    await client.connect();
    expect(await client.keys('*')).toHaveLength(1);
    await target[Symbol.asyncDispose]();
    expect(await client.keys('*')).toEqual([]);
    client.destroy();
  },
  20_000,
);

/** What the laws say of figures that were made up. */
function judged(adapter: string, redis: Readonly<Record<string, number>>) {
  const inputs = { ...plan('socket.io', { adapter, servers: 2 }) };
  const figures = Object.fromEntries(
    Object.entries(redis).map(([name, value]) => [`cluster.redis.${name}`, value]),
  );
  const facts = { trial: { figures } } as never;
  return ['CLU2', 'CLU3'].map((law) => {
    const [binding] = clusterBindings[law] ?? [];
    return [binding?.predicted(inputs, facts), binding?.measured(facts, inputs)];
  });
}

test('a store that leaves a server out breaks CLU2, and an adapter that waits where it should not breaks CLU3', () => {
  const whole = { handedIn: 120, passedOn: 240, own: 50, held: 50 };
  expect(judged('classic', whole)).toEqual([
    [240, 240],
    [50, 50],
  ]);
  expect(judged('streams', { ...whole, held: 0 })).toEqual([
    [240, 240],
    [0, 0],
  ]);
  // The one that said it left out, and one byte too few.
  expect(judged('classic', { ...whole, passedOn: 120 })[0]).toEqual([240, 120]);
  expect(judged('classic', { ...whole, passedOn: 239 })[0]).toEqual([240, 239]);
  expect(judged('classic', { ...whole, held: 0 })[1]).toEqual([50, 0]);
  expect(judged('streams', whole)[1]).toEqual([0, 50]);
  expect(judged('memory', {})).toEqual([
    [null, null],
    [null, null],
  ]);
});
