/** The metrics that every trial may have, whatever its scenario asks for. */
import { text } from '../base/text.ts';
import type { Trial } from '../document/report.ts';
import { layers } from '../protocols/layers.ts';
import { family, type Metric, metric, type Prospect } from './metric.ts';

const silent = text('{scenario} sends no messages', '{scenario}에서는 메시지를 보내지 않음');
const nothingUp = text('in {scenario} only the server speaks', '{scenario}에서는 서버만 메시지를 보냄');
const noPolls = text('{transport} counts no polls', '{transport}: 폴링을 세지 않음');
const oneReceiver = text(
  '{metric} takes several receivers of a message: push or chat, with two clients or more',
  '{metric}: 메시지 하나를 여럿이 받아야 함(push나 chat, 클라이언트 둘 이상)',
);

const unlessSilent = ({ messages }: Prospect) => (messages === 0 ? silent : null);
/** Of messages, one for each receiver. */
const copies = ({ messages, receivers }: Prospect) => messages * receivers;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const p50 = text('p50', 'p50');
const p95 = text('p95', 'p95');

const latency = family(
  'latency',
  { never: unlessSilent, samples: { of: (trial) => trial.latency?.count ?? 0, most: copies } },
  [
    [
      'p50',
      'ns',
      (trial) => trial.latency?.p50,
      { head: text('p50 ms', 'p50 ms'), ratioHead: p50, graphed: true },
    ],
    ['p90', 'ns', (trial) => trial.latency?.p90],
    [
      'p95',
      'ns',
      (trial) => trial.latency?.p95,
      { head: text('p95 ms', 'p95 ms'), ratioHead: p95, graphed: true },
    ],
    ['p99', 'ns', (trial) => trial.latency?.p99],
    ['mean', 'ns', (trial) => trial.latency?.mean],
    ['min', 'ns', (trial) => trial.latency?.min],
    ['max', 'ns', (trial) => trial.latency?.max],
    ['count', 'count', (trial) => trial.latency?.count, { most: copies }],
  ],
);

/** One sample a message, however many hear it. */
const lateness = family(
  'lateness',
  {
    never: unlessSilent,
    samples: {
      of: ({ fanOut, delivery }) => fanOut?.last.count ?? delivery.sent,
      most: ({ messages }) => messages,
    },
  },
  [
    ['p50', 'ns', (trial) => trial.lateness.p50],
    ['p99', 'ns', (trial) => trial.lateness.p99],
  ],
);

const timesHeard = ({ messages, receivers }: Prospect) => (receivers === 1 ? 0 : messages);

const fanOut = family(
  'fanOut',
  {
    never: (asked) => unlessSilent(asked) ?? (timesHeard(asked) > 0 ? null : oneReceiver),
    samples: { of: (trial) => trial.fanOut?.first.count ?? 0, most: timesHeard },
  },
  [
    ['first.p50', 'ns', (trial) => trial.fanOut?.first.p50],
    ['last.p50', 'ns', (trial) => trial.fanOut?.last.p50],
  ],
);

const delivery = family('delivery', {}, [
  ['sent', 'count', (trial) => trial.delivery.sent, { most: copies }],
  ['delivered', 'count', (trial) => trial.delivery.delivered, { most: copies }],
  ['lost', 'count', (trial) => trial.delivery.lost, { most: copies }],
  ['duplicated', 'count', (trial) => trial.delivery.duplicated],
  ['reordered', 'count', (trial) => trial.delivery.reordered],
  ['sentAgain', 'count', (trial) => trial.delivery.sentAgain],
  ['errors', 'count', (trial) => sum(Object.values(trial.delivery.errors))],
]);

const messages = family('messages', {}, [
  ['up', 'count', (trial) => trial.messages.up],
  ['down', 'count', (trial) => trial.messages.down],
]);

const polls = family('polls', { never: ({ countsPolls }) => (countsPolls ? null : noPolls) }, [
  ['made', 'count', (trial) => trial.polls?.made],
  ['empty', 'count', (trial) => trial.polls?.empty],
  ['skipped', 'count', (trial) => trial.polls?.skipped],
]);

const wire = family('wire', {}, [
  ['up', 'B', (trial) => trial.wire.up],
  ['down', 'B', (trial) => trial.wire.down],
]);

const perMessage = family('perMessage', { never: unlessSilent }, [
  [
    'up',
    'B',
    (trial) => trial.perMessage.up,
    { never: (asked) => unlessSilent(asked) ?? (asked.onlyServerSpeaks ? nothingUp : null) },
  ],
  ['down', 'B', (trial) => trial.perMessage.down],
  [
    'overhead',
    'B',
    (trial) => trial.perMessage.overhead,
    { head: text('overhead B/msg', '오버헤드 B/메시지'), graphed: true },
  ],
]);

const setup = family('setup', {}, [
  ['requests', 'count', (trial) => trial.setup.requests],
  ['connections', 'count', (trial) => trial.setup.connections],
  ['bytes', 'B', (trial) => trial.setup.bytes, { graphed: true }],
]);

const resources = family('resources', {}, [
  ['client.cpuMs', 'ms', (trial) => trial.resources.client?.cpuMs, { noise: 'either' }],
  ['server.cpuMs', 'ms', (trial) => trial.resources.server?.cpuMs, { noise: 'either' }],
  ['client.loopDelayP99Ms', 'ms', (trial) => trial.resources.client?.loopDelayP99Ms],
  ['server.loopDelayP99Ms', 'ms', (trial) => trial.resources.server?.loopDelayP99Ms],
]);

/** Bytes of a layer in all phases and both directions. */
export const bytesOfLayer = ({ layers: rows }: Pick<Trial['wire'], 'layers'>, layer: string): number =>
  sum(rows.filter((row) => row.layer === layer).map(({ bytes }) => bytes));

/** What clients and servers did. */
export const metricsOfEveryTrial: readonly Metric[] = [
  ...latency,
  ...lateness,
  ...fanOut,
  ...delivery,
  metric('requests', 'count', ({ requests }) => requests, { graphed: true }),
  metric('connections', 'count', ({ connections }) => connections),
  ...messages,
  ...polls,
  ...wire,
  ...perMessage,
  ...setup,
  metric('throughput', 'messages/s', ({ throughput }) => throughput, {
    never: unlessSilent,
    head: text('messages /s', '메시지 /초'),
    ratioHead: text('messages/s', '초당 메시지'),
  }),
];

/** What it took of the machine, and whose the bytes were: told last. */
export const metricsOfWhatItTook: readonly Metric[] = [
  ...resources,
  ...family(
    'wire',
    {},
    layers.map((layer) => [layer, 'B', (trial: Trial) => bytesOfLayer(trial.wire, layer)] as const),
  ),
];
