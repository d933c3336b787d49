/** Chunks are read in a later turn of the event loop, all that have gathered at once: reading delays no chunk of its own. */
import type { Chunk } from '../tap/tape.ts';

export function laterOf(read: (chunk: Chunk) => void) {
  let waiting: Chunk[] = [];
  const run = () => {
    const gathered = waiting;
    waiting = [];
    for (const chunk of gathered) read(chunk);
  };
  return {
    add(chunk: Chunk) {
      if (waiting.push(chunk) === 1) setImmediate(run);
    },
    run,
  };
}
