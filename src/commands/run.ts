/** `rtcompare run`: the main job. Options, plan, call, print. */

import type { Command } from 'commander';
import { CannotRun } from '../base/failure.ts';
import { inEveryLanguage, listed, say, text } from '../base/text.ts';
import type { Report } from '../document/report.ts';
import type { Threshold } from '../gate/threshold.ts';
import { checkCounts } from '../metrics/verdict.ts';
import type { RunProgress } from '../run/run.ts';
import { checkFiles } from '../trial/limits.ts';
import { formatsOf, writeFormats } from './files/report-files.ts';
import { checkFile, checkFolder, writeWhole } from './files/writing.ts';
import { type AboutCommand, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { configOptions, configurationTable, configure } from './options/configuration.ts';
import { readerOf } from './options/language.ts';
import { refuseAlone } from './options/partners.ts';
import { askedOf, knobsNeedScenario, type RunOptions, runOptions } from './options/run-options.ts';
import { planRun } from './options/run-plan.ts';
import {
  type ChosenTarget,
  chooseTarget,
  limitsLine,
  overTime,
  plannedForTarget,
  withinTime,
} from './options/target-option.ts';
import {
  baselineOf,
  isMissed,
  judged,
  refuseUndecidable,
  tellGitHub,
  warnOfUndecided,
} from './options/threshold-options.ts';
import { jsonText } from './screen/print.ts';
import { canRewrite, createPlannedProgress, type ProgressStage } from './screen/progress.ts';
import { isShort, looksOf, widthOf } from './screen/width.ts';

const about = {
  purpose: purposes.run,
  examples: [
    ['rtcompare run --transport all'],
    ['rtcompare run --transport ws,socket.io --clients 50 --rate 10'],
    ['rtcompare run --transport sse --payload binary --size 1024 --json'],
    ['rtcompare run --transport all --lang ko --out reports'],
  ],
  usual: [
    '--transport',
    '--scenario',
    '--clients',
    '--rate',
    '--link',
    '--repeat',
    '--verbose',
    '--report',
    '--json',
    '--lang',
  ],
} satisfies AboutCommand;

interface Options extends RunOptions {
  json?: boolean;
  out?: string;
  report?: string;
  record?: string;
  baseline?: string;
  config?: string;
  printConfig?: boolean;
  lang?: string;
  verbose?: boolean;
  wide?: boolean;
  ascii?: boolean;
  quiet?: boolean;
}

const built = () => command('run', about, [...runOptions(), ...configOptions()]);

export const runCommand = (context: Context): Command => {
  const made = built();
  return made.action(async ({ config }: Options) => {
    const thresholds = await configure(made, runOptions(), config);
    const options = made.opts<Options>();
    if (options.printConfig) process.stdout.write(configurationTable(made));
    else context.done(await runAndTell({ ...options, thresholds }, made, context));
  });
};

const noisyText = text(
  'warning: this run is noisy; the notes say why',
  '경고: 잡음이 섞인 측정입니다. 이유는 notes에 있습니다',
);
const leftOutText = text('left out: {why}', '빠진 것: {why}');

const stageOf = ({ plan: { transport, scenario }, ...progress }: RunProgress): ProgressStage => ({
  ...progress,
  name: `${scenario.name}: ${transport.name}`,
});

type Asked = Options & { readonly thresholds: readonly Threshold[] };

/** The plan, after everything that could be wrong with the command line has been looked at. */
async function prepare(options: Asked, made: Command, target: ChosenTarget | null, signal: AbortSignal) {
  const planned = await planRun(plannedForTarget(options), askedOf(made), signal);
  knobsNeedScenario(made, planned.plan.scenario);
  refuseAlone(made, '--baseline', {
    isThere: options.thresholds.some(({ limit }) => limit.kind === 'baseline'),
    remedy: text(
      'add a threshold that speaks of it, such as "ws p95 <= 1.2 x baseline", to the configuration',
      '설정에 "ws p95 <= 1.2 x baseline"처럼 기준값을 쓰는 임계값을 더해야 합니다',
    ),
  });
  refuseAlone(made, '--redis', {
    isThere: planned.trials.some(({ redis }) => redis !== undefined),
    remedy: text(
      'add --scenario cluster --adapter classic (or streams)',
      '--scenario cluster --adapter classic(또는 streams)을 더해야 합니다',
    ),
  });
  const baseline = await baselineOf(options.baseline, options.thresholds);
  await refuseUndecidable(options.thresholds, planned.trials, baseline);
  if (options.report) await formatsOf(options.report);
  if (options.out ?? options.report) checkFolder(options.out ?? '.');
  if (options.record) checkFile(options.record);
  await target?.check(planned.trials);
  for (const trial of planned.trials) checkFiles(trial);
  return { ...planned, plan: { ...planned.plan, ...target?.inPlan }, baseline };
}

async function runAndTell(options: Asked, made: Command, context: Context): Promise<number> {
  const target = await chooseTarget(options, made);
  const { signal, tooLong } = withinTime(context.signal, target);
  const { plan, trials, impossible, besides, named, leftOut, baseline } = await prepare(
    options,
    made,
    target,
    signal,
  );
  const { byProcess, serverAhead } = await import('../run/ahead.ts');
  await using servers = serverAhead(target?.elsewhere);
  // It loads its libraries while this process loads what it measures with.
  void servers.prepare(byProcess(trials, (trial) => trial));
  const [{ run }, { restsOnTimes }, { createRecorder }] = await Promise.all([
    import('../run/run.ts'),
    import('../gate/thresholds.ts'),
    import('./files/tape-file.ts'),
  ]);
  const reader = readerOf(options.lang);
  if (target) process.stderr.write(`rtcompare: ${limitsLine(target, reader)}\n`);
  for (const why of leftOut)
    process.stderr.write(`rtcompare: ${say(reader, leftOutText, { why: why[reader.language] })}\n`);
  const recorder = options.record ? createRecorder(options.record) : null;
  const progress = createPlannedProgress(process.stderr, options.quiet === true, reader);
  const rows = await rowsSoFar(options);
  let above: readonly string[] = [];
  try {
    const ran = await run({
      plan,
      impossible,
      besides,
      trials: trials.map((trial, index) => ({ ...trial, record: recorder?.trial(index, trial) })),
      signal,
      elsewhere: target?.elsewhere,
      servers,
      again: options.retryNoisy,
      timesWanted: (trial) => restsOnTimes(options.thresholds, trial),
      onProgress: (now) => progress.stage(stageOf(now), above),
      onTrial: (now) => {
        above = rows(now);
      },
    });
    const measured = await withDocuments({ ...ran, probed: await probed(ran, signal) });
    progress.end();
    const report = await judged(measured, options.thresholds, baseline);
    await tell(report, options);
    await warnOfUndecided(report, reader);
    await tellGitHub(report);
    recorder?.finish();
    if (target && tooLong?.aborted) throw overTime(target);
    const { realIn } = await import('../network/between.ts');
    const isProxied = trials.some((trial) => realIn(trial).length > 0);
    return await exitCodeOf(report, { named, isProxied, json: options.json === true });
  } catch (error) {
    progress.end();
    const { report } = error as { report?: Report };
    if (report && report.trials.length + report.unconnected.length > 0) {
      await tell(await judged(await withDocuments(report), options.thresholds, baseline), options);
      recorder?.finish();
    }
    throw error;
  } finally {
    recorder?.discard();
  }
}

/** Draws the rows that are finished above the progress line, as the final report will print them. */
async function rowsSoFar(options: Options): Promise<(report: Report) => readonly string[]> {
  if (options.json || !isShort(options) || options.quiet || !canRewrite(process.stderr)) return () => [];
  const { comparisonSoFar } = await import('../report/views/run/first-look.ts');
  const { renderBlocks } = await import('../report/skins/terminal.ts');
  const reader = readerOf(options.lang);
  const laidOut = { width: widthOf(false), ascii: options.ascii === true };
  return (report) => renderBlocks(comparisonSoFar(report, reader), laidOut).trimEnd().split('\n');
}

/** For the rows of the documents' tables that no load answers, where both libraries were measured that they compare. */
async function probed({ trials }: Report, signal: AbortSignal): Promise<Report['probed']> {
  const asks = ['ws', 'socket.io'].every((name) =>
    trials.some(({ transport, scenario }) => transport === name && scenario === 'echo'),
  );
  if (!asks || signal.aborted) return [];
  const { askTableProbes } = await import('../questions/evidence/table-probes.ts');
  return askTableProbes(signal);
}

/** With what it makes of the documents. */
async function withDocuments(report: Report): Promise<Report> {
  // They speak of our servers.
  if (report.plan.target?.kind === 'foreign') return report;
  const { documentVerdicts } = await import('../questions/claims/report-verdicts.ts');
  return { ...report, documents: documentVerdicts(report) };
}

/** Prints the report, then writes it: what was measured is never lost to a full disk. */
async function tell(report: Report, options: Options) {
  const { renderTerminal } = await import('../report/views/run/run-terminal.ts');
  const { renderMarkdown } = await import('../report/views/run/run-markdown.ts');
  const reader = readerOf(options.lang);
  const { language } = reader;
  const json = jsonText(report);
  process.stdout.write(
    options.json
      ? json
      : renderTerminal(report, {
          ...reader,
          ...looksOf(options),
        }),
  );
  if (options.report) await writeFormats(report, options.report, options.out ?? '.', language);
  if (!options.out) return;
  const id = `${report.startedAt.replace(/[:.]/g, '-')}-${process.pid}`;
  const markdown = renderMarkdown(report, { language });
  for (const name of [id, 'latest']) {
    writeWhole(`${options.out}/${name}.json`, json);
    writeWhole(`${options.out}/${name}.md`, markdown);
  }
}

const noneConnected = text('nothing could be measured: {each}', '아무것도 측정하지 못했습니다. {each}');

const warning = text('warning: {told}', '경고: {told}');

/**
 * Tells whoever reads only JSON what could not connect. Throws `CannotRun` where nobody could who was asked for, unless a real
 * proxy was asked for as well: what it lets through, and what it does not, is the answer then.
 */
async function tellUnconnected({ trials, unconnected }: Report, { named, isProxied, json }: Telling) {
  if (unconnected.length === 0) return;
  const { unconnectedTexts } = await import('../report/views/run/unconnected.ts');
  const each = unconnectedTexts(unconnected);
  // A run in which only references remain answers nothing that was asked.
  const isAnswer = isProxied && unconnected.every(({ outcome }) => outcome !== 'too-slow');
  if (!isAnswer && !trials.some(({ transport }) => named.has(transport)))
    throw new CannotRun(inEveryLanguage(noneConnected, { each: listed(each) }));
  const reader = readerOf();
  for (const told of json ? each : [])
    process.stderr.write(`rtcompare: ${say(reader, warning, { told: told[reader.language] })}\n`);
}

interface Telling {
  /** Who was asked for. */
  readonly named: ReadonlySet<string>;
  readonly isProxied: boolean;
  readonly json: boolean;
}

async function exitCodeOf(report: Report, telling: Telling): Promise<number> {
  if (report.interrupted) return 0; // cli.ts knows by which signal.
  await tellUnconnected(report, telling);
  // Printed tables say that a run is noisy; with --json only this line does.
  if (report.verdict === 'noisy' && telling.json)
    process.stderr.write(`rtcompare: ${say(readerOf(), noisyText)}\n`);
  checkCounts(text('the run', '이 측정'), report.trials);
  return (await isMissed(report)) ? 1 : 0;
}
