/**
 * `--record FILE`: the tape as JSON lines. A line that begins a trial names it; every other line is a chunk with
 * its time (ns since the trial's first chunk), connection, direction, phase and bytes (base64), or secrets of the
 * trial's TLS connections, as clients log them.
 */

import type { TrialPlan, TrialRecorder } from '../../trial/plan.ts';
import { growingFile } from './writing.ts';

export function createRecorder(path: string) {
  const file = growingFile(path);
  const add = (value: unknown) => file.add(Buffer.from(`${JSON.stringify(value)}\n`));
  return {
    trial(index: number, { transport, scenario }: TrialPlan): TrialRecorder {
      let isBegun = false;
      let origin: number | null = null;
      const begin = () => {
        if (!isBegun) add({ trial: index, transport: transport.name, scenario: scenario.name });
        isBegun = true;
      };
      return {
        chunk({ at, bytes, ...rest }) {
          begin();
          origin ??= at;
          add({ at: at - origin, ...rest, bytes: Buffer.from(bytes).toString('base64') });
        },
        secrets(lines) {
          begin();
          add({ secrets: lines });
        },
      };
    },
    finish: file.finish,
    discard: file.discard,
  };
}
