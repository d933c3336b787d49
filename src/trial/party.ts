/**
 * The clients of a trial: simulated in this process, or pages of a browser. A trial moves a party through its phases,
 * counts the bytes of its connections and watches its process; how it sends is up to the party and its transport.
 */
import type { Meter, Resources } from '../base/resources.ts';
import type { Connection, PollCount } from '../transports/transport.ts';
import type { Phase } from '../wire/span.ts';

/** A TCP connection that was established, with the counts of the client's end. */
export interface PartyConnection {
  /** Whose it is: clients are numbered from 0. */
  readonly client: number;
  /** Its number on the tape. */
  readonly connection: number;
  /** The phase in which it was established. */
  readonly phase: Phase;
  readonly bytesWritten: number;
  readonly bytesRead: number;
}

/** A client entering a phase: when no exchange of its own was half-way, and how often it had polled until then. */
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
   * Moves each client into a phase, at a moment when no exchange of its own is half-way. A client that is not quiet in
   * time, or is interrupted, is moved as it is.
   */
  enter(phase: Phase): Promise<readonly Crossing[]>;
  readonly resources: Meter<Resources>;
  /** Whose resources those are: the clients' process, or the relay before pages, whose browser cannot be measured. */
  readonly spentBy: 'clients' | 'relay';
}
