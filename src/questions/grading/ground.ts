/**
 * Where one sentence is checked: the way to the server, how long to wait for it, and everything that was opened on the
 * way, so that no check leaves a client behind.
 */
import type { LibraryOf } from '../../base/libraries.ts';

export interface Ground {
  /** Of the relay in front of the server. */
  readonly host: string;
  readonly port: number;
  /** Where a WebSocket is asked for. */
  readonly socketPath: string;
  /** So long an answer is waited for. */
  readonly patienceMs: number;
  readonly library: LibraryOf;
  /** Called when the check is over, whatever came of it. */
  readonly atEnd: (close: () => void) => void;
}

/** For so long nothing may come, where nothing is to come: what a second copy of a message would take, many times over. */
export const silenceMs = 150;

export const usualPatienceMs = 2000;

/** Where our own timers are late by a quarter of that, what did not come in time proves nothing. */
export const doubtfulMs = usualPatienceMs / 4;
