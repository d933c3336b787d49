/** What cannot be measured is refused with its reason, from the command line and from a program alike. */

import { Command } from 'commander';
import { expect, test } from 'vitest';
import {
  askedOf,
  howToMeasure,
  type RunOptions,
  whatToMeasure,
} from '../src/commands/options/run-options.ts';
import { planRun } from '../src/commands/options/run-plan.ts';
import { measure } from '../src/run/library.ts';
import { transportByName } from '../src/transports/index.ts';
import { usualPlan } from '../src/trial/knobs.ts';
import { checkFileLimit, obstacle } from '../src/trial/limits.ts';
import { scenarioByName } from '../src/trial/scenarios/index.ts';

test.each([
  [{ transport: 'http', scenario: 'push' }, 'push: the server of http cannot speak first'],
  [{ transport: 'tcp', load: { size: 0 } }, 'echo: tcp cannot carry an empty message'],
  [
    { transport: 'ws', scenario: 'chat', load: { size: 8 } },
    'chat: messages of 8 B cannot say who they are, which takes 12 B',
  ],
  [
    { transport: 'ws', scenario: 'outage', load: { size: 8 } },
    'outage: messages of 8 B cannot say who they are, which takes 12 B',
  ],
  [
    { transport: 'ws', scenario: 'burst', load: { size: 1 } },
    'burst: messages of 1 B cannot say who they are, which takes 12 B',
  ],
  [
    { transport: 'polling', load: { size: 0 } },
    'echo: polling cannot keep 20 messages a second: below 12 B only one of a client can be under way, and its answer takes up to 100 ms; use --rate 8, --closed, or --size 12',
  ],
  [
    { transport: 'ws', load: { size: 11 }, link: 'rtt=60ms,jitter=2ms' },
    'echo: ws cannot keep 20 messages a second: below 12 B only one of a client can be under way, and its answer takes up to 64 ms; use --rate 12.5, --closed, or --size 12',
  ],
  [
    { transport: 'polling', scenario: 'push', load: { pollIntervalMs: 20_000 } },
    'push: polling asks only every 20000 ms, and a message is given up after 10000 ms; use a --timeout above --poll-interval',
  ],
])('%o: %s', async (asked, reason) => {
  await expect(measure(asked)).rejects.toMatchObject({ name: 'UsageError', message: reason });
});

test('more clients than files: the number that fits, and the limit that would do', () => {
  expect(() => checkFileLimit(100, 2, 240)).not.toThrow();
  expect(() => checkFileLimit(101, 2, 240)).toThrow(
    /need about 242 open files.*--clients 100 or fewer.*ulimit -n 242/,
  );
});

test.each([
  ['echo', { size: 0, rate: 8 }],
  ['echo', { size: 0, closed: true }],
  ['echo', { size: 12 }],
  ['echo', { size: 0, messages: 1 }],
  ['push', { size: 0 }],
  ['saturate', { size: 0 }],
  ['connect', { size: 0 }],
  ['idle', { size: 0, pollIntervalMs: 20_000 }],
] as const)('%s with %o over polling can be kept', (name, load) => {
  const [transport, scenario] = [transportByName('polling')!, scenarioByName(name)!];
  expect(obstacle(usualPlan({ transport, scenario, load }))).toBeNull();
});

/** What `run` with these options leaves out, and says so. */
async function leftOut(...args: string[]) {
  const command = new Command();
  for (const option of [...whatToMeasure(), ...howToMeasure()]) command.addOption(option);
  command.parse(args, { from: 'user' });
  const { signal } = new AbortController();
  const planned = await planRun(command.opts<RunOptions>(), askedOf(command), signal);
  return planned.leftOut.map(({ en, ko }) => {
    expect(ko).toMatch(/[가-힣]/);
    return en;
  });
}

test('what is left out is said, a reference too, but not that a reference never speaks first', async () => {
  expect(await leftOut()).toEqual([]);
  expect(await leftOut('--size', '0')).toEqual([
    expect.stringMatching(/^echo: polling cannot keep 20 messages a second/),
    'echo: tcp cannot carry an empty message',
    'push: tcp cannot carry an empty message',
  ]);
  expect(await leftOut('--transport', 'http,ws', '--scenario', 'push')).toEqual([
    'push: the server of http cannot speak first',
  ]);
});

test.each([
  [
    ['--transport', 'polling'],
    /^nothing to measure\. echo: polling cannot keep 20 messages a second.*--rate 8/,
  ],
  [['--transport', 'tcp'], /^nothing to measure\. echo: tcp cannot carry an empty message$/],
])('%j alone, empty: nothing is left but references, which nobody asked for', async (args, complaint) => {
  await expect(leftOut(...args, '--size', '0', '--scenario', 'echo')).rejects.toThrow(complaint);
});
