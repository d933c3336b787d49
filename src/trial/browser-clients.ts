/**
 * The clients of a trial as pages of a browser: each has its own window and its own origin, so that none waits for the
 * connections of another. The page's lane speaks the transport; the lab tells it ahead of time what to send and when,
 * and it reports what it received and when. Bytes are counted at its door, a relay before the page.
 */
import type { Clock } from '../base/clock.ts';
import type { Browser } from '../browsers/browser.ts';
import { createRecording, type DoorRecording } from '../browsers/door.ts';
import type { Hello, OpenLaneAsked, PageHappening, PageWaited, Rested } from '../browsers/page-talk.ts';
import { type PageTimes, readPageTimes } from '../browsers/page-times.ts';
import type { Seat } from '../browsers/seats.ts';
import { contentTypes } from '../protocols/contract.ts';
import { isHttp2, isSealed } from '../protocols/over.ts';
import type { KeyLog } from '../protocols/tls/key-log.ts';
import type { Tape } from '../tap/tape.ts';
import type { Address } from '../target/target.ts';
import type { Connection, ConnectOptions } from '../transports/transport.ts';
import type { Client } from './clients.ts';
import type { TrialPlan } from './plan.ts';
import { laneOf, type SpokenPlan } from './spoken-by-pages.ts';

/** Facts about a page of a trial. */
export interface PageFacts {
  readonly hello: Hello;
  readonly errorNs: number;
  readonly delays: readonly number[];
  /** How late its timers fired in the measured phase. */
  readonly waited: PageWaited;
}

export interface PageClients {
  readonly clients: readonly Client[];
  facts(): readonly PageFacts[];
  /** How far any page's clock may be off, at most. */
  errorNs(): number;
  /** Reads the TLS secrets of the browser, and gives the pages back. */
  close(): Promise<void>;
}

/** How long before its due time a message is handed over: a busy page reads the control connection within this time. */
const leadNs = 40e6;

interface Surroundings {
  readonly clock: Clock;
  readonly tape: Tape;
  readonly keyLog: Pick<KeyLog, 'add'>;
  /** Aborted, with the reason, if a page ends unexpectedly. */
  readonly gone: AbortController;
}

/** A client and its page. */
interface Speaking {
  readonly seat: Seat;
  readonly recording: DoorRecording;
  readonly times: PageTimes;
  readonly options: ConnectOptions;
  /** The page's last answer to `quiet`. */
  rested: Rested | null;
  /** Its lane is closed, so the page may open another. */
  hasLeft: boolean;
}

export function createPageClients(
  browser: Browser,
  plan: TrialPlan,
  target: Address,
  { clock, tape, keyLog, gone }: Surroundings,
): PageClients {
  const speaking: Speaking[] = [];
  const sealed = isSealed(plan.over);
  let connections = 0;
  const parts = { clock, tape, nextConnection: () => connections++, isSealed: sealed };
  const clients = Array.from({ length: plan.load.clients }, (): Client => {
    const recording = createRecording(parts);
    return {
      dialer: recording.dialer,
      connection: null,
      async connect(options) {
        const seat = await browser.seats.take(sealed);
        const { page, door } = seat;
        const ask = async () => (await page.ask({ type: 'clock' })) as number;
        const times = await readPageTimes(clock, ask, page.hello.stepMs);
        page.gone.addEventListener('abort', () => gone.abort(page.gone.reason), { once: true });
        const one: Speaking = { seat, recording, times, options, rested: null, hasLeft: false };
        speaking.push(one);
        door.leadTo(target, recording);
        return speak(one, plan);
      },
    };
  });
  return {
    clients,
    facts: () =>
      speaking.map(({ seat, times: { errorNs }, recording: { delays }, rested }) => ({
        hello: seat.page.hello,
        errorNs,
        delays,
        waited: rested?.waited ?? { p99Ms: 0, maxMs: 0 },
      })),
    errorNs: () => Math.max(0, ...speaking.map(({ times }) => times.errorNs)),
    async close() {
      if (sealed) keyLog.add(browser.secrets());
      await Promise.all(
        speaking.map(({ seat, hasLeft }) => browser.seats.giveBack(seat, hasLeft && !sealed)),
      );
    },
  };
}

/** Lanes whose server needs the client's name in each request. */
export const asksItsName: ReadonlySet<string> = new Set(['polling', 'long-polling', 'sse']);

function askedOf(plan: SpokenPlan, { client, pollIntervalMs }: ConnectOptions): OpenLaneAsked {
  const lane = laneOf(plan);
  if (lane === null) throw new Error(`no page speaks ${plan.transport.name}`);
  return {
    lane,
    pollIntervalMs,
    contentType: contentTypes.text,
    client: asksItsName.has(lane) ? client : '',
    asksFirst: lane === 'ws' && isHttp2(plan.over),
  };
}

/** Numbers messages for the whole process, because a page may take part in several trials. */
let messages = 0;

async function speak(one: Speaking, plan: SpokenPlan): Promise<Connection> {
  const { seat, recording, times, options } = one;
  const { page } = seat;
  const saying = new Map<number, Said>();
  page.onHappened = (happenings) => {
    for (const happening of happenings) hear(one, plan, saying, happening);
  };
  const { tookMs } = (await page.ask({ type: 'open', ...askedOf(plan, options) })) as { tookMs: number };
  // In the next turn, so that the first poll counts as part of the conversation and not of its set-up.
  setImmediate(() => page.tell({ type: 'go-on' }));
  return {
    ahead: {
      leadNs,
      readyNs: tookMs * 1e6,
      send: (data, dueNs, left) =>
        new Promise((resolve, reject) => {
          const number = ++messages;
          saying.set(number, { left, resolve, reject });
          page.tell({ type: 'say', number, text: String(data), dueMs: times.toPageMs(dueNs) });
        }),
    },
    send: () => Promise.reject(new Error('a page is told ahead of time')),
    async quiet() {
      const rested = (await page.ask({ type: 'quiet' })) as Rested;
      one.rested = rested;
      return times.toNs(rested.atMs);
    },
    polls: () => one.rested?.polls ?? null,
    get pollGrid() {
      const fromMs = one.rested?.pollsFromMs ?? null;
      if (fromMs === null) return null;
      return { originNs: times.toNs(fromMs), intervalNs: options.pollIntervalMs * 1e6 };
    },
    async close() {
      await page.ask({ type: 'close' });
      one.hasLeft = true;
      // Browsers keep connections for minutes after the last response.
      recording.reset();
    },
  };
}

interface Said {
  readonly left: (atNs: number) => void;
  resolve(): void;
  reject(error: Error): void;
}

/** The name in the report of a broken connection: the same as for Node's clients. */
const breaks: Readonly<Record<string, string>> = {
  polling: 'poll-failed',
  'long-polling': 'poll-failed',
  sse: 'stream-ended',
};

function hear(
  { times, options }: Speaking,
  plan: SpokenPlan,
  saying: Map<number, Said>,
  happening: PageHappening,
) {
  switch (happening.kind) {
    case 'heard': {
      const { head, bytes, atMs } = happening;
      return options.onMessage(head, { atNs: times.toNs(atMs), bytes });
    }
    case 'left':
      return saying.get(happening.number)?.left(times.toNs(happening.atMs));
    case 'broke':
      return options.onError(breaks[laneOf(plan) ?? ''] ?? 'closed');
    default: {
      const said = saying.get(happening.number);
      saying.delete(happening.number);
      if (happening.kind === 'taken') said?.resolve();
      else said?.reject(new Error('the page could not say it'));
    }
  }
}
