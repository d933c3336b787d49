/** Without options, measuring from a program and from the command line is the same. */
import { Command } from 'commander';
import { expect, test } from 'vitest';
import {
  askedOf,
  howToMeasure,
  type RunOptions,
  whatToMeasure,
} from '../src/commands/options/run-options.ts';
import { planRun } from '../src/commands/options/run-plan.ts';
import { compare, scenarios } from '../src/index.ts';
import { wsReconnect } from '../src/transports/ws.ts';
import { usualPlan } from '../src/trial/knobs.ts';

/** What `run` plans with these options and no others, for a transport that every scenario takes. */
async function planned(...args: string[]) {
  const command = new Command();
  for (const option of [...whatToMeasure(), ...howToMeasure()]) command.addOption(option);
  command.parse(['--transport', 'ws:reconnect', ...args], { from: 'user' });
  const { plan, trials } = await planRun(
    command.opts<RunOptions>(),
    askedOf(command),
    new AbortController().signal,
  );
  return { plan, trial: trials.find(({ transport }) => transport === wsReconnect)! };
}

test.each(scenarios.map(({ name }) => name))('%s: the same load, and everything else', async (name) => {
  const { trial } = await planned('--scenario', name);
  const scenario = scenarios.find((one) => one.name === name)!;
  const { signal, heartbeatMs, ...usual } = usualPlan({ transport: wsReconnect, scenario });
  expect(trial).toMatchObject(usual);
});

test('the same heartbeat', async () => {
  const { plan, trial } = await planned('--clients', '1', '--messages', '1');
  const { plan: ours } = await compare({ transports: ['ws:reconnect'], load: { clients: 1, messages: 1 } });
  expect(ours.heartbeat).toBe(`${trial.heartbeatMs}ms`);
  expect(ours.timeoutMs).toBe(plan.timeoutMs);
});
