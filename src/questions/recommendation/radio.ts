/**
 * How often a mobile radio is woken, and how long it stays up: it goes down when nothing was sent or received for a while,
 * its tail. Messages come by chance (Poisson), timers by their period. Pure.
 *
 * Balasubramanian 2009 (IMC) describes the tail; Huang 2012 (MobiSys) measured 11.576 s on LTE.
 */
import { keepAliveS } from './assumptions.ts';
import type { Need } from './need.ts';

/** What speaks without a message: a ping, a poll, or a held question whose time runs out since the last answer. */
export interface Timer {
  readonly periodS: number;
  /** Begins anew with each event. */
  readonly sinceEvents?: true;
}

const hour = 3600;

interface Radio {
  readonly wakeUpsPerHour: number;
  readonly secondsPerHour: number;
}

/** How often a timer comes, how often it finds silence of `tailS` before it, and which share of the time is such silence. */
function timed(timer: Timer | null, rate: number, tailS: number) {
  if (!timer) return { perSecond: 0, findsSilence: 0, silence: 1 };
  const { periodS, sinceEvents } = timer;
  if (!sinceEvents)
    return {
      perSecond: 1 / periodS,
      findsSilence: periodS > tailS ? 1 : 0,
      silence: Math.max(0, 1 - tailS / periodS),
    };
  // The next event or the timer, whichever is first; both begin anew.
  const meanUntil = (seconds: number) => (rate > 0 ? -Math.expm1(-rate * seconds) / rate : seconds);
  const meanS = meanUntil(periodS);
  return {
    perSecond: 1 / meanS,
    findsSilence: periodS > tailS ? Math.exp(-rate * tailS) : 0,
    silence: 1 - meanUntil(Math.min(tailS, periodS)) / meanS,
  };
}

export function radioOf(need: Need, reopenedPerHour: number, timer: Timer | null): Radio {
  const tailS = (need.radioTailMs ?? 0) / 1000;
  const [down, up] = [need.direction === 'up' ? 0 : need.rate, need.direction === 'down' ? 0 : need.rateUp];
  const { perSecond, findsSilence, silence } = timed(timer, down, tailS);
  const byChance = timer?.sinceEvents ? up : up + down;
  const closesWithin = reopenedPerHour > 0 && tailS >= keepAliveS;
  const silent = Math.exp(-byChance * (tailS + (closesWithin ? keepAliveS : 0)));
  const closings = closesWithin ? 0 : reopenedPerHour;
  return {
    wakeUpsPerHour: hour * silent * (perSecond * findsSilence + byChance * silence) + closings,
    secondsPerHour: Math.min(hour, hour * (1 - silence * silent) + closings * tailS),
  };
}
