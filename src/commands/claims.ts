/** `rtcompare claims`: the tutorial's tables and sentences, each measured here, each with its verdict. */
import { Command } from 'commander';
import type { AnyClaim } from '../claims/trial.ts';
import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../failure.ts';
import type { Trial } from '../metrics/report.ts';
import type { Context } from './context.ts';
import { checkFolder, writeWhole } from './files.ts';
import { readerOf } from './language.ts';
import { createProgress } from './progress.ts';
import { option } from './values.ts';
import { widthOf } from './width.ts';

const examples = `
Examples:
  rtcompare claims                       all 34 claims, about a minute; half of it with --quick
  rtcompare claims --id A11,B7           two claims, with the evidence they stand on
  rtcompare claims --id B9,B16 --lang ko
  rtcompare claims --id B15 --json
`;

interface Options {
  table?: 'A' | 'B';
  id?: string;
  quick?: boolean;
  json?: boolean;
  out?: string;
  lang?: string;
  wide?: boolean;
  ascii?: boolean;
  quiet?: boolean;
}

export const claimsCommand = (context: Context): Command =>
  [
    option('--table <A|B>', 'only the rows of this table').choices(['A', 'B']),
    option('--id <ids>', 'only these claims, with the evidence they stand on: A5,B7'),
    option('--quick', 'fewer messages and clients: the same claims in half the time'),
    option('--json', 'print one JSON document'),
    option('--out <dir>', 'write the verdicts there, as JSON, Markdown and HTML'),
    option('--lang <language>', 'language of the tables').choices(['en', 'ko']),
    option('--wide', 'tables wider than 80 columns'),
    option('--ascii', 'no box-drawing characters'),
    option('--quiet', 'no progress'),
  ]
    .reduce(
      (built, added) => built.addOption(added),
      new Command('claims')
        .description('put the documents on trial: what they say, what is measured here, a verdict for each')
        .addHelpText('before', examples),
    )
    .action(async (options: Options) => context.done(await tryClaims(options, context)));

/** Exit 0 whatever the verdicts are: they are findings about the documents, not about this run. */
async function tryClaims(options: Options, { signal }: Context): Promise<number> {
  const chosen = await chooseClaims(options);
  if (options.out) checkFolder(options.out);
  const { gather } = await import('../evidence/gather.ts');
  const { onTrial } = await import('../claims/trial.ts');
  const progress = createProgress(process.stderr, options.quiet === true);
  const startedAt = new Date();
  const started = performance.now();
  const needs = [...new Set(chosen.flatMap(({ judgement }) => judgement.needs))];
  const gathered = await gather(needs, {
    quick: options.quick === true,
    signal,
    onStage: ({ index, total, name, leftMs }) =>
      progress.show(`[${index + 1}/${total}] ${name} (about ${Math.ceil(leftMs / 1000)} s left)`),
  }).finally(() => progress.end());
  await tell(options, {
    tried: onTrial(chosen, gathered.evidence),
    doubtful: gathered.doubtful,
    startedAt,
    durationMs: performance.now() - started,
    interrupted: signal.aborted,
  });
  return 0;
}

async function chooseClaims({ table, id }: Options): Promise<readonly AnyClaim[]> {
  const { claims } = await import('../claims/index.ts');
  const inTable = claims.filter((claim) => table === undefined || claim.table === table);
  if (id === undefined) return inTable;
  const known = claims.map((claim) => claim.id);
  const wanted = id.split(',').map((one) => one.trim().toUpperCase());
  for (const one of wanted) {
    if (!known.includes(one))
      throw new UsageError(`--id: no claim "${one}"${didYouMean(one, known)} Known: A1 to A16 and B1 to B18`);
  }
  const chosen = inTable.filter((claim) => wanted.includes(claim.id));
  if (chosen.length > 0) return chosen;
  throw new UsageError(`--id ${id}: none of them is a row of table ${table}; leave --table out`);
}

interface Told {
  readonly tried: ReturnType<typeof import('../claims/trial.ts').onTrial>;
  readonly doubtful: readonly Trial[];
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly interrupted: boolean;
}

/** Prints the verdicts, then writes them: what was measured is never lost to a full disk. */
async function tell(options: Options, { tried, doubtful, startedAt, ...told }: Told): Promise<void> {
  const { claimsBlocks, claimsDocument } = await import('../report/claims.ts');
  const { renderBlocks } = await import('../report/terminal.ts');
  const { markdownBlocks } = await import('../report/markdown.ts');
  const { blocksPage } = await import('../report/html/page.ts');
  const { wordsOf } = await import('../report/words.ts');
  const { readEnvironment } = await import('../environment.ts');
  const { version } = await import('../version.ts');
  const words = wordsOf(readerOf(options.lang));
  const about = {
    schemaVersion: 1,
    tool: { name: 'rtcompare', version },
    environment: readEnvironment(),
    startedAt: startedAt.toISOString(),
    quick: options.quick === true,
    ...told,
    doubtful: [
      ...new Set(doubtful.map(({ transport, scenario, verdict }) => `${scenario} ${transport} (${verdict})`)),
    ],
  } as const;
  const json = `${JSON.stringify({ ...about, claims: claimsDocument(tried, words) }, null, 2)}\n`;
  const width = widthOf(options.wide);
  const withEvidence = options.id !== undefined || options.wide === true;
  process.stdout.write(
    options.json
      ? json
      : renderBlocks(claimsBlocks({ tried, about, withEvidence }, words), {
          width,
          ascii: options.ascii === true,
        }),
  );
  if (!options.out) return;
  const blocks = claimsBlocks({ tried, about, withEvidence: true }, words);
  writeWhole(`${options.out}/claims.json`, json);
  writeWhole(`${options.out}/claims.md`, markdownBlocks(blocks));
  writeWhole(`${options.out}/claims.html`, blocksPage(words.say('title.claims'), words.language, blocks));
}
