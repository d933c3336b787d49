/** RFC 6202 §2.2: long polling delivers after about one transit on average, and after three at worst. */
import { longPollingMaxAgeNs, longPollingMeanAgeNs } from '../../laws/long-polling.ts';
import { parseLink } from '../../network/link.ts';
import type { Reproduced, Reproducing, Reproduction } from './reproduction.ts';
import { allowedNs, meanNs, reproductionTrials, scaled } from './reproduction-trials.ts';

const link = parseLink('rtt=80ms');
const transitNs = link.downDelayMs * 1e6;
/** Answer under way, next question under way; the client's own turnaround is small beside them. */
const blind = { downNs: transitNs, blindNs: 2 * transitNs };
const rate = 2;

async function run(setting: Reproducing): Promise<Reproduced> {
  const trials = reproductionTrials(setting);
  const load = { clients: 20, messages: scaled(20, setting), rate, arrivals: 'poisson' };
  const trial = await trials.counted('push', 'long-polling', { link, load });
  const transits = (ns: number | null | undefined) => (typeof ns === 'number' ? ns / transitNs : null);
  const worst = transits(trial.latency?.p99);
  return {
    rows: [
      {
        metric: { en: 'mean age of an event, in transits', ko: '이벤트의 평균 지연, 편도 단위' },
        unit: 'decimal',
        published: 1,
        law: 'LP3',
        predicted: longPollingMeanAgeNs({ ...blind, rate }) / transitNs,
        tolerance: allowedNs(trial, 'LP3') / transitNs,
        measured: transits(meanNs(trial)),
      },
      {
        metric: {
          en: 'oldest event, in transits (measured: p99)',
          ko: '가장 늦은 이벤트, 편도 단위(측정: p99)',
        },
        unit: 'decimal',
        published: 3,
        law: 'LP4',
        predicted: longPollingMaxAgeNs(blind) / transitNs,
        tolerance: allowedNs(trial, 'LP4') / transitNs,
        limit: 'at most',
        measured: worst,
      },
    ],
    findings: [
      {
        text: {
          en: `An event that finds the question waiting takes one transit; one that comes just after an answer has left waits for the answer, the next question and its own way: three. The 99th percentile here is ${worst === null ? 'not known (too few events)' : worst.toFixed(2)}.`,
          ko: `대기 중인 요청이 있을 때 생긴 이벤트는 편도 한 번, 응답이 막 출발한 뒤에 생긴 이벤트는 그 응답, 다음 요청, 자신의 이동까지 편도 세 번이 걸립니다. 여기서 측정한 p99(편도 단위): ${worst === null ? '알 수 없음(이벤트가 너무 적음)' : worst.toFixed(2)}.`,
        },
        holds: worst === null ? null : worst < 3.5,
        onTimes: true,
      },
    ],
    doubtful: trials.doubtful,
  };
}

export const rfc6202 = {
  name: 'rfc6202',
  title: {
    en: 'Long polling: one transit on average, three at most',
    ko: '롱 폴링: 평균 편도 1번, 최대 3번',
  },
  source:
    'S. Loreto et al.: Known Issues and Best Practices for the Use of Long Polling (RFC 6202), §2.2, 2011.',
  differs: {
    en: 'The RFC states it in words, for events far apart (“close to one”, “over three”). Here events arrive at random, twice a second, over an emulated link of 80 ms, so some meet the blind window and the mean lies a little above one. A maximum is an accident: the 99th percentile stands for it.',
    ko: 'RFC는 이벤트가 드물 때를 말로 설명합니다(“약 1번”, “3번 이상”). 여기서는 80 ms 링크에서 이벤트가 초당 두 번 무작위로 생기므로 일부는 응답 공백 시간에 생기고, 평균은 1보다 조금 큽니다. 최댓값은 우연에 좌우되므로 p99로 대신합니다.',
  },
  seconds: 11,
  run,
} satisfies Reproduction;
