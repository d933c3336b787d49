/**
 * The lab a scenario works in: its speakers, a server that may send without a request, a link that may break, and the
 * book of the phase. One lab for each trial, one book for each phase.
 */

import { type Clock, sleepUntil } from '../base/clock.ts';
import { type Arrivals, firstDueTimes, randomStream } from '../base/schedule.ts';
import type { Load } from '../document/report.ts';
import { type Book, createBook } from '../metrics/book.ts';
import type { BreakableLink } from '../network/hop.ts';
import type { Payload } from '../protocols/contract.ts';
import { kernelBuffers } from '../target/kernel-buffers.ts';
import type { Ability, Target } from '../target/target.ts';
import type { Connection, HeardElsewhere } from '../transports/transport.ts';
import { type Asking, bookAnswers, createAsking, type Wires } from './asking.ts';
import { type Breakage, watchLink } from './breakage.ts';
import type { Lab, Scenario } from './scenarios/scenario.ts';
import { type PhaseLoad, piecesOf, speakerOf } from './speaker.ts';
import { createSpeech, giveUp, hear, type Speech } from './speech.ts';
import { abortable, complete, nothingMissing } from './waiting.ts';

export interface LabOptions {
  readonly clock: Clock;
  readonly scenario: Scenario;
  readonly load: Load;
  readonly host: string;
  readonly seed: number;
  /** How long after the last due time a message may still arrive. */
  readonly timeoutMs: number;
  /** What the target can be told to do. */
  readonly target: Pick<Target, Ability | 'memory' | 'store' | 'placed' | 'clockDifference'>;
  readonly link: BreakableLink;
  readonly wires: Wires;
  /** How far the clocks of the receivers may be off: those of browser pages. */
  readonly clockErrorNs?: (() => number) | undefined;
  /** Ends every wait, with the reason. */
  readonly signal: AbortSignal;
}

export interface TrialLab {
  /** Gives client `index` its connection; clients are numbered from 0, their messages from client 1. */
  connect(index: number, connection: Connection): void;
  /** What client `index` received. */
  received(index: number, data: Payload, heard?: HeardElsewhere): void;
  error(kind: string): void;
  /** Client `index` lost its connection and is connected again. */
  back(index: number, attempts: number): void;
  /** A client lost its connection, and will not reconnect by itself. */
  gaveUp(): void;
  /** Runs one phase of the scenario and returns its book. */
  phase(load: PhaseLoad): Promise<Book>;
  /** Payload bytes and messages handed to and taken from the transport since the trial began. */
  readonly payload: { up: number; down: number };
  readonly messages: { up: number; down: number };
  readonly breakage: Breakage;
  /** The questions of the last phase that are answered in pieces. */
  readonly asking: Asking;
  /** What the scenario found under this name in the steady phase. */
  found(name: string): readonly number[];
}

/** The state of a lab: what its scenario found, and the next number of the server's messages, over all phases. */
interface Running {
  readonly options: LabOptions;
  readonly speech: Speech;
  readonly found: Map<string, number[]>;
  nextTick: number;
}

export function createLab(options: LabOptions): TrialLab {
  const { clock, scenario, signal, timeoutMs } = options;
  const link = watchLink(options.link);
  const books = () => ({
    book: bookOf(options),
    asking: createAsking(clock, options.wires, signal),
  });
  const speech = createSpeech({ ...options, link }, books());
  const found = new Map<string, number[]>();
  const running: Running = { options, speech, found, nextTick: 0 };
  signal.addEventListener('abort', () => giveUp(speech, Infinity), { once: true });
  return {
    payload: speech.payload,
    messages: speech.messages,
    breakage: link.breakage,
    get asking() {
      return speech.asking;
    },
    found: (name) => found.get(name) ?? [],
    connect(index, connection) {
      speech.clients[index] = { index, connection, nextSequence: 0, heard: 0, waiting: null };
    },
    received: (index, data, heard) => hear(speech, index, data, heard),
    error: (kind) => speech.book.error(kind),
    gaveUp: () => link.gaveUp(),
    back: (index, attempts) => link.back(index, { atNs: clock.now(), attempts }),
    async phase(phaseLoad) {
      const { book } = Object.assign(speech, books());
      // Clients give up waiting for an answer at the message deadline; checked at intervals, not for each message.
      let cancel = () => {};
      const watch = () => {
        giveUp(speech, clock.now() - timeoutMs * 1e6);
        cancel = clock.at(clock.now() + timeoutMs * 0.25e6, watch);
      };
      watch();
      try {
        await scenario.drive(labOf(running, book, phaseLoad));
      } catch (error) {
        // An interrupted phase keeps what it has: the book says what is missing.
        if (!signal.aborted) throw error;
      } finally {
        cancel();
      }
      return book;
    },
  };
}

/** The lab as the scenario sees it in one phase. */
function labOf(running: Running, book: Book, phaseLoad: PhaseLoad): Lab {
  const { options, speech, found } = running;
  const { clock, signal, load } = options;
  const { cut, stall, heal } = speech.link;
  const startNs = clock.now();
  // Clients that never connected are left out.
  const present = speech.clients.filter((client) => client !== undefined);
  const pieces = piecesOf(phaseLoad);
  const arrived = (withinMs: number) => complete(clock, book, clock.now() + withinMs * 1e6, signal);
  return {
    startNs,
    load,
    phase: phaseLoad.phase,
    speakers: present.map((client) =>
      speakerOf(speech, client, dueTimes(running, client, startNs, phaseLoad), phaseLoad),
    ),
    pass: (ms) => sleepUntil(clock, clock.now() + ms * 1e6, signal),
    now: () => clock.now(),
    found(name, value) {
      if (phaseLoad.phase === 'steady') found.set(name, [...(found.get(name) ?? []), value]);
    },
    serverSpeaks: (messages = phaseLoad.messages) => serverSpeaks(running, book, { ...phaseLoad, messages }),
    delivered: (withinMs = options.timeoutMs) => arrived(withinMs),
    pieces,
    async serverAnswers() {
      const { prepare } = able(options, 'answers');
      await prepare({ ...paceOf(options, phaseLoad), pieces });
      return clock.now();
    },
    async answered(withinMs) {
      speech.asking.close(await abortable(able(options, 'answers').ended(), signal));
      book.dueMayBeOff(clockErrorOf(options));
      await bookAnswers(book, speech.asking, () => arrived(withinMs));
    },
    link: { cut, stall, heal },
    stopReading(index) {
      book.setApart(index);
      speech.wires.stopReading(index);
    },
    readOn: (index) => speech.wires.readOn(index),
    othersDelivered: (withinMs = options.timeoutMs) =>
      nothingMissing(clock, () => book.outstandingBesides() > 0, { everyMs: 20, withinMs }, signal),
    store: options.target.store,
    async homes() {
      const placed = await options.target.placed?.();
      return present.map(({ index }) => {
        const servers = new Set(speech.wires.ports(index).flatMap((port) => placed?.get(port) ?? []));
        return servers.size === 1 ? [...servers][0] : undefined;
      });
    },
    onCopy(told) {
      // The book has a receiver's index, but a sender's number, which is one more.
      const position = new Map(present.map(({ index }, k) => [index, k]));
      book.onCopy = (receiver, sender, ageNs) =>
        told(position.get(receiver) ?? -1, position.get(sender - 1) ?? -1, ageNs);
    },
    members: () => able(options, 'members')(),
    cutOff(position) {
      const { index = position } = present[position] ?? {};
      book.setApart(index);
      speech.wires.cut(index);
    },
    heard: () => ({ others: book.latency.count(), cutOff: book.apart.count() }),
    outgoing: () => able(options, 'outgoing')(),
    bareBuffers: () => kernelBuffers(options.host, Math.max(load.size, 1)),
    serverBytes: async () => (await options.target.memory?.())?.heapBytes ?? null,
    everybodyBack(withinMs) {
      const isMissing = () => {
        const { backs, gone } = speech.link.breakage;
        return backs.filter(Boolean).length + gone < speech.clients.length;
      };
      return nothingMissing(clock, isMissing, { everyMs: 50, withinMs }, signal);
    },
  };
}

/** How far times reported by the target or by pages may be off (ns). */
const clockErrorOf = ({ target, clockErrorNs }: LabOptions): number =>
  Math.max(clockErrorNs?.() ?? 0, target.clockDifference?.()?.errorNs ?? 0);

function bookOf(options: LabOptions): Book {
  const book = createBook();
  book.dueMayBeOff(clockErrorOf(options));
  return book;
}

const paceOf = ({ load, seed }: LabOptions, { rate }: PhaseLoad) => ({
  rate,
  arrivals: load.arrivals as Arrivals,
  size: load.size,
  binary: load.payload === 'binary',
  seed,
});

/** When a client's own messages of this phase are due. */
function dueTimes(
  { options }: Running,
  { index, nextSequence }: Speech['clients'][number],
  startNs: number,
  { phase, messages, durationMs, rate }: PhaseLoad,
): number[] {
  const { load, seed } = options;
  const pace = { rate, arrivals: load.arrivals as Arrivals };
  const random = randomStream(seed, `client ${index} from ${nextSequence}`);
  // A closed loop with a duration may have a million messages, and does not need their due times.
  const listed = load.closed && durationMs !== null ? 0 : messages;
  const offsets = firstDueTimes(pace, random, listed, durationMs === null ? Infinity : durationMs * 1e6);
  // Warm-up messages only have to open lazy connections: all are due now, and are sent in turn.
  return offsets.map((offset) => startNs + (phase === 'warmup' ? 0 : offset));
}

async function serverSpeaks(running: Running, book: Book, phaseLoad: PhaseLoad) {
  const { options } = running;
  const { messages, durationMs } = phaseLoad;
  const firstSequence = running.nextTick;
  // Reserved before anything is sent: after an interruption no number is used twice.
  running.nextTick += messages;
  const tick = { ...paceOf(options, phaseLoad), messages, durationMs, firstSequence };
  const due = await abortable(able(options, 'tick')(tick), options.signal);
  running.nextTick = firstSequence + due.length;
  book.dueMayBeOff(clockErrorOf(options));
  due.forEach((dueNs, k) => {
    const sequence = firstSequence + k;
    book.sent({ sender: 0, sequence, dueNs, sentNs: dueNs, receivers: options.load.clients });
  });
}

/** An ability that the scenario needs; `checkTarget` has checked before connecting that the target has it. */
function able<Wanted extends Ability>(
  { target, scenario }: LabOptions,
  wanted: Wanted,
): NonNullable<Pick<Target, Ability>[Wanted]> {
  const found: Pick<Target, Ability>[Wanted] = target[wanted];
  if (!found) throw new Error(`the scenario ${scenario.name} does not say that it needs "${wanted}"`);
  return found;
}
