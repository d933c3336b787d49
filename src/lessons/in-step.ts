/**
 * Polls and messages in step and out of step. In step every message waits as long as the one before it, and the moment
 * of starting decides how long that is (law POLL5); out of step ages spread over the interval (POLL1).
 */
import { pollAge } from '../laws/polling.ts';
import { pollMeanTolerance } from '../laws/tolerance.ts';
import type { Trial } from '../metrics/report.ts';
import { meanNs, type trialRunner } from '../reproductions/trials.ts';
import type { Row } from './lesson.ts';
import { shownRow } from './row.ts';
import { together } from './together.ts';
import { arcByLaw, arcOfAges } from './waits.ts';

const pollIntervalMs = 100;
const intervalNs = pollIntervalMs * 1e6;
/** The second is 17/20 of the interval: twenty different waits, one message each. */
const periodsMs = { inStep: 100, outOfStep: 85 };
const messages = 20;
/** What late timers may add to a wait. */
const machineNs = 3e6;

export interface InStep {
  /** The same twice. */
  readonly first: Trial;
  readonly second: Trial;
  readonly outOfStep: Trial;
}

export async function pollInStep({ run }: ReturnType<typeof trialRunner>): Promise<InStep> {
  const poll = (periodMs: number, seed: number) =>
    run('push', 'polling', {
      seed,
      load: {
        ...{ clients: 1, messages, rate: 1000 / periodMs, arrivals: 'periodic', pollIntervalMs, warmup: 1 },
      },
    });
  const [first, second, outOfStep] = await together([
    poll(periodsMs.inStep, 1),
    poll(periodsMs.inStep, 2),
    poll(periodsMs.outOfStep, 3),
  ]);
  return { first, second, outOfStep };
}

const spread = (trial: Trial, periodMs: number, en: string, ko: string): Row => ({
  metric: { en, ko },
  ...{ unit: 'nanoseconds', law: 'POLL5', tolerance: intervalNs / 5 },
  predicted: [arcByLaw({ periodNs: periodMs * 1e6, intervalNs, messages })],
  measured: arcOfAges(trial, intervalNs),
});

const mean = (trial: Trial, en: string, ko: string): Row =>
  shownRow('nanoseconds', { en, ko }, meanNs(trial));

export const inStepRows = ({ first, second, outOfStep }: InStep): Row[] => [
  mean(first, 'in step, run 1: mean age', '맞는 박자, 1회: 평균 지연'),
  mean(second, 'in step, run 2: mean age', '맞는 박자, 2회: 평균 지연'),
  spread(first, periodsMs.inStep, 'in step: ages spread over', '맞는 박자: 지연이 퍼진 폭'),
  {
    ...mean(outOfStep, 'out of step: mean age', '어긋난 박자: 평균 지연'),
    ...{ law: 'POLL1', predicted: [pollAge({ intervalNs, downNs: 0 }).mean] },
    tolerance: pollMeanTolerance(intervalNs, messages) + machineNs,
  },
  spread(outOfStep, periodsMs.outOfStep, 'out of step: ages spread over', '어긋난 박자: 지연이 퍼진 폭'),
];
