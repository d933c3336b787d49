/**
 * Two and three servers behind a balancer: how many clients connect at once obeys CLU1, with and without sticky
 * sessions. If Redis is installed, both adapters of Socket.IO: what Redis passes on (CLU2), which messages wait for
 * it (CLU3), and that every process is gone after every way of ending.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Report, Trial } from '../src/document/report.ts';
import { isRedisHere } from '../src/network/redis/found-redis.ts';
import { rtcompare, tally } from './command.ts';

const asked = (transport: string, options: readonly string[]) => [
  ...['run', '--scenario', 'cluster', '--transport', transport],
  ...[...options, '--quiet', '--json'],
];

async function trialOf(transport: string, options: readonly string[]): Promise<Trial> {
  const { code, stdout, stderr } = await rtcompare(...asked(transport, options));
  if (code !== 0) throw new Error(stderr);
  const trial = (JSON.parse(stdout) as Report).trials.find((one) => one.transport === transport);
  if (!trial) throw new Error(`no trial of ${transport}`);
  return trial;
}

const alone = [
  ['socket.io:polling', '--sticky', 'off'],
  ['socket.io:polling', '--sticky', 'off', '--keep-alive', 'off'],
  ['socket.io', '--sticky', 'off', '--servers', '3'],
  ['socket.io', '--sticky', 'on'],
  ['socket.io:websocket', '--sticky', 'off'],
  ['socket.io:recovery', '--sticky', 'on'],
  ['ws:reconnect', '--sticky', 'off'],
  ['sse', '--sticky', 'off'],
  ['sse:resume', '--sticky', 'off'],
  ['sse:resume', '--sticky', 'on'],
  ['polling', '--sticky', 'off'],
  ['polling', '--sticky', 'on'],
  ['long-polling', '--sticky', 'off'],
  ['long-polling', '--sticky', 'on'],
] as const;

const shared = ['classic', 'streams'].flatMap((adapter) =>
  [
    ['socket.io:websocket', '--servers', '2'],
    ['socket.io:websocket', '--servers', '3'],
    ['socket.io', '--sticky', 'on'],
    ['socket.io:recovery', '--sticky', 'on'],
  ].map(([transport = '', ...options]) => [transport, ...options, '--adapter', adapter] as const),
);

const rounded = (value: number) => Math.round(value * 10) / 10;

function judge(say: (holds: boolean, line: string) => void, trial: Trial, options: readonly string[]) {
  const { transport, figures = {}, predictions, wire, verdict, latency } = trial;
  const what = `${transport} ${options.join(' ')} (${verdict})`;
  for (const one of predictions.filter(({ law }) => law.startsWith('CLU')))
    say(
      one.verdict === 'holds',
      `${what}: ${one.law} predicted ${one.predicted} ± ${one.tolerance}, measured ${one.measured}`,
    );
  const bytes = `${wire.socketBytes} B on the clients' sockets`;
  say(wire.up + wire.down === wire.socketBytes, `${what}: ${bytes}, each with its owner`);
  const told = Object.entries(figures).map(([name, value]) => `${name.slice(8)} ${rounded(value)}`);
  say(latency !== null, `${what}: ${told.join(', ')}`);
}

/** All processes that a process has started, directly or not. Zombies have ended and do not count. */
function descendants(pid: number): number[] {
  const children = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    const [, state, parent] = /\) (\S) (\d+)/.exec(statOf(name)) ?? [];
    return Number(parent) === pid && state !== 'Z';
  });
  return children.map(Number).flatMap((child) => [child, ...descendants(child)]);
}

function statOf(pid: string | number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return '';
  }
}
const isAlive = (pid: number) => /\) [^Z] /.test(statOf(pid));

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const passed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** How many processes a run had when it was ended, and how many of them there are a moment later. */
async function leftAfter(
  signal: NodeJS.Signals,
  whenMs: number | null,
): Promise<{ had: number; left: number }> {
  const options = ['--adapter', 'streams', '--clients', '10', '--servers', '3'];
  const child = spawn(process.execPath, [cli, ...asked('socket.io:websocket', options)], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let pids: readonly number[] = [];
  if (whenMs !== null) await passed(whenMs);
  // A single process may be a program that is only run for its version.
  const enough = whenMs === null ? 2 : 0;
  do {
    await passed(5);
    pids = descendants(child.pid ?? 0);
  } while (pids.length < enough && child.exitCode === null);
  child.kill(signal);
  await ended;
  await passed(2000);
  return { had: pids.length, left: pids.filter(isAlive).length };
}

export async function cluster(): Promise<boolean> {
  const { say, held } = tally();
  const isHere = isRedisHere();
  for (const [transport, ...options] of [...alone, ...(isHere ? shared : [])])
    judge(say, await trialOf(transport, options), options);
  if (!isHere || !existsSync('/proc/self/stat')) {
    console.log('skipped: both adapters (no redis-server and no valkey-server is installed here)');
    return held();
  }
  // As soon as two processes exist, while clients talk to servers, and while Redis is away.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)
    for (const whenMs of [null, 2500, 5000]) {
      const { had, left } = await leftAfter(signal, whenMs);
      const when = whenMs === null ? 'at the second process' : `after ${whenMs} ms`;
      say(had > 0 && left === 0, `${signal} ${when}: ${had} processes, ${left} left`);
    }
  return held();
}
