/** Metrics of messages: how long they took, and what became of them. */
import { text } from '../base/text.ts';
import { family, meaningsOf, metric, type Prospect } from './metric.ts';

const silent = text('{scenario} sends no messages', '{scenario}에서는 메시지를 보내지 않음');
const noPolls = text('{transport} counts no polls', '{transport}: 폴링을 세지 않음');
const oneReceiver = text(
  '{metric} takes several receivers of a message: push or chat, with two clients or more',
  '{metric}: 메시지 하나를 여럿이 받아야 함(push나 chat, 클라이언트 둘 이상)',
);

export const unlessSilent = ({ messages }: Prospect) => (messages === 0 ? silent : null);
/** Number of copies: each message counts once for each receiver. */
const copies = ({ messages, receivers }: Prospect) => messages * receivers;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const p50 = text('p50', 'p50');
const p95 = text('p95', 'p95');

const latencyIs = meaningsOf(
  text(
    '{which} of the latency: from the time at which a message is due until it, or its answer where the scenario asks for one, has been handled.',
    '지연의 {which}입니다. 지연은 메시지를 보내기로 한 시각부터 그 메시지(시나리오가 답을 기다리면 그 답)를 처리한 시각까지입니다.',
  ),
);

export const latency = family(
  'latency',
  { never: unlessSilent, samples: { of: (trial) => trial.latency?.count ?? 0, most: copies } },
  [
    [
      'p50',
      'ns',
      (trial) => trial.latency?.p50,
      latencyIs('p50'),
      { head: text('p50 ms', 'p50 ms'), ratioHead: p50, graphed: true },
    ],
    ['p90', 'ns', (trial) => trial.latency?.p90, latencyIs('p90')],
    [
      'p95',
      'ns',
      (trial) => trial.latency?.p95,
      latencyIs('p95'),
      { head: text('p95 ms', 'p95 ms'), ratioHead: p95, graphed: true },
    ],
    ['p99', 'ns', (trial) => trial.latency?.p99, latencyIs('p99')],
    ['mean', 'ns', (trial) => trial.latency?.mean, latencyIs('mean')],
    ['min', 'ns', (trial) => trial.latency?.min, latencyIs('min')],
    ['max', 'ns', (trial) => trial.latency?.max, latencyIs('max')],
    [
      'count',
      'count',
      (trial) => trial.latency?.count,
      text('How many latencies were measured.', '측정한 지연의 개수입니다.'),
      { most: copies },
    ],
  ],
);

const latenessIs = meaningsOf(
  text(
    '{which} of how long after its due time a message was sent: the client’s own delay.',
    '메시지를 보내기로 한 시각보다 얼마나 늦게 보냈는지의 {which}입니다. 클라이언트 자신의 지연입니다.',
  ),
);

/** One sample for each message, however many receive it. */
export const lateness = family(
  'lateness',
  {
    never: unlessSilent,
    samples: {
      of: ({ fanOut, delivery }) => fanOut?.last.count ?? delivery.sent,
      most: ({ messages }) => messages,
    },
  },
  [
    ['p50', 'ns', (trial) => trial.lateness.p50, latenessIs('p50')],
    ['p99', 'ns', (trial) => trial.lateness.p99, latenessIs('p99')],
  ],
);

const timesHeard = ({ messages, receivers }: Prospect) => (receivers === 1 ? 0 : messages);

export const fanOut = family(
  'fanOut',
  {
    never: (asked) => unlessSilent(asked) ?? (timesHeard(asked) > 0 ? null : oneReceiver),
    samples: { of: (trial) => trial.fanOut?.first.count ?? 0, most: timesHeard },
  },
  [
    [
      'first.p50',
      'ns',
      (trial) => trial.fanOut?.first.p50,
      text(
        'The median of the time from when a message for several is due until the first of them has it.',
        '여럿에게 보내는 메시지를 보내기로 한 시각부터 그중 첫 클라이언트가 받을 때까지 걸린 시간의 중앙값입니다.',
      ),
    ],
    [
      'last.p50',
      'ns',
      (trial) => trial.fanOut?.last.p50,
      text(
        'The median of the time from when a message for several is due until the last of them has it.',
        '여럿에게 보내는 메시지를 보내기로 한 시각부터 그중 마지막 클라이언트가 받을 때까지 걸린 시간의 중앙값입니다.',
      ),
    ],
  ],
);

export const delivery = family('delivery', {}, [
  [
    'sent',
    'count',
    (trial) => trial.delivery.sent,
    text(
      'Copies that were to be heard: each message counts once for each of its receivers.',
      '도착해야 하는 메시지 수입니다. 여럿이 받는 메시지는 받을 클라이언트마다 하나로 셉니다.',
    ),
    { most: copies },
  ],
  [
    'delivered',
    'count',
    (trial) => trial.delivery.delivered,
    text('Of the copies sent, those that arrived.', '보낸 것 가운데 도착한 메시지 수입니다.'),
    { most: copies },
  ],
  [
    'lost',
    'count',
    (trial) => trial.delivery.lost,
    text(
      'Copies that neither arrived nor failed with an error before the deadline.',
      '기한까지 도착하지도 않고 오류로 알려지지도 않은 메시지 수입니다.',
    ),
    { most: copies },
  ],
  [
    'duplicated',
    'count',
    (trial) => trial.delivery.duplicated,
    text('Copies that arrived once more.', '같은 클라이언트에 또 도착한 메시지 수입니다.'),
  ],
  [
    'reordered',
    'count',
    (trial) => trial.delivery.reordered,
    text(
      'Copies that arrived behind a later message of the same sender.',
      '같은 송신자가 더 나중에 보낸 메시지보다 늦게 도착한 메시지 수입니다.',
    ),
  ],
  [
    'sentAgain',
    'count',
    (trial) => trial.delivery.sentAgain,
    text(
      'Messages that came to the server more than once, in all phases; it takes each of them once.',
      '모든 단계에서 서버에 두 번 이상 온 메시지 수입니다. 서버는 그것을 한 번만 받아들입니다.',
    ),
  ],
  [
    'errors',
    'count',
    (trial) => sum(Object.values(trial.delivery.errors)),
    text(
      'Copies that failed, and errors that are no message’s, of every kind.',
      '실패한 메시지와 그 밖의 오류를 종류와 관계없이 모두 센 수입니다.',
    ),
  ],
]);

export const messages = family('messages', {}, [
  [
    'up',
    'count',
    (trial) => trial.messages.up,
    text('Messages that clients sent.', '클라이언트가 보낸 메시지 수입니다.'),
  ],
  [
    'down',
    'count',
    (trial) => trial.messages.down,
    text('Messages that clients were sent.', '클라이언트가 받은 메시지 수입니다.'),
  ],
]);

export const polls = family('polls', { never: ({ countsPolls }) => (countsPolls ? null : noPolls) }, [
  [
    'made',
    'count',
    (trial) => trial.polls?.made,
    text('Polls: requests that ask for news.', '폴링, 곧 새 소식이 있는지 묻는 요청의 수입니다.'),
  ],
  [
    'empty',
    'count',
    (trial) => trial.polls?.empty,
    text('Of the polls, those that brought nothing.', '폴링 가운데 아무것도 받지 못한 수입니다.'),
  ],
  [
    'skipped',
    'count',
    (trial) => trial.polls?.skipped,
    text(
      'Polls that were due while the one before was still under way.',
      '앞선 폴링이 끝나지 않아 건너뛴 폴링의 수입니다.',
    ),
  ],
]);

/** In the measured phase. */
export const throughput = metric(
  'throughput',
  'messages/s',
  ({ throughput }) => throughput,
  text('Messages heard a second in the measured phase.', '측정 단계에서 1초에 도착한 메시지 수입니다.'),
  {
    never: unlessSilent,
    head: text('messages /s', '메시지 /초'),
    ratioHead: text('messages/s', '초당 메시지'),
  },
);
