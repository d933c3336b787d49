/** What a way through the relay costs its peers: weighed with real processes, its parts add up. */
import { expect, test } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import { weighHop } from '../../src/inspection/hop-cost.ts';

test('what peers feel is what the relay sees, and what the kernel takes besides', async () => {
  // A machine that is busy for a moment tells nothing.
  let hop = null;
  for (let attempt = 0; attempt < 5 && hop === null; attempt++) hop = await weighHop(realClock, 20);
  expect(hop?.echoes).toBe(120);
  expect(hop?.kernelNs).toBeGreaterThan(0);
  expect(hop?.addedNs).toBeGreaterThan(hop?.kernelNs ?? Number.NaN);
});

test('of chunks that came often nothing is said', async () => {
  expect(await weighHop(realClock, 0.1)).toBe(null);
});
