/**
 * What a way through the relay takes on this machine, as its peers feel it. The relay times itself from reading a chunk to
 * handing it on; what the kernel takes to wake it and to pass its bytes on is not seen from inside. So two processes that
 * stand for peers send each other echoes, by turns straight and through a relay of this process: half of what that adds is a
 * way through, and what the relay itself has timed of it is taken off.
 */
import { startChild } from '../base/child/parent.ts';
import type { Clock } from '../base/clock.ts';
import type { Inspection } from '../document/inspection.ts';
import { loopback } from '../network/link.ts';
import { startRelay } from '../network/relay.ts';
import { watchDelay } from './delay.ts';
import type { HopCommand } from './hop-host.ts';

/** A fifth of a second on a machine that is not busy. */
const turns = 20;
const each = 30;
const withinMs = 5000;

export type HopCost = NonNullable<NonNullable<Inspection['delay']>['hop']>;

/**
 * Null where the machine was too busy to tell anything. Rejects where the processes cannot be started, or do not answer in
 * some seconds.
 */
export async function weighHop(clock: Clock): Promise<HopCost | null> {
  await using asking = startChild<HopCommand>('asking', 'inspection/hop-host.js');
  await using echoing = startChild<HopCommand>('echoing', 'inspection/hop-host.js');
  const straight = Number(await echoing.ask({ type: 'echo' }, withinMs));
  const delay = watchDelay(clock);
  const target = { targetHost: '127.0.0.1', targetPort: straight };
  await using relay = await startRelay({ ...target, link: loopback, seed: 0 }, clock, () => {
    const { entered, left, waits } = delay.connection();
    return { entered: (direction) => entered(direction, clock.now()), left, waits, closed: () => {} };
  });
  const ports = [straight, relay.port];
  const [straightNs = Number.NaN, throughNs = Number.NaN] = (await asking.ask(
    { type: 'ask', ports, turns, each },
    withinMs,
  )) as number[];
  const addedNs = (throughNs - straightNs) / 2;
  const kernelNs = addedNs - (delay.read().p50Ns ?? Number.NaN);
  return kernelNs > 0 ? { echoes: turns * each, addedNs, kernelNs } : null;
}
