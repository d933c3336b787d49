/**
 * The same events once more, to as many bare clients: Node's own `http`, without tap, lab or library, through the same
 * running proxies from the same server, when the trial's clients have left. How a proxy changes the age of an event
 * depends on its version; so the expected age comes from these clients in the same run, not from a table.
 */
import { get, type IncomingMessage } from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { Arrivals } from '../base/schedule.ts';
import type { BareStream } from '../document/far-side.ts';
import { nearestRank } from '../laws/tolerance.ts';
import { realIn } from '../network/between.ts';
import type { Path } from '../network/hop.ts';
import { paths } from '../protocols/contract.ts';
import type { Target } from '../target/target.ts';
import type { TrialPlan } from './plan.ts';

/** This many events are enough; a long trial need not be repeated in full. */
const mostEvents = 60;
const mostClients = 100;
/** How long it waits for a head, and then for events that a proxy may still hold. */
const patienceMs = 1000;

/** Whether the trial has an event stream and a real proxy. */
const isAsked = (plan: TrialPlan, { forwards }: Path): boolean =>
  plan.transport.server === 'sse' &&
  plan.over === 'http' &&
  plan.scenario.behaviour === 'ticker' &&
  !plan.scenario.breaksLink &&
  plan.load.messages > 0 &&
  realIn(plan).length > 0 &&
  forwards === undefined;

/** Undefined if it does not apply; null if no event arrived. */
export async function bareStream(
  plan: TrialPlan,
  path: Path,
  { tick }: Pick<Target, 'tick'>,
  clock: Clock,
): Promise<BareStream | null | undefined> {
  if (!tick || !isAsked(plan, path) || plan.signal.aborted) return undefined;
  const { load, seed } = plan;
  const clients = Array.from({ length: Math.min(load.clients, mostClients) }, (_, index) =>
    opened(path, index),
  );
  const streams = (await Promise.all(clients)).filter((stream) => stream !== null);
  const heard = streams.map((stream) => listen(stream, clock));
  const messages = Math.min(load.messages, mostEvents);
  // The same seed and first number give the schedule of the steady phase.
  const due = await tick({
    rate: load.rate,
    arrivals: load.arrivals as Arrivals,
    messages,
    durationMs: load.durationMs,
    size: load.size,
    binary: load.payload === 'binary',
    seed,
    firstSequence: load.warmup,
  });
  await Promise.all(heard.map(({ until }) => until(due.length, patienceMs)));
  for (const stream of streams) stream.destroy();
  const ages = heard.flatMap(({ at }) => at.map((one, index) => one - (due[index] ?? one)));
  const p50 = nearestRank(
    ages.sort((a, b) => a - b),
    0.5,
  );
  const pieces = heard.reduce((sum, one) => sum + one.pieces(), 0);
  return p50 === null ? null : { events: ages.length, pieces, p50Ms: p50 / 1e6 };
}

const opened = ({ endpoint: { host, port } }: Path, index: number) =>
  new Promise<IncomingMessage | null>((resolve) => {
    const path = `${paths.events}?client=bare${index}`;
    const request = get({ host, port, path, agent: false }, (response) => {
      // A stream may be silent for any length of time.
      request.setTimeout(0);
      resolve(response);
    });
    request.on('error', () => resolve(null));
    request.setTimeout(patienceMs, () => request.destroy());
    request.setNoDelay(true);
  });

function listen(stream: IncomingMessage, clock: Clock) {
  const at: number[] = [];
  let pieces = 0;
  let isSameRead = false;
  let begun = '';
  let onEvent = () => {};
  stream.on('error', () => {});
  stream.on('data', (bytes: Buffer) => {
    const now = clock.now();
    const blocks = (begun + bytes.toString('latin1')).split('\n\n');
    begun = blocks.pop() ?? '';
    // Comments are not events.
    const events = blocks.filter((block) => /^data:/m.test(block)).length;
    for (let one = 0; one < events; one++) at.push(now);
    if (events > 0 && !isSameRead) {
      pieces++;
      isSameRead = true;
      // Node delivers the chunks of one read in one turn.
      setImmediate(() => {
        isSameRead = false;
      });
    }
    onEvent();
  });
  return {
    at,
    pieces: () => pieces,
    /** Resolves when `count` events have arrived, or after `ms`. */
    until: (count: number, ms: number) =>
      new Promise<void>((resolve) => {
        const late = setTimeout(resolve, ms);
        onEvent = () => {
          if (at.length < count) return;
          clearTimeout(late);
          resolve();
        };
        onEvent();
      }),
  };
}
