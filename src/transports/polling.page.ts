/**
 * Polling: asks at fixed times, whatever the answers say. The first time is random within the interval, or all pages
 * would ask at once; a time that comes while a question is still out is skipped.
 */
import { paths } from '../protocols/endpoints.ts';
import { address, type OpenLane, post } from './lane.page.ts';
import { openMailbox } from './mailbox.page.ts';

export const openPolling: OpenLane = (options) => {
  const { base, client, pollIntervalMs } = options;
  const mailbox = openMailbox(options);
  const phase = (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
  const origin = performance.now() + phase * pollIntervalMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  const ask = async () => {
    if (asking) return;
    asking = true;
    await mailbox.ask();
    asking = false;
  };
  const schedule = () => {
    const turn = Math.max(0, Math.floor((performance.now() - origin) / pollIntervalMs) + 1);
    timer = setTimeout(
      () => {
        void ask();
        schedule();
      },
      origin + turn * pollIntervalMs - performance.now(),
    );
  };
  // Opens the mailbox: from now on the site keeps what this page has not read.
  void ask();
  schedule();
  return {
    say: (text) => post(address(base, paths.message, client), text),
    close() {
      clearTimeout(timer);
      mailbox.leave();
    },
  };
};
