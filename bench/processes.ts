/** Processes that are timed as a whole, and processes that measure and print what they read. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { placement } from './placement.ts';

export const cores = placement();

export interface Ended {
  readonly ns: number;
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
}

/** The environment without variables of the user's shell that would change what is timed. */
export const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('RTCOMPARE_') && name !== 'NODE_OPTIONS'),
);

/** Runs a client's file on the clients' cores; its output is the reading, as JSON. */
export async function readInChild<Reading>(file: string, ...args: string[]): Promise<Reading> {
  const argv = ['--import', 'tsx', file, ...args];
  const { stdout } = await promisify(execFile)(...cores.client(process.execPath, argv), { timeout: 60_000 });
  return JSON.parse(stdout) as Reading;
}

/**
 * Runs `node` with these arguments in the project's folder, without output; the time is from `spawn` to the end of the
 * process.
 */
export async function timeNode(...argv: string[]): Promise<Ended> {
  const began = process.hrtime.bigint();
  const child = spawn(process.execPath, argv, {
    cwd: new URL('..', import.meta.url),
    env: environment,
    stdio: 'ignore',
  });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  return { ns: Number(process.hrtime.bigint() - began), exitCode };
}
