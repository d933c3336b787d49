/** What a target cannot tell is null in the report, and what it cannot do is refused before any client connects. */
import { expect, test } from 'vitest';
import { reportSchema } from '../../src/document/report.ts';
import { run } from '../../src/run/run.ts';
import { standing } from '../../src/target/target.ts';
import { measure } from '../../src/trial/measure.ts';
import { idle } from '../../src/trial/scenarios/idle.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { stream } from '../../src/trial/scenarios/stream.ts';
import { startServer } from '../../src/trial/server-of.ts';
import { measureHere, serveHere } from '../support/in-process.ts';
import { trialPlan } from '../support/plans.ts';

test('a server in the process of its clients has spent nothing that could be told from theirs', async () => {
  const trial = await measureHere(trialPlan('ws'));
  expect(trial.resources.server).toBeNull();
  expect(trial.resources.client?.cpuMs).toBeGreaterThan(0);
  expect(trial.delivery).toMatchObject({ sent: 6, delivered: 6 });
});

test('a server that merely stands somewhere is measured by its bytes, and its memory is not known', async () => {
  const plan = trialPlan('ws', {
    scenario: idle,
    load: { clients: 20, messages: 0, warmup: 0, durationMs: 50 },
  });
  await using server = await serveHere(plan);
  const trial = await measure(plan, standing(server.endpoint));
  expect(trial.verdict).not.toBe('invalid');
  expect(trial.resources.server).toBeNull();
  expect(trial.memory).toMatchObject({ serverBytes: null, steps: [5, 10, 15, 20] });
  expect(trial.idle?.bytes).toBe(0);
});

test('a scenario whose server has to speak first is refused where it cannot be told to', async () => {
  let asked = 0;
  const plan = trialPlan('ws', { scenario: push });
  const transport = {
    ...plan.transport,
    connect: () => {
      asked++;
      return Promise.reject(new Error('nobody was to connect'));
    },
  };
  const where = standing({ host: '127.0.0.1', port: 9 });
  await expect(measure({ ...plan, transport }, where)).rejects.toThrow(
    /^push needs a server that can be told to speak first, and this one cannot; measure a server of rtcompare/,
  );
  await expect(measure({ ...plan, transport, scenario: stream }, where)).rejects.toThrow(
    /^stream needs a server that answers piece by piece/,
  );
  expect(asked).toBe(0);
});

test('a server process of ours says what its behaviour can do, and ends where that is too little', async () => {
  const plan = trialPlan('ws', { scenario: { ...push, behaviour: 'echo' } });
  const server = await startServer(plan);
  expect([server.tick, server.answers]).toEqual([undefined, undefined]);
  await expect(measure(plan, server)).rejects.toThrow(/^push needs a server/);
  expect(() => process.kill(server.pid, 0)).toThrow(/ESRCH/);
});

test('a trial that was cut short has spent nothing that was measured, and its report can be read', async () => {
  const stop = new AbortController();
  const { signal } = stop;
  const plan = trialPlan('ws', { signal });
  const transport = {
    ...plan.transport,
    connect() {
      stop.abort();
      return new Promise<never>(() => {});
    },
  };
  const trials = [{ ...plan, transport }];
  const report = await run({ plan: { seed: 1 } as never, trials, signal });
  expect(report.trials[0]?.resources).toEqual({ client: null, server: null });
  expect(reportSchema.shape.trials.parse(report.trials)[0]?.verdict).toBe('invalid');
});
