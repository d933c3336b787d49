/**
 * A server in the test's own process that answers as one in a child would: in a later turn of the event loop, so that
 * code that asks again and again lets other sockets be read meanwhile.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Trial } from '../../src/document/report.ts';
import type { Target } from '../../src/target/target.ts';
import { measure } from '../../src/trial/measure.ts';
import type { TrialPlan } from '../../src/trial/plan.ts';
import { serveHere } from './in-process.ts';

export async function serveNextDoor(plan: TrialPlan): Promise<Target> {
  const server = await serveHere(plan);
  return {
    ...server,
    stats: {
      ...server.stats!,
      async read() {
        await nextTurn();
        return server.stats!.read();
      },
    },
  };
}

export const measureNextDoor = async (plan: TrialPlan): Promise<Trial> =>
  measure(plan, await serveNextDoor(plan));
