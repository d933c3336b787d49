/** `rtcompare lesson [N]`: a misconception, a guess, a measurement, and the law that explains it. */
import { Command } from 'commander';
import { UsageError } from '../failure.ts';
import type { Found, Lesson, Value } from '../lessons/lesson.ts';
import { checkCounts } from '../metrics/verdict.ts';
import type { Words } from '../report/words.ts';
import type { Context } from './context.ts';
import { readerOf } from './language.ts';
import { refuseAlone } from './partners.ts';
import { createProgress } from './progress.ts';
import { option } from './values.ts';

const examples = `
Examples:
  rtcompare lesson                       ten lessons of five minutes
  rtcompare lesson 1                     asks, waits for a guess, measures, explains
  rtcompare lesson 2 --answer 100        the same without waiting
  rtcompare lesson 10 --answer b --lang ko
`;

interface Options {
  answer?: string;
  json?: boolean;
  lang?: string;
  ascii?: boolean;
  quiet?: boolean;
}

export const lessonCommand = ({ signal, done }: Context): Command =>
  [
    option('--answer <guess>', 'the guess, instead of asking for it: a number, or the letter of a choice'),
    option('--json', 'print one JSON document'),
    option('--lang <language>', 'language of the lesson').choices(['en', 'ko']),
    option('--ascii', 'no box-drawing characters'),
    option('--quiet', 'no progress'),
  ]
    .reduce(
      (built, added) => built.addOption(added),
      new Command('lesson')
        .description('a lesson of five minutes: guess, measure, explain')
        .argument('[number]', 'which one; the list when left out')
        .addHelpText('before', examples),
    )
    .action(async (number: string | undefined, options: Options, command: Command) => {
      const isThere = number !== undefined;
      refuseAlone(command, '--answer', { isThere, remedy: 'say which lesson, such as rtcompare lesson 1' });
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
  throw new UsageError(`no lesson "${number}"; there are 1 to ${lessons.length}, see rtcompare lesson`);
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
  if (guess === null) throw new UsageError(`--answer: ${againText(lesson, typed, words)}`);
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
      `lesson ${lesson.id}: the input ended without a guess; give it with --answer, such as ${sampleOf(lesson)}`,
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
  checkCounts(`lesson ${lesson.id}`, found.doubtful);
  return found;
}
