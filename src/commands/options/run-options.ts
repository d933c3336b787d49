/** The options for what to measure, how, and how to report it; `predict` shares the first two. */
import type { Command } from 'commander';
import { inEveryLanguage, text } from '../../base/text.ts';
import { type HeadsProfile, headsProfiles } from '../../transports/heads-profiles.ts';
import type { TypedKnob } from '../../trial/knob.ts';
import { loadKnobs, ownKnobs, sharedKnobs } from '../../trial/knobs.ts';
import { scenarios } from '../../trial/scenarios/index.ts';
import { reportOption } from '../files/report-files.ts';
import { inTopic } from '../help/about.ts';
import { speakerOptions } from './chosen-speakers.ts';
import { nameOf, optionOf } from './knob-options.ts';
import { refuseAlone } from './partners.ts';
import { proxyConfigOption } from './proxy-config.ts';
import { redisOption } from './redis-option.ts';
import { type TargetOptions, targetOptions } from './target-option.ts';
import {
  asciiOption,
  jsonOption,
  langOption,
  option,
  parseWhole,
  quietOption,
  retryNoisyOption,
  verboseOption,
  wideOption,
} from './values.ts';

/** The options besides those of the table of knobs. */
export interface RunOptions extends TargetOptions, Readonly<Record<string, unknown>> {
  transport: string;
  scenario?: string;
  link: string;
  proxy: string;
  proxyConfig?: string;
  over: string;
  sweep?: string;
  repeat: number;
  headers: HeadsProfile;
  cookie: number;
  heartbeat: string;
  retryNoisy: number;
  browser?: string;
  runtime?: string;
  redis: string;
}

/** Whether the user set an option (command line, environment or file), or it only has its default. */
export type IsAsked = (option: string) => boolean;

export const askedOf =
  (command: Command): IsAsked =>
  (name) =>
    (command.getOptionValueSource(name) ?? 'default') !== 'default';

/**
 * Throws `UsageError` for a typed option whose scenario is not part of the plan, because nothing would read it.
 * @param asked the plan's scenarios, with commas.
 */
export function knobsNeedScenario(command: Command, asked: string): void {
  for (const knob of new Set(scenarios.flatMap(({ knobs = {} }) => Object.values(knobs)))) {
    // Two scenarios may share a knob.
    const names = scenarios
      .filter(({ knobs = {} }) => Object.values(knobs).includes(knob))
      .map(({ name }) => name);
    refuseAlone(command, `--${nameOf(knob)}`, {
      isThere: asked.split(',').some((name) => names.includes(name)),
      remedy: inEveryLanguage(text('add --scenario {name}', '--scenario {name} 옵션을 더해야 합니다'), {
        name: names[0] ?? '',
      }),
    });
  }
}

const load = text('What is measured', '무엇을 재는가');
const conditions = text('Under which conditions', '어떤 조건에서');
/** Which server is measured. */
const where = text('Whose server', '누구의 서버인가');
/** Where the report goes, and how it is told. */
export const telling = text('How it is told', '어떻게 보여 주는가');

/** Help shows the closed loop beside the other ways in which messages come due. */
function loadOptions() {
  const { closed, ...open } = loadKnobs;
  const shown = Object.values<TypedKnob>(open).flatMap((knob) =>
    knob === open.arrivals ? [knob, closed] : [knob],
  );
  const own = scenarios.flatMap((scenario) => Object.values(ownKnobs(scenario)));
  return [...shown, ...own].map((knob) => optionOf(knob));
}

export const whatToMeasure = () =>
  inTopic(load, [
    option(
      '--transport <names>',
      text(
        'all, or names with commas (see `rtcompare list`)',
        'all 또는 쉼표로 구분한 이름(`rtcompare list` 참고)',
      ),
    ).default('all'),
    option(
      '--scenario <names>',
      text(
        'what is asked (see `rtcompare list`); default: echo and a short push',
        '무엇을 알아볼지(`rtcompare list` 참고). 기본값: echo와 짧은 push',
      ),
    ),
    ...loadOptions(),
    option(
      '--sweep <name=values>',
      text(
        'one trial for each value: clients=1,10,100; also size, rate, rtt, …',
        '값마다 한 번씩 측정: clients=1,10,100. size, rate, rtt 등도 가능',
      ),
    ),
    option(
      '--repeat <n>',
      text('measure everything again, in random order', '전부 다시 측정하는 횟수, 무작위 순서로'),
    )
      .argParser(parseWhole(1, 1000))
      .default(1),
  ]);

const { heartbeatMs, keepAlive, compression, host, port, seed, timeoutMs, tlsVersion, certificate } =
  sharedKnobs;

export const howToMeasure = () =>
  inTopic(conditions, [
    option(
      '--link <link>',
      text(
        'emulated link: a preset (4g, wifi, …) or rtt=80ms,up=2mbit,down=20mbit,jitter=5ms',
        '모의 링크: 프리셋(4g, wifi, …) 또는 rtt=80ms,up=2mbit,down=20mbit,jitter=5ms',
      ),
    ).default('loopback'),
    option(
      '--proxy <boxes>',
      text(
        'what stands before the server: strip-upgrade, buffering=4k, idle-timeout=30s, …, nginx:stock, haproxy, squid-forward, …, or several; `rtcompare list` says what each is',
        '서버 앞에 놓인 것: strip-upgrade, buffering=4k, idle-timeout=30s, …, nginx:stock, haproxy, squid-forward, …, 또는 여러 개. 설명은 `rtcompare list`',
      ),
    ).default('none'),
    proxyConfigOption(),
    option(
      '--over <protocols>',
      text(
        'what HTTP goes over: http, https, h2, h2c, several with commas, or all (the first three)',
        'HTTP를 싣는 프로토콜: http, https, h2, h2c, 쉼표로 여러 개, 또는 all(앞의 세 가지)',
      ),
    ).default('http'),
    ...[tlsVersion, certificate].map(optionOf),
    option('--headers <profile>', text('headers of every request', '모든 요청의 헤더'))
      .choices(headsProfiles)
      .default('minimal'),
    option('--cookie <bytes>', text('a cookie of this size with every request', '요청마다 붙는 쿠키의 크기'))
      .argParser(parseWhole(0, 8000))
      .default(0),
    ...[heartbeatMs, keepAlive, compression, host, port, seed].map(optionOf),
    retryNoisyOption(),
    optionOf(timeoutMs),
  ]);

const howToTell = () =>
  inTopic(telling, [
    option(
      '--record <file>',
      text('keep the tape: every chunk, one JSON object a line', '기록을 남김: 청크마다 JSON 객체 한 줄'),
    ),
    jsonOption(text('print the report as one JSON document', '보고서를 JSON 문서 하나로 출력')),
    option(
      '--out <dir>',
      text('write the report there, as JSON and Markdown', '보고서를 JSON과 Markdown으로 쓸 폴더'),
    ),
    reportOption(),
    option(
      '--baseline <file>',
      text(
        'a kept report that thresholds of the configuration may refer to',
        '설정의 임계값이 참조할 보관된 보고서',
      ),
    ),
    langOption(text('language of the tables', '표의 언어')),
    verboseOption(),
    wideOption(),
    asciiOption(),
    quietOption(),
  ]);

const whoTakesPart = () => inTopic(conditions, [...speakerOptions(), redisOption()]);

/** What a configuration file may set, for `run` and for `predict`, which shares its file. */
export const runOptions = () => [
  ...whatToMeasure(),
  ...howToMeasure(),
  ...whoTakesPart(),
  ...inTopic(where, targetOptions()),
  ...howToTell(),
];
