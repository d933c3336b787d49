/**
 * Heartbeats that are messages: the same small message again and again, at a steady pace, on one connection. Pings of a
 * protocol have frames or packets of their own and are counted in beats.ts; these look like any other message.
 */
import type { Direction } from '../wire/span.ts';
import type { SaidMessage } from './said.ts';
import { type SteadyPace, watchPace } from './steady-pace.ts';

/** In bytes. A longer message is no heartbeat. */
const longestHeartbeat = 128;
/** Kinds of small messages that are kept for a connection. */
const kindsKept = 50;

export interface SteadyMessage {
  readonly direction: Direction;
  readonly text: string;
  readonly count: number;
  /** Of all of them, each with what carries it. */
  readonly bytes: number;
  readonly periodMs: number;
}

interface Kind {
  readonly direction: Direction;
  readonly text: string;
  readonly pace: SteadyPace;
  bytes: number;
}

/** A message with such a word is a heartbeat even if it contains a counter or the time, so its digits are ignored. */
const beats = /ping|pong|heart_?beat|keep_?-?alive/i;

const keyOf = (text: string): string => (beats.test(text) ? text.replace(/\d+/g, '#') : text);

export function watchSteadyMessages() {
  const kinds: Record<Direction, Map<string, Kind>> = { up: new Map(), down: new Map() };
  return {
    said({ direction, beginning, length, wireBytes, atNs }: SaidMessage) {
      if (length > longestHeartbeat) return;
      const ofDirection = kinds[direction];
      const said = beginning();
      const text = ofDirection.has(said) ? said : keyOf(said);
      const kind = ofDirection.get(text);
      if (kind) {
        kind.bytes += wireBytes;
        kind.pace.add(atNs);
      } else if (kinds.up.size + kinds.down.size < kindsKept)
        ofDirection.set(text, { direction, text, pace: watchPace(atNs), bytes: wireBytes });
    },
    read: (): SteadyMessage[] =>
      [...kinds.up.values(), ...kinds.down.values()].flatMap(({ direction, text, pace, bytes }) => {
        const { count, periodMs } = pace.read();
        return periodMs === null ? [] : [{ direction, text, count, bytes, periodMs }];
      }),
  };
}
