/** The built command, run as a user runs it. */
import { type SpawnOptions, spawn } from 'node:child_process';
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
  // What tests ask of a run is not that it was calm.
  RTCOMPARE_RETRY_NOISY: '0',
};

/** How a printed command begins for whoever runs the built file from this folder. */
export const typedIn = (folder: string): string => `node ${relative(folder, cliFile)}`;

/** Starts the command. `until` resolves when stdout or stderr has said something. */
export function start(args: readonly string[], options: SpawnOptions = {}) {
  const child = spawn(process.execPath, [cliFile, ...args], {
    ...options,
    // What npm has set says nothing of how a test starts the program.
    env: {
      ...{ ...process.env, npm_lifecycle_event: undefined, LANG: 'C', NO_COLOR: '1' },
      ...{ ...smallLoad, ...options.env },
    },
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

/**
 * To its end, and again, three times at most, where it says that half of its messages left so late that it does not
 * count: six messages in 30 ms do, on a machine that stands still for as long, and that says nothing of the program.
 */
export const unlessTooBusy = (run: () => Promise<Outcome>): Promise<Outcome> =>
  again(run, ({ code, stderr }) => code !== 3 || !/does not count: .* is invalid: .*saturated/.test(stderr));

export const rtcompare = (...args: string[]): Promise<Outcome> => unlessTooBusy(() => start(args).ended);
