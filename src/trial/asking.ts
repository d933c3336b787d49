/**
 * Questions that are answered piece by piece, as the clients see them: when each was asked, which pieces of its answer
 * arrived, and how it was broken off. The server's own account of the same answers is added at the end.
 */
import { type Clock, sleepUntil } from '../base/clock.ts';
import type { Book } from '../metrics/book.ts';
import { createSamples, type Samples } from '../metrics/samples.ts';
import type { Answered } from '../servers/answerer.ts';
import { abortable } from './waiting.ts';

/** The sockets of the clients, to reset them and to count their bytes. */
export interface Wires {
  /** Resets every connection of this client. */
  cut(index: number): void;
  /** Its connections that are open now; `destroyed` shows later whether each still is. */
  open(index: number): readonly { readonly destroyed: boolean }[];
  /** The ports that its open connections come from. */
  ports(index: number): readonly number[];
  /** Bytes that this client has written so far. */
  written(index: number): number;
  /** This client stops reading from its connections. */
  stopReading(index: number): void;
  readOn(index: number): void;
}

/** How a client broke off its answer, and what that cost. */
export interface Break {
  readonly kind: 'cancel' | 'cut';
  readonly by: 'closing' | 'message' | 'cut';
  readonly atNs: number;
  /** Pieces heard until then. */
  readonly heard: number;
  /** Pieces that arrived afterwards. */
  later: number;
  writtenBytes: number;
  closedConnections: number;
}

/** One question, and what its client heard. */
export interface OpenQuestion {
  readonly index: number;
  readonly sequence: number;
  readonly pieces: number;
  readonly dueNs: number;
  heard: number;
  lastNs: number | null;
  broken: Break | null;
  /** The server's account. */
  answered: Answered | null;
}

export interface Asking {
  readonly questions: readonly OpenQuestion[];
  /** From the question's due time to its first piece. */
  readonly first: Samples;
  /** Between two pieces that a client heard before it broke its answer off, if it did. */
  readonly gaps: Samples;
  /** A client asks now; its pieces are numbered on from the question. */
  asked(index: number, sequence: number, pieces: number, dueNs: number): OpenQuestion;
  /** A client heard a message, which may be a piece. */
  received(index: number, sequence: number, atNs: number): void;
  /** Resolves with true when this many pieces have arrived, with false when the time is over. */
  until(question: OpenQuestion, pieces: number, withinNs: number): Promise<boolean>;
  /** The client breaks it off now; returns a function to call when that is done, which counts closed connections. */
  breakOff(question: OpenQuestion, by: Break['by']): () => void;
  /** Adds the server's account to the clients'. */
  close(answers: readonly Answered[]): void;
}

export function createAsking(clock: Clock, wires: Wires, signal: AbortSignal): Asking {
  const questions: OpenQuestion[] = [];
  /** The last question of each client. */
  const current: (OpenQuestion | undefined)[] = [];
  const first = createSamples();
  const gaps = createSamples();
  const waiting = new Map<OpenQuestion, { readonly pieces: number; readonly enough: () => void }>();
  const onClose: (() => void)[] = [];

  return {
    questions,
    first,
    gaps,
    asked(index, sequence, pieces, dueNs) {
      const question: OpenQuestion = {
        index,
        sequence,
        pieces,
        dueNs,
        heard: 0,
        lastNs: null,
        broken: null,
        answered: null,
      };
      questions.push(question);
      current[index] = question;
      return question;
    },
    received(index, sequence, atNs) {
      const question = current[index];
      // Every transport keeps the order of pieces; one that is not newer is a duplicate.
      if (!question || sequence <= question.sequence + question.heard) return;
      question.heard = sequence - question.sequence;
      if (question.broken) question.broken.later++;
      else if (question.lastNs === null) first.record(atNs - question.dueNs);
      else gaps.record(atNs - question.lastNs);
      question.lastNs = atNs;
      const wait = waiting.get(question);
      if (wait && question.heard >= wait.pieces) wait.enough();
    },
    async until(question, pieces, withinNs) {
      if (question.heard >= pieces) return true;
      const enough = new Promise<void>((enough) => void waiting.set(question, { pieces, enough }));
      const patience = new AbortController();
      const tooLate = sleepUntil(clock, clock.now() + withinNs, patience.signal).catch(() => {});
      await abortable(Promise.race([enough, tooLate]), signal);
      patience.abort();
      waiting.delete(question);
      return question.heard >= pieces;
    },
    breakOff(question, by) {
      const { done, count } = brokenOff(question, by, clock.now(), wires);
      onClose.push(count);
      return done;
    },
    close(answers) {
      for (const answered of answers) {
        const { client, sequence } = answered.question;
        const question = current[client - 1];
        if (question?.sequence === sequence) question.answered = answered;
      }
      for (const count of onClose.splice(0)) count();
    },
  };
}

/** Marks the question as broken off. `done` counts closed connections at once, `count` written bytes at the end. */
function brokenOff(question: OpenQuestion, by: Break['by'], atNs: number, wires: Wires) {
  const { index, heard } = question;
  const open = wires.open(index);
  const writtenBefore = wires.written(index);
  const broken: Break = {
    kind: by === 'cut' ? 'cut' : 'cancel',
    by,
    atNs,
    heard,
    later: 0,
    writtenBytes: 0,
    closedConnections: 0,
  };
  question.broken = broken;
  return {
    done() {
      broken.closedConnections = open.filter(({ destroyed }) => destroyed).length;
    },
    // Bytes may leave a little later, so they are counted at the end; an idle connection may close later by itself.
    count() {
      broken.writtenBytes = wires.written(index) - writtenBefore;
    },
  };
}

/**
 * Enters the answers into the book. Pieces that the server sent are waited for. Pieces that it did not send to a client
 * that was cut off count as lost too, but are not waited for. Of a cancelled answer only the pieces that had arrived
 * before count.
 */
export async function bookAnswers(book: Book, { questions }: Asking, arrived: () => Promise<void>) {
  const expect = (from: (said: number) => number, to: (said: number) => number) => {
    for (const { answered, broken, pieces } of questions) {
      const wanted = broken?.kind === 'cancel' ? broken.heard : pieces;
      if (!answered) continue;
      const { question, dueNs, said } = answered;
      for (let k = from(said); k < Math.min(to(said), wanted); k++) {
        const [due = 0, sequence] = [dueNs[k], question.sequence + 1 + k];
        book.sent({ sender: question.client, sequence, dueNs: due, sentNs: due, receivers: 1 });
      }
    }
  };
  expect(
    () => 0,
    (said) => said,
  );
  await arrived();
  expect(
    (said) => said,
    () => Number.POSITIVE_INFINITY,
  );
}
