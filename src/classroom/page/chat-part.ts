/**
 * This page's part in the chat: one lane of the chosen transport, what has been heard, and what the own messages cost:
 * the time until they were back here, and the bytes that the relay counted for them.
 */

import type { LaneState, PageLane } from '../../transports/lane.page.ts';
import type { Control } from './control-socket.ts';
import { type Heard, type LaneName, limits, type Refused, type Weight } from './control-talk.ts';
import { lanes } from './lanes.ts';

/** What an own message cost. */
export interface ChatCost {
  readonly key: string;
  readonly lane: LaneName;
  /** What was typed, in bytes. */
  readonly typed: number;
  /** Until it was back here. */
  readonly ms: number;
  /** Until the request that took it was answered; null while it is not. */
  answeredMs: number | null;
  /** Null until the relay has weighed it, and where it has weighed another message since. */
  said: Weight | null;
  heard: Weight | null;
}

/** An own message on its way. */
interface Underway {
  readonly lane: LaneName;
  readonly sentMs: number;
  readonly typed: number;
  /** Of the JSON that was sent. */
  readonly bytes: number;
  answeredMs: number | null;
}

export interface Chat {
  lane(): LaneName;
  choose(lane: LaneName): void;
  /** False where the lane is down. */
  say(name: string, text: string): Promise<boolean>;
  messages(): readonly Heard[];
  /** Of each lane the newest own message that came back. */
  costs(): ReadonlyMap<LaneName, ChatCost>;
  /** Milliseconds until own messages were back, by lane. */
  times(): ReadonlyMap<LaneName, readonly number[]>;
  state(): LaneState;
  /** What became of the own message before, where nothing good did: until the next one is said. */
  problem(): Refused['refused'] | 'failed' | null;
  onChange(listener: () => void): void;
}

/** Polling asks often here: somebody waits for an answer. */
const pollIntervalMs = 1000;

export function openChat(control: Control): Chat {
  const underway = new Map<string, Underway>();
  const costs = new Map<LaneName, ChatCost>();
  /** Bytes of JSON of the newest own message, as sent and as it came back: by them its weights are known. */
  const jsons = new Map<LaneName, { readonly said: number; readonly heard: number }>();
  const times = new Map<LaneName, number[]>();
  const listeners: (() => void)[] = [];
  let messages: Heard[] = [];
  let chosen: LaneName = 'ws';
  let open: PageLane | null = null;
  let state: LaneState = 'closed';
  let problem: Refused['refused'] | 'failed' | null = null;
  /** As whom the lane was entered. */
  let entered: string | null = null;
  let keys = 0;
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const mine = (key: string, heard: string) => {
    const sent = underway.get(key);
    if (!sent) return;
    underway.delete(key);
    const { lane, typed, sentMs, answeredMs } = sent;
    const ms = performance.now() - sentMs;
    costs.set(lane, { key, lane, typed, ms, answeredMs, said: null, heard: null });
    jsons.set(lane, { said: sent.bytes, heard: bytesOf(heard) });
    times.set(lane, [...(times.get(lane) ?? []), ms]);
    control.send({ type: 'weight', lane });
  };
  const hear = (text: string) => {
    const heard = JSON.parse(text) as Heard | Refused;
    if ('refused' in heard) problem = heard.refused;
    // A mailbox may bring again what the history had.
    if (!('refused' in heard) && !messages.some(({ id }) => id === heard.id)) {
      messages = [...messages, heard].slice(-limits.history);
      mine(heard.key, text);
    }
    changed();
  };
  const enter = () => {
    const client = control.welcome()?.client;
    open?.close();
    if (client === undefined) return;
    entered = client;
    state = 'connecting';
    const onState = (next: LaneState) => {
      state = next;
      changed();
    };
    open = lanes[chosen]({ base: `/chat/${chosen}`, client, pollIntervalMs, onMessage: hear, onState });
  };
  control.on('welcome', ({ client, history }) => {
    if (messages.length === 0) messages = [...history];
    // The same page again: its lane comes back by itself, with whatever it still has to say.
    if (client !== entered) enter();
    changed();
  });
  control.on('weight', ({ lane, said, heard }) => {
    const [cost, json] = [costs.get(lane), jsons.get(lane)];
    // Whoever else spoke meanwhile has been weighed instead. An answer may hold others' messages as well.
    if (cost && json) {
      cost.said = said?.json === json.said ? said : null;
      cost.heard = heard && heard.json >= json.heard ? heard : null;
    }
    changed();
  });
  return {
    lane: () => chosen,
    choose(lane) {
      chosen = lane;
      enter();
      changed();
    },
    async say(name, text) {
      const key = `${keys++}-${crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36)}`.slice(
        0,
        limits.key,
      );
      const said = JSON.stringify({ name, text, key });
      const sent: Underway = {
        ...{ lane: chosen, sentMs: performance.now(), answeredMs: null },
        ...{ typed: bytesOf(text), bytes: bytesOf(said) },
      };
      underway.set(key, sent);
      problem = null;
      try {
        await open?.say(said);
      } catch {
        underway.delete(key);
        problem = 'failed';
        changed();
        return false;
      }
      sent.answeredMs = performance.now() - sent.sentMs;
      const cost = costs.get(sent.lane);
      if (cost?.key === key) {
        cost.answeredMs = sent.answeredMs;
        changed();
      }
      return true;
    },
    messages: () => messages,
    costs: () => costs,
    times: () => times,
    state: () => state,
    problem: () => problem,
    onChange: (listener) => void listeners.push(listener),
  };
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
