/**
 * The thresholds of a run: the baseline report, rules that cannot be decided, the verdicts, and GitHub's annotations.
 */

import { UsageError } from '../../base/failure.ts';
import {
  inEveryLanguage,
  listed,
  type Reader,
  readerOfFiles,
  say,
  type Text,
  text,
} from '../../base/text.ts';
import type { Report } from '../../document/report.ts';
import type { Threshold } from '../../gate/threshold.ts';
import type { Planned } from '../../gate/threshold-problems.ts';
import { thresholdsTitle } from '../../report/blocks/titles.ts';
import { readReport } from '../files/documents.ts';

/** The report that `x baseline` refers to; read only if a threshold has that. Throws `UsageError` if none was named. */
export async function baselineOf(
  path: string | undefined,
  thresholds: readonly Threshold[],
): Promise<Report | null> {
  const needing = thresholds.find(({ limit }) => limit.kind === 'baseline');
  if (!needing) return null;
  if (path !== undefined) return await readReport(path);
  throw new UsageError(
    inEveryLanguage(
      text(
        '"{rule}" needs a report to compare with; add --baseline FILE',
        '"{rule}"에는 비교할 보고서가 필요합니다. --baseline FILE을 더해야 합니다',
      ),
      { rule: needing.rule },
    ),
  );
}

/** Throws `UsageError` with every rule that no trial of the plan could decide. */
export async function refuseUndecidable(
  thresholds: readonly Threshold[],
  planned: readonly Planned[],
  baseline: Report | null,
): Promise<void> {
  if (thresholds.length === 0) return;
  const { problemOf } = await import('../../gate/threshold-problems.ts');
  const problems = thresholds.flatMap((threshold): Text[] => {
    const why = problemOf(threshold, planned, baseline);
    const { rule } = threshold;
    return why ? [inEveryLanguage(text('\n  "{rule}": {why}', '\n  "{rule}": {why}'), { rule, why })] : [];
  });
  if (problems.length === 0) return;
  throw new UsageError(
    inEveryLanguage(
      text(
        'this run could not decide these thresholds:{problems}',
        '이 실행으로는 다음 임계값을 판단할 수 없습니다:{problems}',
      ),
      { problems: listed(problems, '') },
    ),
  );
}

export async function judged(
  report: Report,
  thresholds: readonly Threshold[],
  baseline: Report | null,
): Promise<Report> {
  if (thresholds.length === 0) return report;
  const { judgeThresholds } = await import('../../gate/thresholds.ts');
  return { ...report, thresholds: judgeThresholds(report, thresholds, baseline) };
}

/** Whether a threshold that fails the run is missed. */
export async function isMissed({ thresholds }: Report): Promise<boolean> {
  if (thresholds.length === 0) return false;
  const { fails } = await import('../../gate/thresholds.ts');
  return thresholds.some(fails);
}

const undecidedText = text(
  'warning: undecided: "{rule}" ({transport}): {reason}; run it when this machine is less busy, or with --repeat',
  '경고: 판단하지 못함: "{rule}"({transport}): {reason}. 컴퓨터가 한가할 때, 또는 --repeat로 다시 실행하십시오.',
);

/** Prints a line for each threshold that noise left undecided: the run does not fail for it, but the user must know. */
export async function warnOfUndecided({ thresholds }: Report, reader: Reader): Promise<void> {
  if (thresholds.length === 0) return;
  const { fails } = await import('../../gate/thresholds.ts');
  for (const outcome of thresholds.filter((one) => one.verdict === 'undecided' && !fails(one))) {
    const { rule, transport } = outcome;
    const reason = outcome.reason?.[reader.language] ?? '';
    process.stderr.write(`rtcompare: ${say(reader, undecidedText, { rule, transport, reason })}\n`);
  }
}

/** In GitHub Actions: the job summary, and an annotation for each threshold that was not met. */
export async function tellGitHub(report: Report): Promise<void> {
  if (process.env.GITHUB_ACTIONS !== 'true') return;
  const { annotate, summarize } = await import('../checking/github.ts');
  const { renderMarkdown } = await import('../../report/views/run/run-markdown.ts');
  const { thresholdText } = await import('../../report/views/run/thresholds-table.ts');
  const { fails, isMet } = await import('../../gate/thresholds.ts');
  const reader = readerOfFiles('en');
  annotate(
    report.thresholds
      .filter((outcome) => !isMet(outcome))
      .map((outcome) => ({
        level: fails(outcome) ? 'error' : 'warning',
        title: say(reader, thresholdsTitle),
        text: thresholdText(outcome, reader),
      })),
  );
  summarize(renderMarkdown(report, { language: 'en' }));
}
