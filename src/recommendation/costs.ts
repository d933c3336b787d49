/**
 * What each transport would cost an application, per hour: bytes and requests from the laws, with the weight of HTTP
 * heads and handshakes as they were measured. Pure: no socket is opened here.
 */
import { models } from './models.ts';

/** What an application needs; one client of it. */
export interface Need {
  /** Messages per second and client, in each direction that is used. */
  readonly rate: number;
  readonly direction: 'up' | 'down' | 'both';
  readonly size: number;
  readonly binary: boolean;
  readonly rttMs: number;
  readonly pollIntervalMs: number;
  /** How old an event may be when it arrives, how late a message may be. */
  readonly withinMs: number;
  /** Whether what lies between lets upgrades pass. */
  readonly upgrades: boolean;
}

/** Bytes read off the wire, payload and framing taken away. */
export interface UnitCosts {
  /** One POST with its answer: to a server that keeps a mailbox or a stream, and to one that answers at once. */
  readonly post: number;
  readonly postAndAnswer: number;
  readonly emptyPoll: number;
  readonly fullPoll: number;
  /** Socket.IO over polling. */
  readonly socketIoPost: number;
  readonly socketIoPoll: number;
  /** Until the first message can flow, by transport. */
  readonly setup: Readonly<Record<string, number>>;
}

export interface Cost {
  readonly transport: string;
  readonly bytesPerHour: number;
  readonly requestsPerHour: number;
  readonly connections: number;
  /** Mean age of an event on arrival, mean delay of a message up; null where that direction is not used. */
  readonly ageMs: number | null;
  readonly delayMs: number | null;
  readonly setupBytes: number;
  /** The laws it follows from. */
  readonly laws: readonly string[];
}

/** Every transport that can do it, in no particular order of merit. */
export const costsOf = (need: Need, units: UnitCosts): Cost[] =>
  models
    .filter(({ fits }) => fits(need))
    .map(({ name, model }) => ({
      transport: name,
      setupBytes: units.setup[name] ?? 0,
      ...model(need, units),
    }));
