/** Thresholds: what a rule means, what it refuses, and that nobody passes by not being measured. */
import { describe, expect, test } from 'vitest';
import { parseThreshold } from '../../src/gate/threshold.ts';
import { isMet, judgeThresholds } from '../../src/gate/thresholds.ts';
import { metrics } from '../../src/metrics/figures.ts';
import type { Report } from '../../src/metrics/report.ts';
import { report, trial } from '../report/fixture.ts';

const verdicts = (rule: string, measured: Report, baseline: Report | null = null) =>
  judgeThresholds(measured, [parseThreshold(rule, 'error')], baseline).map(({ verdict }) => verdict);

const run = (p50 = 1) =>
  report([
    trial({ transport: 'ws', p50, steady: { websocket: { up: 1800, down: 600 } } }),
    trial({ transport: 'sse', p50: 3 }),
    trial({ transport: 'tcp', p50: 1, reference: true }),
  ]);

test('a value, with its unit: met up to the limit, missed beyond', () => {
  expect(verdicts('ws p50 <= 1 ms', run())).toEqual(['met']);
  expect(verdicts('ws latency.p50 < 1000 us', run())).toEqual(['missed']);
  expect(verdicts('ws perMessage.overhead ≤ 8 B', run())).toEqual(['met']);
  expect(verdicts('ws wire.websocket <= 2.4 kB', run())).toEqual(['met']);
  expect(verdicts('ws delivery.delivered >= 301', run())).toEqual(['missed']);
});

test('so many times another transport, with its measured limit', () => {
  const [outcome] = judgeThresholds(run(1.3), [parseThreshold('ws p50 ≤ 1.2 × tcp', 'error')], null);
  expect(outcome).toMatchObject({ verdict: 'missed', measured: 1.3e6, limit: 1.2e6, metric: 'latency.p50' });
  expect(verdicts('ws p50 <= 1.3 x tcp', run(1.3))).toEqual(['met']);
});

test('all speaks of every transport but references', () => {
  const outcomes = judgeThresholds(run(), [parseThreshold('all p50 <= 2 ms', 'error')], null);
  expect(outcomes.map(({ transport, verdict }) => `${transport} ${verdict}`)).toEqual([
    'ws met',
    'sse missed',
  ]);
});

test('of repeats the median counts, each value of a sweep by itself, and an invalid trial not at all', () => {
  const repeats = report([1, 5, 2].map((p50) => trial({ transport: 'ws', p50 })));
  expect(verdicts('ws p50 <= 2 ms', repeats)).toEqual(['met']);
  const swept = report(
    [1, 9].map((p50, index) => trial({ transport: 'ws', p50, load: { clients: index + 1 } })),
  );
  expect(verdicts('ws p50 <= 2 ms', swept)).toEqual(['met', 'missed']);
  expect(verdicts('ws p50 <= 2 ms', report([trial({ transport: 'ws', verdict: 'invalid' })]))).toEqual([
    'too-few',
  ]);
});

test('too few samples, and what was not measured, never pass', () => {
  const few = report([trial({ transport: 'ws', p50: null })]);
  expect(verdicts('ws p50 <= 1 s', few)).toEqual(['too-few']);
  expect(verdicts('ws p50 <= 2 x tcp', few)).toEqual(['too-few']);
  expect(verdicts('polling p50 <= 1 s', run())).toEqual(['not-measured']);
  expect(verdicts('ws push p50 <= 1 s', run())).toEqual(['not-measured']);
  expect(verdicts('ws p50 <= 2 x http', run())).toEqual(['not-measured']);
  expect(verdicts('ws idle.bytes <= 2', run())).toEqual(['too-few']);
  for (const verdict of ['too-few', 'not-measured', 'missed'] as const)
    expect(
      isMet({ ...judgeThresholds(run(), [parseThreshold('ws p50 < 9 s', 'warn')], null)[0]!, verdict }),
    ).toBe(false);
});

test('a baseline: bytes always, times only from the same machine', () => {
  const elsewhere = { ...run(), environment: { ...run().environment, cpu: 'another' } };
  expect(verdicts('ws p50 <= 1.1 x baseline', run(1.05), run())).toEqual(['met']);
  expect(verdicts('ws p50 <= 1.1 x baseline', run(1.2), run())).toEqual(['missed']);
  expect(verdicts('ws p50 <= 1.1 x baseline', run(1.2), elsewhere)).toEqual(['not-compared']);
  expect(verdicts('ws perMessage.overhead < baseline', run(), elsewhere)).toEqual(['missed']);
  expect(verdicts('ws p50 <= 1 x baseline', run(), report([]))).toEqual(['not-measured']);
});

describe('what is misspelt is refused, with the nearest word', () => {
  test.each([
    ['ws p59 <= 1 ms', /unknown metric "p59"; did you mean latency\.p50\?/],
    ['wss p50 <= 1 ms', /unknown transport "wss"; did you mean ws\?/],
    ['ws ecko p50 <= 1 ms', /unknown scenario "ecko"; did you mean echo\?/],
    ['ws p50 <= 1 x bseline', /unknown transport "bseline"; did you mean baseline\?/],
    ['ws p50 <= 1', /"1" is no limit for latency\.p50; write a number with its unit \(ns, us, ms, s\)/],
    ['ws p50 <= 1 B', /"1 B" is no limit/],
    ['ws requests <= 1 ms', /"1 ms" is no limit for requests; write a number, or: /],
    ['ws p50 <= -1 ms', /no limit/],
    ['ws p50 == 1 ms', /no rule; write it as: ws echo latency\.p95 <= 1\.2 x tcp/],
    ['p50 <= 1 ms', /no rule/],
    ['', /no rule/],
  ])('%s', (rule, message) => {
    expect(() => parseThreshold(rule, 'error')).toThrow(message);
  });
});

test('every number of a trial is a metric, but for lists and histograms', () => {
  const names = metrics.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const flat = (value: unknown, path: string): string[] =>
    typeof value === 'number'
      ? [path]
      : value && typeof value === 'object' && !Array.isArray(value)
        ? Object.entries(value).flatMap(([key, inner]) => flat(inner, path ? `${path}.${key}` : key))
        : [];
  const { load: _, link: __, ...rest } = trial({ transport: 'ws' });
  const without = /^(repeat|durationMs|wire\.socketBytes|delivery\.errors|resources\..*(rssBytes|MaxMs))/;
  expect(flat(rest, '').filter((path) => !without.test(path) && !names.includes(path))).toEqual([]);
});
