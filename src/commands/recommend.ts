/** `rtcompare recommend`: what each transport would cost an application, which one to take, and where that flips. */
import { Command } from 'commander';
import { maxMessageBytes } from '../protocol.ts';
import type { Need } from '../recommendation/costs.ts';
import type { Context } from './context.ts';
import { readerOf } from './language.ts';
import { createProgress } from './progress.ts';
import { option, parseDuration, parsePositive, parseWhole } from './values.ts';

const examples = `
Examples:
  rtcompare recommend --rate 1 --direction down --clients 1000 --rtt 40ms
  rtcompare recommend --rate 0.01 --direction up --size 200 --json
  rtcompare recommend --rate 5 --direction both --binary --proxy no-upgrade
`;

interface Options {
  rate: number;
  direction: Need['direction'];
  clients: number;
  size: number;
  rtt: number;
  pollInterval: number;
  within: number;
  cookie: number;
  binary?: boolean;
  proxy: 'none' | 'no-upgrade';
  json?: boolean;
  lang?: string;
  ascii?: boolean;
  quiet?: boolean;
}

export const recommendCommand = ({ signal, done }: Context): Command =>
  [
    option('--rate <n>', 'messages per second and client, in each direction that is used')
      .argParser(parsePositive(100_000))
      .default(1),
    option('--direction <way>', 'who speaks').choices(['up', 'down', 'both']).default('down'),
    option('--clients <n>', 'how many').argParser(parseWhole(1, 10_000_000)).default(100),
    option('--size <bytes>', 'payload of a message').argParser(parseWhole(1, maxMessageBytes)).default(100),
    option('--rtt <time>', 'round trip between client and server')
      .argParser(parseDuration)
      .default(40, '40ms'),
    option('--poll-interval <time>', 'how often polling would ask')
      .argParser(parseDuration)
      .default(2000, '2s'),
    option('--within <time>', 'how late a message may be').argParser(parseDuration).default(1000, '1s'),
    option('--cookie <bytes>', 'a cookie of this size with every request')
      .argParser(parseWhole(0, 8000))
      .default(0),
    option('--binary', 'messages are bytes, not text'),
    option('--proxy <kind>', 'what lies between').choices(['none', 'no-upgrade']).default('none'),
    option('--json', 'print one JSON document'),
    option('--lang <language>', 'language of the text').choices(['en', 'ko']),
    option('--ascii', 'no box-drawing characters'),
    option('--quiet', 'no progress'),
  ]
    .reduce(
      (built, added) => built.addOption(added),
      new Command('recommend')
        .description('say which transport costs an application least, from laws and measured unit costs')
        .addHelpText('before', examples),
    )
    .action(async (options: Options) => {
      await recommend(options, signal);
      done(0);
    });

async function recommend(options: Options, signal: AbortSignal): Promise<void> {
  const { measureUnitCosts } = await import('../recommendation/unit-costs.ts');
  const { choose } = await import('../recommendation/choice.ts');
  const { recommendationBlocks, recommendationDocument } = await import('../report/recommendation.ts');
  const { renderBlocks } = await import('../report/terminal.ts');
  const { wordsOf } = await import('../report/words.ts');
  const progress = createProgress(process.stderr, options.quiet === true);
  const units = await measureUnitCosts({
    cookieBytes: options.cookie,
    signal,
    onStage: (transport) => progress.show(`weighing ${transport}`),
  }).finally(() => progress.end());
  const need: Need = {
    rate: options.rate,
    direction: options.direction,
    size: options.size,
    binary: options.binary === true,
    rttMs: options.rtt,
    pollIntervalMs: options.pollInterval,
    withinMs: options.within,
    upgrades: options.proxy === 'none',
  };
  const telling = { need, clients: options.clients, choice: choose(need, units) };
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ schemaVersion: 1, ...recommendationDocument(telling), unitCosts: units }, null, 2)}\n`
      : renderBlocks(recommendationBlocks(telling, wordsOf(readerOf(options.lang))), {
          width: 80,
          ascii: options.ascii === true,
        }),
  );
}
