/**
 * Heartbeats that are messages: the same small message again and again, at a steady pace, on one connection. Pings of a
 * protocol have frames or packets of their own and are counted elsewhere; these look like anything else that is said.
 */
import type { Direction } from '../wire/span.ts';
import type { SaidMessage } from './said.ts';

/** Longer messages say something. */
const longestHeartbeat = 128;
/** So often it must have come, and so alike must be the times between. */
const leastCount = 4;
const widestSpread = 1.5;
/** Quicker than that is work, not a heartbeat. */
const leastPeriodNs = 200e6;
/** Kinds of small messages that are told apart on a connection. */
const kindsKept = 50;

export interface SteadyMessage {
  readonly direction: Direction;
  readonly text: string;
  readonly count: number;
  /** Each with what carries it. */
  readonly bytes: number;
  readonly periodMs: number;
}

interface Kind {
  readonly direction: Direction;
  readonly text: string;
  count: number;
  bytes: number;
  lastNs: number;
  shortestNs: number;
  longestNs: number;
  allNs: number;
}

/** A beat may count itself, or say what time it is, where it says in a word that it is one. */
const beats = /ping|pong|heart_?beat|keep_?-?alive/i;

const keyOf = (text: string): string => (beats.test(text) ? text.replace(/\d+/g, '#') : text);

export function watchSteadyMessages() {
  /** In the order in which they came, and by text. */
  const kinds: Kind[] = [];
  const byText: Record<Direction, Map<string, Kind>> = { up: new Map(), down: new Map() };
  return {
    said({ direction, beginning, length, wireBytes, atNs }: SaidMessage) {
      if (length > longestHeartbeat) return;
      const text = keyOf(beginning());
      const kind = byText[direction].get(text);
      if (kind) return count(kind, wireBytes, atNs);
      if (kinds.length === kindsKept) return;
      const begun: Kind = {
        direction,
        text,
        count: 1,
        bytes: wireBytes,
        lastNs: atNs,
        shortestNs: Number.POSITIVE_INFINITY,
        longestNs: 0,
        allNs: 0,
      };
      kinds.push(begun);
      byText[direction].set(text, begun);
    },
    read: (): SteadyMessage[] =>
      kinds.filter(isSteady).map(({ direction, text, count, bytes, allNs }) => ({
        ...{ direction, text, count, bytes },
        periodMs: allNs / (count - 1) / 1e6,
      })),
  };
}

function count(kind: Kind, bytes: number, atNs: number): void {
  const sinceNs = atNs - kind.lastNs;
  kind.count++;
  kind.bytes += bytes;
  kind.lastNs = atNs;
  kind.allNs += sinceNs;
  kind.shortestNs = Math.min(kind.shortestNs, sinceNs);
  kind.longestNs = Math.max(kind.longestNs, sinceNs);
}

const isSteady = ({ count, shortestNs, longestNs }: Kind): boolean =>
  count >= leastCount && shortestNs >= leastPeriodNs && longestNs <= widestSpread * shortestNs;
