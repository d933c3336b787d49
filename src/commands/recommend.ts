/** `rtcompare recommend`: what each transport would cost an application, which one to take, and where that flips. */
import type { Command } from 'commander';
import { say, text } from '../base/text.ts';
import { maxMessageBytes } from '../protocol.ts';
import type { Need } from '../recommendation/costs.ts';
import { type About, command } from './about.ts';
import type { Context } from './context.ts';
import { readerOf } from './language.ts';
import { createPlannedProgress } from './progress.ts';
import {
  asciiOption,
  jsonOption,
  langOption,
  option,
  parseDuration,
  parsePositive,
  parseWhole,
  quietOption,
} from './values.ts';

const about = {
  purpose: text(
    'say which transport costs an application least, from laws and measured unit costs',
    '법칙과 실제로 잰 단위 비용으로, 어떤 전송 방식이 애플리케이션에 가장 적은 부담을 주는지 알려 줍니다',
  ),
  examples: [
    ['rtcompare recommend --rate 1 --direction down --clients 1000 --rtt 40ms'],
    ['rtcompare recommend --rate 0.01 --direction up --size 200 --json'],
    ['rtcompare recommend --rate 5 --direction both --binary --proxy no-upgrade'],
  ],
  usual: ['--rate', '--direction', '--clients', '--size', '--rtt', '--within', '--proxy', '--json', '--lang'],
} satisfies About;

const weighingStage = text('weighing {name}', '{name} 재는 중');

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
    option(
      '--rate <n>',
      text(
        'messages per second and client, in each direction that is used',
        '쓰이는 방향마다 클라이언트당 초당 메시지 수',
      ),
    )
      .argParser(parsePositive(100_000))
      .default(1),
    option('--direction <way>', text('who speaks', '보내는 방향'))
      .choices(['up', 'down', 'both'])
      .default('down'),
    option('--clients <n>', text('how many', '클라이언트 수'))
      .argParser(parseWhole(1, 10_000_000))
      .default(100),
    option('--size <bytes>', text('payload of a message', '메시지 페이로드의 크기'))
      .argParser(parseWhole(1, maxMessageBytes))
      .default(100),
    option('--rtt <time>', text('round trip between client and server', '클라이언트와 서버 사이의 왕복 시간'))
      .argParser(parseDuration)
      .default(40, '40ms'),
    option('--poll-interval <time>', text('how often polling would ask', '폴링이 요청할 간격'))
      .argParser(parseDuration)
      .default(2000, '2s'),
    option('--within <time>', text('how late a message may be', '허용되는 메시지 지연'))
      .argParser(parseDuration)
      .default(1000, '1s'),
    option('--cookie <bytes>', text('a cookie of this size with every request', '요청마다 붙는 쿠키의 크기'))
      .argParser(parseWhole(0, 8000))
      .default(0),
    option('--binary', text('messages are bytes, not text', '메시지가 텍스트가 아니라 바이너리 데이터')),
    option('--proxy <kind>', text('what lies between', '사이에 놓인 것'))
      .choices(['none', 'no-upgrade'])
      .default('none'),
    jsonOption(),
    langOption(text('language of the text', '글의 언어')),
    asciiOption(),
    quietOption(),
  ]
    .reduce((built, added) => built.addOption(added), command('recommend', about))
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
  const reader = readerOf(options.lang);
  const progress = createPlannedProgress(process.stderr, options.quiet === true, reader);
  const units = await measureUnitCosts({
    cookieBytes: options.cookie,
    signal,
    onStage: ({ name, ...stage }) => progress.stage({ ...stage, name: say(reader, weighingStage, { name }) }),
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
      : renderBlocks(recommendationBlocks(telling, wordsOf(reader)), {
          width: 80,
          ascii: options.ascii === true,
        }),
  );
}
