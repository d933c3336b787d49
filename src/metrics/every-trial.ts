/** The metrics that every trial may have, in any scenario. */
import { inEveryLanguage, text } from '../base/text.ts';
import { byLayer, perMessage, setup, wire } from './byte-metrics.ts';
import { delivery, fanOut, latency, lateness, messages, polls, throughput } from './message-metrics.ts';
import { family, type Member, type Metric, metric } from './metric.ts';

const cpuOf = text(
  'Processor time of {whose} process in the measured phase.',
  '측정 단계에서 {whose} 프로세스가 쓴 CPU 시간입니다.',
);
const loopOf = text(
  'How long the event loop of {whose} process kept timers waiting, the 99th percentile.',
  '{whose} 프로세스의 이벤트 루프가 타이머를 늦춘 시간의 99번째 백분위수입니다.',
);
const whose = {
  client: text('the clients’', '클라이언트'),
  server: text('the server’s', '서버'),
};

const sides = ['client', 'server'] as const;

const resources = family('resources', {}, [
  ...sides.map(
    (side): Member => [
      `${side}.cpuMs`,
      'ms',
      (trial) => trial.resources[side]?.cpuMs,
      inEveryLanguage(cpuOf, { whose: whose[side] }),
      { noise: 'either' },
    ],
  ),
  ...sides.map(
    (side): Member => [
      `${side}.loopDelayP99Ms`,
      'ms',
      (trial) => trial.resources[side]?.loopDelayP99Ms,
      inEveryLanguage(loopOf, { whose: whose[side] }),
    ],
  ),
]);

/** What clients and servers did. */
export const metricsOfEveryTrial: readonly Metric[] = [
  ...latency,
  ...lateness,
  ...fanOut,
  ...delivery,
  metric(
    'requests',
    'count',
    ({ requests }) => requests,
    text('HTTP requests, in all phases.', '모든 단계의 HTTP 요청 수입니다.'),
    { graphed: true },
  ),
  metric(
    'connections',
    'count',
    ({ connections }) => connections,
    text('TCP connections, in all phases.', '모든 단계의 TCP 연결 수입니다.'),
  ),
  ...messages,
  ...polls,
  ...wire,
  ...perMessage,
  ...setup,
  throughput,
];

/** Resources used, and bytes by layer: listed last. */
export const metricsOfWhatItTook: readonly Metric[] = [...resources, ...byLayer];
