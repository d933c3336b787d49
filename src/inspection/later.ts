/**
 * Parses chunks later, all that have gathered at once: parsing each right after it was forwarded would delay the next
 * one, which is most often the answer.
 */
import { createSamples } from '../metrics/samples.ts';
import type { Chunk } from '../tap/tape.ts';

/** Turns whose length is kept exactly. */
const turnsKept = 10_000;
const gathersMs = 10;
/**
 * With this much gathered, reading starts before the time is up: a longer turn would delay chunks that come
 * meanwhile.
 */
const most = { chunks: 32, bytes: 4 * 2 ** 20 };

/** @param now nanoseconds. */
export function laterOf(now: () => number, read: (chunk: Chunk) => void) {
  const turns = createSamples(turnsKept);
  let waiting: Chunk[] = [];
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;
  const run = () => {
    clearTimeout(timer);
    if (waiting.length === 0) return;
    const startedNs = now();
    const gathered = waiting;
    waiting = [];
    bytes = 0;
    for (const chunk of gathered) read(chunk);
    turns.record(now() - startedNs);
  };
  return {
    add(chunk: Chunk) {
      const wasMuch = waiting.length >= most.chunks || bytes >= most.bytes;
      if (waiting.push(chunk) === 1) timer = setTimeout(run, gathersMs);
      bytes += chunk.bytes.length;
      // In a turn of its own: the chunk has to go on first.
      if (!wasMuch && (waiting.length >= most.chunks || bytes >= most.bytes)) setImmediate(run);
    },
    run,
    /** How long a turn of reading takes, during which new chunks wait. Null if there were too few turns. */
    turnP99Ns: () => turns.quantile(0.99),
  };
}
