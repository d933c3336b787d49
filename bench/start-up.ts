/** How long a new user waits for `--help`, which must not load heavy modules, and for the smallest run. */
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
    const told = { read, format: time };
    const help = { ...told, figure: 'start-up of --help', aim: { atMost: 1.6 } };
    const smallest = { ...told, figure: 'the smallest run', aim: { atMost: 8 } };
    return [
      ...compare(await against('start-up', ['--help']), help, options.random),
      compare(await against('smallest run', smallestRun), smallest, options.random)[0],
    ];
  },
} satisfies Bench;
