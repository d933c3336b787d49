/** When the link of a trial broke and was healed, and when each client received something again. */
import type { BreakableLink } from '../network/hop.ts';
import type { TurningAway } from '../network/turned-away.ts';

export interface Breakage {
  readonly brokenNs: number | null;
  readonly healedNs: number | null;
  /** By client. */
  readonly heardAgainNs: readonly (number | undefined)[];
  /** By client: when it first reconnected after the link had healed, and after how many attempts. */
  readonly backs: readonly (Back | undefined)[];
  /** How often a client connected while the link was broken, and was cut off again. */
  readonly inVain: number;
  /** Number of clients that will not reconnect by themselves. */
  readonly gone: number;
}

export interface Back {
  readonly atNs: number;
  readonly attempts: number;
}

export interface WatchedLink {
  readonly breakage: Breakage;
  cut(turning?: TurningAway): Promise<void>;
  stall(): Promise<void>;
  /** @param admissionMs what each new connection costs from now on. */
  heal(admissionMs?: number): Promise<void>;
  /** A client has received something. */
  heard(index: number, atNs: number): void;
  /** A client is connected again. */
  back(index: number, back: Back): void;
  /** A client has given up. */
  gaveUp(): void;
}

export function watchLink(link: BreakableLink): WatchedLink {
  const breakage = {
    brokenNs: null as number | null,
    healedNs: null as number | null,
    heardAgainNs: [] as (number | undefined)[],
    backs: [] as (Back | undefined)[],
    inVain: 0,
    gone: 0,
  };
  /** Clients that reconnected before the time of healing was known. */
  let early: { index: number; back: Back }[] = [];
  /** When each client received messages while `heal` was under way: the first after healing may be among them. */
  let heardMeanwhile: number[][] | null = null;
  return {
    breakage,
    async cut(turning) {
      breakage.brokenNs = await link.cut(turning);
    },
    async stall() {
      breakage.brokenNs = await link.stall();
    },
    async heal(admissionMs) {
      const meanwhile: number[][] = [];
      heardMeanwhile = meanwhile;
      const healedNs = await link.heal(admissionMs);
      heardMeanwhile = null;
      breakage.healedNs = healedNs;
      for (const { index, back } of early) {
        if (back.atNs < healedNs) breakage.inVain++;
        else breakage.backs[index] ??= back;
      }
      early = [];
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
      if (breakage.brokenNs === null) return;
      if (breakage.healedNs === null) early.push({ index, back });
      else breakage.backs[index] ??= back;
    },
    gaveUp() {
      if (breakage.brokenNs !== null) breakage.gone++;
    },
  };
}
