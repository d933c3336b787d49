/**
 * Answers a question piece by piece, as a language model does: the first piece at once, the others on a schedule. It
 * keeps account of each answer, because only the server knows how much it sent after the client had stopped reading.
 */
import type { Clock } from '../base/clock.ts';
import { firstDueTimes, type Pace, randomStream } from '../base/schedule.ts';
import { decodeIdentity, encodeMessage, type Identity, type Payload } from '../protocols/contract.ts';
import type { Behaviour, Peer } from './server.ts';

/** The shape of all answers from now on. */
export interface AnswerLoad extends Pace {
  readonly pieces: number;
  readonly size: number;
  readonly binary: boolean;
  readonly seed: number;
}

/** What became of one answer. */
export interface Answered {
  /** The client, and which of its messages was the question; pieces are numbered on from there. */
  readonly question: Identity;
  /** When each piece was due, whether it was sent or not. */
  readonly dueNs: readonly number[];
  /** How many pieces were sent; always the first ones. */
  readonly said: number;
  readonly endedNs: number;
  /** All pieces were sent; the client cancelled; the client disconnected. */
  readonly why: 'complete' | 'cancelled' | 'left';
}

export interface Answering {
  /** From now on every answer is like this. */
  prepare(load: AnswerLoad): void;
  /** Resolves when no answer is under way, with those that have ended since the last time. */
  ended(): Promise<Answered[]>;
}

interface Underway {
  readonly peer: Peer;
  speak(): void;
  stop(why: Answered['why']): void;
}

/** Sends the pieces of one answer as they come due, until all are sent or `stop` is called; then calls `ended`. */
function speakTo(
  peer: Peer,
  clock: Clock,
  { question, load, ended }: { question: Identity; load: AnswerLoad; ended(answer: Answered): void },
): Underway {
  const { pieces, size, binary, ...rest } = load;
  const dueNs = dueTimes(clock.now(), question, pieces, rest);
  const end = peer.goesOn?.();
  let said = 0;
  let cancelTimer = () => {};
  const stop = (why: Answered['why']) => {
    cancelTimer();
    ended({ question, dueNs, said, endedNs: clock.now(), why });
    end?.();
  };
  const speak = () => {
    // A late timer sends all pieces that have come due at once.
    for (const now = clock.now(); (dueNs[said] ?? Infinity) <= now; )
      peer.send(encodeMessage({ ...question, sequence: question.sequence + ++said }, size, binary));
    const next = dueNs[said];
    if (next === undefined) stop('complete');
    else cancelTimer = clock.at(next, speak);
  };
  return { peer, speak, stop };
}

export function answerer(clock: Clock): Behaviour & { answering: Answering } {
  /** By question; null if its answer has ended. */
  const answers = new Map<string, Underway | null>();
  let load: AnswerLoad | null = null;
  let over: Answered[] = [];
  let underway = 0;
  let onCalm = () => {};

  const begin = (key: string, question: Identity, peer: Peer, load: AnswerLoad) => {
    const ended = (answer: Answered) => {
      answers.set(key, null);
      over.push(answer);
      if (--underway === 0) onCalm();
    };
    const answer = speakTo(peer, clock, { question, load, ended });
    underway++;
    answers.set(key, answer);
    answer.speak();
  };

  return {
    joined() {},
    message(from: Peer, data: Payload) {
      if (!load) return;
      // Raw TCP carries only bytes, and does not say whether they are text.
      const question = decodeIdentity(load.binary ? data : Buffer.from(data).toString());
      if (!question) return;
      const key = `${question.client} ${question.sequence}`;
      const known = answers.get(key);
      if (known === undefined) begin(key, question, from, load);
      // The same question again cancels its answer.
      else known?.stop('cancelled');
    },
    left(peer: Peer) {
      for (const answer of answers.values()) if (answer?.peer === peer) answer.stop('left');
    },
    answering: {
      prepare(one) {
        load = one;
      },
      async ended() {
        if (underway > 0)
          await new Promise<void>((resolve) => {
            onCalm = resolve;
          });
        const ended = over;
        over = [];
        return ended;
      },
    },
  };
}

/** The first is due at once. Periodic pieces need no random phase: they start with the question. */
function dueTimes(
  startNs: number,
  { client, sequence }: Identity,
  pieces: number,
  { seed, ...pace }: Pace & { seed: number },
): number[] {
  const random = pace.arrivals === 'periodic' ? () => 0 : randomStream(seed, `answer ${client} ${sequence}`);
  const offsets = firstDueTimes(pace, random, pieces);
  return offsets.map((offset) => startNs + offset - (offsets[0] ?? 0));
}
