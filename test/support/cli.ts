/** The built command, run as a user runs it. */
import { type SpawnOptions, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

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
};

/** Starts the command. `until` resolves when stdout or stderr has said something. */
export function start(args: readonly string[], options: SpawnOptions = {}) {
  const child = spawn(process.execPath, [cliFile, ...args], {
    ...options,
    env: { ...process.env, LANG: 'C', NO_COLOR: '1', ...smallLoad, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome: Outcome = { code: null, signal: null, stdout: '', stderr: '' };
  let onText = () => {};
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (text: Buffer) => {
      outcome[name] += text.toString();
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

/** To its end. What says that the machine was too busy for it says nothing about the program, and is run once more. */
export async function rtcompare(...args: string[]): Promise<Outcome> {
  const outcome = await start(args).ended;
  return wasTooBusy(outcome) ? start(args).ended : outcome;
}

/** Its own verdict: half of the messages left so late that the figures do not count. */
export const wasTooBusy = ({ code, stderr }: Outcome): boolean =>
  code === 3 && /does not count: .* is invalid \(saturated/.test(stderr);
