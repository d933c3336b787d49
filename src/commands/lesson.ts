/** `rtcompare lesson [N]`: a misconception, a guess, a measurement, and the law that explains it. */
import { Command } from 'commander';
import { inEveryLanguage, say, text } from '../base/text.ts';
import { UsageError } from '../failure.ts';
import type { Found, Lesson, Value } from '../lessons/lesson.ts';
import { checkCounts } from '../metrics/verdict.ts';
import type { Words } from '../report/words.ts';
import { createAsker } from './ask.ts';
import type { Context } from './context.ts';
import { readerOf } from './language.ts';
import { askAgain } from './lesson-again.ts';
import { tryFile, writeFiles } from './lesson-files.ts';
import { refuseAlone } from './partners.ts';
import { createProgress } from './progress.ts';
import { option, parseWhole } from './values.ts';

const examples = `
Examples:
  rtcompare lesson                       ten lessons: which for a class, which for home
  rtcompare lesson 1                     asks, waits for a guess, measures, explains
  rtcompare lesson 2 --answer 100        the same without waiting
  rtcompare lesson --again               all questions once more, a week later
  rtcompare lesson 10 --write my-chat    the files of lesson 10, to repair and then to --try
`;

export interface LessonOptions {
  answer?: string;
  again?: number | true;
  seed: number;
  write?: string;
  try?: string;
  json?: boolean;
  lang?: string;
  ascii?: boolean;
  quiet?: boolean;
}

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
    'say which lesson, such as rtcompare lesson 1',
    'rtcompare lesson 1처럼 어느 수업인지 적어야 합니다',
  ),
  files: text(
    'only lesson 10 has files, such as rtcompare lesson 10 --write my-chat',
    'rtcompare lesson 10 --write my-chat처럼 10과에만 파일이 있습니다',
  ),
  seed: text('add --again', '--again을 더해야 합니다'),
  again: text('leave the number of the lesson out', '수업 번호를 빼야 합니다'),
};

export const lessonCommand = ({ signal, done }: Context): Command =>
  [
    option('--answer <guess>', described.answer.en),
    option('--again [n]', described.again.en).argParser(parseWhole(1, 10)),
    option('--seed <n>', described.seed.en)
      .argParser(parseWhole(0, 2 ** 32))
      .default(1),
    option('--write <folder>', described.write.en),
    option('--try <page>', described.try.en),
    option('--json', 'print one JSON document'),
    option('--lang <language>', 'language of the lesson').choices(['en', 'ko']),
    option('--ascii', 'no box-drawing characters'),
    option('--quiet', 'no progress'),
  ]
    .reduce(
      (built, added) => built.addOption(added),
      new Command('lesson')
        .description('guess, measure, explain: lessons for a class of 50 minutes, and for home')
        .argument('[number]', 'which one; the list when left out')
        .addHelpText('before', examples),
    )
    .action(async (number: string | undefined, options: LessonOptions, command: Command) =>
      done(await lesson(number, options, command, signal)),
    );

async function lesson(
  number: string | undefined,
  options: LessonOptions,
  command: Command,
  signal: AbortSignal,
): Promise<number> {
  const { lessons } = await import('../lessons/index.ts');
  const { wordsOf } = await import('../report/words.ts');
  const words = wordsOf(readerOf(options.lang));
  const chosen = number === undefined ? null : numbered(number, lessons);
  const { write, try: page, again } = options;
  refuseAlone(command, '--answer', { isThere: chosen !== null, remedy: remedies.answer.en });
  refuseAlone(command, '--again', { isThere: chosen === null, remedy: remedies.again.en });
  refuseAlone(command, '--seed', { isThere: again !== undefined, remedy: remedies.seed.en });
  for (const flag of ['--write', '--try'] as const)
    refuseAlone(command, flag, { isThere: chosen?.files !== undefined, remedy: remedies.files.en });
  if (chosen?.files && write !== undefined) return writeFiles(chosen.files, write, words);
  if (chosen?.files && page !== undefined) return tryFile(page, options, words, signal);
  if (chosen) await teach(chosen, options, words, signal);
  else if (again !== undefined) await askAgain(lessons, options, words, signal);
  else process.stdout.write(await listOf(lessons, options, words));
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
  words: Words,
): Promise<string> {
  if (json) {
    const rows = lessons.map(({ id, title, where, minutes, seconds }) => ({
      lesson: id,
      title: words.tell(title),
      ...{ where, minutes, seconds },
    }));
    return `${JSON.stringify(rows, null, 2)}\n`;
  }
  const { plainCharacters } = await import('../report/escape.ts');
  const { lessonList } = await import('../report/lesson-list.ts');
  const list = lessonList(lessons, words, 80);
  return ascii ? plainCharacters(list) : list;
}

async function teach(
  lesson: Lesson,
  options: LessonOptions,
  words: Words,
  signal: AbortSignal,
): Promise<void> {
  const { answerBlocks, lessonDocument, questionText } = await import('../report/lesson.ts');
  const { renderBlocks } = await import('../report/terminal.ts');
  const look = { width: 80, ascii: options.ascii === true };
  // The question has to be seen before it is answered, also where stdout is only for JSON.
  const output = options.json ? process.stderr : process.stdout;
  const given = options.answer === undefined ? null : await readAnswer(lesson, options.answer);
  if (!options.json || given === null) output.write(`${questionText(lesson, words, look)}\n`);
  const guess = given ?? (await askFor(lesson, options, output, { words, signal }));
  if (guess === null) return;
  const found = await measure(lesson, options, words, signal);
  const telling = { lesson, guess, found };
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ schemaVersion: 1, ...lessonDocument(telling, words) }, null, 2)}\n`
      : renderBlocks(answerBlocks(telling, words), look),
  );
}

async function readAnswer(lesson: Lesson, typed: string): Promise<Value> {
  const { readGuess } = await import('../lessons/guess.ts');
  const { againText } = await import('../report/lesson.ts');
  const guess = readGuess(typed, lesson.answer);
  if (guess !== null) return guess;
  const problem = {
    en: againText(lesson, typed, { language: 'en' }),
    ko: againText(lesson, typed, { language: 'ko' }),
  };
  throw new UsageError({ en: `--answer: ${problem.en}`, ko: `--answer: ${problem.ko}` });
}

/** Null when somebody leaves without a guess. */
async function askFor(
  lesson: Lesson,
  { ascii }: LessonOptions,
  output: NodeJS.WriteStream,
  { words, signal }: { words: Words; signal: AbortSignal },
): Promise<Value | null> {
  const { questionOf } = await import('./lesson-question.ts');
  using asker = createAsker({ input: process.stdin, output, signal });
  const asked = await asker.ask(questionOf(lesson, words, ascii === true));
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
  words: Words,
  signal: AbortSignal,
): Promise<Found> {
  const progress = createProgress(process.stderr, options.quiet === true);
  const seconds = String(lesson.seconds);
  const found = await lesson
    .measure({
      scale: 1,
      signal,
      onStage: (stage) => progress.show(say(words, measuring, { seconds, stage: words.tell(stage) })),
    })
    .finally(() => progress.end());
  // A short measurement does not look at the signal while it runs.
  signal.throwIfAborted();
  checkCounts(`lesson ${lesson.id}`, found.doubtful);
  return found;
}
