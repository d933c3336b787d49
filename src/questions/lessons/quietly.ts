/** Trials of a lesson. A trial that stays noisy keeps its bytes and counts; its times are not shown. */
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import { type Judged, mostTimes } from '../../run/again.ts';
import { createTrials, type Trials } from '../../run/trials.ts';
import type { LessonRow, LessonSetting } from './lesson.ts';

/** The row, without its figure if a busy machine spoiled it. */
export const onTimes = ({ isNoisy }: Pick<Judged<unknown>, 'isNoisy'>, row: LessonRow): LessonRow =>
  isNoisy ? { ...row, measured: null, isWithheld: true } : row;

/** Shown when something is measured for the second or third time. */
export const againText = (what: string | Text, time: number): Text =>
  inEveryLanguage(
    text(
      '{what}: the machine was busy, measured again ({time} of {most})',
      '{what}: 컴퓨터가 바빠 다시 측정합니다({most}번 중 {time}번째)',
    ),
    { what, time: String(time), most: String(mostTimes) },
  );

/** The duration of a load, with starting, connecting, warm-up and closing. */
export const secondsOf = ({ messages, rate }: { readonly messages: number; readonly rate: number }): number =>
  Math.ceil(messages / rate + 2);

export const lessonTrials = ({ signal, onStage }: LessonSetting): Trials =>
  createTrials(signal, ({ scenario, transport }, time) => {
    const what = `${scenario.name}, ${transport.name}`;
    onStage(time === 1 ? { en: what, ko: what } : againText(what, time));
  });
