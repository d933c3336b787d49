/** `rtcompare lesson [N]`: a misconception, a guess, a measurement, and the law that explains it. */

import type { Command } from 'commander';
import { UsageError } from '../base/failure.ts';
import { inEveryLanguage, type Reader, say, text } from '../base/text.ts';
import { checkCounts } from '../metrics/verdict.ts';
import type { Found, GuessValue, Lesson } from '../questions/lessons/lesson.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { tryFile, writeFiles } from './lessons/lesson-files.ts';
import type { LessonOptions } from './lessons/lesson-options.ts';
import { askAgain } from './lessons/questions-again.ts';
import { readerOf } from './options/language.ts';
import { refuseAlone } from './options/partners.ts';
import { asciiOption, jsonOption, langOption, option, parseWhole, quietOption } from './options/values.ts';
import { createAsker } from './screen/ask.ts';
import { jsonText, print } from './screen/print.ts';
import { createProgress } from './screen/progress.ts';

const about = {
  purpose: purposes.lesson,
  examples: [
    [
      'rtcompare lesson',
      text('all lessons: which for a class, which for home', '모든 수업: 교실용과 집에서 할 것'),
    ],
    [
      'rtcompare lesson 1',
      text('asks, waits for a guess, measures, explains', '질문하고, 예상을 기다리고, 측정하고, 설명'),
    ],
    ['rtcompare lesson 2 --answer 100', text('the same without waiting', '기다리지 않고 같은 수업')],
    [
      'rtcompare lesson --again',
      text('all questions once more, a week later', '일주일 뒤에 모든 질문을 다시'),
    ],
    [
      'rtcompare lesson 10 --write my-chat',
      text('the files of lesson 10, to repair and then to --try', '10과의 파일: 고친 뒤 --try로 확인'),
    ],
  ],
} satisfies AboutCommand;

const described = {
  answer: text(
    'the guess, instead of asking for it: a number, or the letter of a choice',
    '묻는 대신 미리 주는 예상: 수 또는 보기의 글자',
  ),
  again: text(
    'ask the questions of all lessons once more, or of so many, without measuring',
    '측정하지 않고 모든 수업 또는 몇 개의 질문을 다시 묻습니다',
  ),
  seed: text('which order the questions of --again come in', '--again의 질문 순서'),
  write: text('write the files of lesson 10 into this folder', '10과의 파일을 이 폴더에 씁니다'),
  try: text('try a repaired page of lesson 10', '10과의 고친 페이지를 시험합니다'),
};

const remedies = {
  answer: text(
    'say which lesson, such as `rtcompare lesson 1`',
    '`rtcompare lesson 1`처럼 어느 수업인지 적어야 합니다',
  ),
  files: text(
    'only lesson 10 has files, such as `rtcompare lesson 10 --write my-chat`',
    '`rtcompare lesson 10 --write my-chat`처럼 10과에만 파일이 있습니다',
  ),
  seed: text('add --again', '--again을 더해야 합니다'),
  again: text('leave the number of the lesson out', '수업 번호를 빼야 합니다'),
};

export const lessonCommand = ({ signal, done }: Context): Command =>
  command(
    'lesson',
    about,
    [
      option('--answer <guess>', described.answer),
      option('--again [n]', described.again).argParser(parseWhole(1, 99)),
      option('--seed <n>', described.seed)
        .argParser(parseWhole(0, 2 ** 32))
        .default(1),
      option('--write <folder>', described.write),
      option('--try <page>', described.try),
      jsonOption(),
      langOption(text('language of the lesson', '수업의 언어')),
      asciiOption(),
      quietOption(),
    ],
    argument('[number]', text('which one; the list when left out', '몇 번째 수업인지. 생략하면 목록')),
  ).action(async (number: string | undefined, options: LessonOptions, made: Command) =>
    done(await lesson(number, options, made, signal)),
  );

async function lesson(
  number: string | undefined,
  options: LessonOptions,
  made: Command,
  signal: AbortSignal,
): Promise<number> {
  const { lessons } = await import('../questions/lessons/index.ts');
  const reader = readerOf(options.lang);
  const chosen = number === undefined ? null : numbered(number, lessons);
  const { write, try: page, again } = options;
  refuseAlone(made, '--answer', { isThere: chosen !== null, remedy: remedies.answer });
  refuseAlone(made, '--again', { isThere: chosen === null, remedy: remedies.again });
  refuseAlone(made, '--seed', { isThere: again !== undefined, remedy: remedies.seed });
  for (const flag of ['--write', '--try'] as const)
    refuseAlone(made, flag, { isThere: chosen?.files !== undefined, remedy: remedies.files });
  if (chosen?.files && write !== undefined) return writeFiles(chosen.files, write, reader);
  if (chosen?.files && page !== undefined) return tryFile(page, options, reader, signal);
  if (chosen) await teach(chosen, options, reader, signal);
  else if (again !== undefined) await askAgain(lessons, options, reader, signal);
  else process.stdout.write(await listOf(lessons, options, reader));
  return 0;
}

function numbered(number: string, lessons: readonly Lesson[]): Lesson {
  const found = lessons.find(({ id }) => String(id) === number.trim());
  if (found) return found;
  throw new UsageError(
    inEveryLanguage(
      text(
        'no lesson "{number}"; there are 1 to {count}, see `rtcompare lesson`',
        '{number}번 수업은 없습니다. 1번부터 {count}번까지 있고, `rtcompare lesson`이 목록을 보여 줍니다',
      ),
      { number, count: String(lessons.length) },
    ),
  );
}

async function listOf(
  lessons: readonly Lesson[],
  { json, ascii }: LessonOptions,
  reader: Reader,
): Promise<string> {
  if (json) {
    const rows = lessons.map(({ id, title, where, minutes, seconds }) => ({
      lesson: id,
      title: say(reader, title),
      where,
      minutes,
      seconds,
    }));
    return jsonText(rows);
  }
  const { plainCharacters } = await import('../report/skins/escape.ts');
  const { lessonList } = await import('../report/views/lesson/lesson-list.ts');
  const list = lessonList(lessons, reader, 80);
  return ascii ? plainCharacters(list) : list;
}

async function teach(
  lesson: Lesson,
  options: LessonOptions,
  reader: Reader,
  signal: AbortSignal,
): Promise<void> {
  const { questionText } = await import('../report/views/lesson/lesson-asked.ts');
  const { answerBlocks, lessonDocument } = await import('../report/views/lesson/lesson-blocks.ts');
  const look = { width: 80, ascii: options.ascii === true };
  // The user has to see the question before answering, also when stdout is only for JSON.
  const output = options.json ? process.stderr : process.stdout;
  const given = options.answer === undefined ? null : await readAnswer(lesson, options.answer);
  if (!options.json || given === null) output.write(`${questionText(lesson, reader, look)}\n`);
  const guess = given ?? (await askFor(lesson, options, output, { reader, signal }));
  if (guess === null) return;
  const found = await measure(lesson, options, reader, signal);
  const telling = { lesson, guess, found };
  await print(
    options,
    () => ({ schemaVersion: 1, ...lessonDocument(telling, reader) }),
    () => answerBlocks(telling, reader),
  );
}

async function readAnswer(lesson: Lesson, typed: string): Promise<GuessValue> {
  const { readGuess } = await import('../questions/lessons/guess.ts');
  const { againText } = await import('../report/views/lesson/lesson-asked.ts');
  const guess = readGuess(typed, lesson.answer);
  if (guess !== null) return guess;
  const problem = {
    en: againText(lesson, typed, { language: 'en' }),
    ko: againText(lesson, typed, { language: 'ko' }),
  };
  throw new UsageError({ en: `--answer: ${problem.en}`, ko: `--answer: ${problem.ko}` });
}

/** Null if the user leaves without a guess. */
async function askFor(
  lesson: Lesson,
  { ascii }: LessonOptions,
  output: NodeJS.WriteStream,
  { reader, signal }: { reader: Reader; signal: AbortSignal },
): Promise<GuessValue | null> {
  const { questionOf } = await import('./lessons/question.ts');
  using asker = createAsker({ input: process.stdin, output, signal });
  const asked = await asker.ask(questionOf(lesson, reader, ascii === true));
  if (asked === 'closed')
    throw new UsageError(
      inEveryLanguage(
        text(
          'lesson {id}: the input ended without a guess; give it with --answer, such as `{sample}`',
          '{id}과: 예상 없이 입력이 끝났습니다. `{sample}`처럼 --answer로 줄 수 있습니다',
        ),
        { id: String(lesson.id), sample: sampleOf(lesson) },
      ),
    );
  return asked === 'left' ? null : asked.answer;
}

const sampleOf = ({ id, answer }: Lesson): string =>
  `rtcompare lesson ${id} --answer ${answer.kind === 'choice' ? answer.choices[0]?.key : 100}`;

const measuring = text('measuring, about {seconds} s: {stage}', '측정 중, 약 {seconds}초: {stage}');

async function measure(
  lesson: Lesson,
  options: LessonOptions,
  reader: Reader,
  signal: AbortSignal,
): Promise<Found> {
  const progress = createProgress(process.stderr, options.quiet === true);
  const seconds = String(lesson.seconds);
  const found = await lesson
    .measure({
      scale: 1,
      signal,
      onStage: (stage) => progress.show(say(reader, measuring, { seconds, stage: say(reader, stage) })),
    })
    .finally(() => progress.end());
  // A short measurement does not stop for the signal, so the signal is checked here.
  signal.throwIfAborted();
  checkCounts(inEveryLanguage(text('lesson {id}', '수업 {id}'), { id: String(lesson.id) }), found.doubtful);
  return found;
}
