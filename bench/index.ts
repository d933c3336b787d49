/**
 * `npm run bench [-- NAME …] [--pairs N] [--seed N] [--suite] [--against DIR]`: runs the named benches, or all, and
 * prints one table. Ratios are to a peer of the same run, because absolute times depend more on the machine than on
 * our code.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { randomStream } from '../src/base/schedule.ts';
import { terminalTable } from '../src/report/skins/terminal-table.ts';
import { readEnvironment } from '../src/trial/environment.ts';
import type { Bench, BenchOptions, Line } from './bench.ts';
import { earlier } from './earlier.ts';
import { h2Echo, proxiedEcho, wsEcho, wssEcho } from './echo.ts';
import { growth } from './growth.ts';
import { idleMemory } from './idle-memory.ts';
import { mainJob } from './main-job.ts';
import { inParts } from './parts.ts';
import { peers } from './peers.ts';
import { reading } from './reading.ts';
import { relay } from './relay.ts';
import { saturate } from './saturate.ts';
import { startUp } from './start-up.ts';

/** The registry: a further bench is a file and a line. */
const benches: readonly Bench[] = [
  wsEcho,
  wssEcho,
  h2Echo,
  proxiedEcho,
  reading,
  relay,
  saturate,
  inParts,
  idleMemory,
  growth,
  startUp,
  mainJob,
  peers,
  ...earlier,
];

const { values, positionals } = readArguments();

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        pairs: { type: 'string' },
        seed: { type: 'string', default: '1' },
        suite: { type: 'boolean', default: false },
        against: { type: 'string' },
      },
    });
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function natural(name: 'pairs' | 'seed'): number {
  const value = Number(values[name]);
  if (!Number.isSafeInteger(value) || value < 1)
    refuse(`--${name} takes a whole number from 1 on, not "${values[name]}"`);
  return value;
}

function chosen(): readonly Bench[] {
  const names = benches.map(({ name }) => name);
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) refuse(`no bench is called "${unknown}"; there are ${names.join(', ')}`);
  const asked = positionals.length === 0 ? benches : benches.filter(({ name }) => positionals.includes(name));
  if (values.against !== undefined) return asked;
  const alone = asked.filter(({ needs }) => needs === undefined);
  if (alone.length === 0) refuse('name the folder of another build of rtcompare with --against');
  return alone;
}

function refuse(message: string): never {
  process.stderr.write(`bench: ${message}\n`);
  process.exit(2);
}

const load = (): string =>
  loadavg()
    .map((average) => average.toFixed(2))
    .join(' ');

/** What the figures depend on, besides our code. */
function environmentLine(loadBefore: string): string {
  const { node, platform, arch, cpu, cores, dependencies } = readEnvironment();
  return `node ${node}, ws ${dependencies.ws}, ${platform} ${arch}, ${cpu}, ${cores} cores; load average ${loadBefore} before, ${load()} after`;
}

const table = (lines: readonly Line[], notes: readonly string[]): string =>
  terminalTable(
    {
      title: 'Ours against a named peer, in the same run',
      shape: 'figures',
      head: ['figure', 'ours', 'peer', 'ratio [low, high]', 'aim', 'verdict'],
      align: ['left', 'right', 'right', 'right', 'left', 'left'],
      rows: lines.map(({ figure, ours, peer, ratio, aim, verdict }) => [
        figure,
        ours,
        peer,
        ratio,
        aim,
        verdict,
      ]),
      notes,
    },
    { width: Math.max(process.stdout.columns ?? 120, 80), ascii: false },
  );

const optionsOf = ({ usualPairs }: Bench): BenchOptions => ({
  pairs: values.pairs === undefined ? usualPairs : natural('pairs'),
  suite: values.suite,
  against: values.against,
  random: (purpose) => randomStream(natural('seed'), purpose),
  progress: (what) => process.stderr.write(`${what}\n`),
});
const running = chosen();
const loadBefore = load();
const lines: Line[] = [];
for (const bench of running) lines.push(...(await bench.run(optionsOf(bench))));
const notes = [
  '',
  `Ratios: median over interleaved pairs (${running.map((bench) => `${bench.name} ${optionsOf(bench).pairs}`).join(', ')}), 95 % bootstrap interval; “met” when the median keeps the aim, “open” when only the interval reaches it: more --pairs decide. A/A: the peer against itself, so what the machine's noise does alone.`,
  ...running.flatMap(({ method }) => method),
  environmentLine(loadBefore),
];
process.stdout.write(`${table(lines, notes)}\n`);
