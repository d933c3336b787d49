/**
 * Polling: asks at fixed times, whatever the answers say. The first time is random within the interval, or all pages
 * would ask at once; a time that comes while a question is still out is skipped.
 */
import { type OpenLane, poster } from './lane.page.ts';
import { openMailbox } from './mailbox.page.ts';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export const openPolling: OpenLane = (options) => {
  const { pollIntervalMs } = options;
  const mailbox = openMailbox(options);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let fromMs: number | null = null;
  /** The next poll is the so-manieth of the schedule. */
  let next = 0;
  const ask = async () => {
    if (asking) {
      mailbox.count.skipped++;
      return;
    }
    asking = true;
    await mailbox.ask();
    asking = false;
  };
  const dueMs = (turn: number) => (fromMs ?? 0) + turn * pollIntervalMs;
  const schedule = () => {
    timer = setTimeout(
      () => {
        // Timers leave out fractions of a millisecond, and one that is set again for the rest lasts 4 ms.
        if (performance.now() >= dueMs(next)) {
          void ask();
          // In a tab that nobody sees timers come once a second or less: what was due meanwhile is skipped.
          const latest = Math.max(next, Math.floor((performance.now() - dueMs(0)) / pollIntervalMs));
          mailbox.count.skipped += latest - next;
          next = latest + 1;
        }
        schedule();
      },
      Math.ceil(dueMs(next) - performance.now()),
    );
  };
  const begin = async () => {
    // Opens the mailbox: from now on the site keeps what this page has not read.
    await ask();
    await options.mayGoOn?.();
    if (mailbox.signal.aborted) return;
    const phase = (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
    fromMs = performance.now() + phase * pollIntervalMs;
    schedule();
  };
  void begin();
  return {
    say: poster(options),
    close() {
      clearTimeout(timer);
      mailbox.leave();
    },
    polls: () => mailbox.count,
    pollsFromMs: () => fromMs,
    async calm() {
      const marginMs = Math.min(10, pollIntervalMs / 4);
      for (;;) {
        const untilMs = dueMs(next) - performance.now();
        if (!asking && untilMs >= marginMs) return;
        await pause(asking ? 1 : Math.max(0, untilMs) + 1);
      }
    },
  };
};
