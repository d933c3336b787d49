/**
 * JUnit XML: a case a threshold; then a suite a trial, a case for each prediction and one for the trial itself. What was
 * not met or differs is a failure, an invalid trial an error; what does not apply is skipped.
 */
import { isMet } from '../gate/thresholds.ts';
import type { Outcome, Prediction, Report, Trial } from '../metrics/report.ts';
import { escapeControls } from './escape.ts';
import type { Skin } from './skin.ts';
import { thresholdText } from './thresholds.ts';
import { wordsOf } from './words.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const xml = (text: string) =>
  escapeControls(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);

const nameOf = ({ transport, scenario, link, load, repeat }: Trial) =>
  `${scenario} ${transport} (${link.name}, ${load.clients} clients, repeat ${repeat})`;

function predictionCase(
  suite: string,
  { law, metric, predicted, measured, tolerance, verdict }: Prediction,
): string {
  const head = `<testcase classname="${xml(suite)}" name="${xml(`${law}: ${metric}`)}"`;
  if (verdict === 'not-applicable') return `${head}><skipped/></testcase>`;
  if (verdict === 'holds') return `${head}/>`;
  const message = `predicted ${[predicted].flat().join(' or ')} ± ${tolerance}, measured ${[measured].flat().join(', ')}`;
  return `${head}><failure message="${xml(message)}"/></testcase>`;
}

function trialCase(suite: string, { verdict, notes }: Trial): string {
  const head = `<testcase classname="${xml(suite)}" name="the trial counts"`;
  if (verdict !== 'invalid') return `${head}/>`;
  const why = notes.map(({ kind, value }) => `${kind}: ${value}`).join('; ');
  return `${head}><error message="${xml(why)}"/></testcase>`;
}

function suite(trial: Trial): string {
  const name = nameOf(trial);
  const { predictions, verdict, durationMs } = trial;
  const counted = (wanted: Prediction['verdict']) =>
    predictions.filter((one) => one.verdict === wanted).length;
  const attributes = [
    `name="${xml(name)}"`,
    `tests="${predictions.length + 1}"`,
    `failures="${counted('differs')}"`,
    `errors="${verdict === 'invalid' ? 1 : 0}"`,
    `skipped="${counted('not-applicable')}"`,
    `time="${(durationMs / 1000).toFixed(3)}"`,
  ];
  const cases = [
    trialCase(name, trial),
    ...predictions.map((prediction) => predictionCase(name, prediction)),
  ];
  return [`<testsuite ${attributes.join(' ')}>`, ...cases, '</testsuite>'].join('\n');
}

/** Thresholds are a suite of their own; a warning that was not met does not fail, and says so. */
function thresholdSuite(outcomes: readonly Outcome[]): string[] {
  if (outcomes.length === 0) return [];
  const words = wordsOf('en');
  const failed = outcomes.filter((outcome) => outcome.level === 'error' && !isMet(outcome));
  const cases = outcomes.map((outcome) => {
    const { rule, transport } = outcome;
    const head = `<testcase classname="thresholds" name="${xml(`${rule} (${transport})`)}"`;
    if (failed.includes(outcome))
      return `${head}><failure message="${xml(thresholdText(outcome, words))}"/></testcase>`;
    return isMet(outcome)
      ? `${head}/>`
      : `${head}><system-out>${xml(thresholdText(outcome, words))}</system-out></testcase>`;
  });
  const counts = `tests="${outcomes.length}" failures="${failed.length}" errors="0" skipped="0"`;
  return [`<testsuite name="thresholds" ${counts}>`, ...cases, '</testsuite>'];
}

export const renderJunit = ((report: Report) =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="rtcompare">',
    ...thresholdSuite(report.thresholds),
    ...report.trials.map(suite),
    '</testsuites>',
    '',
  ].join('\n')) satisfies Skin;
