/** How good a guess was: a number by how far off it is, a choice by whether it is right. */
import { type Reader, say, text } from '../../../base/text.ts';
import { type Scored, scoreOf } from '../../../questions/lessons/score.ts';
import { times } from '../../blocks/quantities.ts';
import { figure, type LessonTelling, measuredText, predictedText } from './lesson-figures.ts';

const scored = {
  mark: text(
    'Score: on the mark. You said {guess}; measured: {measured}.',
    '점수: 정확합니다. 예상 {guess}, 측정 {measured}.',
  ),
  near: text(
    'Score: the right order of magnitude. You said {guess}; measured: {measured}. {off}',
    '점수: 자릿수는 맞았습니다. 예상 {guess}, 측정 {measured}. {off}',
  ),
  far: text(
    'Score: off. You said {guess}; measured: {measured}. {off}',
    '점수: 빗나갔습니다. 예상 {guess}, 측정 {measured}. {off}',
  ),
  low: text('That is {times} times your guess.', '실제는 예상의 {times}배였습니다.'),
  high: text('Your guess is {times} times that.', '예상이 실제의 {times}배였습니다.'),
  zero: text(
    'Score: off. You said {guess}; measured: {measured}.',
    '점수: 빗나갔습니다. 예상 {guess}, 측정 {measured}.',
  ),
  right: text('Score: right. It is {measured}) {choice}.', '점수: 맞았습니다. 답은 {measured}) {choice}.'),
  wrong: text(
    'Score: not this time. You said {guess}; it is {measured}) {choice}.',
    '점수: 이번에는 아닙니다. 예상은 {guess}, 답은 {measured}) {choice}.',
  ),
  none: text(
    'No score: the answer is a time, and this machine was too busy to measure it. You said {guess}; the law says {predicted}.',
    '점수 없음: 답이 시간인데 컴퓨터가 바빠 잴 수 없었습니다. 예상 {guess}, 법칙의 예측 {predicted}.',
  ),
};

/** The score in words; of a number also how far off it was, and in which direction. */
export function scoreText({ lesson, guess, found }: LessonTelling, reader: Reader): string {
  const { answer } = found;
  const score = scoreOf(guess, answer);
  const values = { guess: figure(guess, answer, reader), measured: measuredText(answer, reader) };
  if (score === null)
    return say(reader, scored.none, { ...values, predicted: predictedText(answer, reader) });
  const choices = lesson.answer.kind === 'choice' ? lesson.answer.choices : [];
  const chosen = choices.find(({ key }) => key === answer.measured);
  const choice = { ...values, choice: chosen ? say(reader, chosen.text) : '' };
  switch (score.score) {
    case 'on-the-mark':
      return say(reader, scored.mark, values);
    case 'right':
      return say(reader, scored.right, choice);
    case 'wrong':
      return say(reader, scored.wrong, choice);
    default: {
      const off = offText(score, reader);
      if (off === null) return say(reader, scored.zero, values);
      return say(reader, scored[score.score], { ...values, off });
    }
  }
}

/** The factor between guess and measurement; null where one of them is zero. */
function offText({ ratio }: Scored, reader: Reader): string | null {
  if (ratio === null) return null;
  return ratio > 1
    ? say(reader, scored.high, { times: times(ratio) })
    : say(reader, scored.low, { times: times(1 / ratio) });
}
