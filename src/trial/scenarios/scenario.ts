/**
 * What a scenario is: a question, and how to drive clients to answer it. It knows no transport and no server;
 * the lab gives it clients that speak, a server that may speak first, a link that may break, and the schedule.
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
   * a closed loop and for messages too small to say who they are, when this one has been delivered.
   */
  speak(dueNs: number): Promise<void>;
  /** Sends a message now; resolves when it has been delivered or has failed. */
  ask(): Promise<void>;
  /** Asks again as soon as it is answered, until this time (ns) or this many times; resolves when it is over. */
  askUntil(endNs: number, atMost: number): Promise<void>;
  /** Asks when it is due, and resolves at once: the answer comes in pieces. */
  question(dueNs: number): Promise<PieceByPiece>;
}

/** An answer that comes piece by piece. */
export interface PieceByPiece {
  /** Resolves when so many pieces have been heard, or will not be: whether they were. */
  heard(pieces: number): Promise<boolean>;
  /** The client wants no more of it, and says so as its transport can. */
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
   * Lets the server speak on its own schedule, to everyone; resolves when it has said everything: the messages of the
   * phase, or so many of them.
   */
  serverSpeaks(messages?: number): Promise<void>;
  /**
   * Resolves when every copy of every message has arrived or failed, or the message deadline has passed: the
   * run's own, or this many milliseconds.
   */
  delivered(withinMs?: number): Promise<void>;
  /**
   * From now on the server answers questions in pieces, at the phase's rate. Resolves with the
   * moment (ns) from which one may ask: what was due before would be late through no fault of a transport.
   */
  serverAnswers(): Promise<number>;
  /** Resolves when no answer is under way, and what was said of them has arrived, or this time has passed. */
  answered(withinMs: number): Promise<void>;
  /** How many pieces an answer has in this phase. */
  readonly pieces: number;
  /** Lets this much time go by. */
  pass(ms: number): Promise<void>;
  /** What time it is (ns). */
  now(): number;
  /** Keeps a value for `findings`, if this phase is measured. */
  found(name: string, value: number): void;
  /** The link between clients and server, for scenarios that break it. */
  readonly link: {
    /** Resets every connection, and turns new ones away until healed: refused unless told. */
    cut(turning?: TurningAway): Promise<void>;
    /** Holds every byte until healed. */
    stall(): Promise<void>;
    /** @param admissionMs what each new connection costs from now on, one after the other. */
    heal(admissionMs?: number): Promise<void>;
  };
  /** This client takes nothing more from its connections; what it hears when it reads on is timed apart. */
  stopReading(index: number): void;
  readOn(index: number): void;
  /** Resolves when all others have heard all that was said, or the message deadline has passed: the run's own, or this many ms. */
  othersDelivered(withinMs?: number): Promise<void>;
  /** What became of the bytes that the server wrote to each of its connections. */
  outgoing(): Promise<Outgoing[]>;
  /** What the system takes (B) for a reader that does not read, between two bare sockets, of chunks as large as a message. */
  bareBuffers(): Promise<number>;
  /** What the server's process keeps (B), after garbage collection; null where nobody can ask it. */
  serverBytes(): Promise<number | null>;
  /** The number of the server that each speaker is connected to, where a balancer tells, and all its connections lead to one. */
  homes(): Promise<(number | undefined)[]>;
  /** From now on told of each copy that is heard: by which speaker, from which, and how old it was (ns). */
  onCopy(told: (receiver: number, sender: number, ageNs: number) => void): void;
  /** What the servers of a cluster share, where they do. */
  readonly store: SharedStore | undefined;
  /** Of each server of a cluster, what it knows. */
  members(): Promise<ClusterMember[]>;
  /** Every connection of this speaker is reset; from now on what it hears is timed and counted apart. */
  cutOff(index: number): void;
  /** Copies heard so far: by everybody, but for those who were cut off; and by them since. */
  heard(): { readonly others: number; readonly cutOff: number };
  /** Resolves when every client that was cut off is connected again or has given up, or this time has passed. */
  everybodyBack(withinMs: number): Promise<void>;
}

export interface Scenario {
  readonly name: string;
  readonly question: { readonly en: string; readonly ko: string };
  /** What the server does: the name of a behaviour. */
  readonly behaviour: string;
  /** What its latencies are: from the client's due time to the echo, or the age of a message when it is heard. */
  readonly latency: 'echo' | 'age';
  /** What it needs of a target besides answers to messages; one that cannot do it is refused before anybody connects. */
  readonly needs: readonly Ability[];
  /** Whether only transports can take part whose server can speak first. */
  readonly needsPush: boolean;
  /** Whether only transports can take part that may answer one message with many. */
  readonly needsPieces: boolean;
  /** Whether only transports can take part that wait before they come back, by a policy. */
  readonly needsReturn: boolean;
  /** How many clients must receive each client's message. */
  readonly receivers: 'sender' | 'everyone';
  /** Clients connect all together, one after the other, or in steps between which memory is weighed. */
  readonly connecting: 'together' | 'in-turn' | 'in-steps';
  /** How many servers there are, and how a balancer chooses among them; one, where this is left out. */
  cluster?(load: Load): Omit<PlacementOptions, 'seed'> & { readonly adapter: AdapterName };
  /** For how long clients try to come in; whoever is not in by then stays away. Where this is left out, all have to be. */
  readonly patienceMs?: number;
  /** Whether it needs a link that can be broken, even where none is emulated. */
  readonly breaksLink: boolean;
  /** Whether messages leave on the schedule of its rate; if not, nobody can be late. */
  readonly paced: boolean;
  /**
   * Whether sentences about it rest on times. Where they rest on bytes and counts, or where its own load keeps the
   * event loops busy, it would be in vain to make a noisy trial again.
   */
  readonly timed: boolean;
  /** Whether every message must say whose it is: too small ones are refused. */
  readonly needsIdentity: boolean;
  /** What its load is where nobody says otherwise. */
  readonly defaults: Partial<Load>;
  /** About how long its measured phase takes, where neither messages nor a duration say so. */
  lastsMs?(load: Load): number;
  /** Runs one phase, warm-up and steady alike. */
  drive(lab: Lab): Promise<void>;
  /** What it asks for besides what every trial tells. */
  readonly metrics?: readonly Metric[];
  /** What may be asked of it alone. */
  readonly knobs?: Readonly<Record<string, TypedKnob>>;
  /** Its own figures, when the clock has stopped. */
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
