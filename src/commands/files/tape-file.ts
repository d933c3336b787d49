/**
 * `--record FILE`: the tape as JSON lines. A line that begins a trial names it; every other line is a chunk with
 * its time (ns since the trial's first chunk), connection, direction, phase and bytes (base64).
 */

import type { Chunk } from '../../tap/tape.ts';
import type { TrialPlan } from '../../trial/plan.ts';
import { growingFile } from './writing.ts';

export function createRecorder(path: string) {
  const file = growingFile(path);
  const add = (value: unknown) => file.add(Buffer.from(`${JSON.stringify(value)}\n`));
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
    finish: file.finish,
    discard: file.discard,
  };
}
