/**
 * What a process spends: CPU, memory, and how long its event loop keeps timers waiting. Each process of a
 * trial watches itself, because a starved process would make any transport look slow.
 */
import { createHistogram } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Resources {
  readonly cpuMs: number;
  readonly rssBytes: number;
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
}

/** The sum of what two processes spent; of their event loop delays, the longer one. */
export const spentTogether = (a: Resources, b: Resources): Resources => ({
  cpuMs: a.cpuMs + b.cpuMs,
  rssBytes: a.rssBytes + b.rssBytes,
  loopDelayP99Ms: Math.max(a.loopDelayP99Ms, b.loopDelayP99Ms),
  loopDelayMaxMs: Math.max(a.loopDelayMaxMs, b.loopDelayMaxMs),
});

/** Counts over a window of time, in this process or another. */
export interface Meter<Reading> {
  /** Begins a new window. */
  mark(): Promise<void>;
  /** The counts since then. */
  read(): Promise<Reading>;
}

export interface ResourceWatch extends Disposable {
  /** Starts a new window. */
  reset(): void;
  /** What was spent since the last reset. */
  read(): Resources;
}

const periodMs = 10;

/**
 * Sets a timer every 10 ms and records how late it fires. Not `monitorEventLoopDelay`: that one misses the time between
 * a reset and its next timer, and a wait that is not over when it is read, so a process that was stalled at either end
 * of a window would look idle.
 */
export function watchResources(): ResourceWatch {
  const waited = createHistogram();
  let cpu = process.cpuUsage();
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    // Node's histograms take whole numbers from 1 on.
    waited.record(Math.max(1, Math.round((now - last - periodMs) * 1e6)));
    last = now;
  };
  const timer = setInterval(look, periodMs).unref();
  return {
    reset() {
      waited.reset();
      cpu = process.cpuUsage();
      last = performance.now();
    },
    read() {
      look();
      const { user, system } = process.cpuUsage(cpu);
      return {
        cpuMs: (user + system) / 1000,
        rssBytes: process.memoryUsage.rss(),
        loopDelayP99Ms: waited.percentile(99) / 1e6,
        loopDelayMaxMs: waited.max / 1e6,
      };
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

export interface Memory {
  readonly rssBytes: number;
  /** JavaScript heap and the buffers it holds, after garbage collection. */
  readonly heapBytes: number;
}

/** The memory of this process after two collections, since the first may only run finalisers. */
export function weighMemory(): Memory {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssBytes: rss, heapBytes: heapUsed + external };
}
