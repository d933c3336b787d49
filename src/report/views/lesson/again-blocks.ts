/** The questions of the lessons, asked once more: the answers, what the laws say, and which lesson to repeat. */

import { type Reader, say, text } from '../../../base/text.ts';
import { inQuestionUnit } from '../../../questions/lessons/guess.ts';
import type { ExpectedRow, GuessValue, Lesson } from '../../../questions/lessons/lesson.ts';
import { knew, type Score, type Scored, scoreByLaw } from '../../../questions/lessons/score.ts';
import type { Block } from '../../blocks/block.ts';
import { columns } from '../../blocks/columns.ts';
import { typed, unbroken } from '../../blocks/command-text.ts';
import { heads } from '../../blocks/table-words.ts';
import { expectedText, figure } from './lesson-figures.ts';

export interface AnsweredLesson {
  readonly lesson: Lesson;
  readonly guess: GuessValue;
  readonly expected: ExpectedRow;
}

const scoreNames = {
  'on-the-mark': text('on the mark', '정확'),
  near: text('right order of magnitude', '자릿수는 맞음'),
  far: text('off', '빗나감'),
  right: text('right', '맞음'),
  wrong: text('not this time', '틀림'),
} satisfies Record<Score, unknown>;

const told = {
  title: text('Your answers', '답한 결과'),
  note: text(
    'Nothing was measured: the laws say what the lessons would measure.',
    '아무것도 측정하지 않았습니다. 수업에서 측정될 값을 법칙이 말해 줍니다.',
  ),
  lesson: text('lesson', '과'),
  answer: text('your answer', '내 답'),
  score: text('score', '점수'),
  knew: text('You knew {knew} of {asked}.', '{asked}개 중 {knew}개를 알고 있었습니다.'),
  repeat: text('Repeat: {commands}', '다시 해 볼 것: {commands}'),
  none: text('No question was answered.', '답한 질문이 없습니다.'),
};

const scoreText = (scored: Scored | null, reader: Reader): string =>
  scored === null ? '–' : say(reader, scoreNames[scored.score]);

const unknown = (answered: readonly AnsweredLesson[]): Lesson[] =>
  answered.filter(({ guess, expected }) => !knew(scoreByLaw(guess, expected))).map(({ lesson }) => lesson);

export function againBlocks(answered: readonly AnsweredLesson[], reader: Reader): Block[] {
  const paragraph = (sentence: string): Block => ({ kind: 'paragraph', text: unbroken(sentence) });
  if (answered.length === 0) return [paragraph(say(reader, told.none))];
  const left = unknown(answered);
  const counts = { knew: String(answered.length - left.length), asked: String(answered.length) };
  const commands = left.map(({ id }) => typed(reader, `rtcompare lesson ${id}`)).join(', ');
  return [
    {
      kind: 'table',
      table: {
        title: say(reader, told.title),
        notes: [say(reader, told.note)],
        shape: 'figures',
        ...columns(answered, reader, [
          [told.lesson, 'left', ({ lesson }) => `${lesson.id} ${say(reader, lesson.title)}`],
          [told.answer, 'right', ({ guess, expected }) => figure(guess, expected, reader)],
          [heads.predicted, 'right', ({ expected }) => expectedText(expected, reader)],
          [told.score, 'left', ({ guess, expected }) => scoreText(scoreByLaw(guess, expected), reader)],
        ]),
      },
    },
    paragraph(say(reader, told.knew, counts)),
    ...(left.length > 0 ? [paragraph(say(reader, told.repeat, { commands }))] : []),
  ];
}

/** What `--json` prints. */
export const againDocument = (answered: readonly AnsweredLesson[], seed: number) => ({
  seed,
  answers: answered.map(({ lesson, guess, expected }) => ({
    lesson: lesson.id,
    answer: inQuestionUnit(guess, expected),
    law: expected.law,
    predicted: expected.predicted.map((value) => inQuestionUnit(value, expected)),
    score: scoreByLaw(guess, expected)?.score ?? null,
  })),
  knew: answered.length - unknown(answered).length,
  repeat: unknown(answered).map(({ id }) => id),
});
