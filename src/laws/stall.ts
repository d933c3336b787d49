/**
 * One stall of the server, measured from due times, and by a closed loop that misses most of it.
 *
 * Coordinated omission is Gil Tene's name for the latter mistake; the example is from wrk2's README.
 */
import type { Law } from './law.ts';
import { expectedMessages } from './notation.ts';

/** A stall of S within a window of W. */
export interface Stall {
  readonly stallNs: number;
  readonly windowNs: number;
}

/**
 * CO1: the quantile of latency, in ns, at a constant rate with one stall: S − (1 − q)·W for q > 1 − S/W, else 0
 * (what the stall adds, so the usual latency comes on top). Messages due in the stall wait for the rest of it,
 * uniformly 0 … S, and are S/W of all. Assumes that the queue drains at once after the stall. Derived.
 */
export const stallQuantileNs = (p: Stall & { quantile: number }): number =>
  Math.max(0, p.stallNs - (1 - p.quantile) * p.windowNs);

/**
 * CO1, the mistake: the share of samples that see the stall at all when each connection waits for its answer
 * before sending again. Only one request a connection hangs: C/(λ·(W − S) + C). Derived.
 *
 * @param p.rate requests per second over all connections, outside the stall.
 */
export const closedLoopStalledShare = (p: Stall & { connections: number; rate: number }): number =>
  p.connections / (expectedMessages(p.rate, p.windowNs - p.stallNs) + p.connections);

export const co1 = {
  id: 'CO1',
  exact: false,
  title: { en: 'A stall seen by an honest clock', ko: '예정 시각부터 측정한 멈춤' },
  statement: {
    en: "When a server stops for S, every message due in that time is late, the first by all of S and the last by nothing. Counted from the time they were due, S/W of all latencies lie between 0 and S, and the quantiles follow. A client that waits for each answer sends nothing during the stall, records one bad sample a connection, and reports a healthy p99: in wrk2's example 6 ms instead of more than a second. So latency counts from the due time, and data taken so needs no correction afterwards.",
    ko: '서버가 S 동안 멈추면 그사이 보낼 예정이던 메시지가 모두 늦습니다. 첫 메시지는 S만큼 늦고 마지막 메시지는 거의 늦지 않습니다. 보낼 예정이던 시각부터 측정하면 전체의 S/W가 0과 S 사이의 지연을 갖게 되고, 분위수는 여기서 나옵니다. 응답을 받아야 다음을 보내는 클라이언트는 멈춘 동안 아무것도 보내지 않으므로, 연결마다 나쁜 표본 하나만 남고 p99가 정상인 것처럼 보고됩니다. wrk2의 예에서는 1초가 넘는 값이 6 ms로 나옵니다. 그래서 지연은 예정 시각부터 측정하며, 그렇게 측정한 데이터는 나중에 보정할 필요가 없습니다.',
  },
  formula: 'p_q = S − (1 − q)·W for q > 1 − S/W',
  source: 'derived; Tene, wrk2 README (coordinated omission)',
  parameters: [
    { name: 'S', unit: 'ns', meaning: { en: 'length of the stall', ko: '멈춘 시간' } },
    { name: 'W', unit: 'ns', meaning: { en: 'length of the window', ko: '측정 구간의 길이' } },
    { name: 'q', unit: '', meaning: { en: 'quantile, 0 … 1', ko: '분위수, 0~1' } },
  ],
  plot: {
    x: { label: { en: 'percentile', ko: '백분위' }, unit: '%' },
    y: {
      label: { en: 'latency (S = 1.42 s, W = 19.75 s)', ko: '지연 (S = 1.42 s, W = 19.75 s)' },
      unit: 'ms',
    },
    from: 90,
    to: 100,
    curve: (x) => stallQuantileNs({ stallNs: 1420, windowNs: 19_750, quantile: x / 100 }),
  },
} satisfies Law;
