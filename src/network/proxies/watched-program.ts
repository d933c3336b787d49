/**
 * A third-party program that was started as the leader of a process group, with a folder of its own: both are gone when
 * it has ended, whatever happens. `endNow` needs no event loop, so it works even while this process exits.
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { setTimeout as passed } from 'node:timers/promises';

export interface Watched {
  readonly pid: number;
  /** Resolves with its last lines of output when it ends. */
  readonly ended: Promise<string>;
  /** Its last lines of output so far. */
  words(): string;
  isRunning(): boolean;
  /** Asks it to end, and waits for a moment. */
  stop(): Promise<void>;
  endNow(): void;
}

/** Less than the time that this process itself is given to stop. */
const endsWithinMs = 700;

/** @param folder is removed when it ends. */
export function watched(child: ChildProcess, folder: string): Watched {
  let said = '';
  let running = child.pid !== undefined;
  const hear = (piece: Buffer) => {
    said = (said + piece.toString()).slice(-4000);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const ended = new Promise<string>((resolve) => {
    const over = (how: string) => {
      running = false;
      resolve(lastLines(said) || how);
    };
    child.once('error', (error) => over(error.message));
    // Not `close`: workers that outlive it keep the pipes open.
    child.once('exit', (code, signal) => setImmediate(over, signal ?? `exit code ${code}`));
  });
  const endNow = () => endWithFolder(child.pid, folder);
  return {
    pid: child.pid ?? 0,
    ended,
    words: () => lastLines(said),
    isRunning: () => running,
    endNow,
    async stop() {
      if (running) child.kill('SIGTERM');
      await Promise.race([ended, passed(endsWithinMs)]);
      endNow();
    },
  };
}

/** The group has every process that it has started, and may outlive it. */
function endGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (!pid) return;
  try {
    process.kill(-pid, signal);
  } catch {}
}

/** For sleeping without an event loop. */
const moment = new Int32Array(new SharedArrayBuffer(4));
const momentMs = 10;
/** A killed process runs on for a moment and may write once more; one that its parent never reaps never goes away. */
const mostMoments = 30;
/** After SIGTERM a program can remove its files outside the folder: an X display its lock and its socket. */
const politeMoments = 20;

/** Ends a program and every process that it has started, then removes its folder. */
export function endWithFolder(pid: number | undefined, folder: string): void {
  endGroup(pid, 'SIGTERM');
  for (let time = 0; time < politeMoments && isThere(pid); time++) Atomics.wait(moment, 0, 0, momentMs);
  endGroup(pid, 'SIGKILL');
  for (let time = 0; time < mostMoments; time++) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    if (!existsSync(folder) && !isThere(pid)) return;
    Atomics.wait(moment, 0, 0, momentMs);
  }
}

/** The same, if the process that kept it was ended before it had done so. */
export function sweep(pid: number | undefined, folder: string): void {
  if (existsSync(folder)) endWithFolder(pid, folder);
}

function isThere(pid: number | undefined): boolean {
  if (!pid) return false;
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

export const lastLines = (words: string): string =>
  words
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-5)
    .join('\n  ');
