/**
 * Messages that come back to their sender, byte for byte: a server that broadcasts to all clients sends each its own as
 * well. Equal messages are counted once, because a heartbeat reads the same from both sides and is no echo.
 */
import { beginningBytes, frameOf, type SaidMessage } from './said.ts';

export interface Echoes {
  /** Connections on which nearly every message came back. */
  readonly connections: number;
  /** On those connections: different messages that were sent. */
  readonly sent: number;
  readonly returned: number;
  /** Bytes of what came back, with its framing. */
  readonly bytes: number;
}

/** At least so many, and more than this share of those sent, must come back: then it is no chance. */
const least = 11;
const most = 0.8;
/**
 * A message is reported when the next one of its stream begins, so its echo may be reported first. So many messages
 * from the server are kept for that.
 */
const earlyKept = 20;
/** Different messages that are remembered, and messages that are compared with them: more would show nothing new. */
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
      // Longer messages are not kept whole, so they cannot be compared.
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
