/**
 * Probes many configurations: the streams of each alone, because their times count; then everything else, which mostly waits,
 * of all of them beside each other.
 */
import type { ChosenProxy } from '../../network/proxies/proxy-process.ts';
import {
  type Patience,
  type ProbedProxy,
  type StartedPassage,
  startPassage,
} from './configuration-passage.ts';

export interface Telling {
  /** Of a configuration, or of all of them. */
  readonly name: string;
  readonly leftMs: number;
}

const streamsMs = 5000;
const requestsMs = 22_000;

/** So long it takes, about. */
export const plannedMs = (count: number, { holdMs, idleMs }: Patience): number =>
  count * streamsMs + requestsMs + holdMs + idleMs;

export async function probeAll(
  chosen: readonly ChosenProxy[],
  patience: Patience,
  signal: AbortSignal,
  tell: (telling: Telling) => void,
): Promise<ProbedProxy[]> {
  const started: StartedPassage[] = [];
  try {
    for (const one of chosen) {
      signal.throwIfAborted();
      started.push(await startPassage(one));
    }
    const streamed = [];
    for (const [index, passage] of started.entries()) {
      signal.throwIfAborted();
      const { name, flavour } = passage.chosen;
      tell({ name: `${name}:${flavour}`, leftMs: plannedMs(started.length - index, patience) });
      streamed.push({ passage, streams: await passage.streams() });
    }
    return await beside(streamed, patience, signal, tell);
  } finally {
    await Promise.all(started.map((passage) => passage[Symbol.asyncDispose]()));
  }
}

interface Streamed {
  readonly passage: StartedPassage;
  readonly streams: Awaited<ReturnType<StartedPassage['streams']>>;
}

/** Tells every few seconds: these are waited for. */
const tellEveryMs = 5000;

async function beside(
  streamed: readonly Streamed[],
  patience: Patience,
  signal: AbortSignal,
  tell: (telling: Telling) => void,
): Promise<ProbedProxy[]> {
  const startedMs = performance.now();
  let over = 0;
  const show = () => {
    const leftMs = Math.max(1000, plannedMs(0, patience) - (performance.now() - startedMs));
    tell({ name: `${over}/${streamed.length}`, leftMs });
  };
  show();
  const showing = setInterval(show, tellEveryMs);
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    const all = streamed.map(async ({ passage, streams }) => {
      const found = await passage.others(streams, patience);
      over++;
      return found;
    });
    return await Promise.race([Promise.all(all), stopped]);
  } finally {
    clearInterval(showing);
  }
}
