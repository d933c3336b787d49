/**
 * A program of somebody else's that was started as the leader of a process group, with a folder of its own: both are gone
 * when it has ended, whatever happens. `endNow` needs no event loop, so it works in the last moment of a process too.
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { setTimeout as passed } from 'node:timers/promises';

export interface Watched {
  readonly pid: number;
  /** Resolves with its last words when it ends. */
  readonly ended: Promise<string>;
  /** What it has said so far. */
  words(): string;
  isRunning(): boolean;
  /** Asks it to end, and waits for a moment. */
  stop(): Promise<void>;
  endNow(): void;
}

/** Less than its keeper is given to stop. */
const endsWithinMs = 700;

/** @param folder goes with it. */
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
    // Not `close`: workers that go on would keep the pipes open.
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

/** Everything that it has started is of its group, which may outlive it. */
function endGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (!pid) return;
  try {
    process.kill(-pid, signal);
  } catch {}
}

/** Asleep without an event loop. */
const moment = new Int32Array(new SharedArrayBuffer(4));
const momentMs = 10;
/** A process that was killed goes on for a moment, and may write once more; one that nobody reaps is never gone. */
const mostMoments = 30;
/** What is asked first takes along what it keeps outside its folder: a display its lock and its socket. */
const politeMoments = 20;

/** Ends a program and all that it has started, and takes its folder away behind the last of them. */
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

/** The same where its keeper may have been too slow to do so, and was ended itself. */
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
