/** Thresholds: what a rule means, what it refuses, and that no rule is met by a figure that was not measured. */
import { describe, expect, test } from 'vitest';
import type { Report, ThresholdOutcome, Trial } from '../../src/document/report.ts';
import { parseThreshold } from '../../src/gate/threshold.ts';
import { fails, isMet, judgeThresholds } from '../../src/gate/thresholds.ts';
import { unitName } from '../../src/metrics/metric.ts';
import { metrics } from '../../src/trial/metrics.ts';
import { report, trial } from '../report/fixture.ts';
import { spoken } from '../support/spoken.ts';

const judge = (rule: string, measured: Report, baseline: Report | null = null) =>
  judgeThresholds(measured, [parseThreshold(rule, 'error')], baseline);
const verdicts = (...of: Parameters<typeof judge>) => judge(...of).map(({ verdict }) => verdict);
const reasons = (...of: Parameters<typeof judge>) => judge(...of).map(({ reason }) => reason?.en);

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
});

test('from five repeats on the median has its interval', () => {
  const repeats = (count: number) =>
    report(Array.from({ length: count }, (_, k) => trial({ transport: 'ws', p50: k + 1 })));
  expect(judge('ws p50 <= 9 ms', repeats(4))).toMatchObject([{ measured: 2.5e6, interval: null }]);
  const [five] = judge('ws p50 <= 9 ms', repeats(5));
  expect(five).toMatchObject({ measured: 3e6 });
  expect(five!.interval!.low).toBeLessThan(3e6);
  expect(five!.interval!.high).toBeGreaterThan(3e6);
});

const notes = [{ kind: 'saturated', value: 684.9 }];
const invalid = { verdict: 'invalid' as const, notes };

describe('too few samples, and what was not measured, never pass, and say why', () => {
  const count = (samples: number | null) => {
    const made = trial({ transport: 'ws', p50: null });
    return report([{ ...made, latency: samples === null ? null : { ...made.latency!, count: samples } }]);
  };
  const elsewhere = report([trial({ transport: 'ws', load: { clients: 99 } })]);
  const cut = { ...report([]), interrupted: true };
  test.each<[rule: string, measured: Report, baseline: Report | null, verdict: string, reason: string]>([
    ['ws p99 <= 1 s', count(30), null, 'too-few', 'latency.p99 needs 299 samples, had 30'],
    ['ws p50 <= 2 x tcp', count(3), null, 'too-few', 'latency.p50 needs 5 samples, had 3'],
    ['ws p50 <= 1 s', count(null), null, 'not-measured', 'no message arrived'],
    [
      'ws p50 <= 1 s',
      report([trial({ transport: 'ws', ...invalid })]),
      null,
      'not-measured',
      'the trial is invalid: its generator was saturated: half of its messages left 685 ms late or later',
    ],
    ['polling p50 <= 1 s', run(), null, 'not-measured', 'polling is not part of this run'],
    ['ws chat p50 <= 1 s', run(), null, 'not-measured', 'chat is not part of this run'],
    ['all chat p50 <= 1 s', run(), null, 'not-measured', 'chat is not part of this run'],
    ['ws push p50 <= 1 s', run(), null, 'not-measured', 'ws took no part in push'],
    [
      'ws p50 <= 1 s',
      { ...cut, plan: run().plan },
      null,
      'not-measured',
      'the run was ended before its turn',
    ],
    ['ws p50 <= 2 x http', run(), null, 'not-measured', 'http is not part of this run'],
    ['ws polls.made <= 2', run(), null, 'not-measured', 'ws counts no polls'],
    [
      'ws idle.bytes <= 2',
      run(),
      null,
      'not-measured',
      'idle.bytes is measured where nobody sends anything (scenario idle)',
    ],
    ['ws throughput >= 2', run(), null, 'not-measured', 'echo over ws gave none'],
    [
      'ws p50 <= 1 x baseline',
      run(),
      elsewhere,
      'not-measured',
      'the baseline has no echo over ws with this load and link',
    ],
    [
      'ws p50 <= 1 x baseline',
      run(),
      count(4),
      'too-few',
      'in the baseline: latency.p50 needs 5 samples, had 4',
    ],
  ])('%s: %#', (rule, measured, baseline, verdict, reason) => {
    const outcomes = judge(rule, measured, baseline);
    expect(outcomes.map((one) => [one.verdict, one.reason?.en])).toEqual([[verdict, reason]]);
    expect(outcomes[0]!.reason!.ko).toMatch(/[가-힣]/);
    expect(outcomes.some(isMet)).toBe(false);
    expect(outcomes.every(fails)).toBe(true);
  });
});

describe('noise leaves undecided what only it could have brought about', () => {
  type Verdict = Trial['verdict'];
  const of = (ws: Verdict, tcp: Verdict = 'valid') =>
    report([
      trial({ transport: 'ws', p50: 2, verdict: ws, more: { throughput: 100 } }),
      trial({ transport: 'tcp', p50: 1, reference: true, verdict: tcp }),
    ]);
  const [calm, noisy, both] = [of('valid', 'noisy'), of('noisy'), of('noisy', 'noisy')];
  test.each<[rule: string, measured: Report, verdict: ThresholdOutcome['verdict']]>([
    ['ws p50 <= 1 ms', noisy, 'undecided'],
    ['ws p50 <= 3 ms', noisy, 'met'],
    ['ws p50 >= 1 ms', noisy, 'undecided'],
    ['ws p50 >= 3 ms', noisy, 'undecided'],
    ['ws p50 <= 1.5 x tcp', noisy, 'undecided'],
    ['ws p50 <= 3 x tcp', noisy, 'met'],
    ['ws p50 <= 1.5 x tcp', calm, 'undecided'],
    ['ws p50 <= 3 x tcp', calm, 'undecided'],
    ['ws p50 <= 1.5 x tcp', both, 'undecided'],
    ['ws p50 <= 3 x tcp', both, 'undecided'],
    ['ws throughput >= 50', noisy, 'met'],
    ['ws throughput >= 200', noisy, 'undecided'],
    ['ws resources.client.cpuMs <= 1 s', noisy, 'undecided'],
    ['ws requests <= 0', noisy, 'met'],
    ['ws connections <= 1', noisy, 'missed'],
  ])('%s: %#', (rule, measured, verdict) => {
    expect(verdicts(rule, measured)).toEqual([verdict]);
  });

  test('with whose noise it was, and how often it came', () => {
    expect(reasons('ws p50 <= 1 ms', noisy)).toEqual(['ws was noisy']);
    expect(reasons('ws p50 <= 3 x tcp', calm)).toEqual(['tcp was noisy']);
    const again = trial({ transport: 'ws', verdict: 'noisy', notes: [{ kind: 'measured-again', value: 2 }] });
    expect(reasons('ws p50 < 1 ms', report([again]))).toEqual(['ws was noisy, 3 times in a row']);
    expect(reasons('ws p50 < 1 ms', report([again, again]))).toEqual(['ws was noisy in all 2 repeats']);
    expect(reasons('ws p50 <= 1.5 x baseline', of('valid'), noisy)).toEqual([
      'in the baseline: ws was noisy',
    ]);
    expect(reasons('ws p50 <= 3 ms', noisy)).toEqual(['ws was noisy, which could only have made it worse']);
  });

  test('calm repeats decide alone', () => {
    const repeats = (...trials: [p50: number, verdict: Verdict][]) =>
      report(trials.map(([p50, verdict]) => trial({ transport: 'ws', p50, verdict })));
    expect(judge('ws p50 <= 2 ms', repeats([9, 'noisy'], [8, 'noisy'], [1, 'valid']))).toMatchObject([
      { verdict: 'met', measured: 1e6, reason: null },
    ]);
    // Bytes are as exact as ever: all of them count.
    expect(judge('ws latency.count >= 1', repeats([9, 'noisy'], [1, 'valid']))).toMatchObject([
      { verdict: 'met', measured: 300 },
    ]);
  });

  test('it fails nothing, unless somebody is strict', () => {
    const failing = (level: ThresholdOutcome['level']) =>
      judgeThresholds(noisy, [parseThreshold('ws p50 <= 1 ms', level)], null).map(fails);
    expect([failing('error'), failing('warn'), failing('strict')]).toEqual([[false], [false], [true]]);
  });
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
    ['ws requests <= 1 ms', /"1 ms" is no limit for requests; write a number with its unit \(count\), or: /],
    ['ws throughput >= 1 /h', /"1 \/h" is no limit .* \(messages\/s, \/s\)/],
    ['ws p50 =< 1 ms', /"=<" is no comparison; did you mean <=\?/],
    ['ws p50 => 1 ms', /"=>" is no comparison; did you mean >=\?/],
    ['ws p50 == 1 ms', /"==" is no comparison; did you mean <=\?/],
    ['ws p50 = 1 ms', /"=" is no comparison; did you mean <=\?/],
    ['ws p50 != 1 ms', /"!=" is no comparison; did you mean <=\?/],
    ['ws p50 >> 1 ms', /">>" is no comparison; did you mean >=\?/],
    ['ws p50 1 ms', /no rule; write it as: ws echo latency\.p95 <= 1\.2 x tcp/],
    ['p50 <= 1 ms', /no rule/],
    ['', /no rule/],
  ])('%s', (rule, message) => {
    expect(() => parseThreshold(rule, 'error')).toThrow(message);
  });
});

describe('what is known whatever is measured is refused', () => {
  test.each([
    ['ws p50 <= -1 ms', /can never be met: latency\.p50 is never below 0/],
    ['ws delivery.lost < 0', /can never be met/],
    ['ws p50 <= -1 x tcp', /can never be met/],
    ['ws requests >= 0', /can never be missed: requests is never below 0/],
    ['ws requests > -1', /can never be missed/],
    ['ws p50 >= 0 x baseline', /can never be missed/],
    ['ws p50 <= 1.2 x ws', /compares ws with itself; name another transport, or a value/],
  ])('%s', (rule, message) => {
    expect(() => parseThreshold(rule, 'error')).toThrow(message);
  });

  test.each([
    'ws delivery.lost <= 0',
    'ws requests > 0',
    'ws memory.serverBytes >= -5 kB',
    'all p50 <= 1.2 x ws',
  ])('not %s', (rule) => {
    expect(parseThreshold(rule, 'error')).toMatchObject({ rule });
  });
});

test.each(['en', 'ko'] as const)('the units that `list` prints are those of rules (%s)', async (language) => {
  const { stdout } = await spoken(['list'], { language });
  for (const { name, unit } of metrics) {
    const printed = new RegExp(`^  ${name.replaceAll('.', '\\.')} +(.+)$`, 'm').exec(stdout)?.[1];
    expect(printed).toBe(unitName(unit));
    expect(parseThreshold(`ws ${name} <= 3 ${printed}`, 'error')).toMatchObject({
      limit: { kind: 'value', value: 3 },
    });
  }
  expect(parseThreshold('ws throughput >= 3 /s', 'error').limit).toEqual({ kind: 'value', value: 3 });
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
