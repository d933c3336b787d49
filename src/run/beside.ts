/** Trials at the same time: for those that mostly wait, or of which only bytes and counts are used. */

import type { ServerProcess } from '../target/server-process.ts';
import type { TrialPlan } from '../trial/plan.ts';
import { startServer } from '../trial/server-of.ts';

/** Waits for all of them even when one fails: a trial that is left behind would keep its server. */
export async function together<Results extends readonly unknown[]>(
  runs: readonly [...{ [Index in keyof Results]: Promise<Results[Index]> }],
): Promise<Results> {
  await Promise.allSettled(runs);
  return (await Promise.all(runs)) as unknown as Results;
}

/** A server for each of them, all started before anything is measured. If one cannot start, the others are ended. */
export async function startServers(plans: readonly TrialPlan[]): Promise<ServerProcess[]> {
  const starting = plans.map((plan) => startServer(plan));
  try {
    return await together(starting);
  } catch (error) {
    for (const one of await Promise.allSettled(starting))
      if (one.status === 'fulfilled') await one.value[Symbol.asyncDispose]();
    throw error;
  }
}
