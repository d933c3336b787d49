/**
 * Probes many configurations: the streams of each alone, because their times count; then probes that mostly wait,
 * several configurations side by side; then silence, of all at once; then reloads.
 */
import type { ChosenProxy } from '../../network/proxies/proxy-process.ts';
import { type ProbedProxy, type StartedPassage, startPassage } from './configuration-passage.ts';

/** How long polls are held, and how long silence is watched. */
export interface Patience {
  readonly holdMs: number;
  readonly idleMs: number;
}

export interface PassageTelling {
  /** Of a configuration, and so many of all. */
  readonly name: string;
  readonly leftMs: number;
}

const streamsMs = 4500;
const requestsMs = 14_000;
const reloadMs = 4500;
/** More at once would disturb each other's times. */
const atOnce = 6;

/** About how long it takes, in ms. */
export const plannedMs = (count: number, { holdMs, idleMs }: Patience): number =>
  count * streamsMs + Math.ceil(count / atOnce) * (requestsMs + holdMs + reloadMs) + idleMs;

export async function probeAll(
  chosen: readonly ChosenProxy[],
  patience: Patience,
  signal: AbortSignal,
  tell: (telling: PassageTelling) => void,
): Promise<ProbedProxy[]> {
  const started: StartedPassage[] = [];
  try {
    for (const one of chosen) {
      signal.throwIfAborted();
      started.push(await startPassage(one));
    }
    return await Promise.race([inStages(started, patience, signal, tell), stopped(signal)]);
  } finally {
    await Promise.all(started.map((passage) => passage[Symbol.asyncDispose]()));
  }
}

const stopped = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

async function inStages(
  started: readonly StartedPassage[],
  { holdMs, idleMs }: Patience,
  signal: AbortSignal,
  tell: (telling: PassageTelling) => void,
): Promise<ProbedProxy[]> {
  const stage = stages(started, signal, tell);
  const batches = Math.ceil(started.length / atOnce);
  const reloads = batches * reloadMs;
  const quiet = idleMs + reloads;
  const requested = batches * (requestsMs + holdMs) + quiet;
  const streams = await stage(1, started.length * streamsMs, requested, (passage) => passage.streams());
  const requests = await stage(atOnce, requested - quiet, quiet, (passage, index) =>
    passage.requests(streams[index] as (typeof streams)[number], holdMs),
  );
  const idle = await stage(started.length, idleMs, reloads, (passage) => passage.idle(idleMs));
  const reload = await stage(atOnce, reloads, 0, (passage) => passage.reload());
  return started.map(({ chosen: { name, flavour, version } }, index) => ({
    name,
    flavour,
    version,
    ...(streams[index] as (typeof streams)[number]),
    ...(requests[index] as (typeof requests)[number]),
    idle: idle[index] as (typeof idle)[number],
    reload: reload[index] ?? null,
  }));
}

/** Tells every few seconds: these are waited for. */
const tellEveryMs = 5000;

/** Runs one stage of all configurations, so many at once, and tells how far it is. */
function stages(
  started: readonly StartedPassage[],
  signal: AbortSignal,
  tell: (telling: PassageTelling) => void,
) {
  return async <Found>(
    most: number,
    stageMs: number,
    afterMs: number,
    probe: (passage: StartedPassage, index: number) => Promise<Found>,
  ): Promise<Found[]> => {
    const startedMs = performance.now();
    const found: Found[] = [];
    let [next, over] = [0, 0];
    const show = () => {
      const { name, flavour } = (started[Math.min(over, started.length - 1)] as StartedPassage).chosen;
      const leftMs = Math.max(1000, stageMs - (performance.now() - startedMs)) + afterMs;
      tell({ name: `${over}/${started.length} ${name}:${flavour}`, leftMs });
    };
    show();
    const showing = setInterval(show, tellEveryMs);
    const work = async () => {
      for (let index = next++; index < started.length; index = next++) {
        signal.throwIfAborted();
        found[index] = await probe(started[index] as StartedPassage, index);
        over++;
      }
    };
    try {
      await Promise.all(Array.from({ length: most }, work));
    } finally {
      clearInterval(showing);
    }
    return found;
  };
}
