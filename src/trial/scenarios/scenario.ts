/**
 * What a scenario is: a question, and how to drive clients to answer it. It knows no transport and no server; the lab
 * gives it clients that send, a server that may send without a request, a link that may break, and the schedule.
 */
import type { Load } from '../../document/report.ts';
import type { Metric } from '../../metrics/metric.ts';
import type { TurningAway } from '../../network/turned-away.ts';
import type { AdapterName } from '../../servers/adapter.ts';
import type { Outgoing } from '../../servers/server.ts';
import type { PlacementOptions } from '../../target/cluster/placing.ts';
import type { SharedStore } from '../../target/cluster/shared-store.ts';
import type { Ability, ClusterMember } from '../../target/target.ts';
import type { TypedKnob } from '../knob.ts';
import type { Findings, Observed } from '../seen.ts';

/** One simulated client. */
export interface Speaker {
  /** When its messages of this phase are due: absolute nanoseconds, in order. */
  readonly due: readonly number[];
  /**
   * Sends the next message, never before it is due. Resolves when the one after it may be sent: at once, or, in
   * a closed loop and for messages too small for an identity, when this one has been delivered.
   */
  speak(dueNs: number): Promise<void>;
  /** Sends a message now; resolves when it has been delivered or has failed. */
  ask(): Promise<void>;
  /** Sends again as soon as it is answered, until this time (ns) or this many times; resolves when it is over. */
  askUntil(endNs: number, atMost: number): Promise<void>;
  /** Sends a question when it is due, and then resolves at once: the answer arrives in pieces. */
  question(dueNs: number): Promise<PieceByPiece>;
}

/** An answer that arrives piece by piece. */
export interface PieceByPiece {
  /** Resolves with true when this many pieces have arrived, with false when they will not. */
  heard(pieces: number): Promise<boolean>;
  /** The client cancels the answer in the way of its transport. */
  cancel(): Promise<void>;
  /** Every connection of this client is reset; new ones can be made at once. */
  cut(): void;
}

export interface Lab {
  /** When the phase began. */
  readonly startNs: number;
  readonly load: Load;
  readonly phase: 'warmup' | 'steady';
  readonly speakers: readonly Speaker[];
  /**
   * Lets the server send to all clients, on its own schedule; resolves when it has sent the messages of the phase, or
   * this many of them.
   */
  serverSpeaks(messages?: number): Promise<void>;
  /**
   * Resolves when every copy of every message has arrived or failed, or the message deadline has passed: the
   * run's own, or this many milliseconds.
   */
  delivered(withinMs?: number): Promise<void>;
  /**
   * From now on the server answers questions in pieces, at the phase's rate. Resolves with the
   * time (ns) from which clients may ask: a question due before would be late through no fault of its transport.
   */
  serverAnswers(): Promise<number>;
  /** Resolves when no answer is under way, and the pieces sent have arrived or this time has passed. */
  answered(withinMs: number): Promise<void>;
  /** How many pieces an answer has in this phase. */
  readonly pieces: number;
  /** Waits this long. */
  pass(ms: number): Promise<void>;
  /** The current time (ns). */
  now(): number;
  /** Keeps a value for `findings`, if this phase is measured. */
  found(name: string, value: number): void;
  /** The link between clients and server, for scenarios that break it. */
  readonly link: {
    /** Resets every connection, and turns new ones away until healed: by default refuses them. */
    cut(turning?: TurningAway): Promise<void>;
    /** Holds every byte until healed. */
    stall(): Promise<void>;
    /** @param admissionMs what each new connection costs from now on, one after the other. */
    heal(admissionMs?: number): Promise<void>;
  };
  /** This client stops reading; the messages it receives when it reads on are timed separately. */
  stopReading(index: number): void;
  readOn(index: number): void;
  /** Resolves when all other clients have received every message, or after the message deadline or `withinMs`. */
  othersDelivered(withinMs?: number): Promise<void>;
  /** What became of the bytes that the server wrote to each of its connections. */
  outgoing(): Promise<Outgoing[]>;
  /** How much the system buffers (B) between two bare sockets when one does not read, in chunks of a message's size. */
  bareBuffers(): Promise<number>;
  /** The server's memory (B) after garbage collection; null if the server could not be asked. */
  serverBytes(): Promise<number | null>;
  /** The number of each speaker's server; undefined if no balancer tells, or if its connections lead to several. */
  homes(): Promise<(number | undefined)[]>;
  /** From now on `told` is called for each copy that arrives: its receiver, its sender, its age (ns). */
  onCopy(told: (receiver: number, sender: number, ageNs: number) => void): void;
  /** The store that the servers of a cluster share, if any. */
  readonly store: SharedStore | undefined;
  /** What each server of a cluster reports of itself. */
  members(): Promise<ClusterMember[]>;
  /** Resets every connection of this speaker; from now on its messages are timed and counted separately. */
  cutOff(index: number): void;
  /** Copies received so far: by clients that were not cut off, and by those that were, since then. */
  heard(): { readonly others: number; readonly cutOff: number };
  /** Resolves when every client is connected again or has given up, or this time has passed. */
  everybodyBack(withinMs: number): Promise<void>;
}

export interface Scenario {
  readonly name: string;
  readonly question: { readonly en: string; readonly ko: string };
  /** What the server does: the name of a behaviour. */
  readonly behaviour: string;
  /** What its latencies are: from the client's due time to the echo, or the age of a message when it arrives. */
  readonly latency: 'echo' | 'age';
  /** What it needs of a target besides echoes; a target that cannot do it is refused before any client connects. */
  readonly needs: readonly Ability[];
  /** Whether it needs a transport whose server can send without a request. */
  readonly needsPush: boolean;
  /** Whether it needs a transport that can answer one message with many. */
  readonly needsPieces: boolean;
  /** Whether it needs a transport that waits before it reconnects, by a policy. */
  readonly needsReturn: boolean;
  /** How many clients must receive each client's message. */
  readonly receivers: 'sender' | 'everyone';
  /** Clients connect all together, one after the other, or in steps between which memory is weighed. */
  readonly connecting: 'together' | 'in-turn' | 'in-steps';
  /** How many servers there are, and how a balancer chooses among them; left out for one server. */
  cluster?(load: Load): Omit<PlacementOptions, 'seed'> & { readonly adapter: AdapterName };
  /** How long clients try to connect; after that the others stay out. If left out, all clients must connect. */
  readonly patienceMs?: number;
  /** Whether it needs a link that can be broken, even if no link is emulated. */
  readonly breaksLink: boolean;
  /** Whether messages leave on the schedule of its rate; if not, lateness has no meaning. */
  readonly paced: boolean;
  /**
   * Whether conclusions from it rest on times. If they rest on bytes and counts, or if its own load keeps the event
   * loops busy, measuring a noisy trial again is useless.
   */
  readonly timed: boolean;
  /** Whether every message must carry an identity: too small ones are refused. */
  readonly needsIdentity: boolean;
  /** Its default load. */
  readonly defaults: Partial<Load>;
  /** Estimate of its measured phase (ms), if neither messages nor a duration determine it. */
  lastsMs?(load: Load): number;
  /** Runs one phase, warm-up and steady alike. */
  drive(lab: Lab): Promise<void>;
  /** Its metrics besides those of every trial. */
  readonly metrics?: readonly Metric[];
  /** Its own knobs. */
  readonly knobs?: Readonly<Record<string, TypedKnob>>;
  /** Its own figures, computed after the measurement. */
  findings?(seen: Observed): Findings;
}

/** What most scenarios have in common. */
export const usual = {
  behaviour: 'echo',
  latency: 'echo',
  needs: [],
  needsPush: false,
  needsPieces: false,
  needsReturn: false,
  receivers: 'sender',
  connecting: 'together',
  breaksLink: false,
  paced: true,
  timed: true,
  needsIdentity: false,
  defaults: {},
} as const satisfies Partial<Scenario>;
