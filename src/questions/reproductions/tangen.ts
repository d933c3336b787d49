/**
 * Tangen 2015: with few clients push beats long polling, with many it is the other way round, because a saturated
 * server that answers polls batches by itself (laws FAN2 and LP7). A service cost makes it show on any machine.
 */

import type { Trial } from '../../document/report.ts';
import { pushUtilisation } from '../../laws/fan-out.ts';
import { saturatedCycleNs } from '../../laws/long-polling-limits.ts';
import type { Reproduced, Reproducing, Reproduction, ReproductionRow } from './reproduction.ts';
import { allowedNs, meanNs, reproductionTrials, scaled } from './reproduction-trials.ts';

const rate = 200;
const messagesAtFullScale = 400;
const writeCostUs = 200;
const costNs = writeCostUs * 1000;

/** His two sizes, and ours with the same place on either side of the knee at N · λ · c = 1. */
const sizes = [
  { his: 200, clients: 10, published: { 'long-polling': 100.6, sse: 10.7, ws: 3.13 } },
  { his: 500, clients: 50, published: { 'long-polling': 372, sse: 1859, ws: 796 } },
] as const;
const ways = ['long-polling', 'sse', 'ws'] as const;

const rowOf = (size: (typeof sizes)[number], way: (typeof ways)[number], trial: Trial): ReproductionRow => {
  const busy = pushUtilisation({ clients: size.clients, rate, costPerClientNs: costNs });
  const cycleNs = saturatedCycleNs({ clients: size.clients, rate, perResponseNs: costNs, perMessageNs: 0 });
  return {
    metric: {
      en: `${way}, N = ${size.clients} here, ${size.his} there: mean`,
      ko: `${way}, 여기 N = ${size.clients}, 원문 ${size.his}: 평균`,
    },
    unit: 'nanoseconds',
    published: size.published[way] * 1e6,
    // Unstable, push has no mean: it grows for as long as one looks. A full cycle is what a polled event may wait.
    predicted: way === 'long-polling' && busy > 1 ? cycleNs : null,
    tolerance: allowedNs(trial, 'LP7'),
    // Of the cost alone: what HTTP itself takes is not in it.
    limit: 'at least',
    law: way === 'long-polling' ? 'LP7' : 'FAN2',
    measured: meanNs(trial),
  };
};

async function run(setting: Reproducing): Promise<Reproduced> {
  const trials = reproductionTrials(setting);
  const rows: ReproductionRow[] = [];
  const means = new Map<string, number>();
  for (const size of sizes) {
    for (const way of ways) {
      const trial = await trials.counted('push', way, {
        load: {
          clients: size.clients,
          messages: scaled(messagesAtFullScale, setting),
          rate,
          size: 173,
          arrivals: 'poisson',
          warmup: 2,
          writeCostUs,
        },
      });
      rows.push(rowOf(size, way, trial));
      means.set(`${way} ${size.clients}`, meanNs(trial) ?? Number.NaN);
    }
    rows.push({
      metric: {
        en: `push, N = ${size.clients}: part of a core asked for`,
        ko: `푸시, N = ${size.clients}: 필요한 코어의 비율`,
      },
      unit: 'decimal',
      published: null,
      predicted: pushUtilisation({ clients: size.clients, rate, costPerClientNs: costNs }),
      tolerance: 0,
      law: 'FAN2',
      measured: null,
    });
  }
  const [few, many] = sizes.map(({ clients }) => ({
    longPolling: means.get(`long-polling ${clients}`) ?? Number.NaN,
    ws: means.get(`ws ${clients}`) ?? Number.NaN,
  })) as [{ longPolling: number; ws: number }, { longPolling: number; ws: number }];
  const ratio = (one: { longPolling: number; ws: number }) => (one.longPolling / one.ws).toFixed(2);
  return {
    rows,
    findings: [
      {
        text: {
          en: `Unsaturated, long polling took ${ratio(few)} times as long as WebSocket; saturated, ${ratio(many)} times: the crossover is there.`,
          ko: `포화 전에는 롱 폴링이 WebSocket의 ${ratio(few)}배, 포화 뒤에는 ${ratio(many)}배 걸렸습니다. 원문에서는 포화 뒤에 순서가 뒤바뀝니다.`,
        },
        holds: few.longPolling > few.ws && many.longPolling < many.ws,
      },
    ],
    doubtful: trials.doubtful,
  };
}

export const tangen = {
  name: 'tangen',
  title: { en: 'Past saturation long polling beats push', ko: '포화를 넘으면 롱 폴링이 푸시보다 빠름' },
  source: 'K. Tangen: master’s thesis on real-time web at scale, University of Oslo, 2015.',
  differs: {
    en: `He sent 200 messages a second of 173 B to N = 200 and 500 clients of his machine. Where the knee lies is a matter of the machine, so here each write of the server burns ${writeCostUs} µs and N is 10 and 50: the same two sides of N · λ · c = 1. Predicted is the cycle from that cost alone; what HTTP itself takes comes on top. SSE may batch here as well: events written in one turn leave in one write. Noisy and late trials are the subject, not a defect.`,
    ko: `원문은 173 B 메시지를 초당 200개씩 클라이언트 200개와 500개에 보냈습니다. 꺾이는 지점은 컴퓨터에 따라 다르므로, 여기서는 서버가 한 번 쓸 때마다 CPU 시간 ${writeCostUs} µs를 쓰고 N을 10과 50으로 정합니다. N · λ · c = 1의 양쪽이라는 점은 같습니다. 예측은 그 비용만으로 계산한 한 바퀴의 시간이며, HTTP 자체의 비용은 여기에 더해집니다. 여기서는 SSE도 묶어서 보낼 수 있습니다. 한 차례에 쓴 이벤트는 한 번에 나가기 때문입니다. 이 재현에서 늦거나 잡음이 섞인 측정은 결함이 아니라 관찰하려는 대상입니다.`,
  },
  seconds: 25,
  run,
} satisfies Reproduction;
