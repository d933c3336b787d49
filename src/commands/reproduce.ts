/** `rtcompare reproduce NAME`: a published result, what the laws predict, and what is measured here, in one row. */

import type { Command } from 'commander';
import { unknownWord } from '../base/did-you-mean.ts';
import { text } from '../base/text.ts';
import { checkCounts } from '../metrics/verdict.ts';
import type { Reproduction } from '../questions/reproductions/reproduction.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { languageOf, readerOf } from './options/language.ts';
import { refuseAlone } from './options/partners.ts';
import {
  asciiOption,
  jsonOption,
  langOption,
  option,
  parsePositive,
  quietOption,
  wideOption,
} from './options/values.ts';
import { jsonText, print } from './screen/print.ts';
import { createPlannedProgress } from './screen/progress.ts';

const about = {
  purpose: purposes.reproduce,
  examples: [
    ['rtcompare reproduce', text('what can be reproduced', '재현할 수 있는 것의 목록')],
    [
      'rtcompare reproduce kaazing',
      text('the arithmetic of 2010, weighed on the wire', '2010년의 계산을 실제 바이트로'),
    ],
    ['rtcompare reproduce rfc6202 --scale 0.2', text('a fifth of the messages', '메시지를 5분의 1만')],
  ],
} satisfies AboutCommand;

interface Options {
  scale: number;
  json?: boolean;
  lang?: string;
  ascii?: boolean;
  wide?: boolean;
  quiet?: boolean;
}

export const reproduceCommand = ({ signal, done }: Context): Command =>
  command(
    'reproduce',
    about,
    [
      option(
        '--scale <n>',
        text(
          'how much of it: 1 = as published, 0.2 = a fifth of the messages',
          '얼마나: 1 = 발표된 대로, 0.2 = 메시지의 5분의 1',
        ),
      )
        .argParser(parsePositive(1))
        .default(1),
      jsonOption(),
      langOption(text('language of the table', '표의 언어')),
      wideOption(),
      asciiOption(),
      quietOption(),
    ],
    argument(
      '[name]',
      text('such as kaazing or rfc6202; the list when left out', 'kaazing, rfc6202 등. 생략하면 목록'),
    ),
  ).action(async (name: string | undefined, options: Options, made: Command) => {
    const isThere = name !== undefined;
    const remedy = text(
      'say what, such as `rtcompare reproduce kaazing`',
      '`rtcompare reproduce kaazing`처럼 무엇을 재현할지 적어야 합니다',
    );
    refuseAlone(made, '--scale', { isThere, remedy });
    const { reproductions } = await import('../questions/reproductions/index.ts');
    if (name === undefined) process.stdout.write(listOf(reproductions, options));
    else await reproduce(named(name, reproductions), options, signal);
    done(0);
  });

function listOf(reproductions: readonly Reproduction[], { json, lang }: Options): string {
  const language = languageOf(lang);
  const rows = reproductions.map(({ name, title, seconds }) => ({ name, title: title[language], seconds }));
  return json
    ? jsonText(rows)
    : rows.map(({ name, title, seconds }) => `${name.padEnd(12)} ${title} (~${seconds} s)\n`).join('');
}

function named(name: string, reproductions: readonly Reproduction[]): Reproduction {
  const found = reproductions.find((one) => one.name === name.trim().toLowerCase());
  if (found) return found;
  throw unknownWord(text('no reproduction "{word}"', '"{word}"라는 재현은 없습니다'), name, reproductions);
}

async function reproduce(reproduction: Reproduction, options: Options, signal: AbortSignal): Promise<void> {
  const { reproductionBlocks, reproductionDocument } = await import(
    '../report/views/reproduction/reproduction-blocks.ts'
  );
  const { readEnvironment } = await import('../trial/environment.ts');
  const { version } = await import('../base/version.ts');
  const { scale } = options;
  const progress = createPlannedProgress(process.stderr, options.quiet === true, readerOf(options.lang));
  // Only the number of messages is scaled; connecting takes as long as ever.
  const wholeMs = reproduction.seconds * 1000 * scale;
  const started = performance.now();
  const leftMs = () => Math.max(0, wholeMs - (performance.now() - started));
  progress.announce(wholeMs);
  const startedAt = new Date().toISOString();
  const outcome = await reproduction
    .run({ scale, signal, onStage: (stage) => progress.show(`${reproduction.name}: ${stage}`, leftMs()) })
    .finally(() => progress.end());
  const reader = readerOf(options.lang);
  const telling = { reproduction, outcome, scale };
  const about = {
    schemaVersion: 1,
    tool: { name: 'rtcompare', version },
    environment: readEnvironment(),
    startedAt,
  };
  await print(
    options,
    () => ({ ...about, ...reproductionDocument(telling, reader) }),
    () => reproductionBlocks(telling, reader),
  );
  checkCounts(reproduction.name, outcome.doubtful);
}
