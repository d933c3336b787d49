/** `rtcompare run`: the main job. Options, plan, call, print. */
import { Command } from 'commander';
import { CannotRun } from '../failure.ts';
import type { Report } from '../metrics/report.ts';
import { arrivals } from '../schedule.ts';
import type { Context } from './context.ts';
import { checkFile, checkFolder, writeWhole } from './files.ts';
import { languageOf } from './language.ts';
import { createProgress } from './progress.ts';
import { type IsAsked, planRun, type RunOptions } from './run-plan.ts';
import { option, parseDuration, parseHeartbeat, parsePositive, parseWhole } from './values.ts';

const examples = `
Examples:
  rtcompare run --transport all
  rtcompare run --transport ws,socket.io --clients 50 --rate 10
  rtcompare run --transport sse --payload binary --size 1024 --json
  rtcompare run --transport all --lang ko --out reports
`;

interface Options extends RunOptions {
  json?: boolean;
  out?: string;
  record?: string;
  lang?: string;
  wide?: boolean;
  ascii?: boolean;
  quiet?: boolean;
}

const maxSize = 4 * 1024 * 1024;

const command = () =>
  [...whatToMeasure(), ...howToMeasure(), ...howToTell()].reduce(
    (built, added) => built.addOption(added),
    new Command('run')
      .description('start a server for each transport, drive clients against it, and compare')
      .addHelpText('before', examples),
  );

const whatToMeasure = () => [
  option('--transport <names>', 'all, or names separated by commas (see `rtcompare list`)').default('all'),
  option('--scenario <names>', 'what is asked (see `rtcompare list`); default: echo and a short push'),
  option('--clients <n>', 'simulated clients').argParser(parseWhole(1, 100_000)).default(10),
  option('--messages <n>', 'messages per client').argParser(parseWhole(1, 1_000_000)).default(30),
  option('--rate <n>', 'messages per second and client').argParser(parsePositive(100_000)).default(20),
  option('--arrivals <kind>', 'how messages are spread').choices(arrivals).default('jittered'),
  option('--closed', 'wait for each answer before the next message (latency then counts from sending)'),
  option('--duration <time>', 'end the phase after this, if messages have not').argParser(parseDuration),
  option('--size <bytes>', 'payload of a message').argParser(parseWhole(0, maxSize)).default(64),
  option('--payload <kind>', 'what a message is').choices(['text', 'binary']).default('text'),
  option('--poll-interval <time>', 'how often polling asks').argParser(parseDuration).default(100, '100ms'),
  option('--warmup <n>', 'warm-up messages per client').argParser(parseWhole(0, 10_000)).default(5),
  option('--outage <kind>', 'scenario outage: how the link breaks').choices(['cut', 'silent']).default('cut'),
  option('--outage-time <time>', 'scenario outage: for how long')
    .argParser(parseDuration)
    .default(2000, '2s'),
  option('--write-cost <time>', 'CPU time the server burns at every write')
    .argParser(parseDuration)
    .default(0, 'none'),
  option('--sweep <name=values>', 'one trial for each value: clients=1,10,100; also size, rate, rtt, …'),
  option('--repeat <n>', 'measure everything again, in random order')
    .argParser(parseWhole(1, 1000))
    .default(1),
];

const howToMeasure = () => [
  option(
    '--link <link>',
    'emulated link: a preset (4g, wifi, …) or rtt=80ms,up=2mbit,down=20mbit,jitter=5ms',
  ).default('loopback'),
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
  option('--port <port>', 'port of the server; 0 = any free one').argParser(parseWhole(0, 65_535)).default(0),
  option('--seed <n>', 'seed of every schedule')
    .argParser(parseWhole(0, 2 ** 32 - 1))
    .default(1),
  option('--timeout <time>', 'how long a message may take').argParser(parseDuration).default(10_000, '10s'),
];

const howToTell = () => [
  option('--record <file>', 'keep the tape: every chunk, one JSON object a line'),
  option('--json', 'print the report as one JSON document'),
  option('--out <dir>', 'write the report there, as JSON and Markdown'),
  option('--lang <language>', 'language of the tables').choices(['en', 'ko']),
  option('--wide', 'tables wider than 80 columns'),
  option('--ascii', 'no box-drawing characters'),
  option('--quiet', 'no progress'),
];

export const runCommand = (context: Context): Command => {
  const made = command();
  const isAsked: IsAsked = (name) => (made.getOptionValueSource(name) ?? 'default') !== 'default';
  return made.action(async (options: Options) => context.done(await runAndTell(options, isAsked, context)));
};

async function runAndTell(options: Options, isAsked: IsAsked, { signal }: Context): Promise<number> {
  const { run } = await import('../run.ts');
  const { createRecorder } = await import('./recorder.ts');
  const { plan, trials } = await planRun(options, isAsked, signal);
  if (options.out) checkFolder(options.out);
  if (options.record) checkFile(options.record);
  const recorder = options.record ? createRecorder(options.record) : null;
  const progress = createProgress(process.stderr, options.quiet === true);
  try {
    const report = await run({
      plan,
      trials: trials.map((trial, index) => ({ ...trial, record: recorder?.trial(index, trial) })),
      signal,
      onProgress: progress.show,
    });
    progress.end();
    await tell(report, options);
    recorder?.finish();
    return exitCodeOf(report, options.json === true);
  } catch (error) {
    progress.end();
    const { report } = error as { report?: Report };
    if (report && report.trials.length > 0) await tell(report, options);
    throw error;
  } finally {
    recorder?.discard();
  }
}

/** Prints the report, then writes it: what was measured is never lost to a full disk. */
async function tell(report: Report, options: Options) {
  const { renderTerminal } = await import('../report/terminal.ts');
  const { renderMarkdown } = await import('../report/markdown.ts');
  const language = languageOf(options.lang);
  const json = `${JSON.stringify(report, null, 2)}\n`;
  const width = options.wide ? Math.max(120, process.stdout.columns || 0) : 80;
  process.stdout.write(
    options.json ? json : renderTerminal(report, { language, width, ascii: options.ascii === true }),
  );
  if (!options.out) return;
  const id = `${report.startedAt.replace(/[:.]/g, '-')}-${process.pid}`;
  const markdown = renderMarkdown(report, { language });
  for (const name of [id, 'latest']) {
    writeWhole(`${options.out}/${name}.json`, json);
    writeWhole(`${options.out}/${name}.md`, markdown);
  }
}

function exitCodeOf(report: Report, json: boolean): number {
  if (report.interrupted) return 0; // cli.ts knows by which signal.
  // The tables say so themselves; whoever reads only the JSON's exit code is told here.
  if (report.verdict === 'noisy' && json)
    process.stderr.write('rtcompare: warning: this run is noisy; the notes say why\n');
  if (report.verdict === 'invalid') {
    const trial = report.trials.find(({ verdict }) => verdict === 'invalid');
    const why = trial?.notes.map(({ kind, value }) => `${kind}: ${value}`).join('; ');
    throw new CannotRun(
      `the run does not count: ${trial?.scenario} over ${trial?.transport} is invalid (${why})`,
    );
  }
  return 0;
}
