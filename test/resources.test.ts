import { expect, test } from 'vitest';
import { watchResources } from '../src/base/resources.ts';
import { standStill } from './support/stand-still.ts';

test('a stall at either end of a window is seen, before any timer came; a reset forgets it', () => {
  using watch = watchResources();
  standStill(300);
  const { loopDelayMaxMs, loopDelayP99Ms, cpuMs } = watch.read();
  // The first 10 ms of it are what a timer waits anyway.
  expect(loopDelayMaxMs).toBeGreaterThan(289);
  expect(loopDelayP99Ms).toBe(loopDelayMaxMs);
  expect(cpuMs).toBeGreaterThan(0);
  watch.reset();
  expect(watch.read().loopDelayMaxMs).toBeLessThan(loopDelayMaxMs);
});
