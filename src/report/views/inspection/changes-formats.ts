/** The formats in which a comparison of two inspections can be written: data, Markdown, JUnit. */
import { type Reader, readerOfFiles, say } from '../../../base/text.ts';
import { type InspectionComparison, isImprovement } from '../../../gate/inspection-differences.ts';
import { isMissed } from '../../../gate/inspection-thresholds.ts';
import { type Case, junitDocument } from '../../skins/junit-xml.ts';
import { markdownBlocks } from '../../skins/markdown.ts';
import {
  changeText,
  inspectionComparisonBlocks,
  inspectionComparisonDocument,
} from './inspection-changes.ts';
import { thresholdText } from './inspection-rules.ts';

interface Format {
  readonly name: string;
  readonly ending: string;
  readonly render: (comparison: InspectionComparison, reader: Reader) => string;
}

export const inspectionComparisonFormats: readonly Format[] = [
  {
    name: 'json',
    ending: 'json',
    render: (comparison, reader) =>
      `${JSON.stringify(inspectionComparisonDocument(comparison, reader), null, 2)}\n`,
  },
  { name: 'md', ending: 'md', render: inspectionComparisonMarkdown },
  { name: 'junit', ending: 'junit.xml', render: junit },
];

export function inspectionComparisonMarkdown(comparison: InspectionComparison, reader: Reader): string {
  return markdownBlocks([
    { kind: 'heading', text: 'rtcompare check --inspection' },
    ...inspectionComparisonBlocks(comparison, reader),
  ]);
}

/** JUnit: one case for each change, or a single passed case where nothing changed; then one case for each threshold. */
function junit({ changes, compared, thresholds }: InspectionComparison): string {
  const reader = readerOfFiles('en');
  const cases = changes.map(
    (change): Case => ({
      name: `${change.kinds.join(', ')}: ${change.cause}${change.field ? ` ${change.field.name}` : ''}`,
      outcome: isImprovement(change) ? 'remark' : 'failure',
      text: say(reader, changeText(change)),
    }),
  );
  const passed: Case = { name: `${compared} kinds`, outcome: 'passed' };
  const rules = thresholds.map(
    (one): Case => ({
      name: one.rule,
      ...(isMissed(one)
        ? { outcome: 'failure', text: say(reader, thresholdText(one)) }
        : { outcome: 'passed' }),
    }),
  );
  return junitDocument([{ name: 'inspection', cases: [...(cases.length > 0 ? cases : [passed]), ...rules] }]);
}
