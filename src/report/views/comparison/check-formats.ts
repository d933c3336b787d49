/** The formats of a check: findings as data, a page of Markdown, or JUnit with a case for each stage. */
import { type Language, readerOfFiles, say } from '../../../base/text.ts';
import type { Weighing } from '../../../document/weighing.ts';
import { isHeavier } from '../../../gate/differences.ts';
import type { Comparison } from '../../../gate/gate.ts';
import { isSlower } from '../../../gate/timings.ts';
import { comparisonTexts } from '../../blocks/titles.ts';
import { type Case, junitDocument, type Suite } from '../../skins/junit-xml.ts';
import { markdownBlocks } from '../../skins/markdown.ts';
import { comparisonBlocks, comparisonDocument, timeText } from './comparison-blocks.ts';
import { findingLines } from './finding-lines.ts';

export interface Checked {
  readonly weighing: Weighing;
  readonly comparison: Comparison;
}

export interface CheckFormat {
  readonly name: string;
  readonly ending: string;
  readonly render: (checked: Checked, options: { readonly language: Language }) => string;
}

export const checkFormats: readonly CheckFormat[] = [
  {
    name: 'json',
    ending: 'json',
    render: ({ comparison }, { language }) =>
      `${JSON.stringify(comparisonDocument(comparison, readerOfFiles(language)), null, 2)}\n`,
  },
  { name: 'md', ending: 'md', render: ({ comparison }, { language }) => checkMarkdown(comparison, language) },
  { name: 'junit', ending: 'junit.xml', render: junitOf },
];

export const checkMarkdown = (comparison: Comparison, language: Language): string =>
  markdownBlocks([
    { kind: 'heading', text: 'rtcompare check' },
    ...comparisonBlocks(comparison, readerOfFiles(language)),
  ]);

/** One suite for each transport, one case for each stage of its conversation. What became lighter is only a remark. */
function junitOf({ weighing, comparison }: Checked): string {
  const reader = readerOfFiles('en');
  const { findings, missing, times } = comparison;
  const stageCase = (transport: string, stage: string): Case => {
    const found = findings.filter((finding) => finding.transport === transport && finding.stage === stage);
    const text = findingLines(found, reader)
      .map((line) => line.text)
      .join('; ');
    if (found.length === 0) return { name: stage, outcome: 'passed' };
    return { name: stage, outcome: found.some(isHeavier) ? 'failure' : 'remark', text };
  };
  const suites = weighing.transports.map(({ transport, stages }): Suite => {
    const gone = findings.filter((one) => one.transport === transport && one.cause === 'stage');
    const names = new Set([...Object.keys(stages), ...gone.map(({ stage }) => stage)]);
    return { name: transport, cases: [...names].map((stage) => stageCase(transport, stage)) };
  });
  const lost = missing.map((name): Suite => {
    const text = say(reader, comparisonTexts.missing, { name });
    return { name, cases: [{ name: 'is weighed', outcome: 'failure', text }] };
  });
  const slower = times?.compared ? times.findings.filter(isSlower) : [];
  const timings = slower.map((finding): Case => {
    const { transport, scenario, metric } = finding;
    return {
      name: `${transport} ${scenario} ${metric}`,
      outcome: 'failure',
      text: timeText(finding, reader),
    };
  });
  return junitDocument([
    ...suites,
    ...lost,
    ...(times?.compared ? [{ name: 'timings', cases: timings }] : []),
  ]);
}
