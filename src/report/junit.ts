/**
 * JUnit XML: a suite a trial, a case for each prediction and one for the trial itself. A prediction that differs is a
 * failure, an invalid trial an error; what does not apply is skipped.
 */
import type { Prediction, Report, Trial } from '../metrics/report.ts';
import { escapeControls } from './escape.ts';
import type { Skin } from './skin.ts';

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

export const renderJunit = ((report: Report) =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="rtcompare">',
    ...report.trials.map(suite),
    '</testsuites>',
    '',
  ].join('\n')) satisfies Skin;
