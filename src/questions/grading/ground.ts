/**
 * Where one sentence is checked: the way to the server, how long to wait for it, and everything that was opened
 * meanwhile, so that no check leaves a client behind.
 */
import type { LibraryOf } from '../../base/libraries.ts';

export interface Ground {
  /** Address of the relay in front of the server. */
  readonly host: string;
  readonly port: number;
  /** The path of the WebSocket. */
  readonly socketPath: string;
  /** How long to wait for an answer. */
  readonly patienceMs: number;
  readonly library: LibraryOf;
  /** Called when the check is over, whatever its result. */
  readonly atEnd: (close: () => void) => void;
}

/** How long to watch that nothing arrives: many times longer than a second copy of a message would take. */
export const silenceMs = 150;

export const usualPatienceMs = 2000;

/** If our own timers are late by a quarter of the patience, a missing answer proves nothing. */
export const doubtfulMs = usualPatienceMs / 4;
