/** Trials side by side. */

/**
 * Waits for all of them even when one fails: a trial that is left behind would keep its server. Paced trials mostly
 * wait, so they may run side by side where milliseconds do not decide.
 */
export async function together<Results extends readonly unknown[]>(
  runs: readonly [...{ [Index in keyof Results]: Promise<Results[Index]> }],
): Promise<Results> {
  await Promise.allSettled(runs);
  return (await Promise.all(runs)) as unknown as Results;
}
