/**
 * `rtcompare lesson --again`: the questions of the lessons once more, a week later, in an order that a seed decides.
 * Nothing is measured and nothing is stored: the answers are computed from the laws.
 */

import type { Reader } from '../../base/text.ts';
import type { Lesson } from '../../questions/lessons/lesson.ts';
import type { AnsweredLesson } from '../../report/views/lesson/again-blocks.ts';
import { createAsker } from '../screen/ask.ts';
import { print } from '../screen/print.ts';
import type { LessonOptions } from './lesson-options.ts';

async function shuffled(lessons: readonly Lesson[], { again, seed }: LessonOptions): Promise<Lesson[]> {
  const { shuffle } = await import('simple-statistics');
  const { randomStream } = await import('../../base/schedule.ts');
  const many = typeof again === 'number' ? again : lessons.length;
  return shuffle([...lessons], randomStream(seed, 'lessons again')).slice(0, many);
}

/** A user who leaves early gets the answers so far. */
export async function askAgain(
  lessons: readonly Lesson[],
  options: LessonOptions,
  reader: Reader,
  signal: AbortSignal,
): Promise<void> {
  const { questionText } = await import('../../report/views/lesson/lesson-asked.ts');
  const { againBlocks, againDocument } = await import('../../report/views/lesson/again-blocks.ts');
  const { questionOf } = await import('./question.ts');
  const look = { width: 80, ascii: options.ascii === true };
  const output = options.json ? process.stderr : process.stdout;
  const chosen = await shuffled(lessons, options);
  const answered: AnsweredLesson[] = [];
  {
    using asker = createAsker({ input: process.stdin, output, signal });
    for (const [index, lesson] of chosen.entries()) {
      const turn = `${index + 1}/${chosen.length}`;
      output.write(`${questionText(lesson, reader, { ...look, turn })}\n`);
      const asked = await asker.ask(questionOf(lesson, reader, look.ascii));
      if (asked === 'left' || asked === 'closed') break;
      answered.push({ lesson, guess: asked.answer, expected: await lesson.expected() });
      output.write('\n');
    }
  }
  await print(
    options,
    () => ({ schemaVersion: 1, ...againDocument(answered, options.seed) }),
    () => againBlocks(answered, reader),
  );
}
