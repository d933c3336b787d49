/**
 * A lesson, told: what is asked before anything is measured; then guess, law and measurement in one row, the score, and
 * why. Where the law was not met, that is said instead of the explanation.
 */
import { lawById } from '../laws/index.ts';
import { inQuestionUnit } from '../lessons/guess.ts';
import {
  broken,
  type ChoiceQuestion,
  type Found,
  isExplained,
  type Lesson,
  type Row,
  type Value,
} from '../lessons/lesson.ts';
import { type Score, type Scored, scoreOf } from '../lessons/score.ts';
import { formatted, lineText } from './document-tables.ts';
import { doubtfulNames } from './doubtful.ts';
import type { Block, Cell, Table } from './table.ts';
import { times } from './units.ts';
import type { Words } from './words.ts';

function figure(value: Value, { unit }: Pick<Row, 'unit'>, words: Words): string {
  if (typeof value === 'string' || unit === 'choice') return String(value);
  return formatted({ unit, value }, words);
}

const nothing = '–';

function predictedText(row: Row, words: Words): string {
  const [one, ...others] = row.predicted.map((value) => figure(value, row, words));
  if (one === undefined) return nothing;
  const either = others.reduce((before, other) => words.say('lesson.or', { one: before, other }), one);
  // A range that is wider than what it says would only confuse the one row that has none.
  if (row.tolerance === 0) return either;
  return words.say('lesson.tolerance', { value: either, tolerance: figure(row.tolerance, row, words) });
}

/** What stands before the guess. */
export function questionBlocks(lesson: Lesson, words: Words): Block[] {
  const { id, title, misconception, experiment, question, answer } = lesson;
  const asked = words.say('lesson.question', { text: words.tell(question) });
  return [
    { kind: 'heading', text: words.say('title.lesson', { id: String(id), title: words.tell(title) }) },
    { kind: 'paragraph', text: words.say('lesson.heard', { text: words.tell(misconception) }) },
    { kind: 'paragraph', text: words.tell(experiment) },
    { kind: 'list', title: asked, items: answer.kind === 'choice' ? choicesOf(answer, words) : [] },
  ];
}

const choicesOf = ({ choices }: ChoiceQuestion, words: Words): string[] =>
  choices.map(({ key, text }) => words.say('lesson.choice', { key, text: words.tell(text) }));

const keysOf = ({ choices }: ChoiceQuestion): string => choices.map(({ key }) => key).join(', ');

/** Asks for the guess; `again` says what was wrong with the one before. */
export const promptText = ({ answer }: Lesson, words: Words): string =>
  words.say('lesson.ask', { word: answer.kind === 'choice' ? keysOf(answer) : words.tell(answer.word) });

export const againText = ({ answer }: Lesson, typed: string, words: Words): string =>
  answer.kind === 'choice'
    ? words.say('lesson.noChoice', { typed, keys: keysOf(answer) })
    : words.say('lesson.noNumber', { typed });

export interface LessonTelling {
  readonly lesson: Lesson;
  readonly guess: Value;
  readonly found: Found;
}

function table({ guess, found }: LessonTelling, words: Words): Table {
  const cells = (row: Row): Cell[] => [
    words.tell(row.metric),
    row === found.answer ? figure(guess, row, words) : '',
    row.law ?? '',
    predictedText(row, words),
    row.measured === null ? nothing : figure(row.measured, row, words),
  ];
  const heads = ['head.metric', 'head.guess', 'head.law', 'head.predicted', 'head.measured'] as const;
  return {
    title: words.say('title.lessonTable'),
    notes: [words.say('lesson.legend')],
    shape: 'figures',
    head: heads.map((head) => words.say(head)),
    align: ['left', 'right', 'left', 'right', 'right'],
    rows: [found.answer, ...found.rows].map(cells),
  };
}

/** The words of a score; one of a number says how far off it was, and which way. */
function scoreText({ score, ratio }: Scored, { lesson, guess, found }: LessonTelling, words: Words): string {
  const { answer } = found;
  const values = {
    guess: figure(guess, answer, words),
    measured: answer.measured === null ? nothing : figure(answer.measured, answer, words),
  };
  if (score === 'right' || score === 'wrong') {
    const choices = lesson.answer.kind === 'choice' ? lesson.answer.choices : [];
    const chosen = choices.find(({ key }) => key === answer.measured);
    return words.say(`score.${score}`, { ...values, text: chosen ? words.tell(chosen.text) : '' });
  }
  if (score === 'on-the-mark') return words.say('score.on-the-mark', values);
  if (ratio === null) return words.say('score.zero', values);
  return words.say(`score.${score}`, {
    ...values,
    times: times(Math.max(ratio, 1 / ratio)),
    way: words.say(ratio > 1 ? 'score.high' : 'score.low'),
  });
}

/**
 * Why; or, where the answer is not what its law says, that it is not. Another row that is off takes nothing from the
 * explanation, but is not passed over.
 */
function explanationTexts(found: Found, words: Words): string[] {
  const unmet = broken(found).map(
    (row) =>
      `${words.tell(row.metric)} (${row.law ?? nothing}: ${predictedText(row, words)}; ${row.measured === null ? nothing : figure(row.measured, row, words)})`,
  );
  const rows = unmet.join('; ');
  if (!isExplained(found)) return [words.say('lesson.differs', { rows })];
  return [
    ...found.explanation.map((line) => lineText(line, words)),
    ...(rows === '' ? [] : [words.say('lesson.rowDiffers', { rows })]),
  ];
}

/** Laws of the rows that `rtcompare law` can explain. */
const lawsOf = ({ answer, rows }: Found): string[] => [
  ...new Set([answer, ...rows].flatMap(({ law }) => (law && lawById(law) ? [law] : []))),
];

/** What stands after the guess. */
export function answerBlocks(telling: LessonTelling, words: Words): Block[] {
  const { lesson, guess, found } = telling;
  const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
  const commands = lawsOf(found).map((id) => `\`rtcompare law ${id}\``);
  const { command, why } = lesson.next;
  return [
    { kind: 'table', table: table(telling, words) },
    paragraph(scoreText(scoreOf(guess, found.answer), telling, words)),
    ...(found.doubtful.length > 0
      ? [paragraph(words.say('claims.doubtful', { trials: doubtfulNames(found.doubtful, words) }))]
      : []),
    { kind: 'list', title: words.say('lesson.why'), items: explanationTexts(found, words) },
    ...(commands.length > 0 ? [paragraph(words.say('lesson.laws', { commands: commands.join(', ') }))] : []),
    paragraph(words.say('lesson.next', { command, why: words.tell(why) })),
  ];
}

/** What `--json` prints; numbers in the unit in which the question asks. */
export function lessonDocument({ lesson, guess, found }: LessonTelling, words: Words) {
  const { answer } = found;
  const told = (value: Value) => inQuestionUnit(value, answer);
  const { score, ratio }: { score: Score; ratio: number | null } = scoreOf(guess, answer);
  return {
    lesson: lesson.id,
    title: words.tell(lesson.title),
    misconception: words.tell(lesson.misconception),
    question: words.tell(lesson.question),
    unit: unitName(answer),
    guess: told(guess),
    law: answer.law,
    predicted: answer.predicted.map(told),
    tolerance: told(answer.tolerance),
    measured: answer.measured === null ? null : told(answer.measured),
    score,
    ratio,
    holds: isExplained(found),
    explanation: explanationTexts(found, words),
    rows: found.rows.map((row) => ({
      metric: words.tell(row.metric),
      unit: unitName(row),
      law: row.law,
      predicted: row.predicted.map((value) => inQuestionUnit(value, row)),
      tolerance: inQuestionUnit(row.tolerance, row),
      measured: row.measured === null ? null : inQuestionUnit(row.measured, row),
    })),
    next: lesson.next.command,
  };
}

const unitName = ({ unit }: Row): string => (unit === 'nanoseconds' ? 'ms' : unit === 'bytes' ? 'B' : unit);
