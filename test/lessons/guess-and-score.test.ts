/** What a student may type, and how near a guess is. */
import { expect, test } from 'vitest';
import { inQuestionUnit, readGuess } from '../../src/questions/lessons/guess.ts';
import type { ChoiceQuestion, LessonRow, NumberQuestion } from '../../src/questions/lessons/lesson.ts';
import { knew, scoreByLaw, scoreOf } from '../../src/questions/lessons/score.ts';

const number = (unit: NumberQuestion['unit']): NumberQuestion => ({
  kind: 'number',
  unit,
  word: { en: 'x', ko: 'x' },
});
const choice: ChoiceQuestion = {
  kind: 'choice',
  choices: ['a', 'b'].map((key) => ({ key, text: { en: key, ko: key } })),
};

test('a time is read in ms unless it says otherwise', () => {
  const read = (text: string) => readGuess(text, number('nanoseconds'));
  expect(read('240')).toBe(240e6);
  expect(read(' 240 ms ')).toBe(240e6);
  expect(read('0.24s')).toBe(240e6);
  expect(read('1,200')).toBe(1200e6);
  expect(inQuestionUnit(240e6, number('nanoseconds'))).toBe(240);
});

test('bytes are read with and without their unit, in both languages', () => {
  const read = (text: string) => readGuess(text, number('bytes'));
  expect(['285', '285 B', '285 bytes', '285바이트', '0.285 kB'].map(read)).toEqual([285, 285, 285, 285, 285]);
});

test('what is no number is no guess', () => {
  for (const text of [
    '',
    'abc',
    '-5',
    '1e9',
    '12 apples',
    '5 constructor',
    '١٢',
    '9'.repeat(30),
    'NaN',
    '.5.',
  ])
    expect(readGuess(text, number('count')), text).toBeNull();
  expect(readGuess('5 ms', number('bytes'))).toBeNull();
});

test('a choice is read by its letter, in any case', () => {
  expect(readGuess(' B ', choice)).toBe('b');
  for (const text of ['c', 'ab', '', '1']) expect(readGuess(text, choice), text).toBeNull();
});

const measured = (value: LessonRow['measured'], predicted: LessonRow['predicted'] = []): LessonRow => ({
  metric: { en: 'x', ko: 'x' },
  unit: 'count',
  law: null,
  tolerance: 0,
  predicted,
  measured: value,
});

test('within a tenth is on the mark, within a factor of two the right order of magnitude', () => {
  const bands = [100, 110, 91, 111, 90, 200, 50, 201, 49].map(
    (guess) => scoreOf(guess, measured(100))?.score,
  );
  expect(bands).toEqual([
    ...['on-the-mark', 'on-the-mark', 'on-the-mark', 'near', 'near', 'near', 'near', 'far', 'far'],
  ]);
});

test('the guess is scored against the wire, never against the law', () => {
  expect(scoreOf(100, measured(300, [100]))?.score).toBe('far');
});

test('where a race decides, whoever named another admissible outcome knew', () => {
  expect(scoreOf(5, measured(4, [4, 5]))?.score).toBe('on-the-mark');
  expect(scoreOf(3, measured(4, [4, 5]))?.score).toBe('near');
  // Not when the measurement is no admissible outcome itself.
  expect(scoreOf(5, measured(8, [4, 5]))?.score).toBe('near');
});

test('zero has no ratio: it is met, or it is not', () => {
  expect(scoreOf(0, measured(0))).toEqual({ score: 'on-the-mark', ratio: 1 });
  expect(scoreOf(1, measured(0))).toEqual({ score: 'far', ratio: null });
  expect(scoreOf(0, measured(30))).toEqual({ score: 'far', ratio: null });
});

test('a choice is right or wrong', () => {
  expect(scoreOf('c', measured('c'))?.score).toBe('right');
  expect(scoreOf('b', measured('c'))?.score).toBe('wrong');
});

test('where noise took the answer there is no score', () => {
  expect(scoreOf(100, { ...measured(null, [100]), isWithheld: true })).toBeNull();
  expect(scoreOf('c', measured(null))).toBeNull();
});

test('without a measurement a guess is scored by what the laws say, and every admissible value is known', () => {
  const law = (...predicted: LessonRow['predicted']) => ({ unit: 'count', law: 'SIO4', predicted }) as const;
  const known = [4, 5, 3].map((guess) => knew(scoreByLaw(guess, law(4, 5))));
  expect(known).toEqual([true, true, false]);
  expect(scoreByLaw(100, law(160))?.score).toBe('near');
  expect(scoreByLaw('c', law('c'))?.score).toBe('right');
});
