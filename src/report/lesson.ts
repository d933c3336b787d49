/**
 * A lesson, told: what is asked before anything is measured; then guess, law and measurement in one row, the score, and
 * why. A sentence is told only where every row that it stands on was measured and is what its law says.
 */

import { type Reader, say, text } from '../base/text.ts';
import { lawById } from '../laws/index.ts';
import { inQuestionUnit } from '../questions/lessons/guess.ts';
import {
  broken,
  type ChoiceQuestion,
  type Found,
  type GuessValue,
  holds,
  type Lesson,
  type LessonRow,
  reasonsToTell,
  withheld as withheldRows,
} from '../questions/lessons/lesson.ts';
import { type Scored, scoreOf } from '../questions/lessons/score.ts';
import { mostTimes } from '../run/again.ts';
import { typed, unbroken } from './command-text.ts';
import { formatted, lineText } from './document-tables.ts';
import { heads } from './heads.ts';
import type { Block, Cell, Table } from './table.ts';
import { renderBlocks } from './terminal.ts';
import type { TerminalTableOptions } from './terminal-table.ts';
import { times } from './units.ts';

export function figure(value: GuessValue, { unit }: Pick<LessonRow, 'unit'>, reader: Reader): string {
  if (typeof value === 'string' || unit === 'choice') return String(value);
  return formatted({ unit, value }, reader);
}

const nothing = '–';

const either = text('{one} or {other}', '{one} 또는 {other}');

/** The admissible values, in words. */
export function expectedText(
  { predicted, unit }: Pick<LessonRow, 'predicted' | 'unit'>,
  reader: Reader,
): string {
  const [one = nothing, ...others] = predicted.map((value) => figure(value, { unit }, reader));
  return others.reduce((before, other) => say(reader, either, { one: before, other }), one);
}

function predictedText(row: LessonRow, reader: Reader): string {
  const predicted = expectedText(row, reader);
  // A range that is wider than what it says would only confuse the one row that has none.
  return row.predicted.length === 0 || row.tolerance === 0
    ? predicted
    : `${predicted} ± ${figure(row.tolerance, row, reader)}`;
}

const noisy = text('noisy', '잡음');

const measuredText = (row: LessonRow, reader: Reader): string =>
  row.isWithheld ? say(reader, noisy) : row.measured === null ? nothing : figure(row.measured, row, reader);

const asking = {
  title: text('Lesson {id}: {title}', '{id}과: {title}'),
  heard: text('Often heard: “{sentence}”', '흔히 듣는 말: “{sentence}”'),
  question: text('Question: {question}', '질문: {question}'),
  lasts: text('It then measures for about {seconds} s.', '그다음 약 {seconds}초 동안 측정합니다.'),
  ask: text('Your guess ({word}; q leaves): ', '예상은? ({word}, q를 누르면 나감): '),
  noNumber: text(
    '“{typed}” is no number; write one such as 120.',
    '“{typed}”: 숫자가 아닙니다. 120처럼 적어야 합니다.',
  ),
  noChoice: text('“{typed}” is none of {keys}.', '“{typed}”: {keys} 가운데 하나를 적어야 합니다.'),
};

const paragraph = (sentence: string): Block => ({ kind: 'paragraph', text: unbroken(sentence) });

/** A measurement that is over before somebody has looked up needs no announcement. */
const shortSeconds = 3;

const titleText = ({ id, title }: Lesson, reader: Reader): string =>
  say(reader, asking.title, { id: String(id), title: say(reader, title) });

/**
 * What stands before the guess.
 *
 * @param turn of a question that is asked again, such as 3 of 10: without the misconception, and nothing is measured.
 */
export function questionText(
  lesson: Lesson,
  reader: Reader,
  { turn, ...look }: TerminalTableOptions & { readonly turn?: string },
): string {
  const { misconception, experiment, picture, files = [], seconds } = lesson;
  const title = titleText(lesson, reader);
  const about: Block[] = [
    { kind: 'heading', text: turn === undefined ? title : `${turn} · ${title}` },
    ...(turn === undefined
      ? [paragraph(say(reader, asking.heard, { sentence: say(reader, misconception) }))]
      : []),
    paragraph(say(reader, experiment)),
  ];
  const drawn = [
    ...(picture ? [say(reader, picture)] : []),
    ...files.map(({ name, content }) => `${name}\n\n${indented(content)}`),
  ].map((lines) => `\n${lines}\n`);
  const asked: Block[] = [
    questionBlock(lesson, reader),
    ...(seconds > shortSeconds && turn === undefined
      ? [paragraph(say(reader, asking.lasts, { seconds: String(seconds) }))]
      : []),
  ];
  return `${renderBlocks(about, look)}${drawn.join('')}\n${renderBlocks(asked, look)}`;
}

const indented = (content: string): string => content.trimEnd().replace(/^(?=.)/gm, '    ');

/** The question alone, with its choices. */
function questionBlock({ question, answer }: Lesson, reader: Reader): Block {
  const title = say(reader, asking.question, { question: say(reader, question) });
  return { kind: 'list', title, items: answer.kind === 'choice' ? choicesOf(answer, reader) : [] };
}

const choicesOf = ({ choices }: ChoiceQuestion, reader: Reader): string[] =>
  choices.map((choice) => `${choice.key}) ${say(reader, choice.text)}`);

const keysOf = ({ choices }: ChoiceQuestion): string => choices.map(({ key }) => key).join(', ');

/** Asks for the guess; `againText` says what was wrong with the one before. */
export const promptText = ({ answer }: Lesson, reader: Reader): string =>
  say(reader, asking.ask, { word: answer.kind === 'choice' ? keysOf(answer) : answer.word[reader.language] });

export const againText = ({ answer }: Lesson, typedText: string, reader: Reader): string =>
  answer.kind === 'choice'
    ? say(reader, asking.noChoice, { typed: typedText, keys: keysOf(answer) })
    : say(reader, asking.noNumber, { typed: typedText });

export interface LessonTelling {
  readonly lesson: Lesson;
  readonly guess: GuessValue;
  readonly found: Found;
}

const tabled = {
  guess: text('your guess', '나의 예상'),
  title: text('Guessed, predicted and measured', '예상, 예측, 측정'),
  legend: text(
    '– : nothing to predict, or nothing that could be measured here.',
    '– : 예측할 것이 없거나 여기서 잴 수 없습니다.',
  ),
  noisy: text(
    'noisy: withheld. The machine was busy each of the {most} times this was measured. Bytes and counts do not change with that.',
    '잡음: 표시하지 않습니다. {most}번 측정하는 동안 모두 컴퓨터가 바빴습니다. 바이트와 개수는 그래도 달라지지 않습니다.',
  ),
};

function table({ guess, found }: LessonTelling, reader: Reader): Table {
  const rows = [found.answer, ...found.rows];
  const cells = (row: LessonRow): Cell[] => [
    say(reader, row.metric),
    row === found.answer ? figure(guess, row, reader) : '',
    row.law ?? '',
    predictedText(row, reader),
    measuredText(row, reader),
  ];
  const hasNothing = rows.some(
    (row) => row.predicted.length === 0 || (row.measured === null && !row.isWithheld),
  );
  return {
    title: say(reader, tabled.title),
    notes: [
      ...(hasNothing ? [say(reader, tabled.legend)] : []),
      ...(withheldRows(found).length > 0 ? [say(reader, tabled.noisy, { most: String(mostTimes) })] : []),
    ],
    shape: 'figures',
    head: [heads.metric, tabled.guess, heads.law, heads.predicted, heads.measured].map((head) =>
      say(reader, head),
    ),
    align: ['left', 'right', 'left', 'right', 'right'],
    rows: rows.map(cells),
  };
}

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

/** The words of a score; one of a number says how far off it was, and which way. */
function scoreText({ lesson, guess, found }: LessonTelling, reader: Reader): string {
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

/** By how much; null where one of the two is nothing, which has no ratio. */
function offText({ ratio }: Scored, reader: Reader): string | null {
  if (ratio === null) return null;
  return ratio > 1
    ? say(reader, scored.high, { times: times(ratio) })
    : say(reader, scored.low, { times: times(1 / ratio) });
}

const explained = {
  why: text('Why', '까닭'),
  broken: text(
    'Outside what their laws allow: {rows}. What stands on these rows is not explained. A busy machine is the likeliest reason. Run it again; if it stays so, trust the wire and report it.',
    '법칙의 허용 오차를 벗어났습니다: {rows}. 이 행에 기대는 설명은 하지 않습니다. 컴퓨터가 바빴을 가능성이 가장 큽니다. 다시 실행해 보고, 계속 그러면 측정을 믿고 알려 주십시오.',
  ),
  withheld: text(
    'What stands on withheld times is not explained. Close what else runs on this machine, and run it again.',
    '표시하지 않은 시간에 기대는 설명은 하지 않습니다. 이 컴퓨터에서 돌아가는 다른 프로그램을 닫고 다시 실행해 보십시오.',
  ),
  laws: text('Read on: {commands}', '더 읽기: {commands}'),
  next: text('Try next: {command} {why}.', '다음에 해 볼 것: {command} {why}.'),
};

/** Why; and where a row is off or withheld, that nothing is said that stands on it. */
function explanationTexts(found: Found, reader: Reader): string[] {
  const rows = broken(found).map(
    (row) =>
      `${say(reader, row.metric)} (${row.law ?? nothing}: ${predictedText(row, reader)}; ${measuredText(row, reader)})`,
  );
  return [
    ...reasonsToTell(found).map((line) => lineText(line, reader)),
    ...(rows.length > 0 ? [say(reader, explained.broken, { rows: rows.join('; ') })] : []),
    ...(withheldRows(found).length > 0 ? [say(reader, explained.withheld)] : []),
  ];
}

/** Laws of the rows that `rtcompare explain` knows. */
const lawsOf = ({ answer, rows }: Found): string[] => [
  ...new Set([answer, ...rows].flatMap(({ law }) => (law && lawById(law) ? [law] : []))),
];

/** What stands after the guess. */
export function answerBlocks(telling: LessonTelling, reader: Reader): Block[] {
  const { lesson, found } = telling;
  const commands = lawsOf(found).map((id) => typed(reader, `rtcompare explain ${id}`));
  const { command, why } = lesson.next;
  const next = { command: typed(reader, command), why: say(reader, why) };
  return [
    { kind: 'table', table: table(telling, reader) },
    paragraph(scoreText(telling, reader)),
    { kind: 'list', title: say(reader, explained.why), items: explanationTexts(found, reader).map(unbroken) },
    ...(commands.length > 0
      ? [paragraph(say(reader, explained.laws, { commands: commands.join(', ') }))]
      : []),
    paragraph(say(reader, explained.next, next)),
  ];
}

/** What `--json` prints; numbers in the unit in which the question asks. */
export function lessonDocument({ lesson, guess, found }: LessonTelling, reader: Reader) {
  const { answer } = found;
  const score = scoreOf(guess, answer);
  const { predicted, tolerance, measured, withheld, law } = rowDocument(answer, reader);
  return {
    lesson: lesson.id,
    title: say(reader, lesson.title),
    misconception: say(reader, lesson.misconception),
    question: say(reader, lesson.question),
    unit: unitName(answer),
    guess: inQuestionUnit(guess, answer),
    ...{ law, predicted, tolerance, measured, withheld },
    score: score?.score ?? null,
    ratio: score?.ratio ?? null,
    holds: withheld ? null : holds(answer) !== false,
    explanation: explanationTexts(found, reader),
    rows: found.rows.map((row) => rowDocument(row, reader)),
    next: lesson.next.command,
  };
}

const rowDocument = (row: LessonRow, reader: Reader) => ({
  metric: say(reader, row.metric),
  unit: unitName(row),
  law: row.law,
  predicted: row.predicted.map((value) => inQuestionUnit(value, row)),
  tolerance: inQuestionUnit(row.tolerance, row),
  measured: row.measured === null ? null : inQuestionUnit(row.measured, row),
  withheld: row.isWithheld === true,
});

const unitName = ({ unit }: Pick<LessonRow, 'unit'>): string =>
  unit === 'nanoseconds' ? 'ms' : unit === 'bytes' ? 'B' : unit;
