/** How the link of a trial broke and was healed, and when each client heard something again. */
import type { BreakableLink } from '../network/hop.ts';

export interface Breakage {
  readonly brokenNs: number | null;
  readonly healedNs: number | null;
  /** By client. */
  readonly heardAgainNs: readonly (number | undefined)[];
  /** By client: when it was first back after the link broke, and with which attempt. */
  readonly backs: readonly (Back | undefined)[];
}

export interface Back {
  readonly atNs: number;
  readonly attempts: number;
}

export interface WatchedLink {
  readonly breakage: Breakage;
  cut(): Promise<void>;
  stall(): Promise<void>;
  heal(): Promise<void>;
  /** A client has heard something. */
  heard(index: number, atNs: number): void;
  /** A client is connected again. */
  back(index: number, back: Back): void;
}

export function watchLink(link: BreakableLink): WatchedLink {
  const breakage = {
    brokenNs: null as number | null,
    healedNs: null as number | null,
    heardAgainNs: [] as (number | undefined)[],
    backs: [] as (Back | undefined)[],
  };
  /** What each client heard between asking for the link to heal and learning when it did: the first may be among it. */
  let heardMeanwhile: number[][] | null = null;
  return {
    breakage,
    async cut() {
      breakage.brokenNs = await link.cut();
    },
    async stall() {
      breakage.brokenNs = await link.stall();
    },
    async heal() {
      const meanwhile: number[][] = [];
      heardMeanwhile = meanwhile;
      const healedNs = await link.heal();
      heardMeanwhile = null;
      breakage.healedNs = healedNs;
      meanwhile.forEach((times, index) => {
        breakage.heardAgainNs[index] = times.find((atNs) => atNs >= healedNs);
      });
    },
    heard(index, atNs) {
      if (heardMeanwhile) {
        heardMeanwhile[index] ??= [];
        heardMeanwhile[index].push(atNs);
      } else if (breakage.healedNs !== null) breakage.heardAgainNs[index] ??= atNs;
    },
    back(index, back) {
      if (breakage.brokenNs !== null) breakage.backs[index] ??= back;
    },
  };
}
