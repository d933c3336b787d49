/**
 * The lab a scenario works in: it turns "speak" into a message with an identity on some transport, and keeps
 * the delivery book of the phase. One lab per trial, one book per phase. Over 200 lines because sending, hearing
 * and the phase between them share one state.
 */

import { type Clock, sleepUntil } from '../base/clock.ts';
import { type Arrivals, firstDueTimes, randomStream } from '../base/schedule.ts';
import type { Load } from '../document/report.ts';
import { type Book, createBook } from '../metrics/book.ts';
import {
  byteLength,
  decodeIdentity,
  encodeMessage,
  type Identity,
  identityBytes,
  type Payload,
} from '../protocols/contract.ts';
import type { TickLoad } from '../servers/behaviours.ts';
import type { AnsweringServer } from '../target/server-process.ts';
import type { Connection } from '../transports/transport.ts';
import { type Asking, bookAnswers, createAsking, type Wires } from './asking.ts';
import type { Answer, Lab, Scenario, Speaker } from './scenarios/scenario.ts';
import { abortable, complete } from './waiting.ts';

/** A link that can be broken; each deed resolves with the monotonic time at which it took effect. */
export interface BreakableLink {
  cut(): Promise<number>;
  stall(): Promise<number>;
  heal(): Promise<number>;
}

export interface LabOptions {
  readonly clock: Clock;
  readonly scenario: Scenario;
  readonly load: Load;
  readonly seed: number;
  /** How long after the last due time a message may still arrive. */
  readonly timeoutMs: number;
  readonly tick: (load: TickLoad) => Promise<number[]>;
  readonly link: BreakableLink;
  readonly answers: AnsweringServer;
  readonly wires: Wires;
  /** Ends every wait, with the reason. */
  readonly signal: AbortSignal;
}

/** How many messages of which pace one phase has. */
export interface PhaseLoad {
  readonly phase: Lab['phase'];
  readonly messages: number;
  readonly rate: number;
  readonly durationMs: number | null;
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
  /** How the link broke, if it did, and when each client heard something again (ns). */
  readonly outage: Outage;
  /** The questions of the last phase that are answered in pieces. */
  readonly asking: Asking;
}

export interface Outage {
  brokenNs: number | null;
  healedNs: number | null;
  readonly heardAgainNs: (number | undefined)[];
}

/** What follows when a message has been delivered or has failed, and at what time (ns) that was. */
type Next = (atNs: number) => void;

interface ClientState {
  readonly connection: Connection;
  nextSequence: number;
  heard: number;
  /** Which message is waited for, since when, and what follows it. A client waits for one at a time. */
  waiting: { readonly sequence: number; readonly sinceNs: number; readonly next: Next } | null;
}

export function createLab(options: LabOptions): TrialLab {
  const { clock, scenario, load, signal } = options;
  const clients: ClientState[] = [];
  const payload = { up: 0, down: 0 };
  const messages = { up: 0, down: 0 };
  const outage: Outage = { brokenNs: null, healedNs: null, heardAgainNs: [] };
  const identified = load.size >= identityBytes;
  const binary = load.payload === 'binary';
  let book = createBook();
  let asking = createAsking(clock, options.wires, signal);
  let nextTick = 0;
  /** What each client heard between asking for the link to heal and learning when it did: the first may be among it. */
  let heardMeanwhile: number[][] | null = null;
  const releaseAll = (untilNs: number) => {
    for (const state of clients) {
      const { waiting } = state;
      if (waiting && waiting.sinceNs <= untilNs) settle(state, waiting.sequence, untilNs);
    }
  };
  signal.addEventListener('abort', () => releaseAll(Infinity), { once: true });

  /**
   * Sends a message now, whenever it was due, and says what follows once it has been delivered or has failed.
   * Returns null, or what resolves when the transport has done its part.
   */
  const send = (state: ClientState, index: number, due: number, next: Next | null): Promise<void> | null => {
    const sequence = state.nextSequence++;
    const sender = index + 1;
    const data = encodeMessage({ client: sender, sequence }, load.size, binary);
    const receivers = scenario.receivers === 'sender' ? 1 : load.clients;
    const current = book;
    const sentNs = clock.now();
    if (next) state.waiting = { sequence, sinceNs: sentNs, next };
    current.sent({ sender, sequence, dueNs: load.closed ? sentNs : due, sentNs, receivers });
    payload.up += load.size;
    messages.up++;
    const handedOver = state.connection.send(data);
    return (
      handedOver?.catch(() => {
        current.failed(sender, sequence, 'send-failed');
        // In a later turn: who asks again at once would fail a million times in this one.
        clock.at(clock.now(), () => settle(state, sequence, clock.now()));
      }) ?? null
    );
  };
  /** Sends a message now. Resolves when it has been delivered, or has failed. */
  const converse = (state: ClientState, index: number, dueNs: number): Promise<void> =>
    new Promise((resolve) => {
      void send(state, index, dueNs, () => resolve());
    });

  /** Sends one of its own messages that is nothing the book waits for: a question, or that there is enough of its answer. */
  const tell = ({ connection }: ClientState, sender: number, sequence: number): Promise<void> => {
    payload.up += load.size;
    messages.up++;
    const sent = connection.send(encodeMessage({ client: sender, sequence }, load.size, binary));
    return (sent ?? Promise.resolve()).catch(() => book.error('send-failed'));
  };

  const ask = (state: ClientState, index: number, dueNs: number, pieces: number): Answer => {
    const sequence = state.nextSequence;
    state.nextSequence += 1 + pieces;
    const { asked, until, breakOff } = asking;
    const question = asked(index, sequence, pieces, dueNs);
    const answerNs = (pieces * 1e9) / load.rate + options.timeoutMs * 1e6;
    void tell(state, index + 1, sequence);
    return {
      heard: (wanted) => until(question, wanted, answerNs),
      async cancel() {
        const { cancel } = state.connection;
        const done = breakOff(question, cancel ? 'closing' : 'message');
        if (cancel) cancel();
        else await tell(state, index + 1, sequence);
        done();
      },
      cut() {
        const done = breakOff(question, 'cut');
        options.wires.cut(index);
        done();
      },
    };
  };

  const speaker = (
    state: ClientState,
    index: number,
    due: readonly number[],
    { phase, ...phaseLoad }: PhaseLoad,
  ): Speaker => ({
    due,
    async speak(dueNs) {
      await sleepUntil(clock, dueNs, signal);
      // The answer to a message without identity is recognised by being the only one expected.
      if (load.closed || !identified) return converse(state, index, dueNs);
      const sent = send(state, index, dueNs, null);
      // A warm-up in turn opens no connection that the schedule would not.
      if (phase === 'warmup') await sent;
    },
    async question(dueNs) {
      await sleepUntil(clock, dueNs, signal);
      return ask(state, index, dueNs, piecesOf(phaseLoad));
    },
    ask() {
      signal.throwIfAborted();
      return converse(state, index, clock.now());
    },
    askUntil: (endNs, atMost) =>
      new Promise((resolve) => {
        let asked = 0;
        const askAgain = (now: number) => {
          if (now >= endNs || asked++ >= atMost || signal.aborted) resolve();
          else void send(state, index, now, askAgain);
        };
        askAgain(clock.now());
      }),
  });

  /**
   * A message too small to say who it is can only be the one that is waited for, or the last that was given up; the
   * server's can only be the next one.
   */
  const whoElse = (index: number): Identity => {
    const { waiting = null, nextSequence = 1, heard = 0 } = clients[index] ?? {};
    return scenario.receivers === 'sender'
      ? { client: index + 1, sequence: waiting?.sequence ?? nextSequence - 1 }
      : { client: 0, sequence: heard };
  };

  const lab = (current: Book, phaseLoad: PhaseLoad): Lab => {
    const { phase, messages: count, durationMs, rate } = phaseLoad;
    const pace = { rate, arrivals: load.arrivals as Arrivals };
    const startNs = clock.now();
    const speakers = clients.map((state, index) => {
      const random = randomStream(options.seed, `client ${index} from ${state.nextSequence}`);
      // A scenario may have more messages in a phase than anyone would want spelled out beforehand.
      const listed = load.closed && durationMs !== null ? 0 : count;
      const offsets = firstDueTimes(pace, random, listed, durationMs === null ? Infinity : durationMs * 1e6);
      // Warm-up messages only have to open what is lazy: all are due now, and go in turn.
      const due = offsets.map((offset) => startNs + (phase === 'warmup' ? 0 : offset));
      return speaker(state, index, due, phaseLoad);
    });
    return {
      startNs,
      load,
      phase,
      speakers,
      pass: (ms) => sleepUntil(clock, clock.now() + ms * 1e6, signal),
      async serverSpeaks() {
        const firstSequence = nextTick;
        nextTick += count;
        const { size } = load;
        const tick = {
          ...pace,
          messages: count,
          durationMs,
          size,
          binary,
          seed: options.seed,
          firstSequence,
        };
        const due = await abortable(options.tick(tick), signal);
        nextTick = firstSequence + due.length;
        due.forEach((dueNs, k) => {
          const sequence = firstSequence + k;
          current.sent({ sender: 0, sequence, dueNs, sentNs: dueNs, receivers: load.clients });
        });
      },
      delivered: (withinMs = options.timeoutMs) =>
        complete(clock, current, clock.now() + withinMs * 1e6, signal),
      pieces: piecesOf(phaseLoad),
      async serverAnswers() {
        const { size } = load;
        await options.answers.prepare({
          ...pace,
          pieces: piecesOf(phaseLoad),
          size,
          binary,
          seed: options.seed,
        });
        return clock.now();
      },
      async answered(withinMs) {
        asking.close(await abortable(options.answers.ended(), signal));
        await bookAnswers(current, asking, () =>
          complete(clock, current, clock.now() + withinMs * 1e6, signal),
        );
      },
      link: {
        async cut() {
          outage.brokenNs = await options.link.cut();
        },
        async stall() {
          outage.brokenNs = await options.link.stall();
        },
        async heal() {
          const meanwhile = clients.map((): number[] => []);
          heardMeanwhile = meanwhile;
          const healedNs = await options.link.heal();
          heardMeanwhile = null;
          outage.healedNs = healedNs;
          meanwhile.forEach((times, index) => {
            outage.heardAgainNs[index] = times.find((atNs) => atNs >= healedNs);
          });
        },
      },
    };
  };

  return {
    payload,
    messages,
    outage,
    get asking() {
      return asking;
    },
    connect(index, connection) {
      clients[index] = { connection, nextSequence: 0, heard: 0, waiting: null };
    },
    received(index, data) {
      const now = clock.now();
      payload.down += byteLength(data);
      messages.down++;
      const state = clients[index];
      if (heardMeanwhile) heardMeanwhile[index]?.push(now);
      else if (outage.healedNs !== null) outage.heardAgainNs[index] ??= now;
      const identity = (identified && decodeIdentity(data)) || whoElse(index);
      if (state) state.heard++;
      asking.received(index, identity.sequence, now);
      book.arrived(index, identity.client, identity.sequence, now);
      const sender = clients[identity.client - 1];
      if (sender && index === identity.client - 1) settle(sender, identity.sequence, now);
    },
    error: (kind) => book.error(kind),
    async phase(phaseLoad) {
      book = createBook();
      asking = createAsking(clock, options.wires, signal);
      const current = book;
      // Who waits for an answer gives up at the message deadline; checked now and then, not for each message.
      let cancel = () => {};
      const watch = () => {
        releaseAll(clock.now() - options.timeoutMs * 1e6);
        cancel = clock.at(clock.now() + options.timeoutMs * 0.25e6, watch);
      };
      watch();
      try {
        await scenario.drive(lab(current, phaseLoad));
      } catch (error) {
        // An interrupted phase keeps what it has: the book says what is missing.
        if (!signal.aborted) throw error;
      } finally {
        cancel();
      }
      return current;
    },
  };
}

function settle(state: ClientState, sequence: number, atNs: number) {
  const { waiting } = state;
  if (waiting?.sequence !== sequence) return;
  state.waiting = null;
  waiting.next(atNs);
}

/** An answer has as many pieces as the phase has messages, or as fit its time. */
const piecesOf = ({ messages, rate, durationMs }: Omit<PhaseLoad, 'phase'>): number =>
  durationMs === null ? messages : Math.min(messages, Math.ceil((rate * durationMs) / 1000));
