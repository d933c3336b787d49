/**
 * Polls and messages in step and out of step. In step every message waits as long as the one before it, and the moment
 * of starting decides how long that is (law POLL5); out of step ages spread over the interval (POLL1).
 */

import type { Trial } from '../../document/report.ts';
import { pollAge } from '../../laws/polling.ts';
import { pollMeanTolerance } from '../../laws/tolerance.ts';
import { type Judged, spoiledAtExtremes } from '../../run/again.ts';
import { together } from '../../run/beside.ts';
import type { Trials } from '../../run/trials.ts';
import { meanNs } from '../reproductions/reproduction-trials.ts';
import type { LessonRow } from './lesson.ts';
import { onTimes, secondsOf } from './quietly.ts';
import { shownRow } from './row.ts';
import { arcByLaw, arcOfAges } from './waits.ts';

const pollIntervalMs = 100;
const intervalNs = pollIntervalMs * 1e6;
/** 17/20 of the interval is out of step: twenty different waits, one message each. */
const periodsMs = { inStep: 100, outOfStep: 85 };
const messages = 20;
const spreadToleranceNs = intervalNs / 5;
/** What late timers may add to a wait. */
const machineNs = 3e6;

export interface InStep {
  /** The same measurement twice. */
  readonly first: Judged<Trial>;
  readonly second: Judged<Trial>;
  readonly outOfStep: Judged<Trial>;
}

export async function pollInStep(trials: Trials): Promise<InStep> {
  // The spread is that of the outermost of twenty ages, and a process that waits makes such an age.
  const spoils = spoiledAtExtremes(spreadToleranceNs / 1e6);
  const poll = (periodMs: number, seed: number) =>
    trials.timed(spoils, 'push', 'polling', {
      seed,
      load: {
        clients: 1,
        messages,
        rate: 1000 / periodMs,
        arrivals: 'periodic',
        pollIntervalMs,
        warmup: 1,
      },
    });
  const [first, second, outOfStep] = await together([
    poll(periodsMs.inStep, 1),
    poll(periodsMs.inStep, 2),
    poll(periodsMs.outOfStep, 3),
  ]);
  return { first, second, outOfStep };
}

/** The duration of the slowest of them. */
export const inStepSeconds = secondsOf({ messages, rate: 1000 / periodsMs.inStep });

const spread = (judged: Judged<Trial>, periodMs: number, en: string, ko: string): LessonRow =>
  onTimes(judged, {
    metric: { en, ko },
    unit: 'nanoseconds',
    law: 'POLL5',
    tolerance: spreadToleranceNs,
    predicted: [arcByLaw({ periodNs: periodMs * 1e6, intervalNs, messages })],
    measured: arcOfAges(judged.made, intervalNs),
  });

const mean = (judged: Judged<Trial>, en: string, ko: string): LessonRow =>
  onTimes(judged, shownRow('nanoseconds', { en, ko }, meanNs(judged.made)));

export interface InStepRows {
  /** The rows that the sentence rests on, in this order: twice in step, once out of step. */
  readonly means: readonly [LessonRow, LessonRow, LessonRow];
  readonly all: readonly LessonRow[];
}

export function inStepRows({ first, second, outOfStep }: InStep): InStepRows {
  const inStep = [
    mean(first, 'in step, run 1: mean age', '박자가 맞을 때, 1회: 평균 지연'),
    mean(second, 'in step, run 2: mean age', '박자가 맞을 때, 2회: 평균 지연'),
  ] as const;
  const outside: LessonRow = {
    ...mean(outOfStep, 'out of step: mean age', '박자가 어긋날 때: 평균 지연'),
    law: 'POLL1',
    predicted: [pollAge({ intervalNs, downNs: 0 }).mean],
    tolerance: pollMeanTolerance(intervalNs, messages) + machineNs,
  };
  return {
    means: [...inStep, outside],
    all: [
      ...inStep,
      spread(first, periodsMs.inStep, 'in step: ages spread over', '박자가 맞을 때: 지연이 퍼진 폭'),
      outside,
      spread(
        outOfStep,
        periodsMs.outOfStep,
        'out of step: ages spread over',
        '박자가 어긋날 때: 지연이 퍼진 폭',
      ),
    ],
  };
}
