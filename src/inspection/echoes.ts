/**
 * What comes back to its sender, byte for byte: a server that broadcasts to everybody sends each their own messages as well.
 * Messages are counted once however often they are said, because a heartbeat of both sides reads alike and is no echo.
 */
import { beginningBytes, frameOf, type SaidMessage } from './said.ts';

export interface Echoes {
  /** On which nearly everything came back. */
  readonly connections: number;
  /** On those: different messages that were sent. */
  readonly sent: number;
  readonly returned: number;
  /** What came back weighs, with what carries it. */
  readonly bytes: number;
}

/** So many, and such a part of what was sent, are no chance. */
const least = 11;
const most = 0.8;
/** A message is heard when the next one begins: its answer may have been heard before it. So many answers are kept for that. */
const earlyKept = 20;
/** Different messages that are remembered, and messages that are held against them: more of the same say nothing new. */
const kept = 1000;
const looksTaken = 4 * kept;

export function watchEchoes() {
  const counted = { sent: 0, returned: 0, bytes: 0 };
  let looked = 0;
  /** Messages sent, and whether they have come back. */
  const known = new Map<string, 'sent' | 'returned'>();
  const early: { readonly content: string; readonly bytes: number; readonly atNs: number }[] = [];
  const comeBack = (content: string, bytes: number) => {
    known.set(content, 'returned');
    counted.returned++;
    counted.bytes += bytes;
  };
  return {
    said({ carrier, direction, first, length, wireBytes, atNs }: SaidMessage) {
      const frame = frameOf(carrier);
      // Longer ones are not kept, so nobody knows whether they are the same.
      if (!frame || length === 0 || length > beginningBytes || looked++ >= looksTaken) return;
      const content = first().toString('latin1');
      const state = known.get(content);
      if (direction === 'up') {
        if (state || known.size >= kept) return;
        known.set(content, 'sent');
        counted.sent++;
        const answer = early.find((one) => one.content === content && one.atNs >= atNs);
        if (answer) comeBack(content, answer.bytes);
        return;
      }
      const bytes = carrier === frame ? wireBytes : frame.bytes;
      if (state === 'sent') comeBack(content, bytes);
      else if (!state && early.push({ content, bytes, atNs }) > earlyKept) early.shift();
    },
    read(): Echoes {
      const { sent, returned } = counted;
      return returned >= least && returned > most * sent
        ? { connections: 1, ...counted }
        : { connections: 0, sent: 0, returned: 0, bytes: 0 };
    },
  };
}
