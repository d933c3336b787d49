/** The options that say what to measure, how, and how to tell it; the first two are the same for predicting it. */
import type { Command } from 'commander';
import { bounds, greatestRate } from '../knobs.ts';
import { type Arrivals, arrivals } from '../schedule.ts';
import type { HeaderProfile } from '../transports/headers.ts';
import { refuseAlone } from './partners.ts';
import { reportOption } from './report-files.ts';
import { option, parseDuration, parseHeartbeat, parsePositive, parseWhole } from './values.ts';
import { verboseOption, wideOption } from './width.ts';

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
  again: number;
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
  const partner = { isThere: scenario.split(',').includes('outage'), remedy: 'add --scenario outage' };
  for (const flag of ['--outage', '--outage-time'] as const) refuseAlone(command, flag, partner);
}

export const whatToMeasure = () => [
  option('--transport <names>', 'all, or names separated by commas (see `rtcompare list`)').default('all'),
  option('--scenario <names>', 'what is asked (see `rtcompare list`); default: echo and a short push'),
  option('--clients <n>', 'simulated clients')
    .argParser(parseWhole(...bounds.clients))
    .default(10),
  option('--messages <n>', 'messages per client')
    .argParser(parseWhole(...bounds.messages))
    .default(30),
  option('--rate <n>', 'messages per second and client').argParser(parsePositive(greatestRate)).default(20),
  option('--arrivals <kind>', 'how messages are spread').choices(arrivals).default('jittered'),
  option('--closed', 'wait for each answer before the next message (latency then counts from sending)'),
  option('--duration <time>', 'end the phase after this, if messages have not').argParser(parseDuration),
  option('--size <bytes>', 'payload of a message')
    .argParser(parseWhole(...bounds.size))
    .default(64),
  option('--payload <kind>', 'what a message is').choices(['text', 'binary']).default('text'),
  option('--poll-interval <time>', 'how often polling asks').argParser(parseDuration).default(100, '100ms'),
  option('--warmup <n>', 'warm-up messages per client')
    .argParser(parseWhole(...bounds.warmup))
    .default(5),
  option('--outage <kind>', 'scenario outage: how the link breaks').choices(['cut', 'silent']).default('cut'),
  option('--outage-time <time>', 'scenario outage: for how long')
    .argParser(parseDuration)
    .default(2000, '2s'),
  option('--write-cost <time>', 'CPU time the server burns at every write')
    .argParser(parseDuration)
    .default(0, 'none'),
  option('--sweep <name=values>', 'one trial for each value: clients=1,10,100; also size, rate, rtt, …'),
  option('--repeat <n>', 'measure everything again, in random order')
    .argParser(parseWhole(...bounds.repeat))
    .default(1),
];

export const howToMeasure = () => [
  option(
    '--link <link>',
    'emulated link: a preset (4g, wifi, …) or rtt=80ms,up=2mbit,down=20mbit,jitter=5ms',
  ).default('loopback'),
  option(
    '--proxy <boxes>',
    'what stands before the server: no-upgrade, buffering, idle-timeout=30s, or several',
  ).default('none'),
  option('--headers <profile>', 'headers of every request')
    .choices(['minimal', 'node', 'browser'])
    .default('minimal'),
  option('--cookie <bytes>', 'a cookie of this size with every request')
    .argParser(parseWhole(0, 8000))
    .default(0),
  option('--heartbeat <time>', 'pings and comments: none, or an interval')
    .argParser(parseHeartbeat)
    .default('25s'),
  option('--keep-alive <on|off>', 'reuse HTTP connections').choices(['on', 'off']).default('on'),
  option('--compression', 'offer permessage-deflate where the protocol has it'),
  option('--host <address>', 'literal address to listen on').default('127.0.0.1'),
  option('--port <port>', 'port of the server; 0 = any free one')
    .argParser(parseWhole(...bounds.port))
    .default(0),
  option('--seed <n>', 'seed of every schedule')
    .argParser(parseWhole(...bounds.seed))
    .default(1),
  option('--again <n>', 'measure a noisy trial again, so many times at most')
    .argParser(parseWhole(0, 10))
    .default(2),
  option('--timeout <time>', 'how long a message may take').argParser(parseDuration).default(10_000, '10s'),
];

/** Where the report goes, and how it is told. */
const howToTell = () => [
  option('--record <file>', 'keep the tape: every chunk, one JSON object a line'),
  option('--json', 'print the report as one JSON document'),
  option('--out <dir>', 'write the report there, as JSON and Markdown'),
  reportOption(),
  option('--baseline <file>', 'a kept report that thresholds of the configuration may refer to'),
  option('--lang <language>', 'language of the tables').choices(['en', 'ko']),
  verboseOption(),
  wideOption(),
  option('--ascii', 'no box-drawing characters'),
  option('--quiet', 'no progress'),
];

/** What a configuration file may say, for `run` and for whoever shares its file. */
export const runOptions = () => [...whatToMeasure(), ...howToMeasure(), ...howToTell()];
