/**
 * What a server pays: processor time for a message that is pushed, memory for a connection that is open. Measured here, one
 * transport at a time; both are figures of this machine.
 */

import { measureAgain, spoiled } from '../../run/again.ts';
import { transportByName } from '../../transports/index.ts';
import { usualPlan } from '../../trial/knobs.ts';
import { expectedMs } from '../../trial/plan.ts';
import { idle } from '../../trial/scenarios/idle.ts';
import { push } from '../../trial/scenarios/push.ts';
import { type Conditions, inTheClear } from './unit-costs.ts';

export interface ServerCost {
  readonly transport: string;
  /** Null if the trial was not valid evidence. */
  readonly cpuNsPerMessage: number | null;
  readonly memoryBytesPerConnection: number | null;
}

/** Enough messages that a process's own housekeeping does not show. */
const pushLoad = { clients: 50, messages: 30, rate: 20, warmup: 10, pollIntervalMs: 100 };
const memoryLoad = { clients: 200, durationMs: 1 };

export async function measureServerCosts(
  names: readonly string[],
  { headers, heads, over, signal, onStage }: Conditions,
): Promise<ServerCost[]> {
  const measured: ServerCost[] = [];
  for (const [index, name] of names.entries()) {
    const transport = transportByName(name);
    if (!transport?.traits.push) continue;
    const common = { transport, headers, heads, signal, over: inTheClear(over) };
    const pushing = usualPlan({ ...common, scenario: push, load: pushLoad });
    const idling = usualPlan({ ...common, scenario: idle, load: memoryLoad });
    onStage({
      index,
      total: names.length,
      name,
      leftMs: (names.length - index) * (expectedMs(pushing) + expectedMs(idling)),
    });
    const { made: pushed } = await measureAgain(pushing, { spoils: spoiled.times });
    const { made: idled } = await measureAgain(idling, { spoils: spoiled.counts });
    signal.throwIfAborted();
    const { delivered } = pushed.delivery;
    const { server } = pushed.resources;
    const counts = pushed.verdict !== 'invalid' && delivered > 0 && server !== null;
    measured.push({
      transport: name,
      cpuNsPerMessage: counts ? (server.cpuMs * 1e6) / delivered : null,
      memoryBytesPerConnection: idled.verdict === 'invalid' ? null : (idled.memory?.serverBytes ?? null),
    });
  }
  return measured;
}
