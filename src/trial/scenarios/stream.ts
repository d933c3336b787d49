/**
 * Stream: one question, one answer that comes piece by piece, as a language model's does. A third of the clients read to
 * the end, a third are cut off in the middle, a third have enough of it in the middle. What is measured is the time to
 * the first piece, the gaps between pieces, what it takes to say "enough", and what a cut loses.
 */
import { text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import { family, type Prospect } from '../../metrics/metric.ts';
import { streamOf } from '../streamed.ts';
import { type Lab, type Scenario, type Speaker, usual } from './scenario.ts';

/** After the last answer has ended: an EventSource that was cut in the middle comes back after three seconds. */
const afterMs = 4000;

/** Client by client, so that three of them are enough to see all. */
const fates = ['reads', 'is cut', 'cancels'] as const;

const fewClients = text(
  '{metric} takes three clients or more: one reads on, one is cut off, one cancels',
  '{metric}: 클라이언트가 셋 이상이어야 함(하나는 끝까지 읽고, 하나는 끊기고, 하나는 취소함)',
);
const everyFate = {
  never: ({ clients }: Prospect) => (clients < fates.length ? fewClients : null),
};

/** Of the clients that cancelled, the one of which the server learned last. */
const slowestNews = ({ stream }: Trial) =>
  stream?.cancelled ? Math.max(...stream.cancelled.serverKnewMs) : null;

const metrics = [
  ...family(
    'stream.first',
    { samples: { of: ({ stream }) => stream?.first?.count ?? 0, most: ({ clients }) => clients } },
    [
      ['p50', 'ns', ({ stream }) => stream?.first?.p50],
      ['max', 'ns', ({ stream }) => stream?.first?.max],
    ],
  ),
  ...family(
    'stream.gaps',
    { samples: { of: ({ stream }) => stream?.gaps?.count ?? 0, most: ({ messages }) => messages } },
    [
      ['p50', 'ns', ({ stream }) => stream?.gaps?.p50],
      ['p95', 'ns', ({ stream }) => stream?.gaps?.p95],
      ['max', 'ns', ({ stream }) => stream?.gaps?.max],
    ],
  ),
  ...family('stream.cancelled', everyFate, [
    ['serverKnew', 'ms', slowestNews],
    ['saidAfter', 'count', ({ stream }) => stream?.cancelled?.saidAfter],
    ['requests', 'count', ({ stream }) => stream?.cancelled?.requests],
    ['connections', 'count', ({ stream }) => stream?.cancelled?.connections],
    ['bytes', 'B', ({ stream }) => stream?.cancelled?.bytes],
  ]),
  ...family('stream.cut', everyFate, [
    ['lost', 'count', ({ stream }) => stream?.cut?.lost],
    ['continued', 'count', ({ stream }) => stream?.cut?.continued],
    ['saidAfter', 'count', ({ stream }) => stream?.cut?.saidAfter],
  ]),
];

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
  metrics,
  findings: (seen) => ({ stream: streamOf(seen) }),
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
