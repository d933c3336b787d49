/**
 * A run as JUnit: a case for each threshold; then a suite for each trial, with a case for each prediction and one for
 * the trial itself. What was not met or differs is a failure, an invalid trial an error; what does not apply, or is
 * undecided because of noise, is skipped. What could not connect passes with a remark.
 */
import { readerOfFiles } from '../../../base/text.ts';
import type { Prediction, Report, ThresholdOutcome, Trial, Unconnected } from '../../../document/report.ts';
import { fails, isMet } from '../../../gate/thresholds.ts';
import { type Case, junitDocument, type Suite } from '../../skins/junit-xml.ts';
import type { RunSkin } from './run-skin.ts';
import { thresholdText } from './thresholds-table.ts';
import { unconnectedTexts } from './unconnected.ts';

const nameOf = ({ transport, scenario, link, load, repeat }: Trial | Unconnected) =>
  `${scenario} ${transport} (${link.name}, ${load.clients} clients, repeat ${repeat})`;

/** What does not apply is skipped; so are the laws of a trial that does not count. */
const outcomes = { holds: 'passed', differs: 'failure', 'not-applicable': 'skipped' } as const;

function predictionCase(prediction: Prediction, trial: Trial): Case {
  const { law, metric, predicted, measured, tolerance, verdict } = prediction;
  const outcome = trial.verdict === 'invalid' ? 'skipped' : outcomes[verdict];
  const text = `predicted ${[predicted].flat().join(' or ')} ± ${tolerance}, measured ${[measured].flat().join(', ')}`;
  return { name: `${law}: ${metric}`, outcome, ...(outcome === 'skipped' ? {} : { text }) };
}

const trialCase = ({ verdict, notes }: Trial): Case => ({
  name: 'the trial counts',
  outcome: verdict === 'invalid' ? 'error' : 'passed',
  text: notes.map(({ kind, value }) => `${kind}: ${value}`).join('; '),
});

const trialSuite = (trial: Trial): Suite => ({
  name: nameOf(trial),
  cases: [trialCase(trial), ...trial.predictions.map((one) => predictionCase(one, trial))],
  seconds: trial.durationMs / 1000,
});

/** A failure to connect is a result, not a test failure; only a threshold on it can fail. */
const unconnectedSuite = (one: Unconnected): Suite => ({
  name: nameOf(one),
  cases: [{ name: 'it connects', outcome: 'remark', text: unconnectedTexts([one])[0]?.en ?? '' }],
});

function outcomeOf(outcome: ThresholdOutcome): Case['outcome'] {
  if (isMet(outcome)) return 'passed';
  if (fails(outcome)) return 'failure';
  return outcome.verdict === 'undecided' ? 'skipped' : 'remark';
}

/** A threshold of level `warn` that was not met does not fail; its case says so. */
const thresholdCase = (outcome: ThresholdOutcome): Case => ({
  name: `${outcome.rule} (${outcome.transport})`,
  outcome: outcomeOf(outcome),
  text: thresholdText(outcome, readerOfFiles('en')),
});

export const renderJunit = (({ thresholds, trials, unconnected }: Report) =>
  junitDocument([
    ...(thresholds.length > 0 ? [{ name: 'thresholds', cases: thresholds.map(thresholdCase) }] : []),
    ...trials.map(trialSuite),
    ...unconnected.map(unconnectedSuite),
  ])) satisfies RunSkin;
