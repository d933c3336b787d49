/** When events were made, where they say so to the millisecond, and how far apart those were made that came together. */
import type { SaidMessage } from './said.ts';

/** @param togetherNs what comes within so short a time came together. */
export function watchMaking(togetherNs: number) {
  let bursts = 0;
  let apartMs = 0;
  let last = { madeMs: 0, atNs: 0 };
  /** When the burst came that was counted last. */
  let countedNs = 0;
  return {
    /** @param counts whether it may count with the one before: what is told at the beginning was made at any time. */
    said({ beginning, atNs }: SaidMessage, counts: boolean) {
      const madeMs = madeAtMs(beginning());
      if (madeMs === null) return;
      if (counts && atNs - last.atNs <= togetherNs) {
        if (atNs - countedNs > togetherNs) bursts++;
        countedNs = atNs;
        apartMs += Math.abs(madeMs - last.madeMs);
      }
      last = { madeMs, atNs };
    },
    /** Bursts of which two events say it, and how far apart first and last of a burst were made, on the whole. */
    read: () => ({ bursts, apartMs: bursts === 0 ? 0 : apartMs / bursts }),
  };
}

const time =
  /(?<!\d)(?:(?<ms>1\d{12}(?:\.\d+)?)|(?<seconds>1\d{9}\.\d{2,})|(?<date>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+))(?!\d)/;

/** The first time in a text: since 1970, or as ISO 8601 writes it. Null where there is none, or one of whole seconds. */
function madeAtMs(text: string): number | null {
  const { ms, seconds, date } = time.exec(text)?.groups ?? {};
  if (ms) return Number(ms);
  if (seconds) return 1000 * Number(seconds);
  const at = date ? Date.parse(`${date}Z`) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
