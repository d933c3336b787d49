/** `rtcompare recommend`: what each transport would cost an application, which one to take, and where that flips. */

import type { Command } from 'commander';
import { asTyped, type Reader, say, text } from '../base/text.ts';
import type { ProbeName } from '../questions/probes/index.ts';
import type { Need } from '../questions/recommendation/need.ts';
import type { OnTheWay } from '../questions/recommendation/way.ts';
import type { HeadsProfile } from '../transports/heads-profiles.ts';
import { type AboutCommand, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { surroundings, traffic } from './options/application-options.ts';
import { readerOf } from './options/language.ts';
import { refuseAlone } from './options/partners.ts';
import { asciiOption, jsonOption, langOption, option, parseDuration, quietOption } from './options/values.ts';
import { print } from './screen/print.ts';
import { createPlannedProgress } from './screen/progress.ts';

const about = {
  purpose: purposes.recommend,
  examples: [
    ['rtcompare recommend --rate 1 --direction down --clients 1000 --rtt 40ms'],
    ['rtcompare recommend --rate 0.01 --direction up --size 200 --json'],
    ['rtcompare recommend --rate 0.2 --direction down --proxy nginx'],
    ['rtcompare recommend --rate 1 --direction both --clients 20000 --servers 4'],
    ['rtcompare recommend --rate 5 --direction both --binary --proxy strip-upgrade'],
  ],
  usual: ['--rate', '--direction', '--clients', '--size', '--rtt', '--within', '--proxy', '--json', '--lang'],
} satisfies AboutCommand;

const weighingStage = text('weighing {name}', '{name} 재는 중');

interface Options {
  rate: number;
  rateUp?: number;
  direction: Need['direction'];
  clients: number;
  servers: number;
  size: number;
  rtt: number;
  pollInterval?: number;
  within: number;
  proxy: string;
  headers: HeadsProfile;
  cookie: number;
  heartbeat: string;
  binary?: boolean;
  streams?: 'pass' | 'held';
  tcp: Need['tcp'];
  tls: '1.3' | 'none';
  over: Need['over'];
  radioTail: string;
  by: Need['by'];
  thorough?: boolean;
  json?: boolean;
  lang?: string;
  ascii?: boolean;
  quiet?: boolean;
}

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
  command('recommend', about, options()).action(async (options: Options, made: Command) => {
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

async function needOf(options: Options): Promise<{ need: Need; way: readonly OnTheWay[] }> {
  const { passingOf, readWay } = await import('../questions/recommendation/way.ts');
  const { readKeptPassages } = await import('../questions/recommendation/kept-passages.ts');
  const way = readWay(options.proxy, readKeptPassages());
  const passing = passingOf(way);
  const need = {
    rate: options.rate,
    rateUp: options.rateUp ?? options.rate,
    direction: options.direction,
    size: options.size,
    binary: options.binary === true,
    rttMs: options.rtt,
    pollIntervalMs: options.pollInterval ?? null,
    withinMs: options.within,
    heartbeatMs: options.heartbeat === 'none' ? null : parseDuration(options.heartbeat),
    ...passing,
    streams: options.streams ?? passing.streams,
    tcp: options.tcp,
    tls: options.tls !== 'none',
    over: options.over,
    by: options.by,
    radioTailMs: options.radioTail === 'none' ? null : parseDuration(options.radioTail),
  };
  return { need, way };
}

async function recommend(options: Options, made: Command, signal: AbortSignal): Promise<void> {
  const { need, way } = await needOf(options);
  const { asRefusal, measureUnitCosts } = await import('../questions/recommendation/unit-costs.ts');
  const { measureServerCosts } = await import('../questions/recommendation/server-costs.ts');
  const { choose } = await import('../questions/recommendation/choice.ts');
  const { flipsOf } = await import('../questions/recommendation/flips.ts');
  const { headersOf, headsOf } = await import('../transports/headers.ts');
  const { recommendationBlocks, recommendationDocument } = await import(
    '../report/views/recommendation/recommendation-blocks.ts'
  );
  const reader = readerOf(options.lang);
  const progress = createPlannedProgress(process.stderr, options.quiet === true, reader);
  const conditions = {
    headers: headersOf(options.headers, options.cookie),
    heads: headsOf(options.headers),
    over: options.over,
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
    way,
    flips: flipsOf(need, units),
    clients: options.clients,
    servers: options.servers,
    headers: options.cookie > 0 ? `${options.headers} + ${options.cookie} B cookie` : options.headers,
    thorough: options.thorough ? null : thoroughly(made, reader),
  };
  await print(
    options,
    () => ({ schemaVersion: 1, ...recommendationDocument(telling, reader), unitCosts: units }),
    () => recommendationBlocks(telling, reader),
  );
}

/** What no byte count shows: asked of running servers. What a cut loses takes eight seconds, so only on demand. */
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

/** The command for the same question with everything measured, as this user can type it. */
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
