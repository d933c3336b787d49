/** The process that keeps a browser (`browser-host.ts`), as the process that started it sees it. */
import { setMaxListeners } from 'node:events';
import { startChild } from '../base/child/parent.ts';
import { endWithFolder, sweep } from '../network/proxies/watched-program.ts';
import type { BrowserCommand, BrowserStart, BrowserStarted } from './browser-command.ts';
import type { EngineName } from './engine.ts';

export interface Keeper extends AsyncDisposable {
  readonly pid: number;
  /** Aborted, with the reason, when the keeper or its browser ends before it was told to. */
  readonly gone: AbortSignal;
  start(options: BrowserStart): Promise<BrowserStarted>;
}

export function createKeeper(name: EngineName): Keeper {
  const child = startChild<BrowserCommand>(`${name} browser`, 'browsers/browser-host.js');
  // Every page that is waited for adds a listener: no warning about a leak.
  setMaxListeners(0, child.gone);
  let started: BrowserStarted | null = null;
  return {
    pid: child.pid,
    gone: child.gone,
    async start(options) {
      const { pid, folder } = (await child.ask({ type: 'start', options })) as BrowserStarted;
      started = { pid, folder };
      // If the keeper was killed, nothing else ends its browser.
      child.gone.addEventListener('abort', () => endWithFolder(pid, folder));
      return started;
    },
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]();
      if (started) sweep(started.pid, started.folder);
    },
  };
}
