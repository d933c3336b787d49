/**
 * Trials whose times are to be read: one that a busy machine spoiled is measured again, three times at most in all. What
 * is still noisy then keeps its bytes and counts, and loses its times.
 */
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import { waitedMs } from '../../metrics/verdict.ts';
import { trialRunner } from '../reproductions/trials.ts';
import { type LessonRow, type LessonSetting, mostTimes } from './lesson.ts';

export interface Judged<Made> {
  readonly made: Made;
  /** Still, after the last time. */
  readonly isNoisy: boolean;
}

/** Makes it again while it is noisy. Whether the laws hold is not asked: that would choose the outcome. */
export async function untilQuiet<Made>(
  make: (time: number) => Promise<Made>,
  isNoisy: (made: Made) => boolean,
): Promise<Judged<Made>> {
  for (let time = 1; ; time++) {
    const made = await make(time);
    const noisy = isNoisy(made);
    if (!noisy || time >= mostTimes) return { made, isNoisy: noisy };
  }
}

/** The row, without its figure where that was spoiled. */
export const onTimes = ({ isNoisy }: Pick<Judged<unknown>, 'isNoisy'>, row: LessonRow): LessonRow =>
  isNoisy ? { ...row, measured: null, isWithheld: true } : row;

/** The finest difference in time (ms) that a law of this trial is held to. */
const finestMs = ({ predictions }: Pick<Trial, 'predictions'>): number =>
  Math.min(...predictions.filter(({ unit }) => unit === 'ms').map(({ tolerance }) => tolerance));

/**
 * Noisy by its own verdict; or a process was often kept waiting for longer than its laws may be off, so that a
 * difference would say nothing.
 */
export function isSpoiled(trial: Pick<Trial, 'verdict' | 'notes' | 'predictions' | 'resources'>): boolean {
  const { verdict, notes, resources } = trial;
  if (verdict === 'invalid') return notes.some(({ kind }) => kind === 'saturated');
  return verdict === 'noisy' || waitedMs(resources) > finestMs(trial);
}

/** Spoiled for what rests on the earliest and the latest of all: there a single wait shows. */
export const isSpoiledAtExtremes =
  (mostMs: number) =>
  (trial: Parameters<typeof isSpoiled>[0]): boolean =>
    isSpoiled(trial) ||
    Object.values(trial.resources).some((process) => (process?.loopDelayMaxMs ?? 0) > mostMs);

/** Told when something is measured for the second or third time. */
export const againText = (what: string | Text, time: number): Text =>
  inEveryLanguage(
    text(
      '{what}: the machine was busy, measured again ({time} of {most})',
      '{what}: 컴퓨터가 바빠 다시 측정합니다({most}번 중 {time}번째)',
    ),
    { what, time: String(time), most: String(mostTimes) },
  );

/** How long a load takes, with starting, connecting, warm-up and closing. */
export const secondsOf = ({ messages, rate }: { readonly messages: number; readonly rate: number }): number =>
  Math.ceil(messages / rate + 2);

type Run = ReturnType<typeof trialRunner>['run'];
type Wanted = Parameters<Run>;

/** Runs the trials of a lesson, and remembers which were noisy or invalid in the end. */
export function lessonTrials({ onStage, ...setting }: LessonSetting) {
  const doubtful: Trial[] = [];
  const once = (...wanted: Wanted) => trialRunner({ ...setting, onStage: () => {} }).run(...wanted);
  const stage = ([scenario, transport]: Wanted, time = 1) => {
    const what = `${scenario}, ${transport}`;
    onStage(time === 1 ? { en: what, ko: what } : againText(what, time));
  };
  const remember = (trial: Trial) => {
    if (trial.verdict !== 'valid') doubtful.push(trial);
  };
  return {
    doubtful,
    /** For its bytes and counts, which noise does not change. */
    async counted(...wanted: Wanted): Promise<Trial> {
      stage(wanted);
      const trial = await once(...wanted);
      remember(trial);
      return trial;
    },
    /** For its times. */
    async timed(...wanted: Wanted): Promise<Judged<Trial>> {
      return await this.timedUnless(isSpoiled, ...wanted);
    },
    async timedUnless(spoils: typeof isSpoiled, ...wanted: Wanted): Promise<Judged<Trial>> {
      const judged = await untilQuiet((time) => {
        stage(wanted, time);
        return once(...wanted);
      }, spoils);
      remember(judged.made);
      return judged;
    },
  };
}
