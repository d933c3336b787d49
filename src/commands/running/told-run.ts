/** What `run` prints: rows while it goes on, the report, what did not connect, and the exit code. */
import { CannotRun } from '../../base/failure.ts';
import { inEveryLanguage, listed, say, text } from '../../base/text.ts';
import type { Report } from '../../document/report.ts';
import { checkCounts } from '../../metrics/verdict.ts';
import { writeFormats } from '../files/report-files.ts';
import { writeWhole } from '../files/writing.ts';
import { readerOf } from '../options/language.ts';
import { isMissed } from '../options/threshold-options.ts';
import { jsonText } from '../screen/print.ts';
import { canRewrite } from '../screen/progress.ts';
import { isShort, looksOf, widthOf } from '../screen/width.ts';

/** How the report is to be printed and written. */
interface Telling {
  json?: boolean;
  out?: string;
  report?: string;
  lang?: string;
  verbose?: boolean;
  wide?: boolean;
  ascii?: boolean;
  quiet?: boolean;
}

/** Draws the rows that are finished above the progress line, as the final report will print them. */
export async function rowsSoFar(options: Telling): Promise<(report: Report) => readonly string[]> {
  if (options.json || !isShort(options) || options.quiet || !canRewrite(process.stderr)) return () => [];
  const { comparisonSoFar } = await import('../../report/views/run/first-look.ts');
  const { renderBlocks } = await import('../../report/skins/terminal.ts');
  const reader = readerOf(options.lang);
  const laidOut = { width: widthOf(false), ascii: options.ascii === true };
  return (report) => renderBlocks(comparisonSoFar(report, reader), laidOut).trimEnd().split('\n');
}

/** Prints the report, then writes it, so that a full disk loses nothing that was measured. */
export async function tell(report: Report, options: Telling) {
  const { renderTerminal } = await import('../../report/views/run/run-terminal.ts');
  const { renderMarkdown } = await import('../../report/views/run/run-markdown.ts');
  const reader = readerOf(options.lang);
  const { language } = reader;
  const json = jsonText(report);
  process.stdout.write(options.json ? json : renderTerminal(report, { ...reader, ...looksOf(options) }));
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
 * With `--json`, prints on stderr which transports could not connect. Throws `CannotRun` if none of those asked for
 * could, unless a real proxy was asked for as well: then what it lets through is the answer.
 */
async function tellUnconnected({ trials, unconnected }: Report, { named, isProxied, json }: Answering) {
  if (unconnected.length === 0) return;
  const { unconnectedTexts } = await import('../../report/views/run/unconnected.ts');
  const each = unconnectedTexts(unconnected);
  // A run with references alone does not answer the user's question.
  const isAnswer = isProxied && unconnected.every(({ outcome }) => outcome !== 'too-slow');
  if (!isAnswer && !trials.some(({ transport }) => named.has(transport)))
    throw new CannotRun(inEveryLanguage(noneConnected, { each: listed(each) }));
  const reader = readerOf();
  for (const told of json ? each : [])
    process.stderr.write(`rtcompare: ${say(reader, warning, { told: told[reader.language] })}\n`);
}

const noisyText = text(
  'warning: this run is noisy; the notes say why',
  '경고: 잡음이 섞인 측정입니다. 이유는 notes에 있습니다',
);
interface Answering {
  /** The transports that the user asked for. */
  readonly named: ReadonlySet<string>;
  readonly isProxied: boolean;
  readonly json: boolean;
}

export async function exitCodeOf(report: Report, answering: Answering): Promise<number> {
  if (report.interrupted) return 0; // cli.ts knows by which signal.
  await tellUnconnected(report, answering);
  // Printed tables say that a run is noisy; with --json only this line does.
  if (report.verdict === 'noisy' && answering.json)
    process.stderr.write(`rtcompare: ${say(readerOf(), noisyText)}\n`);
  checkCounts(text('the run', '이 측정'), report.trials);
  return (await isMissed(report)) ? 1 : 0;
}
