/** The built command, run as a user runs it: in a process of its own, or, sooner, in one that has run it before. */
import { type ChildProcess, fork, type SpawnOptions, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { again } from './again.ts';

export const cliFile = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A load of a few milliseconds; flags on the command line win over it. */
export const smallLoad = {
  RTCOMPARE_CLIENTS: '2',
  RTCOMPARE_MESSAGES: '3',
  RTCOMPARE_RATE: '100',
  RTCOMPARE_WARMUP: '1',
  RTCOMPARE_POLL_INTERVAL: '20ms',
  // Tests do not require that a run was undisturbed.
  RTCOMPARE_RETRY_NOISY: '0',
};

/** How a printed command begins if the user runs the built file from this folder. */
export const typedIn = (folder: string): string => `node ${relative(folder, cliFile)}`;

/** Without the variables of npm and CI, which would change what the program prints. */
const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  npm_lifecycle_event: undefined,
  CI: undefined,
  LANG: 'C',
  NO_COLOR: '1',
  ...smallLoad,
  ...more,
});

/** Starts the command. `until` resolves when stdout or stderr has said something. */
export function start(args: readonly string[], options: SpawnOptions = {}) {
  const child = spawn(process.execPath, [cliFile, ...args], {
    ...options,
    env: environment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome: Outcome = { code: null, signal: null, stdout: '', stderr: '' };
  let onText = () => {};
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      outcome[name] += text;
      onText();
    });
  }
  const ended = new Promise<Outcome>((resolve) =>
    child.once('close', (code, signal) => resolve({ ...outcome, code, signal })),
  );
  return {
    child,
    ended,
    until: (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        onText = () => pattern.test(outcome.stdout + outcome.stderr) && resolve();
        onText();
        void ended.then(() => reject(new Error(`ended before ${pattern}: ${outcome.stderr}`)));
      }),
  };
}

const tooBusy = /does not count: .* is invalid: .*saturated|쓸 수 없는 결과입니다.*포화됨/;

/**
 * To its end, and again, three times at most, where it says that half of its messages left so late that it does not
 * count: six messages in 30 ms do, on a machine that stands still for as long, and that says nothing of the program.
 */
export const unlessTooBusy = (run: () => Promise<Outcome>): Promise<Outcome> =>
  again(run, ({ code, stderr }) => code !== 3 || !tooBusy.test(stderr));

/** A process that runs commands one after another; it writes to stderr itself only when it dies. */
interface Host {
  readonly child: ChildProcess;
  lastWords: string;
}

/** Hosts that are free, and calls that wait for one. There are at most three: more would slow each other down. */
const idle: Host[] = [];
const waiting: ((host: Host) => void)[] = [];
const mostHosts = 3;
let hosts = 0;

function startHost(): Host {
  hosts++;
  const child = fork(new URL('warm.mjs', import.meta.url), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const host: Host = { child, lastWords: '' };
  child.stderr?.on('data', (text: Buffer) => {
    host.lastWords += text.toString();
  });
  child.once('exit', () => {
    hosts--;
    if (idle.includes(host)) idle.splice(idle.indexOf(host), 1);
    waiting.shift()?.(startHost());
  });
  // It ends with this process, and does not keep it.
  for (const handle of [child, child.channel, child.stderr as Socket | null]) handle?.unref();
  return host;
}

const freeHost = async (): Promise<Host> =>
  idle.pop() ?? (hosts < mostHosts ? startHost() : new Promise<Host>((resolve) => waiting.push(resolve)));

function release(host: Host): void {
  const next = waiting.shift();
  if (next) next(host);
  else idle.push(host);
}

/**
 * Runs the command to its end, in a process that may have run others: loading it anew takes longer than most of what it
 * does. Not for what starts programs that speak for themselves, is sent a signal, or is told something of Node's own.
 */
export async function toItsEnd(
  args: readonly string[],
  { cwd = process.cwd(), env }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  const host = await freeHost();
  const outcome = new Promise<Outcome>((resolve, reject) => {
    const gone = () => reject(new Error(`rtcompare ${args.join(' ')}: ${host.lastWords}`));
    host.child.once('exit', gone).once('message', (said) => {
      host.child.off('exit', gone);
      release(host);
      resolve(said as Outcome);
    });
  });
  host.child.send({ args, cwd, env: environment(env) });
  return outcome;
}

export const rtcompare = (...args: string[]): Promise<Outcome> => unlessTooBusy(() => toItsEnd(args));
