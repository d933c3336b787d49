/**
 * The gate over a real browser: what its pages send for one message, to the byte. No timing decides: a page sends a
 * message after the last one has come back, polls are counted, and the server's date stands still.
 */
import { setTimeout as passed } from 'node:timers/promises';
import { realClock } from '../base/clock.ts';
import { version } from '../base/version.ts';
import type { Browser } from '../browsers/browser.ts';
import { createRecording } from '../browsers/door.ts';
import type { DrivenPage } from '../browsers/driven-page.ts';
import type { EngineName } from '../browsers/engine.ts';
import type { Rested, SpokenLane } from '../browsers/page-talk.ts';
import { spokenLanes } from '../browsers/page-talk.ts';
import type { StageWeight, TransportWeight, Weighing } from '../document/weighing.ts';
import { createLedger } from '../ledger/ledger.ts';
import { clientName, contentTypes, encodeMessage } from '../protocols/contract.ts';
import { conversationsOver } from '../protocols/detect.ts';
import { createKeyLog } from '../protocols/tls/key-log.ts';
import { behaviours } from '../servers/behaviours.ts';
import { serverOf } from '../servers/index.ts';
import { createTape } from '../tap/tape.ts';
import { serveHere } from '../target/here.ts';
import { asksItsName } from '../trial/browser-clients.ts';
import { readEnvironment } from '../trial/environment.ts';
import { namedPlan } from '../trial/named-plan.ts';
import { serverOptions } from '../trial/server-of.ts';
import type { Phase } from '../wire/span.ts';

/** A fixed date: with the real time, the same conversation would weigh a byte more or less each time. */
const steadyDate = 'Thu, 01 Jan 1970 00:00:00 GMT';
const messageBytes = 64;
const times = 3;
/** By then whatever follows a message by itself (the next poll of a long poll) has arrived. */
const settleMs = 100;
/** So long an interval that polling polls only once, when it connects. */
const neverMs = 3_600_000;
const pollMs = 100;
/** A set-up that races is repeated until it is the usual one: of eight tries in a row none may be, of forty hardly. */
const mostTries = 40;

interface Held {
  readonly page: DrivenPage;
  /** From now on bytes count for this phase. */
  enter(phase: Phase): void;
  /** Connects the lane, then lets it start polling. */
  open(): Promise<void>;
  /** Says something and waits for its echo; the lane `polling` waits only until the server has taken it. */
  echo(): Promise<void>;
}

interface Weighed {
  /** The cost of one unit of a phase that had so many. */
  of(phase: Phase, units: number): StageWeight;
}

/** One conversation between a page and a server of its own. */
async function converse(
  browser: Browser,
  lane: SpokenLane,
  pollIntervalMs: number,
  talk: (held: Held) => Promise<void>,
): Promise<Weighed> {
  const plan = namedPlan('echo', lane, {});
  const server = await serverOf(plan.transport.server);
  const options = { ...serverOptions(plan), date: steadyDate };
  await using target = await serveHere(server, behaviours.echo?.(realClock) ?? noBehaviour(), options);
  const ledger = createLedger(conversationsOver('http', 'http', 0, createKeyLog()));
  const tape = createTape(ledger.weigh);
  let connections = 0;
  const nextConnection = () => connections++;
  const recording = createRecording({ clock: realClock, tape, nextConnection, isSealed: false });
  const { dialer } = recording;
  const seat = await browser.seats.take(false);
  try {
    seat.door.leadTo(target.endpoint, recording);
    const enter = (phase: Phase) => void Object.assign(dialer, { phase });
    await talk(heldBy(seat.page, enter, { lane, pollIntervalMs }));
    await seat.page.ask({ type: 'close' });
  } finally {
    recording.reset();
    await browser.seats.giveBack(seat, true);
  }
  tape.drain();
  ledger.close();
  const dialled = (wanted: Phase) => dialer.dialled.filter(({ phase }) => phase === wanted).length;
  return { of: (phase, units) => weightOf(ledger, phase, units, dialled(phase)) };
}

const noBehaviour = () => {
  throw new Error('no echo');
};

function heldBy(
  page: DrivenPage,
  enter: Held['enter'],
  { lane, pollIntervalMs }: { readonly lane: SpokenLane; readonly pollIntervalMs: number },
): Held {
  let heard = 0;
  let said = 0;
  let onHeard = () => {};
  page.onHappened = (happenings) => {
    heard += happenings.filter(({ kind }) => kind === 'heard').length;
    onHeard();
  };
  const client = asksItsName.has(lane) ? clientName(0) : '';
  return {
    page,
    enter,
    async open() {
      const asked = { lane, client, pollIntervalMs, contentType: contentTypes.text, asksFirst: false };
      await page.ask({ type: 'open', ...asked });
      enter('warmup');
      page.tell({ type: 'go-on' });
    },
    async echo() {
      const text = String(encodeMessage({ client: 1, sequence: said }, messageBytes, false));
      page.tell({ type: 'say', number: ++said, text, dueMs: 0 });
      if (lane === 'polling') await page.ask({ type: 'quiet' });
      else
        while (heard < said)
          await new Promise<void>((resolve) => {
            onHeard = resolve;
          });
    },
  };
}

function weightOf(
  ledger: ReturnType<typeof createLedger>,
  wanted: Phase,
  units: number,
  dialled: number,
): StageWeight {
  const fields = ledger.fields().filter(({ phase }) => phase === wanted);
  const bytes = (way: string) =>
    fields.filter(({ direction }) => direction === way).reduce((sum, field) => sum + field.bytes, 0) / units;
  const requests = ledger
    .layers()
    .filter(({ layer, direction, phase }) => layer === 'http' && direction === 'up' && phase === wanted);
  return {
    units,
    up: bytes('up'),
    down: bytes('down'),
    requests: requests.reduce((sum, row) => sum + row.units, 0) / units,
    connections: dialled / units,
    fields: fields.map(({ layer, name, direction, count, bytes }) => ({
      layer,
      name,
      direction,
      count: count / units,
      bytes: bytes / units,
    })),
  };
}

/** Connecting, then messages: the first message opens what the lane opens late, and is not weighed. */
async function weighTalk(browser: Browser, lane: SpokenLane): Promise<TransportWeight['stages']> {
  const weighed = await converse(browser, lane, neverMs, async ({ open, echo, enter }) => {
    await open();
    await echo();
    await passed(settleMs);
    enter('steady');
    for (let time = 0; time < times; time++) {
      await echo();
      await passed(settleMs);
    }
    enter('teardown');
  });
  return { setup: [weighed.of('setup', 1)], message: [weighed.of('steady', times)] };
}

/** A poll that finds no news. */
async function weighPoll(browser: Browser, lane: SpokenLane): Promise<StageWeight> {
  let units = 0;
  const weighed = await converse(browser, lane, pollMs, async ({ page, open, enter }) => {
    await open();
    const made = async () => ((await page.ask({ type: 'quiet' })) as Rested).polls?.made ?? 0;
    const before = await made();
    enter('steady');
    await passed(pollMs * (times + 1));
    units = (await made()) - before;
    enter('teardown');
  });
  return weighed.of('steady', units);
}

/**
 * Two races change the set-up of Socket.IO: one may add a request; the other may save a connection, when the POST finds
 * the connection of the handshake free before the poll does.
 */
async function settled(browser: Browser, lane: SpokenLane): Promise<TransportWeight['stages']> {
  const { name } = browser.chosen;
  let kept = await weighTalk(browser, lane);
  for (let time = 1; lane === 'socket.io' && time < mostTries && strayed(kept, name) > 0; time++) {
    const stages = await weighTalk(browser, lane);
    if (strayed(stages, name) < strayed(kept, name)) kept = stages;
  }
  return kept;
}

/**
 * The handshake, the namespace there and back, and the upgrade; in all but Chromium also a poll that the upgrade ends.
 * A POST beside a poll takes a connection of its own.
 */
const usualSetup = (engine: EngineName) => ({ requests: engine === 'chromium' ? 4 : 5, connections: 3 });

/** How far a set-up is from the engine's usual one. */
function strayed({ setup: [weight] = [] }: TransportWeight['stages'], engine: EngineName): number {
  if (!weight) return Number.POSITIVE_INFINITY;
  const { requests, connections } = usualSetup(engine);
  return 2 * Math.abs(weight.requests - requests) + Math.abs(weight.connections - connections);
}

/** Lanes of a browser's pages, in clear text. @param onLane called before each lane. */
export async function weighPages(
  browser: Browser,
  onLane: (lane: string) => void,
  lanes: readonly SpokenLane[] = spokenLanes,
): Promise<Weighing> {
  const transports: TransportWeight[] = [];
  for (const lane of lanes) {
    onLane(lane);
    const stages = await settled(browser, lane);
    if (lane === 'polling') stages.poll = [await weighPoll(browser, lane)];
    transports.push({ transport: lane, stages });
  }
  const { node, dependencies } = readEnvironment([browser.chosen]);
  return {
    schemaVersion: 1,
    kind: 'weighing',
    tool: { name: 'rtcompare', version },
    environment: { node, dependencies },
    transports,
  };
}
