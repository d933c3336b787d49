/**
 * What differs between machines and their systems, in one place: how many files may be open, which ports a client gets,
 * the address on the local network. Linux says the first two in /proc; elsewhere Node's own report knows the one, and
 * nobody the other.
 */
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

/** The soft limit of open files, or Infinity where the system does not say. */
export function openFileLimit(): number {
  try {
    const line = readFileSync('/proc/self/limits', 'utf8')
      .split('\n')
      .find((row) => row.startsWith('Max open files'));
    const soft = line?.split(/\s{2,}/)[1];
    return soft && soft !== 'unlimited' ? Number(soft) : Number.POSITIVE_INFINITY;
  } catch {
    // Not Linux: the report takes its time to write.
    const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
    const soft = Number(report.userLimits?.open_files?.soft);
    return Number.isNaN(soft) ? Number.POSITIVE_INFINITY : soft;
  }
}

/** First and last of the ports that connections are made from; null where the system does not say. */
export function clientPorts(): { readonly from: number; readonly to: number } | null {
  try {
    const [from, to] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
      .trim()
      .split(/\s+/)
      .map(Number);
    return from && to ? { from, to } : null;
  } catch {
    return null;
  }
}

/** The address by which others on the local network reach this machine; undefined where there is none. */
export const localAddress = (): string | undefined =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
