/**
 * What one pass through the relay takes on this machine, as its peers feel it. The relay times itself from reading a
 * chunk to handing it on; the kernel's time to wake it and to pass its bytes on cannot be seen from inside. So two
 * processes that stand for peers send each other echoes, by turns straight and through a relay of this process: half
 * of what that adds is one pass, and what the relay itself has timed of it is subtracted.
 */
import { startChild } from '../base/child/parent.ts';
import type { Clock } from '../base/clock.ts';
import type { Inspection } from '../document/inspection.ts';
import { loopback } from '../network/link.ts';
import { startRelay } from '../network/relay.ts';
import { watchDelay } from './delay.ts';
import type { HopCommand } from './hop-host.ts';

/** Echoes before the measurement: with fewer, half-compiled code would be timed. */
const warmup = 1500;
/** Sparse echoes, because a machine that sleeps between two messages takes longer to wake. About a second in all. */
const pace = { turns: 10, each: 12, pauseMs: 2 };
/** Chunks that come more often find all processes awake: these echoes would show twice the delay that is felt. */
const seldomFromMs = 0.5;
const withinMs = 10_000;

export type HopCost = NonNullable<NonNullable<Inspection['delay']>['hop']>;

/**
 * Null if chunks came too often, or if the machine was too busy for a result. Rejects if the processes cannot be
 * started, or do not answer within `withinMs`.
 *
 * @param everyMs mean time between two chunks of the inspection.
 */
export async function weighHop(clock: Clock, everyMs: number): Promise<HopCost | null> {
  if (everyMs < seldomFromMs) return null;
  await using asking = startChild<HopCommand>('asking', 'inspection/hop-host.js');
  await using echoing = startChild<HopCommand>('echoing', 'inspection/hop-host.js');
  const straight = Number(await echoing.ask({ type: 'echo' }, withinMs));
  let delay = watchDelay(clock);
  let passage = delay.connection();
  const target = { targetHost: '127.0.0.1', targetPort: straight };
  await using relay = await startRelay({ ...target, link: loopback, seed: 0 }, clock, () => ({
    entered: (direction) => passage.entered(direction, clock.now()),
    left: (direction) => passage.left(direction),
    closed: () => {},
  }));
  await asking.ask({ type: 'connect', ports: [straight, relay.port], warmup }, withinMs);
  delay = watchDelay(clock);
  passage = delay.connection();
  const [straightNs = Number.NaN, throughNs = Number.NaN] = (await asking.ask(
    { type: 'ask', ...pace },
    withinMs,
  )) as number[];
  const addedNs = (throughNs - straightNs) / 2;
  const kernelNs = addedNs - (delay.read().p50Ns ?? Number.NaN);
  return kernelNs > 0 ? { echoes: pace.turns * pace.each, addedNs, kernelNs } : null;
}
