/** How long the two most common commands take: the whole comparison, and (with `--suite`) the tests. */
import { time } from '../src/report/blocks/quantities.ts';
import type { Bench, Line } from './bench.ts';
import { timeNode } from './processes.ts';

async function timed(figure: string, limitNs: number, argv: string[]): Promise<Line> {
  const { ns, exitCode } = await timeNode(...argv);
  // A failed run is marked: ending early does not count as fast.
  const outcome = exitCode === 0 ? '' : ` (exit code ${exitCode})`;
  return {
    figure,
    ours: time(ns) + outcome,
    peer: '',
    ratio: '',
    aim: `≤ ${time(limitNs)}`,
    verdict: exitCode === 0 && ns <= limitNs ? 'met' : 'not met',
  };
}

export const mainJob = {
  name: 'main-job',
  usualPairs: 1,
  method: [
    'main job: `rtcompare run --transport all --quiet`, once, wall time; with --suite also `vitest run`.',
  ],
  async run({ suite, progress }) {
    progress('main-job: rtcompare run --transport all');
    const lines = [
      await timed('run --transport all', 15e9, ['dist/cli.js', 'run', '--transport', 'all', '--quiet']),
    ];
    if (!suite) return lines;
    progress('main-job: the test suite');
    return [...lines, await timed('test suite', 120e9, ['node_modules/vitest/vitest.mjs', 'run'])];
  },
} satisfies Bench;
