/** How long a newcomer waits for `--help`: heavy modules must load only when a command needs them. */
import { median } from 'simple-statistics';
import { time } from '../src/report/units.ts';
import type { Bench } from './bench.ts';
import { compare, runPairs } from './pairs.ts';
import { type Ended, timeNode } from './processes.ts';

const read = ({ ns }: Ended): number => ns;

export const startUp = {
  name: 'start-up',
  usualPairs: 20,
  method: [
    'start-up: ours is `node dist/cli.js --help`, the peer `node -e 0`; wall time of the whole process.',
  ],
  async run(options) {
    const contest = {
      name: 'start-up',
      ours: () => timeNode('dist/cli.js', '--help'),
      peer: () => timeNode('-e', '0'),
    };
    const readings = await runPairs(contest, options);
    const comparison = { figure: 'start-up of --help', read, format: time, aim: null };
    const [line, same] = compare(readings, comparison, options.random);
    const ours = median(readings.pairs.map(({ ours }) => read(ours)));
    const limit = 2 * median(readings.pairs.map(({ peer }) => read(peer))) + 60e6;
    return [
      {
        ...line,
        aim: `ours ≤ ${time(limit)} (2 × peer + 60 ms)`,
        verdict: ours <= limit ? 'met' : 'not met',
      },
      same,
    ];
  },
} satisfies Bench;
