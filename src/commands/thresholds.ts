/** Thresholds around a run: the report they are compared with, the verdicts, and who is told. */
import { inEveryLanguage, text } from '../base/text.ts';
import { UsageError } from '../failure.ts';
import type { Threshold } from '../gate/threshold.ts';
import type { Report } from '../metrics/report.ts';
import { readReport } from './documents.ts';

/** The report that `x baseline` speaks of; read only where one does. Throws `UsageError` where none was named. */
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

export async function judged(
  report: Report,
  thresholds: readonly Threshold[],
  baseline: Report | null,
): Promise<Report> {
  if (thresholds.length === 0) return report;
  const { judgeThresholds } = await import('../gate/thresholds.ts');
  return { ...report, thresholds: judgeThresholds(report, thresholds, baseline) };
}

/** Whether one is missed that may not be. */
export async function isMissed({ thresholds }: Report): Promise<boolean> {
  if (thresholds.length === 0) return false;
  const { isMet } = await import('../gate/thresholds.ts');
  return thresholds.some((outcome) => outcome.level === 'error' && !isMet(outcome));
}

/** The job summary, and an annotation for each threshold that was not met, where GitHub Actions shows them. */
export async function tellGitHub(report: Report): Promise<void> {
  if (process.env.GITHUB_ACTIONS !== 'true') return;
  const { annotate, summarize } = await import('./github.ts');
  const { renderMarkdown } = await import('../report/markdown.ts');
  const { thresholdText } = await import('../report/thresholds.ts');
  const { isMet } = await import('../gate/thresholds.ts');
  const { wordsOf } = await import('../report/words.ts');
  const words = wordsOf('en');
  annotate(
    report.thresholds
      .filter((outcome) => !isMet(outcome))
      .map((outcome) => ({
        level: outcome.level === 'error' ? 'error' : 'warning',
        title: words.say('title.thresholds'),
        text: thresholdText(outcome, words),
      })),
  );
  summarize(renderMarkdown(report, { language: 'en' }));
}
