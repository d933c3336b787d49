/**
 * A program of somebody else's that was started as the leader of a process group, with a folder of its own: both are gone
 * when it has ended, whatever happens. `endNow` needs no event loop, so it works in the last moment of a process too.
 */
import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
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
  const endNow = () => {
    endGroup(child.pid);
    // What it has just written to may still be open.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
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
export function endGroup(pid: number | undefined): void {
  if (!pid) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {}
}

export const lastLines = (words: string): string =>
  words
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-5)
    .join('\n  ');
