/** The costs that may grow along a sweep: how each is read from a trial, and how it is printed. */
import { type Text, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { bytesPerEvent } from '../../../questions/claims/cost.ts';
import { scenarioByName } from '../../../trial/scenarios/index.ts';
import { compact, milliseconds, narrowCount } from '../../blocks/quantities.ts';
import { meanBytes } from '../scenarios/scenario-view.ts';

export interface GrowthCost {
  readonly title: Text;
  /** Null: too few samples. Undefined: the trial has no such figure. */
  readonly read: (trial: Trial) => number | null | undefined;
  readonly text: (value: number) => string;
}

const readyNs = ({ stages }: Trial) => stages.find(({ stage }) => stage === 'ready')?.p50Ns;

/** Scenarios in which clients connect one after the other are about connecting itself. */
const isConnecting = ({ scenario }: Trial) => scenarioByName(scenario)?.connecting === 'in-turn';

/** The chart draws the first cost that applies. */
export const costs: readonly GrowthCost[] = [
  {
    title: text('messages answered per second', '초당 응답받은 메시지 수'),
    read: ({ load, throughput }) => (load.closed ? (throughput ?? undefined) : undefined),
    text: (rate) => compact(Math.round(rate)),
  },
  {
    title: text('median time until ready, ms', '준비될 때까지 걸린 시간의 중앙값, ms'),
    read: (trial) => (isConnecting(trial) ? toMs(readyNs(trial)) : undefined),
    text: (ms) => milliseconds(ms * 1e6),
  },
  {
    title: text('p50, ms', 'p50, ms'),
    read: (trial) => (trial.latency === null ? undefined : toMs(trial.latency.p50)),
    text: (ms) => milliseconds(ms * 1e6),
  },
  {
    title: text('bytes per client and hour, extrapolated', '클라이언트당 한 시간의 바이트(외삽한 추정치)'),
    read: ({ idle }) => idle?.bytes,
    text: (bytes) => meanBytes(Math.round(bytes)),
  },
  {
    title: text('bytes per message delivered, payload included', '전달된 메시지당 바이트(페이로드 포함)'),
    read: (trial) => bytesPerEvent(trial) ?? undefined,
    text: meanBytes,
  },
  {
    title: text('HTTP requests in all', '전체 HTTP 요청 수'),
    read: ({ requests }) => requests,
    text: narrowCount,
  },
  {
    title: text('messages lost', '유실된 메시지 수'),
    read: ({ outage, delivery }) => (outage === null ? undefined : delivery.lost),
    text: narrowCount,
  },
  {
    title: text('server memory per connection, bytes', '연결당 서버 메모리, 바이트'),
    read: ({ memory }) => memory?.serverBytes,
    text: (bytes) => meanBytes(Math.round(bytes)),
  },
];

const toMs = (ns: number | null | undefined): number | null | undefined =>
  ns === null || ns === undefined ? ns : ns / 1e6;
