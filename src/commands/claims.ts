/** `rtcompare claims`: the tutorial's tables and sentences, each measured here, each with its verdict. */

import type { Command } from 'commander';
import { didYouMean } from '../base/did-you-mean.ts';
import { UsageError } from '../base/failure.ts';
import { inEveryLanguage, say, text } from '../base/text.ts';
import type { Trial } from '../document/report.ts';
import type { AnsweredClaim } from '../questions/claims/by-protocol.ts';
import type { AnyClaim } from '../questions/claims/claim.ts';
import { claimsTitle } from '../report/blocks/titles.ts';
import { checkFolder, writeWhole } from './files/writing.ts';
import { type AboutCommand, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { readerOf } from './options/language.ts';
import { documentsOverOption, parseOver } from './options/over-option.ts';
import {
  asciiOption,
  jsonOption,
  langOption,
  option,
  quietOption,
  retryNoisyOption,
  wideOption,
} from './options/values.ts';
import { jsonText, print } from './screen/print.ts';
import { createPlannedProgress } from './screen/progress.ts';

const about = {
  purpose: purposes.claims,
  examples: [
    [
      'rtcompare claims',
      text('all 34 claims; half the time with --quick', '주장 34개 모두. --quick이면 절반의 시간'),
    ],
    [
      'rtcompare claims --id A11,B7',
      text('two claims, with the evidence they stand on', '주장 두 개와 그 근거'),
    ],
    ['rtcompare claims --id B9,B16 --lang ko'],
    ['rtcompare claims --id B15 --json'],
  ],
} satisfies AboutCommand;

interface Options {
  table?: 'A' | 'B';
  id?: string;
  quick?: boolean;
  retryNoisy: number;
  over: string;
  json?: boolean;
  out?: string;
  lang?: string;
  wide?: boolean;
  ascii?: boolean;
  quiet?: boolean;
}

export const claimsCommand = (context: Context): Command =>
  command('claims', about, [
    option('--table <A|B>', text('only the rows of this table', '이 표의 행만')).choices(['A', 'B']),
    option(
      '--id <ids>',
      text('only these claims, with the evidence they stand on: A5,B7', '이 주장만, 그 근거와 함께: A5,B7'),
    ),
    option(
      '--quick',
      text(
        'fewer messages and clients: the same claims in half the time',
        '메시지와 클라이언트를 줄여, 같은 주장을 절반의 시간에',
      ),
    ),
    retryNoisyOption(),
    documentsOverOption(),
    jsonOption(),
    option(
      '--out <dir>',
      text('write the verdicts there, as JSON, Markdown and HTML', '판정을 JSON, Markdown, HTML로 쓸 폴더'),
    ),
    langOption(text('language of the tables', '표의 언어')),
    wideOption(),
    asciiOption(),
    quietOption(),
  ]).action(async (options: Options) => context.done(await tryClaims(options, context)));

/** Exit 0 whatever the verdicts are: they are findings about the documents, not about this run. */
async function tryClaims(options: Options, { signal }: Context): Promise<number> {
  const chosen = await chooseClaims(options);
  const overs = parseOver(options.over);
  if (options.out) checkFolder(options.out);
  const { gather } = await import('../questions/evidence/gather.ts');
  const { byProtocol } = await import('../questions/claims/by-protocol.ts');
  const progress = createPlannedProgress(process.stderr, options.quiet === true, readerOf(options.lang));
  const startedAt = new Date();
  const started = performance.now();
  const needs = [...new Set(chosen.flatMap(({ judgement }) => judgement.needs))];
  const gathered = await gather(needs, {
    overs,
    quick: options.quick === true,
    again: options.retryNoisy,
    signal,
    onStage: progress.stage,
  }).finally(() => progress.end());
  await tell(options, {
    answered: byProtocol(chosen, gathered.carriages),
    doubtful: gathered.doubtful,
    startedAt,
    durationMs: performance.now() - started,
    interrupted: signal.aborted,
  });
  return 0;
}

async function chooseClaims({ table, id }: Options): Promise<readonly AnyClaim[]> {
  const { claims } = await import('../questions/claims/index.ts');
  const inTable = claims.filter((claim) => table === undefined || claim.table === table);
  if (id === undefined) return inTable;
  const known = claims.map((claim) => claim.id);
  const wanted = id.split(',').map((one) => one.trim().toUpperCase());
  for (const one of wanted) {
    if (!known.includes(one))
      throw new UsageError(
        inEveryLanguage(
          text(
            '--id: no claim "{one}"{hint} Known: A1 to A16 and B1 to B18',
            '--id: "{one}"라는 주장은 없습니다{hint} 쓸 수 있는 이름: A1부터 A16, B1부터 B18까지',
          ),
          { one, hint: didYouMean(one, known) },
        ),
      );
  }
  const chosen = inTable.filter((claim) => wanted.includes(claim.id));
  if (chosen.length > 0) return chosen;
  throw new UsageError(
    inEveryLanguage(
      text(
        '--id {id}: none of them is a row of table {table}; leave --table out',
        '--id {id}: 표 {table}의 행이 하나도 없습니다. --table을 빼야 합니다',
      ),
      { id, table: String(table) },
    ),
  );
}

interface Told {
  readonly answered: readonly AnsweredClaim[];
  readonly doubtful: readonly Trial[];
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly interrupted: boolean;
}

/** `push ws (noisy)`, `push ws h2 (noisy)`. */
const nameOf = ({ transport, scenario, over, verdict }: Trial): string =>
  [scenario, transport, ...(over === 'http' ? [] : [over]), `(${verdict})`].join(' ');

/** Prints the verdicts, then writes them, so that a full disk loses nothing that was measured. */
async function tell(options: Options, { answered, doubtful, startedAt, ...told }: Told): Promise<void> {
  const { claimsBlocks } = await import('../report/views/documents/claims-blocks.ts');
  const { claimsDocument } = await import('../report/views/documents/claims-document.ts');
  const { markdownBlocks } = await import('../report/skins/markdown.ts');
  const { blocksPage } = await import('../report/skins/html/page.ts');
  const { readEnvironment } = await import('../trial/environment.ts');
  const { version } = await import('../base/version.ts');
  const reader = readerOf(options.lang);
  const about = {
    schemaVersion: 1,
    tool: { name: 'rtcompare', version },
    environment: readEnvironment(),
    startedAt: startedAt.toISOString(),
    quick: options.quick === true,
    over: answered[0]?.answers.map(({ over }) => over).join(',') ?? '',
    ...told,
    doubtful: [...new Set(doubtful.map(nameOf))],
  } as const;
  const document = { ...about, claims: claimsDocument(answered, reader) };
  const telling = { answered, about, wide: options.wide === true };
  const withEvidence = options.id !== undefined || options.wide === true;
  await print(
    options,
    () => document,
    () => claimsBlocks({ ...telling, withEvidence }, reader),
  );
  if (!options.out) return;
  const blocks = claimsBlocks({ ...telling, withEvidence: true, wide: true }, reader);
  writeWhole(`${options.out}/claims.json`, jsonText(document));
  writeWhole(`${options.out}/claims.md`, markdownBlocks(blocks));
  writeWhole(`${options.out}/claims.html`, blocksPage(say(reader, claimsTitle), reader.language, blocks));
}
