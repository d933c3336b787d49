/** Processes, by /proc: where nobody reaps them, `kill(pid, 0)` takes the dead for living. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Processes whose parent is this one, by /proc; a zombie has ended. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const [, state, parent] = /\) (\S) (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
        return Number(parent) === pid && state !== 'Z';
      } catch {
        return false;
      }
    })
    .map(Number);
}

export const isGone = (pid: number) => {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
};

const linesOf = (read: () => string | string[]): string[] => {
  try {
    return [read()].flat().flatMap((text) => text.split('\n'));
  } catch {
    // It has ended, or closed the file meanwhile.
    return [];
  }
};

/** How many IPv4 connections a process holds that stand now: its sockets among those that the kernel lists. */
export function connectionsOf(pid: number): number {
  const established = linesOf(() => readFileSync(`/proc/${pid}/net/tcp`, 'utf8'))
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[3] === '01')
    .map((columns) => `socket:[${columns[9]}]`);
  const open = linesOf(() => readdirSync(`/proc/${pid}/fd`));
  const names = open.flatMap((fd) => linesOf(() => readlinkSync(`/proc/${pid}/fd/${fd}`)));
  return names.filter((name) => established.includes(name)).length;
}
