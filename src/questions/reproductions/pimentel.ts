/**
 * Pimentel & Nickerson 2012: with data four times a second, long polling equals WebSocket while the one-way delay is
 * below half the period, and falls behind beyond: a step at 125 ms (law LP5).
 */

import type { Trial } from '../../document/report.ts';
import { periodicLongPollingAge } from '../../laws/long-polling.ts';
import { wsAgeNs } from '../../laws/websocket.ts';
import { parseLink } from '../../network/link.ts';
import type { Reproduced, Reproducing, Reproduction, ReproductionRow } from './reproduction.ts';
import { allowedNs, meanNs, reproductionTrials, scaled } from './reproduction-trials.ts';

const rate = 4;
const periodNs = 1e9 / rate;
const delaysMs = [50, 100, 120, 130, 150];

interface Lawful {
  readonly law: string;
  /** The law under which the trial files its own comparison, where that is another: a special case of it. */
  readonly filed?: string;
  readonly predicted: number;
}

const row = (
  delayMs: number,
  way: string,
  { law, filed, predicted }: Lawful,
  trial: Trial,
): ReproductionRow => ({
  metric: {
    en: `${way}, one-way delay ${delayMs} ms: mean age`,
    ko: `${way}, 편도 지연 ${delayMs} ms: 평균 지연`,
  },
  unit: 'nanoseconds',
  // Their table of sites could not be obtained, and what was not seen is not printed.
  published: null,
  predicted,
  tolerance: allowedNs(trial, filed ?? law),
  law,
  measured: meanNs(trial),
});

async function run(setting: Reproducing): Promise<Reproduced> {
  const trials = reproductionTrials(setting);
  const load = {
    clients: 5,
    messages: scaled(24, setting),
    rate,
    arrivals: 'periodic',
    size: 100,
    warmup: 2,
  };
  const rows: ReproductionRow[] = [];
  const ratios: { delayMs: number; ratio: number }[] = [];
  for (const delayMs of delaysMs) {
    const link = parseLink(`rtt=${2 * delayMs}ms`);
    const downNs = delayMs * 1e6;
    const longPolling = await trials.counted('push', 'long-polling', { link, load });
    const ws = await trials.counted('push', 'ws', { link, load });
    const predicted = periodicLongPollingAge({ downNs, blindNs: 2 * downNs, periodNs }).mean;
    rows.push(
      row(delayMs, 'long-polling', { law: 'LP5', filed: 'LP3', predicted }, longPolling),
      row(delayMs, 'ws', { law: 'WS2', predicted: wsAgeNs({ downNs }) }, ws),
    );
    ratios.push({ delayMs, ratio: (meanNs(longPolling) ?? Number.NaN) / (meanNs(ws) ?? Number.NaN) });
  }
  const [below, beyond] = [true, false].map((isBelow) =>
    ratios.filter(({ delayMs }) => delayMs < 125 === isBelow).map(({ ratio }) => ratio),
  ) as [number[], number[]];
  const [most, least] = [Math.max(...below).toFixed(2), Math.min(...beyond).toFixed(2)];
  return {
    rows,
    findings: [
      {
        text: {
          en: `Below 125 ms long polling took at most ${most} times as long as WebSocket, beyond it at least ${least} times: the step is at half the period, as published.`,
          ko: `125 ms 미만에서 롱 폴링은 WebSocket의 최대 ${most}배, 그 이상에서는 최소 ${least}배가 걸렸습니다. 원문에서는 주기의 절반에서 지연이 계단처럼 커집니다.`,
        },
        holds: Math.max(...below) < 1.3 && Math.min(...beyond) > 1.5,
        onTimes: true,
      },
    ],
    doubtful: trials.doubtful,
  };
}

export const pimentel = {
  name: 'pimentel',
  title: {
    en: 'Long polling equals WebSocket up to half a period',
    ko: '주기의 절반까지는 롱 폴링도 WebSocket만큼 빠름',
  },
  source:
    'V. Pimentel, B. G. Nickerson: Communicating and Displaying Real-Time Data with WebSocket. IEEE Internet Computing 16(4), 2012.',
  differs: {
    en: 'They sent about 100 B of sensor data at 4 Hz to real sites around the world; here the distance is an emulated link, so that the delay can be set on either side of the step. Their conclusion is published and tested; their table of sites could not be obtained, so that column stays empty.',
    ko: '원문은 약 100 B의 센서 데이터를 4 Hz로 세계 여러 곳에 실제로 보냈습니다. 여기서는 거리 대신 에뮬레이션한 링크를 써서 지연을 계단의 양쪽에 둘 수 있습니다. 원문의 결론은 발표되어 있어 확인할 수 있지만, 지역별 표는 구할 수 없어 그 열을 비워 두었습니다.',
  },
  seconds: 80,
  run,
} satisfies Reproduction;
