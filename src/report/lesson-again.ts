/** The questions of the lessons, asked once more: what was answered, what the laws say, and which lesson to repeat. */
import { say, text } from '../base/text.ts';
import { inQuestionUnit } from '../questions/lessons/guess.ts';
import type { ExpectedRow, GuessValue, Lesson } from '../questions/lessons/lesson.ts';
import { knew, type Score, type Scored, scoreByLaw } from '../questions/lessons/score.ts';
import { typed, unbroken } from './command-text.ts';
import { expectedText, figure } from './lesson.ts';
import type { Block } from './table.ts';
import type { Words } from './words.ts';

export interface Answered {
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

const scoreText = (scored: Scored | null, words: Words): string =>
  scored === null ? '–' : say(words, scoreNames[scored.score]);

const unknown = (answered: readonly Answered[]): Lesson[] =>
  answered.filter(({ guess, expected }) => !knew(scoreByLaw(guess, expected))).map(({ lesson }) => lesson);

export function againBlocks(answered: readonly Answered[], words: Words): Block[] {
  const paragraph = (sentence: string): Block => ({ kind: 'paragraph', text: unbroken(sentence) });
  if (answered.length === 0) return [paragraph(say(words, told.none))];
  const left = unknown(answered);
  const counts = { knew: String(answered.length - left.length), asked: String(answered.length) };
  const commands = left.map(({ id }) => typed(words, `rtcompare lesson ${id}`)).join(', ');
  return [
    {
      kind: 'table',
      table: {
        title: say(words, told.title),
        notes: [say(words, told.note)],
        shape: 'figures',
        head: [
          say(words, told.lesson),
          say(words, told.answer),
          words.say('head.predicted'),
          say(words, told.score),
        ],
        align: ['left', 'right', 'right', 'left'],
        rows: answered.map(({ lesson, guess, expected }) => [
          `${lesson.id} ${words.tell(lesson.title)}`,
          figure(guess, expected, words),
          expectedText(expected, words),
          scoreText(scoreByLaw(guess, expected), words),
        ]),
      },
    },
    paragraph(say(words, told.knew, counts)),
    ...(left.length > 0 ? [paragraph(say(words, told.repeat, { commands }))] : []),
  ];
}

/** What `--json` prints. */
export const againDocument = (answered: readonly Answered[], seed: number) => ({
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
