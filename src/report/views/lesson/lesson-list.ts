/** The list of lessons: which are for a class of 50 minutes, which for home, and how long each takes. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Lesson } from '../../../questions/lessons/lesson.ts';
import { unbroken } from '../../blocks/command-text.ts';
import { displayWidth, wrap } from '../../skins/wrap.ts';

/** The minutes of a class, and those that its beginning and its end take. */
export const classMinutes = { whole: 50, beginning: 5, end: 5 };

const listed = {
  class: text('In a class of {minutes} minutes', '{minutes}분 수업에서'),
  home: text('At home', '집에서'),
  takes: text('{minutes} min', '{minutes}분'),
  measures: text(', measures for {seconds} s', ', 측정 {seconds}초'),
  teach: text(
    '`rtcompare lesson 3` asks, measures and explains. `rtcompare lesson --again` asks all questions once more, a week later. `rtcompare demo --classroom` opens a page that a class joins by phone.',
    '`rtcompare lesson 3` 명령은 묻고, 재고, 설명합니다. 일주일 뒤에는 `rtcompare lesson --again` 명령이 모든 질문을 다시 묻습니다. `rtcompare demo --classroom` 명령은 학생들이 휴대전화로 참여하는 페이지를 엽니다.',
  ),
  plan: text(
    'The plan minute by minute, handouts and notes for the teacher: docs/lessons/ of the repository.',
    '분 단위 계획, 유인물, 강의 노트는 저장소의 docs/lessons/에 있습니다.',
  ),
};

/** Shorter measurements are not mentioned: the reader hardly waits for them. */
const worthSayingSeconds = 3;

export function lessonList(lessons: readonly Lesson[], reader: Reader, width: number): string {
  const widest = Math.max(...lessons.map(({ title }) => displayWidth(say(reader, title))));
  const line = ({ id, title, minutes, seconds }: Lesson) => {
    const name = say(reader, title);
    const gap = ' '.repeat(widest - displayWidth(name));
    const takes = say(reader, listed.takes, { minutes: String(minutes) });
    const measures =
      seconds > worthSayingSeconds ? say(reader, listed.measures, { seconds: String(seconds) }) : '';
    return `${String(id).padStart(2)}  ${name}${gap}  ${takes.padStart(6)}${measures}`;
  };
  const linesOf = (where: Lesson['where']) => lessons.filter((one) => one.where === where).map(line);
  const more = [say(reader, listed.teach), say(reader, listed.plan)];
  return `${[
    say(reader, listed.class, { minutes: String(classMinutes.whole) }),
    ...linesOf('class'),
    '',
    say(reader, listed.home),
    ...linesOf('home'),
    '',
    ...more.flatMap((sentence) => wrap(unbroken(sentence), width)),
  ].join('\n')}\n`;
}
