/**
 * What a scenario is: a question, and how to drive clients to answer it. It knows no transport and no server;
 * the lab gives it clients that speak, a server that may speak first, and the schedule.
 */

/** One simulated client. */
export interface Speaker {
  /** When its messages of this phase are due: absolute nanoseconds, in order. */
  readonly due: readonly number[];
  /**
   * Sends the next message, never before it is due. Resolves when the one after it may be sent: at once, or,
   * for messages too small to say who they are, when this one has been delivered.
   */
  speak(dueNs: number): Promise<void>;
}

export interface Lab {
  readonly speakers: readonly Speaker[];
  /** Lets the server speak on its own schedule, to everyone; resolves when it has said everything. */
  serverSpeaks(): Promise<void>;
  /** Resolves when every copy of every message has arrived or failed, or the message deadline has passed. */
  delivered(): Promise<void>;
}

export interface Scenario {
  readonly name: string;
  readonly question: { readonly en: string; readonly ko: string };
  /** What the server does: the name of a behaviour. */
  readonly behaviour: string;
  /** What its latencies are: from the client's due time to the echo, or the age of a server's event. */
  readonly latency: 'echo' | 'age';
  /** Whether only transports can take part whose server can speak first. */
  readonly needsPush: boolean;
  /** How many clients must receive each client's message. */
  readonly receivers: 'sender' | 'everyone';
  /** Runs one phase, warm-up and steady alike. */
  drive(lab: Lab): Promise<void>;
}
