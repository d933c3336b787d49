/**
 * Stream: one question, one answer that arrives piece by piece, like that of a language model. A third of the clients
 * read to the end, a third are cut off in the middle, a third cancel in the middle. Measured are the time to the first
 * piece, the gaps between pieces, what it costs to cancel, and what a cut loses.
 */
import { text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import { family, meaningsOf, type Prospect } from '../../metrics/metric.ts';
import { streamOf } from '../streamed.ts';
import { type Lab, type Scenario, type Speaker, usual } from './scenario.ts';

/** Wait after the last answer: an EventSource that was cut off reconnects after three seconds. */
const afterMs = 4000;

/** The fates of clients in turn, so that three clients are enough for all. */
const fates = ['reads', 'is cut', 'cancels'] as const;

const fewClients = text(
  '{metric} takes three clients or more: one reads on, one is cut off, one cancels',
  '{metric}: 클라이언트가 셋 이상이어야 함(하나는 끝까지 읽고, 하나는 끊기고, 하나는 취소함)',
);
const everyFate = {
  never: ({ clients }: Prospect) => (clients < fates.length ? fewClients : null),
};

/** The longest time (ms) until the server knew that a client had cancelled. */
const slowestNews = ({ stream }: Trial) =>
  stream?.cancelled ? Math.max(...stream.cancelled.serverKnewMs) : null;

const firstIs = meaningsOf(
  text(
    '{which} of the time from when a question is due until the first piece of its answer is there.',
    '질문을 보내기로 한 시각부터 답의 첫 조각이 올 때까지 걸린 시간의 {which}입니다.',
  ),
);
const gapIs = meaningsOf(
  text(
    '{which} of the time between two pieces of an answer that nobody has broken off.',
    '끊기지 않은 답에서 한 조각과 다음 조각 사이에 걸린 시간의 {which}입니다.',
  ),
);

const metrics = [
  ...family(
    'stream.first',
    { samples: { of: ({ stream }) => stream?.first?.count ?? 0, most: ({ clients }) => clients } },
    [
      ['p50', 'ns', ({ stream }) => stream?.first?.p50, firstIs('p50')],
      ['max', 'ns', ({ stream }) => stream?.first?.max, firstIs('max')],
    ],
  ),
  ...family(
    'stream.gaps',
    { samples: { of: ({ stream }) => stream?.gaps?.count ?? 0, most: ({ messages }) => messages } },
    [
      ['p50', 'ns', ({ stream }) => stream?.gaps?.p50, gapIs('p50')],
      ['p95', 'ns', ({ stream }) => stream?.gaps?.p95, gapIs('p95')],
      ['max', 'ns', ({ stream }) => stream?.gaps?.max, gapIs('max')],
    ],
  ),
  ...family('stream.cancelled', everyFate, [
    [
      'serverKnew',
      'ms',
      slowestNews,
      text(
        'How long the server went on after a client had cancelled, in the slowest case.',
        '클라이언트가 취소한 뒤 서버가 이를 알기까지 가장 오래 걸린 시간입니다.',
      ),
    ],
    [
      'saidAfter',
      'count',
      ({ stream }) => stream?.cancelled?.saidAfter,
      text(
        'Pieces that the server said after clients had cancelled, to all of them.',
        '클라이언트가 취소한 뒤에 서버가 모든 클라이언트에 더 보낸 조각의 수입니다.',
      ),
    ],
    [
      'requests',
      'count',
      ({ stream }) => stream?.cancelled?.requests,
      text('Requests that it takes a client to cancel.', '클라이언트 하나가 취소하는 데 쓰는 요청 수입니다.'),
    ],
    [
      'connections',
      'count',
      ({ stream }) => stream?.cancelled?.connections,
      text(
        'Connections that are gone with it when a client cancels.',
        '클라이언트 하나가 취소하면서 닫히는 연결의 수입니다.',
      ),
    ],
    [
      'bytes',
      'B',
      ({ stream }) => stream?.cancelled?.bytes,
      text(
        'Bytes in both directions that it takes a client to cancel.',
        '클라이언트 하나가 취소하는 데 양쪽으로 오가는 바이트입니다.',
      ),
    ],
  ]),
  ...family('stream.cut', everyFate, [
    [
      'lost',
      'count',
      ({ stream }) => stream?.cut?.lost,
      text('Pieces that were never heard after a cut.', '연결이 끊긴 뒤 끝내 도착하지 않은 조각의 수입니다.'),
    ],
    [
      'continued',
      'count',
      ({ stream }) => stream?.cut?.continued,
      text(
        'Clients that heard more of the answer after a cut.',
        '연결이 끊긴 뒤에도 답을 이어서 받은 클라이언트 수입니다.',
      ),
    ],
    [
      'saidAfter',
      'count',
      ({ stream }) => stream?.cut?.saidAfter,
      text(
        'Pieces that the server said after clients had been cut off, to all of them.',
        '연결이 끊긴 뒤에 서버가 모든 클라이언트에 더 보낸 조각의 수입니다.',
      ),
    ],
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
  // Each piece carries the identity of its answer.
  needsIdentity: true,
  defaults: { clients: 9, rate: 50, messages: 150, size: 20, arrivals: 'periodic', warmup: 5 },
  async drive(lab) {
    const fromNs = await lab.serverAnswers();
    // One after the other, over half the duration of an answer, so that a stall of the machine delays only one start.
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
  // At the place in the period that the load's schedule gives.
  const answer = await question(fromNs + (due[0] ?? startNs) - startNs);
  if (fate === 'reads') return void (await answer.heard(pieces));
  if (!(await answer.heard(Math.ceil(pieces / 2)))) return;
  if (fate === 'is cut') answer.cut();
  else await answer.cancel();
}
