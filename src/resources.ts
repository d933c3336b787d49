/**
 * What a process spends: CPU, memory, and how long its event loop keeps timers waiting. Both processes of a
 * trial watch themselves, because a starved one would make any transport look slow.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Resources {
  readonly cpuMs: number;
  readonly rssBytes: number;
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
}

export interface ResourceWatch {
  /** Starts a new window. */
  reset(): void;
  /** What was spent since the last reset. */
  read(): Resources;
  stop(): void;
}

const resolutionMs = 10;

export function watchResources(): ResourceWatch {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  let cpu = process.cpuUsage();
  delay.enable();
  return {
    reset() {
      delay.reset();
      cpu = process.cpuUsage();
    },
    read() {
      const { user, system } = process.cpuUsage(cpu);
      // The histogram holds timer-to-timer gaps, the sampling interval included; an empty one has no quantiles.
      const waited = (gapNs: number) => (delay.count > 0 ? Math.max(0, gapNs / 1e6 - resolutionMs) : 0);
      return {
        cpuMs: (user + system) / 1000,
        rssBytes: process.memoryUsage.rss(),
        loopDelayP99Ms: waited(delay.percentile(99)),
        loopDelayMaxMs: waited(delay.max),
      };
    },
    stop: () => delay.disable(),
  };
}

export interface Memory {
  readonly rssBytes: number;
  /** JavaScript heap and the buffers it holds, after garbage collection. */
  readonly heapBytes: number;
}

/** What this process holds on to: measured after two collections, since the first may only run finalisers. */
export function weighMemory(): Memory {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssBytes: rss, heapBytes: heapUsed + external };
}
