/**
 * Polling at fixed times, whatever the responses say. The first time is random within the interval, or all pages would
 * poll at once; a poll that is due while another is still under way is skipped.
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
  /** Index of the next poll in the schedule. */
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
        // Timers drop fractions of a millisecond, and one that is set again for the rest takes 4 ms.
        if (performance.now() >= dueMs(next)) {
          void ask();
          // In a hidden tab timers fire once a second or less often: polls due meanwhile are skipped.
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
    // Opens the mailbox: from now on the site keeps messages that this page has not read.
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
