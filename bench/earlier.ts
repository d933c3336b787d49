/**
 * Waiting times of users, against another build of rtcompare (`--against DIR`, such as a built checkout of version
 * 0.1.0): whole commands, and the time until a terminal shows the first row. Loads differ between versions if their
 * defaults do.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { time } from '../src/report/blocks/quantities.ts';
import type { Bench, BenchOptions, Line } from './bench.ts';
import { compare, runPairs } from './pairs.ts';
import { environment, timeNode } from './processes.ts';
import type { Aim } from './statistics.ts';

interface Race {
  readonly name: string;
  readonly figure: string;
  readonly ours: readonly string[];
  /** The arguments of the other build; the same by default. */
  readonly theirs?: readonly string[];
  readonly aim: Aim;
  /** Times until the first row is on a terminal, and not until the end. */
  readonly isFirstRow?: boolean;
  readonly usualPairs: number;
}

const mainJob = ['run', '--transport', 'all'];
const crowd = 'run --scenario idle --transport socket.io --clients 1000 --duration 1s --quiet'.split(' ');

const races = [
  {
    name: 'whole-run',
    figure: '`run --transport all`',
    ours: [...mainJob, '--quiet'],
    aim: { atMost: 0.5 },
    usualPairs: 10,
  },
  {
    name: 'first-row',
    figure: '… first row on a terminal, of their whole run',
    ours: mainJob,
    theirs: [...mainJob, '--quiet'],
    aim: { atMost: 0.15 },
    isFirstRow: true,
    usualPairs: 10,
  },
  {
    name: 'crowd',
    figure: '1,000 Socket.IO clients, idle for 1 s',
    ours: crowd,
    aim: { atMost: 0.6 },
    usualPairs: 5,
  },
  { name: 'claims', figure: '`claims`', ours: ['claims', '--quiet'], aim: { atMost: 0.5 }, usualPairs: 3 },
  {
    name: 'tables',
    figure: '`tables`, of their `claims`',
    ours: ['tables', '--quiet'],
    theirs: ['claims', '--quiet'],
    aim: { atMost: 0.25 },
    usualPairs: 3,
  },
] satisfies readonly Race[];

/** Throws if the command failed: ending early does not count as fast. */
async function timed(program: string, args: readonly string[]): Promise<number> {
  const { ns, exitCode } = await timeNode(program, ...args);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')}: exit code ${exitCode}`);
  return ns;
}

/** A line of the table as it grows above the progress: a transport, then a figure. */
const row = /\bpolling\s+(?:~\s+)?\d/;

/** On a pseudo-terminal, made by `script` of util-linux; the run is ended when its first row is shown. */
async function untilFirstRow(program: string, args: readonly string[]): Promise<number> {
  const began = process.hrtime.bigint();
  const command = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', `stty cols 80; exec ${command}`, '/dev/null'], { env: environment });
  const ended = once(child, 'exit');
  let shown = '';
  let ns: number | null = null;
  child.stdout.on('data', (text: Buffer) => {
    shown += text;
    if (ns !== null || !row.test(shown)) return;
    ns = Number(process.hrtime.bigint() - began);
    child.stdin.write('\u0003');
  });
  await ended;
  if (ns === null) throw new Error(`no row was shown by ${command}`);
  return ns;
}

async function race(
  { name, figure, ours, theirs = ours, aim, isFirstRow = false }: Race,
  options: BenchOptions,
): Promise<Line[]> {
  const other = resolve(options.against ?? '', 'dist/cli.js');
  const readings = await runPairs(
    {
      name,
      ours: () => (isFirstRow ? untilFirstRow('dist/cli.js', ours) : timed('dist/cli.js', ours)),
      peer: () => timed(other, theirs),
    },
    options,
  );
  return compare(readings, { figure, read: (ns) => ns, format: time, aim }, options.random);
}

export const earlier: readonly Bench[] = races.map((one) => ({
  name: one.name,
  usualPairs: one.usualPairs,
  needs: 'against',
  method: [
    `${one.name}: ours is \`rtcompare ${one.ours.join(' ')}\`, the peer the build in --against; wall time.`,
  ],
  run: (options) => race(one, options),
}));
