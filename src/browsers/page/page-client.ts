/**
 * One client in this page: a lane of a transport that says what it is told, when it is told, and reports what it hears.
 */
import type { LaneState, PageLane } from '../../transports/lane.page.ts';
import { lanes } from '../../transports/lanes.page.ts';
import type { Opened, OpenLaneAsked, Rested } from '../page-talk.ts';
import { watchDelay } from './page-delay.ts';
import type { Reports } from './page-reports.ts';

/** Longer than the part of a message that names its sender and number. */
const headCharacters = 16;
const encoder = new TextEncoder();

export interface PageClient {
  opened: Promise<Opened>;
  /** The lane may make its first poll after the one that connected it. */
  goOn(): void;
  say(number: number, text: string, dueMs: number): void;
  rest(): Promise<Rested>;
  close(): void;
}

export function openClient(asked: OpenLaneAsked, reports: Reports): PageClient {
  const opening = Promise.withResolvers<Opened>();
  const settling = Promise.withResolvers<void>();
  const going = Promise.withResolvers<void>();
  const pending = new Set<Promise<void>>();
  let lane: PageLane | null = null;
  let state: LaneState = 'connecting';
  let isClosed = false;
  const delay = watchDelay();
  const beganMs = performance.now();
  const become = (next: LaneState) => {
    if (next === 'open') void Promise.resolve(asked.lane === 'socket.io' && settling.promise).then(stands);
    // A lane reports "reconnecting" at each failed attempt; only the first is a break.
    else if (state === 'open' && !isClosed) reports.add({ kind: 'broke' });
    state = next;
  };
  const stands = () => opening.resolve({ tookMs: performance.now() - beganMs });
  const start = async () => {
    // The answer does not matter: the request only opens the connection.
    if (asked.asksFirst) await fetch('/', { cache: 'no-store' }).then((answer) => answer.arrayBuffer());
    lane = lanes[asked.lane]({
      base: '',
      client: asked.client,
      pollIntervalMs: asked.pollIntervalMs,
      contentType: asked.contentType,
      onState: become,
      onSettled: settling.resolve,
      mayGoOn: () => going.promise,
      onMessage(text) {
        if (isClosed) return;
        const atMs = performance.now();
        const bytes = encoder.encode(text).length;
        reports.add({ kind: 'heard', head: text.slice(0, headCharacters), bytes, atMs });
      },
    });
  };
  start().catch(opening.reject);
  return {
    opened: opening.promise,
    goOn: going.resolve,
    say: (number, text, dueMs) => whenDue(dueMs, () => void speak(lane, pending, reports, number, text)),
    rest: async () => ({ ...(await rested(lane, pending)), waited: delay.read() }),
    close() {
      isClosed = true;
      delay.stop();
      going.resolve();
      lane?.close();
    },
  };
}

/**
 * Nothing is said before it is due. Timers drop fractions of a millisecond, so a timer may fire early and would have to
 * be set again and again: from the fifth nested timer on, engines make each last 4 ms.
 */
function whenDue(dueMs: number, action: () => void) {
  const leftMs = dueMs - performance.now();
  if (leftMs <= 0) action();
  else setTimeout(() => whenDue(dueMs, action), Math.ceil(leftMs));
}

async function speak(
  lane: PageLane | null,
  pending: Set<Promise<void>>,
  reports: Reports,
  number: number,
  text: string,
) {
  reports.add({ kind: 'left', number, atMs: performance.now() });
  const saying = lane ? lane.say(text) : Promise.reject(new Error('no lane'));
  pending.add(saying);
  try {
    await saying;
    reports.add({ kind: 'taken', number });
  } catch {
    reports.add({ kind: 'lost', number });
  } finally {
    pending.delete(saying);
  }
}

async function rested(lane: PageLane | null, pending: ReadonlySet<Promise<void>>) {
  do {
    await Promise.allSettled(pending);
    await lane?.calm?.();
  } while (pending.size > 0);
  const polls = lane?.polls?.();
  return {
    atMs: performance.now(),
    polls: polls ? { ...polls } : null,
    pollsFromMs: lane?.pollsFromMs?.() ?? null,
  };
}
