/**
 * The lab a scenario works in: it turns "speak" into a message with an identity on some transport, and keeps
 * the delivery book of the phase. One lab per trial, one book per phase.
 */
import { type Clock, sleepUntil } from './clock.ts';
import { type Book, createBook } from './metrics/book.ts';
import type { Load } from './metrics/report.ts';
import { byteLength, decodeIdentity, encodeMessage, identityBytes, type Payload } from './protocol.ts';
import type { Lab, Scenario, Speaker } from './scenarios/scenario.ts';
import { type Arrivals, firstDueTimes, randomStream } from './schedule.ts';
import type { TickLoad } from './servers/behaviours.ts';
import type { Connection } from './transports/transport.ts';

export interface LabOptions {
  readonly clock: Clock;
  readonly scenario: Scenario;
  readonly load: Load;
  readonly seed: number;
  /** How long after the last due time a message may still arrive. */
  readonly timeoutMs: number;
  readonly tick: (load: TickLoad) => Promise<number[]>;
  /** Ends every wait, with the reason. */
  readonly signal: AbortSignal;
}

/** How many messages of which pace one phase has. */
export interface PhaseLoad {
  readonly messages: number;
  readonly rate: number;
  readonly durationMs: number | null;
  /** Everything is due at once, and each client waits until its message is sent before it sends the next. */
  readonly inTurn?: boolean;
}

export interface TrialLab {
  /** Gives client `index` its connection; clients are numbered from 0, their messages from client 1. */
  connect(index: number, connection: Connection): void;
  /** What client `index` received. */
  received(index: number, data: Payload): void;
  error(kind: string): void;
  /** Runs one phase of the scenario and returns its book. */
  phase(load: PhaseLoad): Promise<Book>;
  /** Payload bytes and messages handed to and taken from the transport since the trial began. */
  readonly payload: { up: number; down: number };
  readonly messages: { up: number; down: number };
}

export function createLab(options: LabOptions): TrialLab {
  const { clock, scenario, load, signal } = options;
  const connections: Connection[] = [];
  const payload = { up: 0, down: 0 };
  const messages = { up: 0, down: 0 };
  const identified = load.size >= identityBytes;
  const clients: ClientState[] = [];
  let book = createBook();
  let nextTick = 0;
  let lastDueNs = 0;

  const speaker = (index: number, due: readonly number[], inTurn: boolean): Speaker => ({
    due,
    async speak(dueNs) {
      const state = clients[index];
      const connection = connections[index];
      if (!state || !connection) return;
      await sleepUntil(clock, dueNs, signal);
      const sequence = state.nextSequence++;
      const sender = index + 1;
      const data = encodeMessage({ client: sender, sequence }, load.size, load.payload === 'binary');
      const receivers = scenario.receivers === 'sender' ? 1 : load.clients;
      const current = book;
      // The answer of a transport without identity is recognised by being the only one expected.
      const answered = identified
        ? Promise.resolve()
        : new Promise<void>((resolve) => (state.onAnswer = resolve));
      current.sent({ sender, sequence, dueNs, sentNs: clock.now(), receivers });
      payload.up += byteLength(data);
      messages.up++;
      const sent = connection.send(data).catch(() => {
        current.failed(sender, sequence, 'send-failed');
        state.onAnswer();
      });
      if (inTurn) await sent;
      await answered;
    },
  });

  return {
    payload,
    messages,
    connect(index, connection) {
      connections[index] = connection;
      clients[index] = { nextSequence: 0, heard: 0, onAnswer: () => {} };
    },
    received(index, data) {
      const now = clock.now();
      payload.down += byteLength(data);
      messages.down++;
      const state = clients[index];
      // Too small to say who it is: it can only be the next one.
      const own = scenario.receivers === 'sender' ? index + 1 : 0;
      const identity = (identified && decodeIdentity(data)) || { client: own, sequence: state?.heard ?? 0 };
      if (state) state.heard++;
      book.arrived(index, identity.client, identity.sequence, now);
      state?.onAnswer();
    },
    error: (kind) => book.error(kind),
    async phase({ messages: count, rate, durationMs, inTurn = false }) {
      book = createBook();
      const current = book;
      const pace = { rate, arrivals: load.arrivals as Arrivals };
      const startNs = clock.now();
      lastDueNs = startNs;
      const speakers = connections.map((_, index) => {
        const random = randomStream(options.seed, `client ${index} from ${clients[index]?.nextSequence}`);
        const due = firstDueTimes(pace, random, count, durationMs === null ? Infinity : durationMs * 1e6);
        return speaker(
          index,
          due.map((offset) => startNs + (inTurn ? 0 : offset)),
          inTurn,
        );
      });
      const lab: Lab = {
        speakers,
        async serverSpeaks() {
          const firstSequence = nextTick;
          nextTick += count;
          const binary = load.payload === 'binary';
          const { size } = load;
          const due = await abortable(
            options.tick({
              ...pace,
              messages: count,
              durationMs,
              size,
              binary,
              seed: options.seed,
              firstSequence,
            }),
            signal,
          );
          nextTick = firstSequence + due.length;
          due.forEach((dueNs, k) => {
            const sequence = firstSequence + k;
            current.sent({ sender: 0, sequence, dueNs, sentNs: dueNs, receivers: load.clients });
          });
        },
        async delivered() {
          lastDueNs = clock.now();
          await complete(clock, current, lastDueNs + options.timeoutMs * 1e6, signal);
        },
      };
      // An interrupted phase keeps what it has: the book says what is missing.
      await scenario.drive(lab).catch((error) => {
        if (!signal.aborted) throw error;
      });
      return current;
    },
  };
}

interface ClientState {
  nextSequence: number;
  heard: number;
  onAnswer: () => void;
}

/** Resolves when nothing is outstanding, or at the deadline. */
function complete(clock: Clock, book: Book, deadlineNs: number, signal: AbortSignal): Promise<void> {
  if (book.outstanding() === 0) return Promise.resolve();
  const over = new AbortController();
  const done = new Promise<void>((resolve) => {
    book.onComplete = resolve;
  });
  const deadline = sleepUntil(clock, deadlineNs, AbortSignal.any([signal, over.signal]));
  return Promise.race([done, deadline]).finally(() => {
    over.abort();
    deadline.catch(() => {});
  });
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}
