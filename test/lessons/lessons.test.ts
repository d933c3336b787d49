/**
 * Every lesson, measured for real with a small load: its answer is what its law says, its explanation is whole, and
 * what it prints fits a terminal in both languages.
 */
import { expect, test } from 'vitest';
import { type Language, languages, readerOfFiles } from '../../src/base/text.ts';
import { lawById } from '../../src/laws/index.ts';
import { lessons } from '../../src/questions/lessons/index.ts';
import {
  type Found,
  holds,
  type Lesson,
  type LessonRow,
  reasonsToTell,
  withheld as withheldRows,
} from '../../src/questions/lessons/lesson.ts';
import { renderBlocks } from '../../src/report/skins/terminal.ts';
import { displayWidth } from '../../src/report/skins/wrap.ts';
import { questionText } from '../../src/report/views/lesson/lesson-asked.ts';
import { answerBlocks, lessonDocument } from '../../src/report/views/lesson/lesson-blocks.ts';
import { classMinutes } from '../../src/report/views/lesson/lesson-list.ts';

const small = (lesson: Lesson): Promise<Found> =>
  lesson.measure({ scale: 0.3, signal: new AbortController().signal, onStage: () => {} });

const guessFor = ({ answer }: Lesson) => (answer.kind === 'choice' ? answer.choices[0]!.key : 7);

async function holdsAndIsTold(lesson: Lesson) {
  const found = await small(lesson);
  const { answer, rows } = found;
  expect(answer.law).not.toBeNull();
  const all = [answer, ...rows];
  // A row is either what its law says, or withheld because the machine was busy; one on bytes or counts is never that.
  expect(all.filter((row) => holds(row) === false)).toEqual([]);
  for (const { law } of all) expect(isNamed(law), String(law)).toBe(true);
  await isForeseen(lesson, answer);
  for (const { text, values = {}, on } of found.explanation) {
    expect(placeholders(text.en)).toEqual(Object.keys(values).sort());
    expect(placeholders(text.ko)).toEqual(Object.keys(values).sort());
    expect(on.filter((row) => !all.includes(row))).toEqual([]);
  }
  for (const language of languages) isTold(lesson, found, language);
}

/**
 * What `--again` takes for the answer is what the lesson predicts; with a smaller load only where load is no matter.
 */
async function isForeseen(lesson: Lesson, answer: LessonRow) {
  const { law, unit, predicted } = await lesson.expected();
  expect([law, unit, predicted.length]).toEqual([answer.law, answer.unit, answer.predicted.length]);
  const scales = [7, 9].includes(lesson.id);
  const [one, other] = [predicted[0]!, answer.predicted[0]!];
  if (!scales && typeof one === 'number') expect(Number(other) / one).toBeCloseTo(1, 6);
  else if (typeof one === 'string') expect(one).toBe(other);
}

function isTold(lesson: Lesson, found: Found, language: Language) {
  const words = { language, command: { start: 'npx rtcompare', end: ' --lang ko' } };
  const telling = { lesson, guess: guessFor(lesson), found };
  const look = { width: 80, ascii: false };
  const text = questionText(lesson, words, look) + renderBlocks(answerBlocks(telling, words), look);
  expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
  // Every placeholder found its value, and nothing that was measured is missing from the sentences.
  // The hash of a random key is 27 characters of base64 and a `=`, and now and then NaN is among them.
  const sentences = withoutFiles(text, lesson).replaceAll(/[\w+/]{27}=/g, '');
  expect(sentences).not.toMatch(/\{\w+\}|NaN|undefined|too few|표본 부족/);
  // A command is printed as this person types it, and stands on one line, to be pasted.
  const commands = text.match(/`(?:npx )?rtcompare[^`]*`/g) ?? [];
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) expect(command).toMatch(/^`npx rtcompare [^\n]+ --lang ko`$/);
  const { explanation, measured, withheld } = lessonDocument(telling, words);
  const left = reasonsToTell(found).length;
  expect(explanation.length).toBe(left + (withheldRows(found).length > 0 ? 1 : 0));
  expect(measured === null).toBe(withheld);
  // A person who reads at a moderate pace, guesses and writes a sentence has the time that the plan gives.
  if (language === 'en' && lesson.where === 'home')
    expect(readingMinutes(withoutFiles(text, lesson))).toBeLessThanOrEqual(lesson.minutes);
}

/** The figures of a program are none of ours. */
const withoutFiles = (text: string, { files = [] }: Lesson) =>
  files.reduce(
    (left, { content }) =>
      content.split('\n').reduce((rest, line) => (line.trim() ? rest.replace(line, '') : rest), left),
    text,
  );

/** 130 words a minute, because English may be the reader's second language; two minutes to guess, wait and write. */
const readingMinutes = (text: string) => text.split(/\s+/).length / 130 + 2;

const placeholders = (phrase: string) => [...new Set(phrase.match(/(?<=\{)\w+(?=\})/g) ?? [])].sort();

/** As `rtcompare law` knows it, or the specification that decides. */
const isNamed = (law: string | null) =>
  law === null || lawById(law) !== undefined || /^(RFC \d+|ECMA-\d+)/.test(law);

test('they are numbered in order', () => {
  expect(lessons.map(({ id }) => id)).toEqual(lessons.map((_, index) => index + 1));
});

/**
 * The longest wait first, so that the short ones run beside it; a stall is timed in this process, and wants it alone.
 */
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

const row = (changes: Partial<LessonRow>): LessonRow => ({
  metric: { en: 'age', ko: '지연' },
  unit: 'nanoseconds',
  law: 'POLL1',
  predicted: [240e6],
  measured: 240e6,
  tolerance: 10e6,
  ...changes,
});

const [handshake] = lessons as [Lesson];
const told = (found: Pick<Found, 'answer'> & Partial<Found>) =>
  lessonDocument(
    { lesson: handshake, guess: 1, found: { rows: [], explanation: [], doubtful: [], ...found } },
    readerOfFiles('en'),
  );
const because = (...on: LessonRow[]) => ({ text: { en: 'because', ko: '왜냐하면' }, on });

test('a row outside its law’s tolerance explains nothing: the answer’s, or any other', () => {
  const fits = row({});
  const off = row({ measured: 251e6 });
  expect(told({ answer: fits, explanation: [because(fits)] })).toMatchObject({
    holds: true,
    explanation: ['because'],
  });
  const answerOff = told({ answer: off, explanation: [because(off)] });
  expect(answerOff.holds).toBe(false);
  expect(answerOff.explanation).toHaveLength(1);
  expect(answerOff.explanation[0]).toContain('age (POLL1: 240 ms ± 10.0 ms; 251 ms)');
  const otherOff = told({ answer: fits, rows: [off], explanation: [because(off), because(fits)] });
  expect(otherOff).toMatchObject({
    holds: true,
    explanation: ['because', expect.stringContaining('251 ms')],
  });
});

test('a time that noise took is marked where it stands, scores nothing and explains nothing', () => {
  const gone = row({ measured: null, isWithheld: true });
  const count = row({ unit: 'count', law: 'BY1', predicted: [4], measured: 4, tolerance: 0 });
  const document = told({ answer: gone, rows: [count], explanation: [because(gone), because(count)] });
  expect(document).toMatchObject({ measured: null, withheld: true, score: null, holds: null });
  expect(document.rows).toMatchObject([{ measured: 4, withheld: false }]);
  expect(document.explanation).toEqual(['because', expect.stringContaining('withheld times')]);
  const found = { answer: gone, rows: [count], explanation: [], doubtful: [] };
  const text = renderBlocks(answerBlocks({ lesson: handshake, guess: 100e6, found }, readerOfFiles('en')), {
    width: 80,
    ascii: false,
  });
  expect(text).toMatch(/^age +100 ms +POLL1 +240 ms ± 10.0 ms +noisy$/m);
  expect(text).toContain('No score: the answer is a time');
});

test.each(languages)('%s: the question, its picture and its files fit a terminal', (language) => {
  for (const lesson of lessons) {
    const text = questionText(lesson, readerOfFiles(language), { width: 80, ascii: true });
    expect(Math.max(...text.split('\n').map(displayWidth)), `lesson ${lesson.id}`).toBeLessThanOrEqual(80);
    const { picture } = lesson;
    // Plain characters: a terminal that draws boxes two columns wide does not pull the lines apart.
    if (picture) expect(picture.en).toMatch(/^[\n -~]+$/);
    if (picture)
      expect(text.indexOf(picture[language])).toBeLessThan(text.indexOf(lesson.question[language]));
  }
});

test('the class has 50 minutes: lessons 1, 2, 3 and 10, a beginning and an end', () => {
  const inClass = lessons.filter(({ where }) => where === 'class');
  expect(inClass.map(({ id }) => id)).toEqual([1, 2, 3, 10]);
  const taught = inClass.reduce((sum, { minutes }) => sum + minutes, 0);
  expect(taught + classMinutes.beginning + classMinutes.end).toBe(classMinutes.whole);
});
