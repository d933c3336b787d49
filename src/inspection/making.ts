/** When events were made, if they carry that time in milliseconds, and how far apart events of one burst were made. */
import type { SaidMessage } from './said.ts';

/** @param togetherNs events that come within this time are one burst. */
export function watchMaking(togetherNs: number) {
  let bursts = 0;
  let apartMs = 0;
  let last = { madeMs: 0, atNs: 0 };
  /** When the burst that was counted last came. */
  let countedNs = 0;
  return {
    /** @param counts whether to compare it with the event before: events of the first burst may be of any age. */
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
    /** Bursts with at least two such times, and how far apart, on average, the first and last of a burst were made. */
    read: () => ({ bursts, apartMs: bursts === 0 ? 0 : apartMs / bursts }),
  };
}

const time =
  /(?<!\d)(?:(?<ms>1\d{12}(?:\.\d+)?)|(?<seconds>1\d{9}\.\d{2,})|(?<date>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+))(?!\d)/;

/** The first time in a text, in ms since 1970; read as such or from ISO 8601. Null without one, or in whole seconds. */
function madeAtMs(text: string): number | null {
  const { ms, seconds, date } = time.exec(text)?.groups ?? {};
  if (ms) return Number(ms);
  if (seconds) return 1000 * Number(seconds);
  const at = date ? Date.parse(`${date}Z`) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
