/** `rtcompare lesson [N]`: a misconception, a guess, a measurement, and the law that explains it. */
import type { Command } from 'commander';
import { inEveryLanguage, text } from '../base/text.ts';
import { UsageError } from '../failure.ts';
import type { Found, Lesson, Value } from '../lessons/lesson.ts';
import { checkCounts } from '../metrics/verdict.ts';
import type { Words } from '../report/words.ts';
import { type About, argument, command } from './about.ts';
import type { Context } from './context.ts';
import { readerOf } from './language.ts';
import { refuseAlone } from './partners.ts';
import { createProgress } from './progress.ts';
import { asciiOption, jsonOption, langOption, option, quietOption } from './values.ts';

const about = {
  purpose: text(
    'a lesson of five minutes: guess, measure, explain',
    '5분짜리 수업: 예상하고, 재고, 설명을 듣습니다',
  ),
  examples: [
    ['rtcompare lesson', text('ten lessons of five minutes', '5분짜리 수업 열 편')],
    [
      'rtcompare lesson 1',
      text('asks, waits for a guess, measures, explains', '묻고, 예상을 기다리고, 재고, 설명'),
    ],
    ['rtcompare lesson 2 --answer 100', text('the same without waiting', '같은 것을 기다림 없이')],
    ['rtcompare lesson 10 --answer b --lang ko'],
  ],
} satisfies About;

interface Options {
  answer?: string;
  json?: boolean;
  lang?: string;
  ascii?: boolean;
  quiet?: boolean;
}

export const lessonCommand = ({ signal, done }: Context): Command =>
  [
    option(
      '--answer <guess>',
      text(
        'the guess, instead of asking for it: a number, or the letter of a choice',
        '묻는 대신 미리 주는 예상: 수 또는 보기의 글자',
      ),
    ),
    jsonOption(),
    langOption(text('language of the lesson', '수업의 언어')),
    asciiOption(),
    quietOption(),
  ]
    .reduce(
      (built, added) => built.addOption(added),
      command('lesson', about).addArgument(
        argument('[number]', text('which one; the list when left out', '몇 번째 수업인지. 생략하면 목록')),
      ),
    )
    .action(async (number: string | undefined, options: Options, made: Command) => {
      const isThere = number !== undefined;
      const remedy = text(
        'say which lesson, such as `rtcompare lesson 1`',
        '`rtcompare lesson 1`처럼 어느 수업인지 적어야 합니다',
      );
      refuseAlone(made, '--answer', { isThere, remedy });
      const { lessons } = await import('../lessons/index.ts');
      const { wordsOf } = await import('../report/words.ts');
      const words = wordsOf(readerOf(options.lang));
      if (number === undefined) process.stdout.write(await listOf(lessons, options, words));
      else await teach(numbered(number, lessons), options, words, signal);
      done(0);
    });

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

async function listOf(lessons: readonly Lesson[], { json, ascii }: Options, words: Words): Promise<string> {
  const { minutes } = await import('../lessons/lesson.ts');
  const { displayWidth, wrap } = await import('../report/wrap.ts');
  const rows = lessons.map(({ id, title, seconds }) => ({
    lesson: id,
    title: words.tell(title),
    minutes,
    seconds,
  }));
  if (json) return `${JSON.stringify(rows, null, 2)}\n`;
  const widest = Math.max(...rows.map(({ title }) => displayWidth(title)));
  const lines = rows.map(({ lesson, title }) => {
    const gap = ' '.repeat(widest - displayWidth(title));
    return `${String(lesson).padStart(2)}  ${title}${gap}  ${words.say('lesson.minutes', { minutes: String(minutes) })}`;
  });
  const { plainCharacters } = await import('../report/escape.ts');
  const list = `${[...lines, '', ...wrap(words.say('lesson.list'), 80)].join('\n')}\n`;
  return ascii ? plainCharacters(list) : list;
}

async function teach(lesson: Lesson, options: Options, words: Words, signal: AbortSignal): Promise<void> {
  const { answerBlocks, lessonDocument, questionBlocks } = await import('../report/lesson.ts');
  const { renderBlocks } = await import('../report/terminal.ts');
  const look = { width: 80, ascii: options.ascii === true };
  // The question has to be seen before it is answered, also where stdout is only for JSON.
  const output = options.json ? process.stderr : process.stdout;
  const given = options.answer === undefined ? null : await readAnswer(lesson, options.answer, words);
  if (!options.json || given === null) output.write(`${renderBlocks(questionBlocks(lesson, words), look)}\n`);
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

async function readAnswer(lesson: Lesson, typed: string, words: Words): Promise<Value> {
  const { readGuess } = await import('../lessons/guess.ts');
  const { againText } = await import('../report/lesson.ts');
  const guess = readGuess(typed, lesson.answer);
  if (guess === null) {
    const problem = againText(lesson, typed, words);
    throw new UsageError(inEveryLanguage(text('--answer: {problem}', '--answer: {problem}'), { problem }));
  }
  return guess;
}

/** Null when somebody leaves without a guess. */
async function askFor(
  lesson: Lesson,
  { ascii }: Options,
  output: NodeJS.WriteStream,
  { words, signal }: { words: Words; signal: AbortSignal },
): Promise<Value | null> {
  const { readGuess } = await import('../lessons/guess.ts');
  const { againText, promptText } = await import('../report/lesson.ts');
  const { escapeControls, plainCharacters } = await import('../report/escape.ts');
  const { ask } = await import('./ask.ts');
  const plain = (text: string) => (ascii ? plainCharacters(text) : text);
  const asked = await ask({
    ...{ input: process.stdin, output, signal, prompt: plain(promptText(lesson, words)) },
    read: (line) => readGuess(line, lesson.answer),
    again: (line) => plain(againText(lesson, escapeControls(line), words)),
  });
  if (asked === 'closed')
    throw new UsageError(
      inEveryLanguage(
        text(
          'lesson {id}: the input ended without a guess; give it with --answer, such as `{sample}`',
          '수업 {id}: 예상 없이 입력이 끝났습니다. `{sample}`처럼 --answer로 줄 수 있습니다',
        ),
        { id: String(lesson.id), sample: sampleOf(lesson) },
      ),
    );
  return asked === 'left' ? null : asked.answer;
}

const sampleOf = ({ id, answer }: Lesson): string =>
  `rtcompare lesson ${id} --answer ${answer.kind === 'choice' ? answer.choices[0]?.key : 100}`;

async function measure(lesson: Lesson, options: Options, words: Words, signal: AbortSignal): Promise<Found> {
  const progress = createProgress(process.stderr, options.quiet === true);
  const seconds = String(lesson.seconds);
  const found = await lesson
    .measure({
      scale: 1,
      signal,
      onStage: (stage) => progress.show(words.say('lesson.measuring', { seconds, stage })),
    })
    .finally(() => progress.end());
  // A short measurement does not look at the signal while it runs.
  signal.throwIfAborted();
  checkCounts(inEveryLanguage(text('lesson {id}', '수업 {id}'), { id: String(lesson.id) }), found.doubtful);
  return found;
}
