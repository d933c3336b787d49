/**
 * Checks that must hold before anything starts. A file limit that is too low shows as EMFILE in the client and
 * as silent resets at the server; so it is computed beforehand and refused with the remedy.
 */
import { readFileSync } from 'node:fs';
import { CannotRun } from './failure.ts';

/** Files a process has open besides the connections: stdio, IPC, modules, epoll, logs. */
export const reserve = 40;

/** The soft limit of open files, or Infinity where the system does not say. */
export function openFileLimit(): number {
  try {
    const line = readFileSync('/proc/self/limits', 'utf8')
      .split('\n')
      .find((row) => row.startsWith('Max open files'));
    const soft = line?.split(/\s{2,}/)[1];
    return soft && soft !== 'unlimited' ? Number(soft) : Number.POSITIVE_INFINITY;
  } catch {
    // Not Linux: Node's own report knows the limit, but takes its time to write.
    const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
    const soft = Number(report.userLimits?.open_files?.soft);
    return Number.isNaN(soft) ? Number.POSITIVE_INFINITY : soft;
  }
}

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
