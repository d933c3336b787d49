/**
 * The texts of a lesson: the question before anything is measured; then guess, law and measurement in one row, the
 * score, and why. A sentence of the explanation appears only if every row it rests on was measured and agrees with its
 * law.
 */

import { type Reader, say, text } from '../../../base/text.ts';
import { lawById } from '../../../laws/index.ts';
import { inQuestionUnit } from '../../../questions/lessons/guess.ts';
import {
  broken,
  type Found,
  holds,
  type LessonRow,
  reasonsToTell,
  withheld as withheldRows,
} from '../../../questions/lessons/lesson.ts';
import { scoreOf } from '../../../questions/lessons/score.ts';
import { mostTimes } from '../../../run/again.ts';
import type { Block, Cell, Table } from '../../blocks/block.ts';
import { typed, unbroken } from '../../blocks/command-text.ts';
import { heads } from '../../blocks/table-words.ts';
import { lineText } from '../documents/document-tables.ts';
import { paragraph } from './lesson-asked.ts';
import { figure, type LessonTelling, measuredText, nothing, predictedText } from './lesson-figures.ts';
import { scoreText } from './score-text.ts';

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

/** The explanation; if a row differs from its law or is withheld, says that sentences resting on it are left out. */
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

/** Laws of the rows, as far as `rtcompare explain` knows them. */
const lawsOf = ({ answer, rows }: Found): string[] => [
  ...new Set([answer, ...rows].flatMap(({ law }) => (law && lawById(law) ? [law] : []))),
];

/** The text after the guess. */
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

/** What `--json` prints; numbers are in the unit that the question asks for. */
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
    law,
    predicted,
    tolerance,
    measured,
    withheld,
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
