/** How long a newcomer waits for `--help`, whose heavy modules must not load, and for the smallest run there is. */
import { median } from 'simple-statistics';
import { time } from '../src/report/blocks/quantities.ts';
import type { Bench } from './bench.ts';
import { compare, runPairs } from './pairs.ts';
import { type Ended, timeNode } from './processes.ts';

const read = ({ ns }: Ended): number => ns;
const smallestRun = 'run --transport ws --scenario echo --clients 1 --messages 1 --quiet'.split(' ');

export const startUp = {
  name: 'start-up',
  usualPairs: 20,
  method: [
    `start-up: ours is \`rtcompare --help\`, and \`rtcompare ${smallestRun.join(' ')}\`; the peer \`node -e 0\`; wall time of the whole process.`,
  ],
  async run(options) {
    const peer = () => timeNode('-e', '0');
    const against = (name: string, argv: readonly string[]) =>
      runPairs({ name, ours: () => timeNode('dist/cli.js', ...argv), peer }, options);
    const readings = await against('start-up', ['--help']);
    const comparison = { figure: 'start-up of --help', read, format: time, aim: null };
    const [line, same] = compare(readings, comparison, options.random);
    const smallest = await against('smallest run', smallestRun);
    const [run] = compare(smallest, { ...comparison, figure: 'the smallest run' }, options.random);
    const ours = median(readings.pairs.map(({ ours }) => read(ours)));
    const limit = 2 * median(readings.pairs.map(({ peer }) => read(peer))) + 60e6;
    return [
      {
        ...line,
        aim: `ours ≤ ${time(limit)} (2 × peer + 60 ms)`,
        verdict: ours <= limit ? 'met' : 'not met',
      },
      same,
      run,
    ];
  },
} satisfies Bench;
