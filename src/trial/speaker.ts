/** One client as a scenario sees it: it sends a message when it is due, or asks and waits. */
import { sleepUntil } from '../base/clock.ts';
import type { PieceByPiece, Speaker } from './scenarios/scenario.ts';
import { type SpeakingClient, type Speech, send, tell } from './speech.ts';

/** How many messages one phase has, and at which pace. */
export interface PhaseLoad {
  readonly phase: 'warmup' | 'steady';
  readonly messages: number;
  readonly rate: number;
  readonly durationMs: number | null;
}

/** An answer has as many pieces as the phase has messages, or as fit into its duration. */
export const piecesOf = ({ messages, rate, durationMs }: PhaseLoad): number =>
  durationMs === null ? messages : Math.min(messages, Math.ceil((rate * durationMs) / 1000));

export function speakerOf(
  speech: Speech,
  client: SpeakingClient,
  due: readonly number[],
  phaseLoad: PhaseLoad,
): Speaker {
  const { clock, load, signal } = speech;
  /** Resolves when the message has been delivered, or has failed. */
  const converse = (dueNs: number): Promise<void> =>
    new Promise((resolve) => {
      void send(speech, client, dueNs, () => resolve());
    });
  return {
    due,
    async speak(dueNs) {
      // A client in another process keeps the due time itself; it gets the message `leadNs` before.
      await sleepUntil(clock, dueNs - (client.connection.ahead?.leadNs ?? 0), signal);
      // The answer to a message without identity is recognised by being the only one expected.
      if (load.closed || !speech.identified) return converse(dueNs);
      const sent = send(speech, client, dueNs, null);
      // A warm-up that sends in turn opens no connections that the schedule would not open.
      if (phaseLoad.phase === 'warmup') await sent;
    },
    async question(dueNs) {
      await sleepUntil(clock, dueNs, signal);
      return ask(speech, client, dueNs, piecesOf(phaseLoad));
    },
    ask() {
      signal.throwIfAborted();
      return converse(clock.now());
    },
    askUntil: (endNs, atMost) =>
      new Promise((resolve) => {
        let asked = 0;
        const askAgain = (now: number) => {
          if (now >= endNs || asked++ >= atMost || signal.aborted) resolve();
          else void send(speech, client, now, askAgain);
        };
        askAgain(clock.now());
      }),
  };
}

function ask(speech: Speech, client: SpeakingClient, dueNs: number, pieces: number): PieceByPiece {
  const sequence = client.nextSequence;
  client.nextSequence += 1 + pieces;
  const { asked, until, breakOff } = speech.asking;
  const question = asked(client.index, sequence, pieces, dueNs);
  const answerNs = (pieces * 1e9) / speech.load.rate + speech.timeoutMs * 1e6;
  void tell(speech, client, sequence);
  return {
    heard: (wanted) => until(question, wanted, answerNs),
    async cancel() {
      const { cancel } = client.connection;
      const done = breakOff(question, cancel ? 'closing' : 'message');
      if (cancel) cancel();
      else await tell(speech, client, sequence);
      done();
    },
    cut() {
      const done = breakOff(question, 'cut');
      speech.wires.cut(client.index);
      done();
    },
  };
}
