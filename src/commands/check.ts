/** `rtcompare check`: weighs every transport and fails when the wire has become heavier than the baseline says. */
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { UsageError } from '../failure.ts';
import type { Weighing } from '../gate/weighing.ts';
import { exitCodeOf, tell, tellGitHub, writerOf } from './comparison.ts';
import type { Context } from './context.ts';
import { readWeighing } from './documents.ts';
import { checkFile, writeWhole } from './files.ts';
import { outNeedsReport, refuseAlone } from './partners.ts';
import { createProgress } from './progress.ts';
import { measureTimings } from './timings.ts';
import { option } from './values.ts';

const examples = `
Examples:
  rtcompare check                          compare with reports/baseline.json
  rtcompare check --update-baseline        weigh, write the baseline, and say what changed
  rtcompare check --timings                compare times too, where the baseline has them
  rtcompare check --json
`;

interface Options {
  baseline: string;
  timings?: boolean;
  updateBaseline?: boolean;
  force?: boolean;
  json?: boolean;
  report?: string;
  out: string;
  lang?: string;
  ascii?: boolean;
  quiet?: boolean;
}

export const checkCommand = (context: Context): Command =>
  [
    option('--baseline <file>', 'what to compare with').default('reports/baseline.json'),
    option('--timings', 'compare times as well, as ratios to tcp with intervals; takes under a minute'),
    option('--update-baseline', 'write what was weighed as the new baseline'),
    option('--force', 'update it even where CI is set'),
    option('--json', 'print the comparison as one JSON document'),
    option('--report <formats>', 'formats to write, with commas: json,md,junit'),
    option('--out <dir>', 'where they go').default('.'),
    option('--lang <language>', 'language of the findings').choices(['en', 'ko']),
    option('--ascii', 'no box-drawing characters'),
    option('--quiet', 'no progress'),
  ]
    .reduce(
      (built, added) => built.addOption(added),
      new Command('check')
        .description('weigh every transport, exactly, and fail when the wire became heavier')
        .addHelpText('before', examples),
    )
    .action(async (options: Options, command: Command) => {
      outNeedsReport(command, options.report);
      const isThere = options.updateBaseline === true;
      refuseAlone(command, '--force', { isThere, remedy: 'add --update-baseline' });
      context.done(await check(options, context));
    });

/** 0: as before, or lighter. 1: heavier, or something is missing that the baseline has. */
async function check(options: Options, { signal }: Context): Promise<number> {
  const { compareWeighings } = await import('../gate/gate.ts');
  const known = await readBaseline(options);
  const write = await writerOf(options.report, options.out, options.lang);
  const weighing = await weigh(options, known, signal);
  const comparison = compareWeighings(known ?? nothingOf(weighing), weighing);
  await tell(comparison, options);
  write({ weighing, comparison });
  await tellGitHub(comparison);
  if (!options.updateBaseline) return exitCodeOf(comparison);
  writeWhole(options.baseline, `${JSON.stringify(weighing, null, 1)}\n`);
  return 0;
}

/** What a first baseline is compared with. */
const nothingOf = ({ timings: _, ...weighing }: Weighing): Weighing => ({ ...weighing, transports: [] });

async function weigh(options: Options, known: Weighing | null, signal: AbortSignal): Promise<Weighing> {
  const { weighAll } = await import('../gate/gate.ts');
  const { transports } = await import('../transports/index.ts');
  const progress = createProgress(process.stderr, options.quiet === true);
  try {
    const weighed = await weighAll(transports, {
      baseline: options.updateBaseline ? null : known,
      signal,
      onStage: (transport) => progress.show(`weighing ${transport}`),
    });
    if (options.timings)
      return { ...weighed, timings: await measureTimings(signal, (stage) => progress.show(stage)) };
    // An update of the bytes alone leaves the times as they were.
    return known?.timings && options.updateBaseline ? { ...weighed, timings: known.timings } : weighed;
  } finally {
    progress.end();
  }
}

/** Null where there is none and one is to be written. Throws `UsageError` before anything is weighed. */
async function readBaseline(options: Options): Promise<Weighing | null> {
  const { baseline: path, updateBaseline, force, timings } = options;
  if (updateBaseline && process.env.CI && !force)
    throw new UsageError(
      '--update-baseline is refused where CI is set: a gate that moves itself is none; add --force to do it anyway',
    );
  const known = existsSync(path) ? await readWeighing(path) : null;
  if (updateBaseline) checkFile(path);
  else if (!known)
    throw new UsageError(`there is no baseline ${path}; write one with: rtcompare check --update-baseline`);
  else if (timings && !known.timings)
    throw new UsageError(
      `${path} has no timings; add them with: rtcompare check --timings --update-baseline`,
    );
  return known;
}
