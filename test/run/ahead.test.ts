/** Which trials share a server process, in what order they are made because of it, and that none is left. */
import { expect, test } from 'vitest';
import { byProcess, serverAhead } from '../../src/run/ahead.ts';
import type { ServerProcess } from '../../src/target/server-process.ts';
import { idle } from '../../src/trial/scenarios/idle.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { trialPlan } from '../support/plans.ts';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('trials of one transport follow each other; repeats, other protocols and weighed memory stay apart', () => {
  const plans = [
    trialPlan('ws'),
    trialPlan('tcp'),
    trialPlan('ws', { scenario: push }),
    trialPlan('ws', { scenario: idle }),
    trialPlan('ws', { repeat: 1 }),
    trialPlan('ws', { over: 'https' }),
    trialPlan('tcp', { scenario: push }),
  ];
  const told = byProcess(plans, (plan) => plan).map(
    ({ transport, scenario, repeat, over }) => `${transport.name} ${scenario.name} ${repeat} ${over}`,
  );
  expect(told).toEqual([
    'ws echo 0 http',
    'ws push 0 http',
    'tcp echo 0 http',
    'tcp push 0 http',
    'ws idle 0 http',
    'ws echo 1 http',
    'ws echo 0 https',
  ]);
});

test('one process serves them one after the other, each with a server that knows nothing of the last', async () => {
  const pids: number[] = [];
  {
    await using servers = serverAhead();
    const serve = async (plan: ReturnType<typeof trialPlan>, ...toCome: ReturnType<typeof trialPlan>[]) => {
      await using server = (await servers.take(plan)) as ServerProcess;
      await servers.prepare(toCome);
      pids.push(server.pid);
      expect(await server.stats.read()).toMatchObject({ peers: 0, sentAgain: 0 });
      return server.tick !== undefined;
    };
    const [echoes, pushes, anew] = [
      trialPlan('ws'),
      trialPlan('ws', { scenario: push }),
      trialPlan('ws', { repeat: 1 }),
    ];
    expect(await serve(echoes, pushes, anew)).toBe(false);
    expect(await serve(pushes, anew)).toBe(true);
    expect(await serve(anew)).toBe(false);
    const [first, second, third] = pids as [number, number, number];
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    // The next repeat's was started ahead, and the one before has ended.
    expect([isAlive(first), isAlive(third)]).toEqual([false, true]);
  }
  expect(pids.map(isAlive)).toEqual([false, false, false]);
});

test('where the process has gone between two trials, the next one has a new one', async () => {
  await using servers = serverAhead();
  const pidOf = async () => {
    await using server = (await servers.take(trialPlan('ws'))) as ServerProcess;
    return server.pid;
  };
  const first = await pidOf();
  process.kill(first, 'SIGKILL');
  await expect.poll(() => isAlive(first)).toBe(false);
  // That it has ended is noticed a turn or two later.
  await expect.poll(pidOf).not.toBe(first);
});
