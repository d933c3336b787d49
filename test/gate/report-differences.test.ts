/** Two runs compared: what time cannot change is told by name and bytes, what it can is left alone. */
import { expect, test } from 'vitest';
import { isHeavier } from '../../src/gate/differences.ts';
import { compareReports } from '../../src/gate/report-differences.ts';
import type { Trial } from '../../src/metrics/report.ts';
import { findingText } from '../../src/report/findings.ts';
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
