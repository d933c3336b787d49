/**
 * Checks that must hold before anything starts. A file limit that is too low shows as EMFILE in the client and
 * as silent resets at the server; so it is computed beforehand and refused with the remedy.
 */
import { CannotRun } from './failure.ts';
import { openFileLimit } from './platform.ts';

/** Files a process has open besides the connections: stdio, IPC, modules, epoll, logs. */
export const reserve = 40;

/** Throws `CannotRun` when the clients' connections would not fit; the child has the same limit as this process. */
export function checkFileLimit(clients: number, connectionsPerClient: number, limit = openFileLimit()): void {
  const needed = clients * connectionsPerClient + reserve;
  if (needed <= limit) return;
  const fits = Math.max(0, Math.floor((limit - reserve) / connectionsPerClient));
  throw new CannotRun(
    `${clients} clients need about ${needed} open files, but the limit is ${limit}: ` +
      `use --clients ${fits} or fewer, or raise it with \`ulimit -n ${needed}\``,
  );
}
