/** `rtcompare run`: the main job. Options, plan, call, print. */

import type { Command } from 'commander';
import { say, text } from '../base/text.ts';
import type { Report } from '../document/report.ts';
import type { Threshold } from '../gate/threshold.ts';
import type { RunProgress } from '../run/run.ts';
import { checkFiles } from '../trial/limits.ts';
import { formatsOf } from './files/report-files.ts';
import { checkFile, checkFolder } from './files/writing.ts';
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
  judged,
  refuseUndecidable,
  tellGitHub,
  warnOfUndecided,
} from './options/threshold-options.ts';
import { exitCodeOf, rowsSoFar, tell } from './running/told-run.ts';
import { createPlannedProgress, type ProgressStage } from './screen/progress.ts';

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

const leftOutText = text('left out: {why}', '빠진 것: {why}');

const stageOf = ({ plan: { transport, scenario }, ...progress }: RunProgress): ProgressStage => ({
  ...progress,
  name: `${scenario.name}: ${transport.name}`,
});

type Asked = Options & { readonly thresholds: readonly Threshold[] };

/** Makes the plan, and throws before anything starts if something is wrong with the command line. */
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
  // The server's process loads its libraries while this one loads what it measures with.
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

/** Probes for rows of the documents' tables that no load answers, if both libraries that they compare were measured. */
async function probed({ trials }: Report, signal: AbortSignal): Promise<Report['probed']> {
  const asks = ['ws', 'socket.io'].every((name) =>
    trials.some(({ transport, scenario }) => transport === name && scenario === 'echo'),
  );
  if (!asks || signal.aborted) return [];
  const { askTableProbes } = await import('../questions/evidence/table-probes.ts');
  return askTableProbes(signal);
}

/** The report with its verdicts on the documents' tables. */
async function withDocuments(report: Report): Promise<Report> {
  // The documents describe our servers, not a foreign one.
  if (report.plan.target?.kind === 'foreign') return report;
  const { documentVerdicts } = await import('../questions/claims/report-verdicts.ts');
  return { ...report, documents: documentVerdicts(report) };
}
