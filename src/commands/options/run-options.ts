/** The options that say what to measure, how, and how to tell it; the first two are the same for predicting it. */
import type { Command } from 'commander';
import { type Arrivals, arrivals } from '../../base/schedule.ts';
import { text } from '../../base/text.ts';
import type { HeaderProfile } from '../../transports/headers.ts';
import { bounds, greatestRate } from '../../trial/knobs.ts';
import { reportOption } from '../files/report-files.ts';
import { inTopic } from '../help/about.ts';
import { refuseAlone } from './partners.ts';
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
  retryNoisyOption,
  verboseOption,
  wideOption,
} from './values.ts';

export interface RunOptions {
  transport: string;
  scenario?: string;
  clients: number;
  messages: number;
  rate: number;
  arrivals: Arrivals;
  closed?: boolean;
  duration?: number;
  size: number;
  payload: 'text' | 'binary';
  pollInterval: number;
  warmup: number;
  outage: 'cut' | 'silent';
  outageTime: number;
  writeCost: number;
  link: string;
  proxy: string;
  sweep?: string;
  repeat: number;
  headers: HeaderProfile;
  cookie: number;
  heartbeat: string;
  keepAlive: 'on' | 'off';
  compression?: boolean;
  host: string;
  port: number;
  seed: number;
  retryNoisy: number;
  timeout: number;
}

/** Says whether somebody asked for an option, or it only has its default. */
export type IsAsked = (option: keyof RunOptions) => boolean;

export const askedOf =
  (command: Command): IsAsked =>
  (name) =>
    (command.getOptionValueSource(name) ?? 'default') !== 'default';

/** @param scenario those of the plan, with commas. */
export function outageNeedsScenario(command: Command, scenario: string): void {
  const partner = {
    isThere: scenario.split(',').includes('outage'),
    remedy: text('add --scenario outage', '--scenario outage를 더해야 합니다'),
  };
  for (const flag of ['--outage', '--outage-time'] as const) refuseAlone(command, flag, partner);
}

const load = text('What is measured', '무엇을 재는가');
const conditions = text('Under which conditions', '어떤 조건에서');
/** Where the report goes, and how it is told. */
export const telling = text('How it is told', '어떻게 보여 주는가');

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
    option('--clients <n>', text('simulated clients', '모의 클라이언트 수'))
      .argParser(parseWhole(...bounds.clients))
      .default(10),
    option('--messages <n>', text('messages per client', '클라이언트당 메시지 수'))
      .argParser(parseWhole(...bounds.messages))
      .default(30),
    option('--rate <n>', text('messages per second and client', '클라이언트당 초당 메시지 수'))
      .argParser(parsePositive(greatestRate))
      .default(20),
    option('--arrivals <kind>', text('how messages are spread', '메시지 간격의 분포'))
      .choices(arrivals)
      .default('jittered'),
    option(
      '--closed',
      text(
        'wait for each answer before the next message (latency then counts from sending)',
        '응답을 받은 뒤에 다음 메시지를 보냄(지연은 보낸 때부터 셈)',
      ),
    ),
    option(
      '--duration <time>',
      text('end the phase after this, if messages have not', '메시지가 남았어도 이 시간이 지나면 끝냄'),
    ).argParser(parseDuration),
    option('--size <bytes>', text('payload of a message', '메시지 페이로드의 크기'))
      .argParser(parseWhole(...bounds.size))
      .default(64),
    option('--payload <kind>', text('what a message is', '메시지의 종류'))
      .choices(['text', 'binary'])
      .default('text'),
    option('--poll-interval <time>', text('how often polling asks', '폴링이 요청하는 간격'))
      .argParser(parseDuration)
      .default(100, '100ms'),
    option('--warmup <n>', text('warm-up messages per client', '클라이언트당 준비 메시지 수'))
      .argParser(parseWhole(...bounds.warmup))
      .default(5),
    option(
      '--outage <kind>',
      text('scenario outage: how the link breaks', 'outage 시나리오: 링크가 끊기는 방식'),
    )
      .choices(['cut', 'silent'])
      .default('cut'),
    option('--outage-time <time>', text('scenario outage: for how long', 'outage 시나리오: 끊긴 시간'))
      .argParser(parseDuration)
      .default(2000, '2s'),
    option(
      '--write-cost <time>',
      text('CPU time the server burns at every write', '서버가 쓸 때마다 소모하는 CPU 시간'),
    )
      .argParser(parseDuration)
      .default(0, 'none'),
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
      .argParser(parseWhole(...bounds.repeat))
      .default(1),
  ]);

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
        'what stands before the server: no-upgrade, buffering, idle-timeout=30s, or several',
        '서버 앞에 놓인 것: no-upgrade, buffering, idle-timeout=30s, 또는 여러 개',
      ),
    ).default('none'),
    option('--headers <profile>', text('headers of every request', '모든 요청의 헤더'))
      .choices(['minimal', 'node', 'browser'])
      .default('minimal'),
    option('--cookie <bytes>', text('a cookie of this size with every request', '요청마다 붙는 쿠키의 크기'))
      .argParser(parseWhole(0, 8000))
      .default(0),
    option(
      '--heartbeat <time>',
      text('pings and comments: none, or an interval', '핑과 주석: none 또는 간격'),
    )
      .argParser(parseHeartbeat)
      .default('25s'),
    option('--keep-alive <on|off>', text('reuse HTTP connections', 'HTTP 연결의 재사용'))
      .choices(['on', 'off'])
      .default('on'),
    option(
      '--compression',
      text(
        'offer permessage-deflate where the protocol has it',
        '프로토콜에 있으면 permessage-deflate를 제안',
      ),
    ),
    option('--host <address>', text('literal address to listen on', '받을 주소(이름이 아닌 숫자)')).default(
      '127.0.0.1',
    ),
    option('--port <port>', text('port of the server; 0 = any free one', '서버의 포트. 0 = 아무 빈 포트'))
      .argParser(parseWhole(...bounds.port))
      .default(0),
    option('--seed <n>', text('seed of every schedule', '모든 일정의 시드'))
      .argParser(parseWhole(...bounds.seed))
      .default(1),
    retryNoisyOption(),
    option('--timeout <time>', text('how long a message may take', '메시지를 기다리는 최대 시간'))
      .argParser(parseDuration)
      .default(10_000, '10s'),
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

/** What a configuration file may say, for `run` and for whoever shares its file. */
export const runOptions = () => [...whatToMeasure(), ...howToMeasure(), ...howToTell()];
