/**
 * Stream: one question, one answer that comes piece by piece, as a language model's does. A third of the clients read to
 * the end, a third are cut off in the middle, a third have enough of it in the middle. What is measured is the time to
 * the first piece, the gaps between pieces, what it takes to say "enough", and what a cut loses.
 */
import { type Lab, type Scenario, type Speaker, usual } from './scenario.ts';

/** After the last answer has ended: an EventSource that was cut in the middle comes back after three seconds. */
const afterMs = 4000;

/** Client by client, so that three of them are enough to see all. */
const fates = ['reads', 'is cut', 'cancels'] as const;

export const stream = {
  ...usual,
  name: 'stream',
  question: {
    en: 'When an answer comes piece by piece, when do the pieces come, who can stop it, and what does a cut lose?',
    ko: '응답을 조각으로 나누어 보낼 때 조각은 언제 오고, 누가 멈출 수 있으며, 연결이 끊기면 무엇을 잃습니까?',
  },
  behaviour: 'answerer',
  latency: 'age',
  needs: ['answers'],
  needsPieces: true,
  // A piece says whose answer it belongs to.
  needsIdentity: true,
  defaults: { clients: 9, rate: 50, messages: 150, size: 20, arrivals: 'periodic', warmup: 5 },
  async drive(lab) {
    const fromNs = await lab.serverAnswers();
    // One after the other, over half the time that an answer takes: a moment at which the machine stood still is one client's.
    const apartNs = lab.phase === 'warmup' ? 0 : (lab.pieces * 5e8) / lab.load.rate / lab.speakers.length;
    await Promise.all(
      lab.speakers.map((speaker, index) => converse(lab, speaker, index, fromNs + index * apartNs)),
    );
    await lab.answered(afterMs);
  },
} satisfies Scenario;

async function converse(
  { phase, pieces, startNs }: Lab,
  { due, question }: Speaker,
  index: number,
  fromNs: number,
) {
  const fate = phase === 'warmup' ? 'reads' : fates[index % fates.length];
  // At a random place of the period, as the load's schedule has it.
  const answer = await question(fromNs + (due[0] ?? startNs) - startNs);
  if (fate === 'reads') return void (await answer.heard(pieces));
  if (!(await answer.heard(Math.ceil(pieces / 2)))) return;
  if (fate === 'is cut') answer.cut();
  else await answer.cancel();
}
