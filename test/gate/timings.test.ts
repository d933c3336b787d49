/** Times in the gate: a finding needs distance, proportion and weight at once, on the same machine. */
import { expect, test } from 'vitest';
import type { Timings } from '../../src/document/weighing.ts';
import { compareTimings, isSlower, timingsOf } from '../../src/gate/timings.ts';
import { summarize } from '../../src/run/summary.ts';
import { report, trial } from '../report/fixture.ts';

const machine = { node: '22.1.0', platform: 'linux', arch: 'x64', cpu: 'a', cores: 2 };
const timings = (ratio: [low: number, median: number, high: number], tcpNs = 1e6): Timings => ({
  machine,
  rows: [
    {
      transport: 'ws',
      scenario: 'echo',
      metric: 'latency.p50',
      valueNs: ratio[1] * tcpNs,
      ratio: { low: ratio[0], median: ratio[1], high: ratio[2] },
    },
  ],
});
const found = (before: Timings, after: Timings) => {
  const times = compareTimings(before, after);
  return times.compared ? times.findings : times.why;
};

test('slower: intervals apart, a quarter more, and a tenth of a millisecond; quicker is told as such', () => {
  const [slower] = found(timings([1.1, 1.2, 1.3]), timings([1.7, 1.8, 1.9])) as never as [never];
  expect(slower).toMatchObject({ transport: 'ws', metric: 'latency.p50' });
  expect((slower as { addedNs: number }).addedNs).toBeCloseTo(0.6e6, 0);
  expect(isSlower(slower)).toBe(true);
  const [quicker] = found(timings([1.7, 1.8, 1.9]), timings([1.1, 1.2, 1.3])) as never as [never];
  expect(isSlower(quicker)).toBe(false);
});

test.each([
  ['intervals that touch', timings([1.1, 1.2, 1.75]), timings([1.7, 1.8, 1.9])],
  ['less than a quarter', timings([1.1, 1.2, 1.3]), timings([1.4, 1.45, 1.5])],
  ['less than one could feel', timings([1.1, 1.2, 1.3], 1e5), timings([1.7, 1.8, 1.9], 1e5)],
])('no finding: %s', (_, before, after) => {
  expect(found(before, after)).toEqual([]);
});

test('another machine, another Node or no intervals: not compared, and said why', () => {
  const elsewhere = { ...timings([9, 9, 9]), machine: { ...machine, node: '24.0.0' } };
  expect(found(timings([1, 1, 1]), elsewhere)).toBe('another-machine');
  expect(found({ machine, rows: [] }, timings([1, 1, 1]))).toBe('no-intervals');
});

test('the timings of a run are its ratios to tcp over repeats; polling waits for its interval, and is left out', () => {
  const trials = Array.from({ length: 5 }, (_, repeat) => [
    { ...trial({ transport: 'tcp', p50: 1, reference: true }), repeat },
    { ...trial({ transport: 'ws', p50: 1.5 }), repeat },
    { ...trial({ transport: 'polling', p50: 50, polls: { made: 9, empty: 1, skipped: 0 } }), repeat },
  ]).flat();
  const { rows } = timingsOf(report(trials, { summary: summarize(trials, 1) }));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({
    transport: 'ws',
    metric: 'latency.p50',
    ratio: { median: 1.5 },
    valueNs: 1.5e6,
  });
  const few = report(trials.slice(0, 6), { summary: summarize(trials.slice(0, 6), 1) });
  expect(timingsOf(few).rows).toEqual([]);
});
