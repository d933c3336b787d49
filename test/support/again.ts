/**
 * Runs it until it is good, and so many times more at most: for what a machine that stands still for a moment can
 * spoil. The last outcome is the one that counts, whatever it is.
 */
export async function again<T>(run: () => Promise<T>, isGood: (outcome: T) => boolean, most = 3): Promise<T> {
  for (let left = most; ; left--) {
    const outcome = await run();
    if (left === 0 || isGood(outcome)) return outcome;
  }
}
