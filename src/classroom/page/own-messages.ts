/**
 * What the own messages of the chat cost: the time until they were back here, and the bytes that the relay counted for them.
 * Of each lane the newest one is kept.
 */
import { type LaneName, limits, type Said, type ToPage, type Weight } from './control-talk.ts';

/** An own message; by its key it is known again. */
export interface OwnMessage {
  readonly key: string;
  readonly lane: LaneName;
  /** What was typed, in bytes. */
  readonly typed: number;
  /** As it was sent. */
  readonly json: string;
  /** The bytes of its JSON, as it left and as it came back: by them its weights are known. */
  readonly jsonSaid: number;
  jsonHeard: number;
  readonly sentMs: number;
  /** Until the request that took it was answered; null while it is not. */
  answeredMs: number | null;
  /** Until it was back here; null while it is not. */
  backMs: number | null;
  /** Null until the relay has weighed it, and where it has weighed another message since. */
  said: Weight | null;
  heard: Weight | null;
}

export function createOwnMessages() {
  const underway = new Map<string, OwnMessage>();
  const newest = new Map<LaneName, OwnMessage>();
  const times = new Map<LaneName, number[]>();
  let keys = 0;
  return {
    /** Of each lane the newest one that came back. */
    newest,
    /** Milliseconds until own messages were back, by lane. */
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
    /** It could not be said. */
    drop: (message: OwnMessage) => void underway.delete(message.key),
    /** A message came: the lane of it, where it is an own one. */
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
     * The site tells weights of every message. One whose JSON is not this page's message belongs to another page, and is
     * dropped. What came down may be longer, because one answer can bring several messages.
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
