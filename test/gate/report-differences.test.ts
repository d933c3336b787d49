/** Two runs compared: what time cannot change is told by name and bytes, what it can is left alone. */
import { expect, test } from 'vitest';
import { isHeavier } from '../../src/gate/differences.ts';
import { compareReports } from '../../src/gate/report-differences.ts';
import type { Report, Trial } from '../../src/metrics/report.ts';
import { summarize } from '../../src/metrics/summary.ts';
import { comparisonBlocks, findingText, notComparedText } from '../../src/report/findings.ts';
import { renderBlocks } from '../../src/report/terminal.ts';
import { wordsOf } from '../../src/report/words.ts';
import { report, trial } from '../report/fixture.ts';

type Field = Trial['fields'][number];
const field = (name: string, count: number, bytes: number, more: Partial<Field> = {}): Field => ({
  ...{ layer: 'http', name, direction: 'down', phase: 'steady', count, bytes },
  ...more,
});
const run = (fields: Field[], more: Partial<Trial> = {}) =>
  report([{ ...trial({ transport: 'polling' }), fields, ...more }]);
const told = (before: Field[], after: Field[]) =>
  compareReports(run(before), run(after)).findings.map((finding) => findingText(finding, wordsOf('en')));

test('a header that is new or gone, and one that weighs more, by its own bytes however often it came', () => {
  const base = [field('status-line', 10, 170), field('date', 10, 370)];
  expect(told(base, [...base, field('x-powered-by', 10, 230)])).toEqual([
    'polling: +23 B per response down: new header `x-powered-by`',
  ]);
  expect(told([...base, field('x-powered-by', 10, 230)], base)).toEqual([
    'polling: −23 B per response down: gone: header `x-powered-by`',
  ]);
  // Twelve polls instead of ten are no finding: the clock decides how many there are.
  expect(told(base, [field('status-line', 12, 204), field('date', 12, 492)])).toEqual([
    'polling: +4 B per response down: header `date` weighs 41 B, was 37',
  ]);
});

test('digits of a cursor, payload, and what leaving cost are no change', () => {
  const cursor = (bytes: number) => field('x-cursor', 10, bytes);
  expect(told([cursor(130)], [cursor(136)])).toEqual([]);
  const rest = [
    field('body', 9, 900, { layer: 'payload' }),
    field('close', 1, 8, { layer: 'websocket', phase: 'teardown' }),
  ];
  expect(told([cursor(130)], [cursor(130), ...rest])).toEqual([]);
});

test('requests of a set-up are compared where every client made as many', () => {
  const setup = (requests: number) => ({ setup: { bytes: 0, requests, connections: 10 } });
  const heads = [field('request-line', 10, 1000, { direction: 'up', phase: 'setup' })];
  const { findings } = compareReports(run(heads, setup(10)), run(heads, setup(20)));
  expect(findings).toMatchObject([{ cause: 'requests', stage: 'setup', bytes: { before: 100, after: 200 } }]);
  expect(findings.every(isHeavier)).toBe(true);
  expect(compareReports(run(heads, setup(44)), run(heads, setup(45))).findings).toEqual([]);
});

test('a run against itself has no findings; what only one has is named, and versions that changed', () => {
  const one = run([field('date', 1, 37)]);
  expect(compareReports(one, one)).toMatchObject({ findings: [], added: [], missing: [], environment: [] });
  const newer = {
    ...one,
    environment: { ...one.environment, node: '99.0.0' },
    trials: [trial({ transport: 'ws' })],
  };
  expect(compareReports(one, newer)).toMatchObject({
    added: ['ws (echo)'],
    missing: ['polling (echo)'],
    environment: [expect.stringMatching(/^node .* → 99\.0\.0$/)],
    times: { compared: false, why: 'another-machine' },
  });
});

const interrupted: Trial['notes'] = [{ kind: 'interrupted', value: 'in the measured phase' }];
const saturated: Trial['notes'] = [
  { kind: 'loop-delay-client', value: 40 },
  { kind: 'saturated', value: 684.99 },
];
const ws = (more: Partial<Trial> = {}): Trial => ({ ...trial({ transport: 'ws' }), ...more });
const of = (trials: Trial[], more: Partial<Report> = {}): Report => {
  const made = report(trials);
  return { ...made, plan: { ...made.plan, transports: ['ws'], scenario: 'echo' }, ...more };
};
const invalid = of([ws({ verdict: 'invalid', notes: saturated })]);
const cut = of([], { interrupted: true, verdict: 'invalid' });

test.each([
  ['an invalid trial', of([ws()]), invalid, /it is invalid now \(.*half of its messages left 685 ms late/],
  ['one that was invalid before', invalid, of([ws()]), /it was invalid before \(.*685 ms late or later\)/],
  ['one that is invalid in both', invalid, invalid, /it is invalid in both \(now: .*685 ms/],
  ['a run that was ended before it came to it', of([ws()]), cut, /the run now was ended early/],
  ['half a trial', of([ws({ notes: interrupted })]), of([ws()]), /the run before was ended early/],
])('%s is told as what it is, not as missing', (_, before, after, why) => {
  const comparison = compareReports(before, after);
  expect(comparison).toMatchObject({ compared: 0, findings: [], added: [], missing: [] });
  expect(comparison.notCompared.map(notComparedText)).toEqual([
    {
      en: expect.stringMatching(why),
      ko: expect.stringMatching(/^ws \(echo\): 비교하지 않음/),
    },
  ]);
  const said = renderBlocks(comparisonBlocks(comparison, wordsOf('en')), { width: 80, ascii: false });
  expect(said).toContain('Nothing could be compared.');
  expect(said).not.toMatch(/not any more|weighs? the same|saturated: 684/);
});

test('of repeats one that counts is enough; what nobody asked for any more is missing', () => {
  const twice = of([ws({ verdict: 'invalid', notes: saturated }), ws({ repeat: 1 })]);
  expect(compareReports(of([ws()]), twice)).toMatchObject({ compared: 1, notCompared: [], missing: [] });
  expect(compareReports(of([ws()]), of([])).missing).toEqual(['ws (echo)']);
});

test('times of noisy trials are left out, and said to be', () => {
  const timed = (verdict: Trial['verdict']) => {
    const trials = Array.from({ length: 6 }, (_, repeat) =>
      ['ws', 'tcp'].map((transport) => ({
        ...trial({ transport, p50: transport === 'ws' ? 2 : 1 }),
        repeat,
      })),
    ).flat();
    const made = of(trials.map((one) => (one.transport === 'ws' ? { ...one, verdict } : one)));
    return { ...made, summary: summarize(made.trials, made.plan.seed) };
  };
  expect(compareReports(timed('valid'), timed('valid')).times).toMatchObject({ compared: true, judged: 2 });
  expect(compareReports(timed('valid'), timed('noisy')).times).toEqual({ compared: false, why: 'noisy' });
});
