/** `rtcompare recommend`: what each transport would cost an application, which one to take, and where that flips. */
import type { Command } from 'commander';
import { asTyped, type Reader, say, text } from '../base/text.ts';
import { maxMessageBytes } from '../protocols/contract.ts';
import type { ProbeName } from '../questions/probes/index.ts';
import { usualTail } from '../questions/recommendation/assumptions.ts';
import type { Need } from '../questions/recommendation/need.ts';
import type { HeaderProfile } from '../transports/headers.ts';
import { type AboutCommand, type Context, command } from './help/about.ts';
import { readerOf } from './options/language.ts';
import { refuseAlone } from './options/partners.ts';
import { howToMeasure } from './options/run-options.ts';
import {
  asciiOption,
  jsonOption,
  langOption,
  option,
  parseDuration,
  parseHeartbeat,
  parsePositive,
  parseWhole,
  quietOption,
} from './options/values.ts';
import { createPlannedProgress } from './screen/progress.ts';

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
} satisfies AboutCommand;

const weighingStage = text('weighing {name}', '{name} 재는 중');

interface Options {
  rate: number;
  rateUp?: number;
  direction: Need['direction'];
  clients: number;
  size: number;
  rtt: number;
  pollInterval?: number;
  within: number;
  proxy: string;
  headers: HeaderProfile;
  cookie: number;
  heartbeat: string;
  binary?: boolean;
  streams?: 'pass' | 'held';
  tcp: Need['tcp'];
  tls: '1.3' | 'none';
  radioTail: string;
  by: Need['by'];
  thorough?: boolean;
  json?: boolean;
  lang?: string;
  ascii?: boolean;
  quiet?: boolean;
}

/** These mean what they mean in `run`. */
const asInRun: readonly string[] = ['--proxy', '--headers', '--cookie', '--heartbeat'];

/** What the application says, how much, and how soon it has to be there. */
const traffic = () => [
  option(
    '--rate <n>',
    text(
      'messages per second and client, in each direction that is used',
      '쓰이는 방향마다 클라이언트당 초당 메시지 수',
    ),
  )
    .argParser(parsePositive(100_000))
    .default(1),
  option(
    '--rate-up <n>',
    text('the same up, where it is another', '보내는 쪽의 수가 다를 때, 초당 메시지 수'),
  ).argParser(parsePositive(100_000)),
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
  option(
    '--poll-interval <time>',
    text(
      'how often polling would ask; default: as rarely as --within allows',
      '폴링이 요청할 간격. 기본값: --within을 지키는 가장 긴 간격',
    ),
  ).argParser(parseDuration),
  option('--within <time>', text('how late a message may be at most', '메시지가 늦어도 되는 최대 시간'))
    .argParser(parseDuration)
    .default(1000, '1s'),
  option('--binary', text('messages are bytes, not text', '메시지가 텍스트가 아니라 바이너리 데이터')),
];

/** What lies between its clients and its server. */
const surroundings = () => [
  ...howToMeasure().filter(({ long }) => asInRun.includes(long ?? '')),
  option(
    '--streams <how>',
    text(
      'whether a response that does not end passes at once; default: as --proxy suggests',
      '끝나지 않는 응답이 바로 통과하는지. 기본값: --proxy에 따름',
    ),
  ).choices(['pass', 'held']),
  option(
    '--tcp <headers>',
    text('TCP/IP headers: 52 B, 40 B, or not counted', 'TCP/IP 헤더: 52 B, 40 B, 세지 않음'),
  )
    .choices(['timestamps', 'plain', 'none'])
    .default('timestamps'),
  option('--tls <version>', text('TLS, as an estimate', 'TLS(추정)')).choices(['1.3', 'none']).default('1.3'),
  option(
    '--radio-tail <time>',
    text(
      'how long a mobile radio stays up after a packet: none, or a time',
      '패킷 뒤에 휴대전화의 무선이 켜져 있는 시간: none 또는 시간',
    ),
  )
    .argParser(parseHeartbeat)
    .default(usualTail),
];

const options = () => [
  ...traffic(),
  ...surroundings(),
  option('--by <what>', text('what is to be least', '무엇이 가장 적어야 하는지'))
    .choices(['bytes', 'radio'])
    .default('bytes'),
  option(
    '--thorough',
    text(
      'measure the server’s CPU and memory, and what a cut loses, too (half a minute)',
      '서버의 CPU와 메모리, 끊길 때의 유실도 측정(30초쯤)',
    ),
  ),
  jsonOption(),
  langOption(text('language of the text', '글의 언어')),
  asciiOption(),
  quietOption(),
];

export const recommendCommand = ({ signal, done }: Context): Command =>
  options()
    .reduce((built, added) => built.addOption(added), command('recommend', about))
    .action(async (options: Options, made: Command) => {
      refuseAlone(made, '--rate-up', {
        isThere: options.direction === 'both',
        remedy: text('add --direction both', '--direction both를 더해야 합니다'),
      });
      refuseAlone(made, '--by', {
        isThere: options.by !== 'radio' || options.radioTail !== 'none',
        remedy: text('leave --radio-tail none out', '--radio-tail none을 빼야 합니다'),
      });
      await recommend(options, made, signal);
      done(0);
    });

async function needOf(options: Options): Promise<Need> {
  const { parseProxy } = await import('../network/middleboxes.ts');
  const { noUpgrade = false, buffering = false, idleTimeoutMs = null } = parseProxy(options.proxy);
  const asProxied = buffering ? 'held' : noUpgrade ? 'unknown' : 'pass';
  return {
    rate: options.rate,
    rateUp: options.rateUp ?? options.rate,
    direction: options.direction,
    size: options.size,
    binary: options.binary === true,
    rttMs: options.rtt,
    pollIntervalMs: options.pollInterval ?? null,
    withinMs: options.within,
    heartbeatMs: options.heartbeat === 'none' ? null : parseDuration(options.heartbeat),
    upgrades: !noUpgrade,
    streams: options.streams ?? asProxied,
    idleTimeoutMs,
    tcp: options.tcp,
    tls: options.tls !== 'none',
    by: options.by,
    radioTailMs: options.radioTail === 'none' ? null : parseDuration(options.radioTail),
  };
}

async function recommend(options: Options, made: Command, signal: AbortSignal): Promise<void> {
  const need = await needOf(options);
  const { asRefusal, measureUnitCosts } = await import('../questions/recommendation/unit-costs.ts');
  const { measureServerCosts } = await import('../questions/recommendation/server-costs.ts');
  const { choose } = await import('../questions/recommendation/choice.ts');
  const { flipsOf } = await import('../questions/recommendation/flips.ts');
  const { headersOf } = await import('../transports/headers.ts');
  const { recommendationBlocks, recommendationDocument } = await import(
    '../report/views/recommendation/recommendation-blocks.ts'
  );
  const { renderBlocks } = await import('../report/skins/terminal.ts');
  const reader = readerOf(options.lang);
  const progress = createPlannedProgress(process.stderr, options.quiet === true, reader);
  const conditions = {
    headers: headersOf(options.headers, options.cookie),
    signal,
    onStage: ({ name, ...stage }: Parameters<typeof progress.stage>[0]) =>
      progress.stage({ ...stage, name: say(reader, weighingStage, { name }) }),
  };
  const measured = async () => {
    const weighed = await measureUnitCosts(conditions);
    const choice = choose(need, weighed.units);
    const names = choice.costs.map(({ transport }) => transport);
    const server = options.thorough ? await measureServerCosts(names, conditions) : [];
    return { ...weighed, choice, server, facts: await factsAbout(names, options, conditions) };
  };
  const { units, ...found } = await measured()
    .catch((error) => {
      throw asRefusal(error);
    })
    .finally(() => progress.end());
  const telling = {
    ...found,
    need,
    flips: flipsOf(need, units),
    clients: options.clients,
    headers: options.cookie > 0 ? `${options.headers} + ${options.cookie} B cookie` : options.headers,
    thorough: options.thorough ? null : thoroughly(made, reader),
  };
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ schemaVersion: 1, ...recommendationDocument(telling, reader), unitCosts: units }, null, 2)}\n`
      : renderBlocks(recommendationBlocks(telling, reader), { width: 80, ascii: options.ascii === true }),
  );
}

/** What no byte tells: asked of running servers; what a cut loses takes eight seconds, so only on demand. */
const probes: readonly ProbeName[] = ['fallback', 'rooms', 'reconnection', 'cross-origin'];

async function factsAbout(
  names: readonly string[],
  { thorough }: Options,
  { signal, onStage }: Pick<import('../questions/evidence/gather.ts').Gathering, 'signal' | 'onStage'>,
) {
  const { gather } = await import('../questions/evidence/gather.ts');
  const { outageFacts } = await import('../questions/claims/trial-facts.ts');
  const { evidence } = await gather([...probes, ...(thorough ? (['outage'] as const) : [])], {
    quick: true,
    signal,
    onStage,
  });
  return [...evidence.probed, ...outageFacts(evidence, names)];
}

const toTell = ['--json', '--lang', '--ascii', '--quiet'];
const durations = ['--rtt', '--within', '--poll-interval'];

/** The same question once more, with everything measured, as this person can type it. */
function thoroughly(made: Command, reader: Reader): string {
  const typed = made.options
    .filter(({ long }) => long && !toTell.includes(long))
    .filter((one) => made.getOptionValueSource(one.attributeName()) === 'cli')
    .map((one) => {
      const value: unknown = made.getOptionValue(one.attributeName());
      if (value === true) return one.long;
      return `${one.long} ${value}${durations.includes(one.long ?? '') ? 'ms' : ''}`;
    });
  return asTyped(reader, `\`rtcompare ${['recommend', ...typed, '--thorough'].join(' ')}\``);
}
