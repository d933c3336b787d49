/** When a client that vanished is missed, by the figures of the specifications. */
import { expect, test } from 'vitest';
import {
  givenUpAfterMs,
  keepAliveFoundAfterMs,
  pingMissedAfterMs,
  silenceFoundAfterMs,
} from '../../src/laws/vanished.ts';

test('the system gives up after 924.6 s, as tcp_retries2 of ip-sysctl has it, or after 6.2 s with four repetitions', () => {
  expect(givenUpAfterMs(15)).toBe(924_600);
  expect(givenUpAfterMs(4)).toBe(6200);
  expect(givenUpAfterMs(0)).toBe(200);
});

test('a question that has to be answered in time: by its interval and its time-out', () => {
  // Socket.IO's defaults: 25 s and 20 s.
  expect(pingMissedAfterMs({ intervalMs: 25_000, timeoutMs: 20_000 })).toEqual([20_000, 45_000]);
  expect(silenceFoundAfterMs(30_000)).toEqual([30_000, 60_000]);
  expect(keepAliveFoundAfterMs(1000)).toBe(11_000);
});
