/**
 * Every lesson, measured for real with a small load: its answer is what its law says, its explanation is whole, and
 * what it prints fits a terminal in both languages.
 */
import { expect, test } from 'vitest';
import { lawById } from '../../src/laws/index.ts';
import { lessons } from '../../src/lessons/index.ts';
import { type Found, holds, type Lesson, type Row } from '../../src/lessons/lesson.ts';
import { answerBlocks, lessonDocument, questionBlocks } from '../../src/report/lesson.ts';
import { renderBlocks } from '../../src/report/terminal.ts';
import { wordsOf } from '../../src/report/words.ts';
import { displayWidth } from '../../src/report/wrap.ts';
import { again } from '../support/again.ts';

const small = (lesson: Lesson): Promise<Found> =>
  lesson.measure({ scale: 0.3, signal: new AbortController().signal, onStage: () => {} });

const guessFor = ({ answer }: Lesson) => (answer.kind === 'choice' ? answer.choices[0]!.key : 7);

/** Again, three times at most, where a law does not hold and the lesson itself says why: its trial was noisy. */
const measured = (lesson: Lesson): Promise<Found> =>
  again(
    () => small(lesson),
    ({ answer, rows, doubtful }) =>
      doubtful.length === 0 ||
      [answer, ...rows].every((row) => row.measured !== null && holds(row) !== false),
  );

async function holdsAndIsTold(lesson: Lesson) {
  const found = await measured(lesson);
  expect(holds(found.answer), JSON.stringify(found.answer)).toBe(true);
  expect(found.answer.law).not.toBeNull();
  const exact = found.rows.filter(({ tolerance }) => tolerance === 0);
  expect(exact.filter((row) => holds(row) === false)).toEqual([]);
  for (const { law } of [found.answer, ...found.rows]) expect(isNamed(law), String(law)).toBe(true);
  for (const { text, values = {} } of found.explanation) {
    expect(placeholders(text.en)).toEqual(Object.keys(values).sort());
    expect(placeholders(text.ko)).toEqual(Object.keys(values).sort());
  }
  for (const language of ['en', 'ko'] as const) {
    const words = wordsOf(language);
    const telling = { lesson, guess: guessFor(lesson), found };
    const blocks = [...questionBlocks(lesson, words), ...answerBlocks(telling, words)];
    const text = renderBlocks(blocks, { width: 80, ascii: false });
    expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
    // Every placeholder found its value, and nothing that was measured is missing from the sentences.
    expect(text).not.toMatch(/\{\w+\}|NaN|undefined|too few|표본 부족/);
    const { explanation, measured } = lessonDocument(telling, words);
    expect(explanation.length).toBe(found.explanation.length + brokenRows(found));
    expect(measured).not.toBeNull();
  }
}

const placeholders = (phrase: string) => [...new Set(phrase.match(/(?<=\{)\w+(?=\})/g) ?? [])].sort();

/** As `rtcompare law` knows it, or the specification that decides. */
const isNamed = (law: string | null) =>
  law === null || lawById(law) !== undefined || /^(RFC \d+|ECMA-\d+)/.test(law);

/** Rows of times may be off on a busy machine; they are then told in one sentence more. */
const brokenRows = ({ rows }: Found) => (rows.some((row) => holds(row) === false) ? 1 : 0);

test('there are ten, numbered in order', () => {
  expect(lessons.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

/** The longest wait first, so that the short ones run beside it; a stall is timed in this process, and wants it alone. */
const timedHere = 9;
const besides = lessons.filter(({ id }) => id !== timedHere).toSorted((a, b) => b.seconds - a.seconds);

test.concurrent.each(besides.map((one) => [one.id, one] as const))(
  'lesson %i: the law says what is measured, and it is told',
  { timeout: 120_000 },
  (_, lesson) => holdsAndIsTold(lesson),
);

test('lesson 9: the law says what is measured, and it is told', { timeout: 120_000 }, () =>
  holdsAndIsTold(lessons[timedHere - 1]!),
);

test.each(lessons.map((one) => [one.id, one] as const))(
  'lesson %i says everything in both languages',
  (_, lesson) => {
    const { title, misconception, experiment, question, next, answer } = lesson;
    const asked = answer.kind === 'choice' ? answer.choices.map(({ text }) => text) : [];
    for (const { en, ko } of [title, misconception, experiment, question, next.why, ...asked]) {
      expect(en).toMatch(/^[^가-힣]+$/);
      expect(ko).toMatch(/[가-힣]/);
      for (const text of [en, ko]) expect(text).toBe(text.replace(/\s+/g, ' ').trim());
    }
    expect(next.command).toMatch(/^rtcompare [a-z]/);
    // The figures of the set-up are the same in both languages.
    const figures = (text: string) =>
      (text.match(/\d+(,\d{3})*/g) ?? []).filter((n) => Number(n.replace(',', '')) > 20).sort();
    expect(figures(experiment.ko)).toEqual(figures(experiment.en));
  },
);

const row = (changes: Partial<Row>): Row => ({
  metric: { en: 'age', ko: '지연' },
  ...{ unit: 'nanoseconds', law: 'POLL1', predicted: [240e6], measured: 240e6, tolerance: 10e6 },
  ...changes,
});

test('a measurement outside its law’s tolerance is told instead of explained', () => {
  const [lesson] = lessons as [Lesson];
  const line = { text: { en: 'because', ko: '왜냐하면' } };
  const told = (answer: Row, rows: Row[] = []) =>
    lessonDocument(
      { lesson, guess: 1, found: { answer, rows, explanation: [line], doubtful: [] } },
      wordsOf('en'),
    );
  expect(told(row({}))).toMatchObject({ holds: true, explanation: ['because'] });
  const differs = told(row({ measured: 251e6 }));
  expect(differs.holds).toBe(false);
  expect(differs.explanation).toHaveLength(1);
  expect(differs.explanation[0]).toContain('age (POLL1: 240 ms ± 10.0 ms; 251 ms)');
  const other = told(row({}), [row({ predicted: [40e6] })]);
  expect(other.explanation[0]).toBe('because');
  expect(other.explanation[1]).toContain('40.0 ms');
});
