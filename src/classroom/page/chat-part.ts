/** This page's part in the chat: one lane of the chosen transport, and what has been heard. */

import type { LaneState, PageLane } from '../../transports/lane.page.ts';
import { lanes } from '../../transports/lanes.page.ts';
import type { Control } from './control-socket.ts';
import { type Heard, type LaneName, limits, type Refused } from './control-talk.ts';
import { createOwnMessages, type OwnMessage } from './own-messages.ts';

export interface Chat {
  lane(): LaneName;
  choose(lane: LaneName): void;
  /** Resolves with false if the lane is down. */
  say(name: string, text: string): Promise<boolean>;
  messages(): readonly Heard[];
  readonly costs: ReadonlyMap<LaneName, OwnMessage>;
  readonly times: ReadonlyMap<LaneName, readonly number[]>;
  state(): LaneState;
  /** Why the last own message failed, until the next one is sent; null if it did not. */
  problem(): Refused['refused'] | 'failed' | null;
  onChange(listener: () => void): void;
}

/** Polling asks once a second in the chat, so that people soon see what they have written. */
const pollIntervalMs = 1000;

export function openChat(control: Control): Chat {
  const own = createOwnMessages();
  const lane = openLaneOfChat(hear, () => changed());
  let changed = () => {};
  let messages: Heard[] = [];
  let problem: ReturnType<Chat['problem']> = null;
  /** The client name under which the lane was opened. */
  let entered: string | null = null;
  function hear(json: string) {
    const heard = JSON.parse(json) as Heard | Refused;
    if ('refused' in heard) problem = heard.refused;
    // A mailbox may deliver messages that the history already had.
    else if (!messages.some(({ id }) => id === heard.id)) {
      messages = [...messages, heard].slice(-limits.history);
      const back = own.cameBack(heard.key, json);
      if (back) control.send({ type: 'weight', lane: back });
    }
    changed();
  }
  control.on('welcome', ({ client, history }) => {
    if (messages.length === 0) messages = [...history];
    // The same client again: its lane reconnects by itself, with the messages that it still has to send.
    if (client !== entered) lane.enter(lane.name(), client);
    entered = client;
    changed();
  });
  control.on('weight', (weight) => {
    own.weigh(weight);
    changed();
  });
  return {
    lane: lane.name,
    choose(next) {
      lane.enter(next, control.welcome()?.client);
      changed();
    },
    async say(name, text) {
      const message = own.begin(lane.name(), name, text);
      problem = null;
      try {
        await lane.say(message.json);
        message.answeredMs = performance.now() - message.sentMs;
      } catch {
        own.drop(message);
        problem = 'failed';
      }
      changed();
      return message.answeredMs !== null;
    },
    messages: () => messages,
    costs: own.newest,
    times: own.times,
    state: lane.state,
    problem: () => problem,
    onChange(listener) {
      changed = listener;
    },
  };
}

/** The one lane that is open, and its state. */
function openLaneOfChat(onMessage: (json: string) => void, changed: () => void) {
  let name: LaneName = 'ws';
  let state: LaneState = 'closed';
  let open: PageLane | null = null;
  const onState = (next: LaneState) => {
    state = next;
    changed();
  };
  return {
    name: () => name,
    state: () => state,
    /** Closes the lane before. Opens none before the site has given this page a client name. */
    enter(next: LaneName, client: string | undefined) {
      name = next;
      open?.close();
      if (client === undefined) return;
      state = 'connecting';
      open = lanes[name]({ base: `/chat/${name}`, client, pollIntervalMs, onMessage, onState });
    },
    say: async (json: string) => open?.say(json),
  };
}
