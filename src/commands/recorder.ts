/**
 * `--record FILE`: the tape as JSON lines. A line that begins a trial names it; every other line is a chunk with
 * its time (ns since the trial's first chunk), connection, direction, phase and bytes (base64).
 */
import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { TrialPlan } from '../measure.ts';
import type { Chunk } from '../wire/tape.ts';

const flushAt = 4 * 1024 * 1024;

export function createRecorder(path: string) {
  const temporary = `${path}.${process.pid}.tmp`;
  let lines: string[] = [];
  let held = 0;
  writeFileSync(temporary, '');
  const flush = () => {
    appendFileSync(temporary, lines.join(''));
    lines = [];
    held = 0;
  };
  const add = (value: unknown) => {
    const line = `${JSON.stringify(value)}\n`;
    held += line.length;
    lines.push(line);
    if (held > flushAt) flush();
  };
  return {
    trial(index: number, { transport, scenario }: TrialPlan) {
      let origin: number | null = null;
      return ({ at, bytes, ...rest }: Chunk) => {
        if (origin === null) {
          origin = at;
          add({ trial: index, transport: transport.name, scenario: scenario.name });
        }
        add({ at: at - origin, ...rest, bytes: Buffer.from(bytes).toString('base64') });
      };
    },
    /** Gives the file its name, complete. */
    finish() {
      flush();
      renameSync(temporary, path);
    },
    /** Leaves nothing behind unless it was finished. */
    discard: () => rmSync(temporary, { force: true }),
  };
}
