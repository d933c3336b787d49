/**
 * The gate of one's own application, for `check --inspection` and `compare`: two inspections, what moved, and an exit
 * code.
 */

import { existsSync } from 'node:fs';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, readerOfFiles, say, text } from '../../base/text.ts';
import type { BrowserName } from '../../browsers/engine.ts';
import type { KeptProfile, Profile } from '../../document/inspection.ts';
import {
  compareInspections,
  type InspectionComparison,
  isImprovement,
} from '../../gate/inspection-differences.ts';
import { isMissed } from '../../gate/inspection-thresholds.ts';
import { comparisonTexts, thresholdsTitle } from '../../report/blocks/titles.ts';
import {
  inspectionComparisonFormats,
  inspectionComparisonMarkdown,
} from '../../report/views/inspection/changes-formats.ts';
import {
  changeText,
  inspectionComparisonBlocks,
  inspectionComparisonDocument,
} from '../../report/views/inspection/inspection-changes.ts';
import { thresholdText } from '../../report/views/inspection/inspection-rules.ts';
import { annotate, summarize } from '../checking/github.ts';
import { readProfile } from '../files/documents.ts';
import { chosenFormats, writeEach } from '../files/report-files.ts';
import { checkFile, checkFolder, checkPlace, writeWhole } from '../files/writing.ts';
import { readerOf } from '../options/language.ts';
import { print } from '../screen/print.ts';
import { inspectApplication, isSealedUrl } from './inspecting.ts';

interface Telling {
  readonly json?: boolean;
  readonly lang?: string;
  readonly ascii?: boolean;
  readonly report?: string;
  readonly out?: string;
}

export interface InspectionCheck extends Telling {
  /** The baseline. */
  readonly inspection: string;
  readonly update: boolean;
  readonly browser?: BrowserName;
  readonly duration?: number;
  readonly start?: string;
  readonly threshold?: readonly string[];
}

/** Prints what changed. Returns 1 if something is heavier or different, or a threshold is missed; else 0. */
export async function judgeInspection(comparison: InspectionComparison, options: Telling): Promise<number> {
  const reader = readerOf(options.lang);
  await print(
    options,
    () => inspectionComparisonDocument(comparison, reader),
    () => inspectionComparisonBlocks(comparison, reader),
  );
  const formats = options.report ? chosenFormats(options.report, inspectionComparisonFormats) : [];
  if (formats.length > 0) checkFolder(options.out ?? '.');
  writeEach(formats, comparison, `${options.out ?? '.'}/rtcompare-inspection-check`, reader);
  const english = readerOfFiles('en');
  const missed = comparison.thresholds.filter(isMissed);
  annotate([
    ...comparison.changes.map((change) => ({
      level: isImprovement(change) ? ('notice' as const) : ('error' as const),
      title: say(english, isImprovement(change) ? comparisonTexts.lighter : comparisonTexts.heavier),
      text: say(english, changeText(change)),
    })),
    ...missed.map((one) => ({
      level: 'error' as const,
      title: say(english, thresholdsTitle),
      text: say(english, thresholdText(one)),
    })),
  ]);
  summarize(inspectionComparisonMarkdown(comparison, english));
  return comparison.changes.every(isImprovement) && missed.length === 0 ? 0 : 1;
}

const noBaseline = text(
  'there is no baseline {path}; write one with --update behind the same line',
  '기준값 {path} 파일이 없습니다. 같은 명령에 --update를 더하면 쓸 수 있습니다',
);
const noCommand = text(
  '--inspection needs the address of the application and what talks to it: `rtcompare check http://127.0.0.1:3000 --inspection FILE -- npm test`, or --browser chromium in place of the command',
  '--inspection에는 애플리케이션의 주소와 접속하는 명령이 필요합니다: `rtcompare check http://127.0.0.1:3000 --inspection FILE -- npm test`. 명령 대신 --browser chromium도 됩니다',
);

const sealed = text(
  '{url}: a gate compares what is said, and TLS seals that; start the application without TLS and check that, http://…',
  '{url}: 비교하려면 내용을 읽어야 하는데 TLS라서 읽을 수 없습니다. 애플리케이션을 TLS 없이 띄우고 http://… 주소로 검사해야 합니다',
);

/**
 * Records the application while the command talks to it, and compares that with the baseline. Returns the command's own
 * exit code if it failed.
 */
export async function checkInspection(
  url: string | undefined,
  command: readonly string[],
  options: InspectionCheck,
  signal: AbortSignal,
): Promise<number> {
  const { browser, duration } = options;
  if (url === undefined || (command.length === 0 && browser === undefined)) throw new UsageError(noCommand);
  if (isSealedUrl(url)) throw new UsageError(inEveryLanguage(sealed, { url }));
  const { inspection: path, update, start, threshold, report } = options;
  const known = existsSync(path) ? await readProfile(path) : null;
  if (!known && !update) throw new UsageError(inEveryLanguage(noBaseline, { path }));
  if (update) checkFile(path, checkPlace);
  if (report) {
    chosenFormats(report, inspectionComparisonFormats);
    checkPlace(options.out ?? '.');
  }
  const inspecting = {
    port: 0,
    isProfiled: true,
    quiet: true,
    command,
    browser,
    duration,
    start,
    threshold,
    lang: options.lang,
  };
  const { seen, code } = await inspectApplication(url, inspecting, signal);
  const now: Profile = seen.profile ?? { kinds: [], connections: [], unsteady: [] };
  const comparison = compareInspections(known ?? now, now, seen.thresholds);
  const judged = await judgeInspection(comparison, options);
  // The traffic of a command that failed is no baseline, and a comparison would only report its failure again.
  if (code !== 0 || signal.aborted) return code;
  if (!update) return judged;
  // Kinds that a race left out this time are no change: the existing file stays as it is.
  if (known && comparison.changes.length === 0) return 0;
  const kept: KeptProfile = { schemaVersion: 1, kind: 'inspection-profile', ...now };
  checkFile(path);
  writeWhole(path, `${JSON.stringify(kept, null, 1)}\n`);
  return 0;
}
