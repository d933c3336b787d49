/** Chunks are read in a later turn of the event loop, all that have gathered at once: reading delays no chunk of its own. */
import { createSamples } from '../metrics/samples.ts';
import type { Chunk } from '../tap/tape.ts';

/** Turns whose length is kept exactly. */
const turnsKept = 10_000;

/** @param now nanoseconds. */
export function laterOf(now: () => number, read: (chunk: Chunk) => void) {
  const turns = createSamples(turnsKept);
  let waiting: Chunk[] = [];
  const run = () => {
    if (waiting.length === 0) return;
    const startedNs = now();
    const gathered = waiting;
    waiting = [];
    for (const chunk of gathered) read(chunk);
    turns.record(now() - startedNs);
  };
  return {
    add(chunk: Chunk) {
      if (waiting.push(chunk) === 1) setImmediate(run);
    },
    run,
    /** How long a turn of reading takes: what comes in meanwhile waits. Null where there were few. */
    turnP99Ns: () => turns.quantile(0.99),
  };
}
