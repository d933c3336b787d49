/**
 * Which core runs what. Left alone, the scheduler puts client and server on one core in some measurements and on
 * two in others: on one core a round trip is 25 µs and on two 65 µs, with the throughput the other way round.
 * That would hide our own costs, so the server gets a core and the clients get the others.
 * `taskset` is Linux's (util-linux); on other systems, or with only one core, the scheduler decides.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Placement {
  /** Moves a running process, with all its threads, to the server's core. */
  server(pid: number): void;
  /** The command that runs a client on the other cores. */
  client(file: string, argv: readonly string[]): readonly [file: string, argv: string[]];
  /** Explains the placement to the reader of the figures. */
  readonly sentence: string;
}

const anywhere: Placement = {
  server: () => {},
  client: (file, argv) => [file, [...argv]],
  sentence: 'client and server are not pinned to cores (no taskset, or one core), so the figures scatter',
};

/** `0-2,5` → 0, 1, 2, 5 */
export const coresOf = (list: string): number[] =>
  list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });

export function placement(): Placement {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    const [core, ...others] = coresOf(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '0');
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    if (others.length === 0) return anywhere;
    return {
      server: (pid) =>
        void execFileSync('taskset', ['-a', '-c', '-p', String(core), String(pid)], { stdio: 'ignore' }),
      client: (file, argv) => ['taskset', ['-c', others.join(','), file, ...argv]],
      sentence: `the server is pinned to core ${core}, the clients to ${others.join(',')}`,
    };
  } catch {
    return anywhere;
  }
}
