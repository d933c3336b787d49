/** `rtcompare reproduce NAME`: a published result, what the laws predict, and what is measured here, in one row. */
import { Command } from 'commander';
import { unknownWord } from '../did-you-mean.ts';
import { checkCounts } from '../metrics/verdict.ts';
import type { Reproduction } from '../reproductions/reproduction.ts';
import type { Context } from './context.ts';
import { languageOf, readerOf } from './language.ts';
import { refuseAlone } from './partners.ts';
import { createProgress } from './progress.ts';
import { option, parsePositive } from './values.ts';
import { widthOf } from './width.ts';

const examples = `
Examples:
  rtcompare reproduce                          what can be reproduced
  rtcompare reproduce kaazing                  the arithmetic of 2010, weighed on the wire
  rtcompare reproduce rfc6202 --scale 0.2      a fifth of the messages
`;

interface Options {
  scale: number;
  json?: boolean;
  lang?: string;
  ascii?: boolean;
  wide?: boolean;
  quiet?: boolean;
}

export const reproduceCommand = ({ signal, done }: Context): Command =>
  [
    option('--scale <n>', 'how much of it: 1 = as published, 0.2 = a fifth of the messages')
      .argParser(parsePositive(1))
      .default(1),
    option('--json', 'print one JSON document'),
    option('--lang <language>', 'language of the table').choices(['en', 'ko']),
    option('--wide', 'tables wider than 80 columns'),
    option('--ascii', 'no box-drawing characters'),
    option('--quiet', 'no progress'),
  ]
    .reduce(
      (built, added) => built.addOption(added),
      new Command('reproduce')
        .description('reproduce a published result: published, predicted and measured in one row')
        .argument('[name]', 'such as kaazing or rfc6202; the list when left out')
        .addHelpText('before', examples),
    )
    .action(async (name: string | undefined, options: Options, command: Command) => {
      const isThere = name !== undefined;
      refuseAlone(command, '--scale', { isThere, remedy: 'say what, such as rtcompare reproduce kaazing' });
      const { reproductions } = await import('../reproductions/index.ts');
      if (name === undefined) process.stdout.write(listOf(reproductions, options));
      else await reproduce(named(name, reproductions), options, signal);
      done(0);
    });

function listOf(reproductions: readonly Reproduction[], { json, lang }: Options): string {
  const language = languageOf(lang);
  const rows = reproductions.map(({ name, title, seconds }) => ({ name, title: title[language], seconds }));
  return json
    ? `${JSON.stringify(rows, null, 2)}\n`
    : rows.map(({ name, title, seconds }) => `${name.padEnd(12)} ${title} (~${seconds} s)\n`).join('');
}

function named(name: string, reproductions: readonly Reproduction[]): Reproduction {
  const found = reproductions.find((one) => one.name === name.trim().toLowerCase());
  if (found) return found;
  throw unknownWord('no reproduction', name, reproductions);
}

async function reproduce(reproduction: Reproduction, options: Options, signal: AbortSignal): Promise<void> {
  const { reproductionBlocks, reproductionDocument } = await import('../report/reproduction.ts');
  const { renderBlocks } = await import('../report/terminal.ts');
  const { wordsOf } = await import('../report/words.ts');
  const { readEnvironment } = await import('../environment.ts');
  const { version } = await import('../version.ts');
  const { scale } = options;
  const progress = createProgress(process.stderr, options.quiet === true);
  const startedAt = new Date().toISOString();
  const outcome = await reproduction
    .run({ scale, signal, onStage: (stage) => progress.show(`${reproduction.name}: ${stage}`) })
    .finally(() => progress.end());
  const words = wordsOf(readerOf(options.lang));
  const telling = { reproduction, outcome, scale };
  const width = widthOf(options.wide);
  const about = {
    schemaVersion: 1,
    tool: { name: 'rtcompare', version },
    environment: readEnvironment(),
    startedAt,
  };
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...about, ...reproductionDocument(telling, words) }, null, 2)}\n`
      : renderBlocks(reproductionBlocks(telling, words), { width, ascii: options.ascii === true }),
  );
  checkCounts(reproduction.name, outcome.doubtful);
}
