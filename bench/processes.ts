/** Wall time of a whole process, from the moment it is asked for to the moment it is gone. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ended {
  readonly ns: number;
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
}

/** Variables of the reader's own shell would change what is timed. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('RTCOMPARE_') && name !== 'NODE_OPTIONS'),
);

/** Runs `node` with these arguments, from the project's folder, with nowhere to print. */
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
