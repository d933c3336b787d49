/**
 * What a server answers, whatever carries it. `echo` sends a message back to its sender; `chat` sends it on to all
 * clients; `ticker` sends unasked, on a seeded schedule, to all connected clients; `answerer` answers in pieces.
 */
import type { Clock } from '../base/clock.ts';
import { type Arrivals, firstDueTimes, randomStream } from '../base/schedule.ts';
import { encodeMessage } from '../protocols/contract.ts';
import { type Answering, answerer } from './answerer.ts';
import type { Behaviour, Peer } from './server.ts';

/** What a ticker has to send, once all clients are connected. */
export interface TickLoad {
  readonly rate: number;
  readonly arrivals: Arrivals;
  readonly messages: number;
  readonly durationMs: number | null;
  readonly size: number;
  readonly binary: boolean;
  readonly seed: number;
  /** Sequence number of the first message: warm-up and steady phase share one sequence. */
  readonly firstSequence: number;
}

export interface RunningBehaviour extends Behaviour {
  /** Sends the load; resolves with each message's due time, in monotonic nanoseconds. */
  tick?(load: TickLoad): Promise<number[]>;
  /** Only of a behaviour that answers in pieces. */
  readonly answering?: Answering;
}

const nothing = () => {};

const echo = (): RunningBehaviour => ({
  joined: nothing,
  message: (from, data) => from.send(data),
  left: nothing,
});

const chat = (): RunningBehaviour => {
  const peers = new Set<Peer>();
  return {
    joined: (peer) => void peers.add(peer),
    message(from, data) {
      if (from.sendToAll) return from.sendToAll(data);
      for (const peer of peers) peer.send(data);
    },
    left: (peer) => void peers.delete(peer),
  };
};

const ticker = (clock: Clock): RunningBehaviour => {
  const peers = new Set<Peer>();
  return {
    joined: (peer) => void peers.add(peer),
    message: nothing,
    left: (peer) => void peers.delete(peer),
    async tick({ messages, durationMs, seed, firstSequence, size, binary, ...pace }) {
      const start = clock.now();
      const random = randomStream(seed, `ticker ${firstSequence}`);
      const due = firstDueTimes(
        pace,
        random,
        messages,
        durationMs === null ? Infinity : durationMs * 1e6,
      ).map((offset) => start + offset);
      for (let said = 0; said < due.length; ) {
        const next = due[said] ?? 0;
        await new Promise<void>((resolve) => clock.at(next, resolve));
        // A late server sends everything that has come due at once, because its queue holds messages, not timers.
        for (const now = clock.now(); (due[said] ?? Infinity) <= now; said++) {
          const event = encodeMessage({ client: 0, sequence: firstSequence + said }, size, binary);
          for (const peer of peers) peer.send(event);
        }
      }
      return due;
    },
  };
};

/** The registry of behaviours. */
export const behaviours: Readonly<Record<string, (clock: Clock) => RunningBehaviour>> = {
  echo,
  chat,
  ticker,
  answerer,
};

/** Counts the sessions that a server reports; null as long as it reports none. */
export function countSessions() {
  let sessions: number | null = null;
  return {
    onSession: (change: 1 | -1) => {
      sessions = (sessions ?? 0) + change;
    },
    sessions: () => sessions,
  };
}

/** The same behaviour, with the number of clients that are connected now. */
export function countPeers(behaviour: RunningBehaviour): RunningBehaviour & { peers(): number } {
  let peers = 0;
  return {
    ...behaviour,
    joined(peer) {
      peers++;
      behaviour.joined(peer);
    },
    left(peer) {
      peers--;
      behaviour.left(peer);
    },
    peers: () => peers,
  };
}
