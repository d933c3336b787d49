/**
 * Idle: all clients are connected and no messages are sent. Most connections of most applications spend most of their
 * time like this; it costs bytes, requests, wake-ups and memory.
 */
import { text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import { family } from '../../metrics/metric.ts';
import type { MemoryStep, Observed } from '../seen.ts';
import { type Scenario, usual } from './scenario.ts';

const notIdle = text(
  '{metric} is measured where nobody sends anything (scenario idle)',
  '{metric}: 아무도 메시지를 보내지 않는 곳(시나리오 idle)에서만 잼',
);

const metrics = [
  ...family('idle', { elsewhere: notIdle }, [
    [
      'requests',
      'per hour',
      ({ idle: silence }) => silence?.requests,
      text(
        'HTTP requests of a client in an hour without messages, extrapolated.',
        '메시지가 없는 한 시간 동안 클라이언트 하나가 보내는 HTTP 요청 수로, 잰 값에서 늘려 계산했습니다.',
      ),
      { head: text('requests /h', '요청 /시간') },
    ],
    [
      'bytes',
      'B/hour',
      ({ idle: silence }) => silence?.bytes,
      text(
        'Bytes of a client in both directions in an hour without messages, extrapolated.',
        '메시지가 없는 한 시간 동안 클라이언트 하나가 주고받는 바이트로, 잰 값에서 늘려 계산했습니다.',
      ),
      { head: text('B /h', 'B /시간') },
    ],
    // `lowers`: a client that is kept waiting reads several chunks at once.
    [
      'wakeUps',
      'per hour',
      ({ idle: silence }) => silence?.wakeUps,
      text(
        'How often a client is handed bytes in an hour without messages, extrapolated.',
        '메시지가 없는 한 시간 동안 클라이언트 하나가 바이트를 받아 깨어나는 횟수로, 잰 값에서 늘려 계산했습니다.',
      ),
      { noise: 'lowers', head: text('wake-ups /h', '깨어남 /시간') },
    ],
  ]),
  ...family('memory', { isSlope: true }, [
    [
      'serverBytes',
      'B',
      ({ memory }) => memory?.serverBytes,
      text(
        'The server’s memory for one more idle connection.',
        '메시지가 없는 연결 하나가 늘 때마다 서버가 더 쓰는 메모리입니다.',
      ),
      { head: text('server B/conn', '서버 B/연결') },
    ],
    [
      'clientBytes',
      'B',
      ({ memory }) => memory?.clientBytes,
      text(
        'The clients’ memory for one more idle connection.',
        '메시지가 없는 연결 하나가 늘 때마다 클라이언트가 더 쓰는 메모리입니다.',
      ),
      { head: text('client B/conn', '클라이언트 B/연결') },
    ],
  ]),
];

const secondsPerHour = 3600;

/** Per client and hour, extrapolated. A client wakes up for every chunk it reads; that is what drains a battery. */
function silence({ steady, clients, ledger }: Observed): Trial['idle'] {
  if (steady.book.delivery().sent > 0) return null;
  const seconds = steady.durationMs / 1000;
  const hourly = (total: number) => (total * secondsPerHour) / seconds / clients;
  const rows = ledger.layers().filter(({ phase }) => phase === 'steady');
  const requests = rows.find(({ layer, direction }) => layer === 'http' && direction === 'up')?.units ?? 0;
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
  const wakeUps = ledger.transfers('down', 'steady');
  return { seconds, bytes: hourly(bytes), requests: hourly(requests), wakeUps: hourly(wakeUps) };
}

/** The slope. Not by a library: `--help` loads the scenarios, and loading one would take longer than all the rest. */
function leastSquares(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
}

/** The slope over several numbers of clients: memory of one more connection, without that of the process itself. */
function kept(steps: readonly MemoryStep[]): Trial['memory'] {
  if (steps.length < 2) return null;
  const slope = (bytes: (step: MemoryStep) => number) =>
    leastSquares(steps.map((step) => [step.clients, bytes(step)] as const));
  const isTold = steps.every(({ serverBytes }) => serverBytes !== null);
  return {
    serverBytes: isTold ? slope(({ serverBytes }) => serverBytes ?? 0) : null,
    clientBytes: slope(({ clientBytes }) => clientBytes),
    steps: steps.map(({ clients }) => clients),
  };
}

export const idle = {
  ...usual,
  name: 'idle',
  question: {
    en: 'What does it cost to be connected while nothing happens?',
    ko: '메시지가 없을 때 연결을 유지하는 데 얼마나 듭니까?',
  },
  connecting: 'in-steps',
  paced: false,
  timed: false,
  defaults: { messages: 0, warmup: 0, durationMs: 30_000, pollIntervalMs: 5000 },
  async drive(lab) {
    if (lab.phase === 'steady') await lab.pass(lab.load.durationMs ?? 0);
  },
  metrics,
  findings: (seen) => ({ idle: silence(seen), memory: kept(seen.memory) }),
} satisfies Scenario;
