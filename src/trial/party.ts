/**
 * Whoever speaks as a client: the simulated clients of this process, or the pages of a browser. A trial moves a party through its phases,
 * weighs its connections and watches its process; how it speaks is between the party and its transport.
 */
import type { Meter, Resources } from '../base/resources.ts';
import type { Connection, PollCount } from '../transports/transport.ts';
import type { Phase } from '../wire/span.ts';

/** A TCP connection that came to stand, as its own end of it knows it. */
export interface PartyConnection {
  /** Whose it is: clients are numbered from 0. */
  readonly client: number;
  /** Its number on the tape. */
  readonly connection: number;
  /** In which it came to stand. */
  readonly phase: Phase;
  readonly bytesWritten: number;
  readonly bytesRead: number;
}

/** A client on its way into a phase: when nothing of its own was half-way, and how often it had polled until then. */
export interface Crossing {
  readonly atNs: number;
  readonly polls: PollCount | null;
  readonly pollGrid: Connection['pollGrid'];
}

export interface Party {
  readonly clients: number;
  /** All of them so far, client by client. */
  connections(): readonly PartyConnection[];
  /**
   * Moves each client into a phase, at a moment when nothing of its own is half-way; one that does not come to rest in
   * time, or is interrupted, crosses as it is.
   */
  enter(phase: Phase): Promise<readonly Crossing[]>;
  readonly resources: Meter<Resources>;
  /** Whose those are: its own process's, or the relay's that sees its bytes, where nobody can tell of its own. */
  readonly spentBy: 'clients' | 'relay';
}
