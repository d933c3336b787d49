/** Reports a comparison, for `check` and `compare`: on stdout, to GitHub Actions, in files, and as an exit code. */

import { CannotRun } from '../../base/failure.ts';
import { inEveryLanguage, readerOfFiles, say, text } from '../../base/text.ts';
import type { Comparison, NotCompared } from '../../gate/gate.ts';
import { comparisonTexts } from '../../report/blocks/titles.ts';
import type { Checked } from '../../report/views/comparison/check-formats.ts';
import { chosenFormats, writeEach } from '../files/report-files.ts';
import { checkFolder } from '../files/writing.ts';
import { readerOf } from '../options/language.ts';
import { print } from '../screen/print.ts';

const goneTitle = text('Gone since the baseline', '기준에는 있지만 측정하지 않은 것');

interface Telling {
  readonly json?: boolean;
  readonly lang?: string;
  readonly ascii?: boolean;
}

export async function tell(comparison: Comparison, options: Telling): Promise<void> {
  const { comparisonBlocks, comparisonDocument } = await import(
    '../../report/views/comparison/comparison-blocks.ts'
  );
  const reader = readerOf(options.lang);
  await print(
    options,
    () => comparisonDocument(comparison, reader),
    () => comparisonBlocks(comparison, reader),
  );
}

/** A transport that could connect and no longer can is a result; measuring again would not help. */
const isLost = ({ why, side, isNew }: NotCompared): boolean =>
  why === 'unconnected' && side === 'after' && !isNew;

/** 1 where something became heavier or slower, is missing, or cannot connect any more. */
export async function exitCodeOf({ findings, missing, notCompared, times }: Comparison): Promise<number> {
  const { isHeavier } = await import('../../gate/differences.ts');
  const { isSlower } = await import('../../gate/timings.ts');
  const slower = times?.compared === true && times.findings.some(isSlower);
  const gone = missing.length > 0 || notCompared.some(isLost);
  return findings.some(isHeavier) || gone || slower ? 1 : 0;
}

/** Throws `CannotRun` if something that both sides were to measure does not count in one of them. */
export async function refuseUnread(comparison: Comparison): Promise<void> {
  const notCompared = comparison.notCompared.filter(({ why }) => why !== 'unconnected');
  if (notCompared.length === 0) return;
  const { notComparedTexts } = await import('../../report/views/comparison/not-compared.ts');
  const told = notComparedTexts(notCompared);
  const each = { en: told.map(({ en }) => en).join('; '), ko: told.map(({ ko }) => ko).join('; ') };
  throw new CannotRun(inEveryLanguage(measureAgain, { each }));
}

const measureAgain = text(
  'not everything could be compared: {each}. Measure again, then compare',
  '모두 비교하지는 못했습니다. {each}. 다시 측정한 뒤 비교하십시오.',
);

/** Annotations and the job summary, where the check runs in GitHub Actions. */
export async function tellGitHub(comparison: Comparison): Promise<void> {
  const { annotate, summarize } = await import('./github.ts');
  const { checkMarkdown } = await import('../../report/views/comparison/check-formats.ts');
  const { findingLines } = await import('../../report/views/comparison/finding-lines.ts');
  const { timeText } = await import('../../report/views/comparison/comparison-blocks.ts');
  const { isSlower } = await import('../../gate/timings.ts');
  const reader = readerOfFiles('en');
  const times = comparison.times?.compared ? comparison.times.findings : [];
  annotate([
    ...comparison.missing.map((name) => ({
      level: 'error' as const,
      title: say(reader, goneTitle),
      text: say(reader, comparisonTexts.missing, { name }),
    })),
    ...findingLines(comparison.findings, reader).map(({ heavier, text: line }) => ({
      level: heavier ? ('error' as const) : ('notice' as const),
      title: say(reader, heavier ? comparisonTexts.heavier : comparisonTexts.lighter),
      text: line,
    })),
    ...times.filter(isSlower).map((finding) => ({
      level: 'error' as const,
      title: say(reader, comparisonTexts.slower),
      text: timeText(finding, reader),
    })),
  ]);
  summarize(checkMarkdown(comparison, 'en'));
}

/** Throws, before anything is weighed, for a format that does not exist or a folder that cannot be written. */
export async function writerOf(
  list: string | undefined,
  folder: string,
  lang: string | undefined,
): Promise<(checked: Checked) => void> {
  if (list === undefined) return () => {};
  const { checkFormats } = await import('../../report/views/comparison/check-formats.ts');
  const chosen = chosenFormats(list, checkFormats);
  checkFolder(folder);
  return (checked) => writeEach(chosen, checked, `${folder}/rtcompare-check`, readerOf(lang));
}
