/**
 * What a plan cannot decide is reported before the run: which rule, why, and what to do. What it may decide is allowed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/document/report.ts';
import { whyNever } from '../../src/gate/figure.ts';
import { parseThreshold } from '../../src/gate/threshold.ts';
import { type Planned, problemOf } from '../../src/gate/threshold-problems.ts';
import { transportByName } from '../../src/transports/index.ts';
import { metrics } from '../../src/trial/metrics.ts';
import { scenarioByName, scenarios } from '../../src/trial/scenarios/index.ts';
import { everyScenario, report, trial } from '../report/fixture.ts';
import { spoken } from '../support/spoken.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-thresholds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const planned = (transport: string, scenario = 'echo', load: Partial<Planned['load']> = {}): Planned => ({
  transport: transportByName(transport)!,
  scenario: scenarioByName(scenario)!,
  load: { ...report([]).plan.load, ...scenarioByName(scenario)!.defaults, ...load },
  link: report([]).plan.link,
  over: 'http',
});
const problem = (rule: string, plan: readonly Planned[], baseline: Report | null = null) =>
  problemOf(parseThreshold(rule, 'error'), plan, baseline)?.en ?? null;

const echo = [planned('polling'), planned('ws'), planned('tcp')];

describe('refused', () => {
  test.each<[rule: string, plan: readonly Planned[], why: string | RegExp]>([
    ['sse p50 <= 1 s', echo, 'sse is not part of this run; add it with --transport'],
    ['ws push p50 <= 1 s', echo, 'push is not part of this run; add it with --scenario'],
    ['all push p50 <= 1 s', echo, 'push is not part of this run; add it with --scenario'],
    ['ws p50 <= 2 x http', echo, 'http is not part of this run; add it with --transport'],
    ['http push p50 <= 1 s', [planned('ws', 'push'), planned('http')], 'http takes no part in push'],
    ['ws polls.made <= 2', echo, 'ws counts no polls'],
    ['all polls.made <= 2', echo, 'ws counts no polls'],
    ['polling polls.made <= 2 x ws', echo, 'ws counts no polls'],
    ['ws idle.requests <= 2', echo, /^idle\.requests is measured where nobody sends anything/],
    ['ws memory.serverBytes <= 2 kB', echo, 'memory.serverBytes is measured in the scenario idle'],
    ['ws outage.recovered >= 1', echo, 'outage.recovered is measured in the scenario outage'],
    ['ws stream.gaps.p95 <= 1 s', echo, 'stream.gaps.p95 is measured in the scenario stream'],
    [
      'ws stream stream.cut.lost <= 1',
      [planned('ws', 'stream', { clients: 2 })],
      /takes three clients or more/,
    ],
    [
      'ws stream stream.first.p50 <= 1 s',
      [planned('ws', 'stream', { clients: 3 })],
      /stream gives 3 at most/,
    ],
    ['ws fanOut.last.p50 <= 1 s', echo, /^fanOut\.last\.p50 takes several receivers/],
    ['ws push fanOut.last.p50 <= 1 s', [planned('ws', 'push', { clients: 1 })], /takes several receivers/],
    ['ws push perMessage.up <= 9', [planned('ws', 'push')], 'in push only the server speaks'],
    ['ws idle p50 <= 1 s', [planned('ws', 'idle')], 'idle sends no messages'],
    [
      'ws p99 <= 1 s',
      [planned('ws', 'echo', { clients: 5 })],
      'latency.p99 needs 299 samples, and echo gives 150 at most here; raise --messages or --clients',
    ],
    ['ws connect p50 <= 1 s', [planned('ws', 'connect', { clients: 4, messages: 99 })], /connect gives 4/],
    ['ws delivery.delivered >= 301', echo, 'can never be met: delivery.delivered is 300 at most here'],
    ['ws delivery.lost > 300', echo, /^can never be met/],
    ['ws delivery.lost <= 300', echo, 'can never be missed: delivery.lost is 300 at most here'],
    ['ws push delivery.lost < 301', [planned('ws', 'push')], /^can never be missed/],
    ['ws push lateness.p99 <= 1 s', [planned('ws', 'push')], /push gives 30 at most/],
  ])('%s', (rule, plan, why) => {
    expect(problem(rule, plan)).toEqual(typeof why === 'string' ? why : expect.stringMatching(why));
  });

  test('with a baseline that cannot be compared with', () => {
    const rule = 'ws perMessage.overhead <= 1 x baseline';
    const of = (...trials: Parameters<typeof trial>[0][]) => report(trials.map(trial));
    expect(problem(rule, echo, of({ transport: 'sse' }))).toMatch(/^the baseline has no echo over ws with/);
    expect(problem(rule, echo, of({ transport: 'ws', load: { clients: 2 } }))).toMatch(
      /^the baseline has no/,
    );
    const notes = [{ kind: 'saturated', value: 60 }];
    expect(problem(rule, echo, of({ transport: 'ws', verdict: 'invalid', notes }))).toMatch(
      /^in the baseline: the trial is invalid: its generator was saturated/,
    );
    expect(problem(rule, echo, of({ transport: 'ws' }))).toBeNull();
  });
});

test('let through: what may be decided, whatever comes', () => {
  for (const rule of [
    ...[
      'ws delivery.delivered >= 300',
      'ws delivery.lost <= 299',
      'ws delivery.lost <= 0',
      'ws requests > 999',
    ],

    'ws p95 <= 1.2 x tcp',
    'all p50 <= 1 s',
    'polling polls.made <= 2',
    'ws wire.http <= 1 kB',
  ])
    expect(problem(rule, echo)).toBeNull();
  expect(problem('ws p99 <= 1 s', [planned('ws', 'echo', { messages: 300 })])).toBeNull();
});

test('no figure that a scenario has measured is said to be none of its own', () => {
  // Reports made by hand have a lateness everywhere.
  const figures = metrics.filter(({ name }) => !name.startsWith('lateness.'));
  const { trials } = everyScenario();
  for (const { transport, scenario, load, ...measured } of trials)
    for (const metric of figures) {
      const has = typeof metric.read({ transport, scenario, load, ...measured }) === 'number';
      if (has) expect(whyNever(metric, planned(transport, scenario, load)), metric.name).toBeNull();
    }
  expect(new Set(trials.map(({ scenario }) => scenario)).size).toBe(scenarios.length);
});

test('all problems at once, a line each, exit 2 and nothing started', async () => {
  const thresholds = [
    'ws p99 <= 1 s',
    { rule: 'sse p50 <= 1 s', level: 'warn' },
    'ws p50 <= 9 s',
    'ws polls.made < 3',
  ];
  writeFileSync(join(folder, 'rtcompare.config.json'), JSON.stringify({ thresholds }));
  const { code, stdout, stderr } = await spoken(['run', '--transport', 'ws'], { folder });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.trimEnd().split('\n')).toEqual([
    'this run could not decide these thresholds:',
    '  "ws p99 <= 1 s": latency.p99 needs 299 samples, and echo gives 6 at most here; raise --messages or --clients',
    '  "sse p50 <= 1 s": sse is not part of this run; add it with --transport',
    '  "ws polls.made < 3": ws counts no polls',
  ]);
});
