/**
 * What this page's own chat messages cost: the time until they came back, and the bytes that the relay counted for
 * them. For each lane the newest one is kept.
 */
import { type LaneName, limits, type Said, type ToPage, type Weight } from './control-talk.ts';

/** An own message, recognised by its key. */
export interface OwnMessage {
  readonly key: string;
  readonly lane: LaneName;
  /** Bytes of the typed text. */
  readonly typed: number;
  /** As it was sent. */
  readonly json: string;
  /** Bytes of its JSON as it left and as it came back; by these the page recognises its weights. */
  readonly jsonSaid: number;
  jsonHeard: number;
  readonly sentMs: number;
  /** Time until the request that carried it was answered; null until then. */
  answeredMs: number | null;
  /** Time until the message came back; null until then. */
  backMs: number | null;
  /** Null until the relay has weighed it, and if the relay has weighed another message since. */
  said: Weight | null;
  heard: Weight | null;
}

export function createOwnMessages() {
  const underway = new Map<string, OwnMessage>();
  const newest = new Map<LaneName, OwnMessage>();
  const times = new Map<LaneName, number[]>();
  let keys = 0;
  return {
    /** For each lane the newest own message that came back. */
    newest,
    /** Milliseconds until own messages came back, by lane. */
    times,
    begin(lane: LaneName, name: string, text: string): OwnMessage {
      const chance = crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36);
      const key = `${keys++}-${chance}`.slice(0, limits.key);
      const json = JSON.stringify({ name, text, key } satisfies Said);
      const sizes = { typed: bytesOf(text), jsonSaid: bytesOf(json), jsonHeard: 0 };
      const nothing = { answeredMs: null, backMs: null, said: null, heard: null };
      const message = { key, lane, json, ...sizes, sentMs: performance.now(), ...nothing };
      underway.set(key, message);
      return message;
    },
    /** The message could not be sent. */
    drop: (message: OwnMessage) => void underway.delete(message.key),
    /** A message came. Returns its lane if it is an own one, else null. */
    cameBack(key: string, json: string): LaneName | null {
      const message = underway.get(key);
      if (!message) return null;
      underway.delete(key);
      message.backMs = performance.now() - message.sentMs;
      message.jsonHeard = bytesOf(json);
      newest.set(message.lane, message);
      times.set(message.lane, [...(times.get(message.lane) ?? []), message.backMs]);
      return message.lane;
    },
    /**
     * The site sends weights of every message. If the bytes of JSON are not those of this page's message, the weight
     * belongs to another message and is dropped. Down, they may be more, because one answer can carry several
     * messages.
     */
    weigh({ lane, said, heard }: Extract<ToPage, { type: 'weight' }>): void {
      const message = newest.get(lane);
      if (!message) return;
      message.said = said?.json === message.jsonSaid ? said : null;
      message.heard = heard && heard.json >= message.jsonHeard ? heard : null;
    },
  };
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
