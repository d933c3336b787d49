/**
 * Checks thresholds against a report: met, missed, undecided if noise may have decided it, or the reason why it cannot
 * be judged. What cannot be judged is not met, with one exception: a time measured on another machine than the
 * baseline's passes, because comparing it would compare the machines.
 */
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import { conditionsOf } from '../document/conditions.ts';
import type { Report, ThresholdOutcome, Trial } from '../document/report.ts';
import { isTime } from '../metrics/metric.ts';
import type { Transport } from '../transports/transport.ts';
import type { RegisteredMetric } from '../trial/metrics.ts';
import type { Scenario } from '../trial/scenarios/scenario.ts';
import { figureOf, isMissing, type Missing, type Repeated } from './figure.ts';
import { holds } from './limit.ts';
import { sameMachine } from './same-machine.ts';
import type { Threshold } from './threshold.ts';

const phrases = {
  notPlanned: text('{name} is not part of this run', '{name}: 이번 실행에 없음'),
  ended: text('the run was ended before its turn', '차례가 오기 전에 실행이 끝남'),
  leftOut: text('{transport} took no part in {scenario}', '{transport}: {scenario} 시나리오에 참여하지 않음'),
  notInBaseline: text(
    'the baseline has no {scenario} over {transport} with this load and link',
    '기준값에는 같은 부하와 링크로 잰 {transport}의 {scenario} 측정이 없음',
  ),
  ofBaseline: text('in the baseline: {why}', '기준값: {why}'),
  anotherMachine: text(
    'the baseline comes from another machine, or another version of Node',
    '기준값이 다른 컴퓨터나 다른 Node 버전에서 나옴',
  ),
  stands: text(
    '{why}, which could only have made it worse',
    '{why}. 잡음은 나쁘게만 만들 수 있으므로 결과는 그대로임',
  ),
};

/** @param baseline the report that `x baseline` refers to. */
export const judgeThresholds = (
  report: Report,
  thresholds: readonly Threshold[],
  baseline: Report | null,
): ThresholdOutcome[] =>
  thresholds.flatMap((threshold) => {
    const { transport, scenario } = threshold;
    const chosen = report.trials.filter((trial) => isAbout(threshold, trial));
    if (chosen.length === 0) return [outcome(threshold, transport, absent(report, transport, scenario))];
    // Each value of a sweep has to meet it by itself.
    return groups(chosen).map((trials) => judgeGroup(threshold, trials, report, baseline));
  });

/** Whether a rule applies to such a trial; what the rule compares it with does not matter here. */
export const isAbout = (
  threshold: Threshold,
  { transport, scenario, reference }: Pick<Trial, 'transport' | 'scenario' | 'reference'>,
): boolean =>
  threshold.scenario === scenario &&
  (threshold.transport === 'all' ? !reference : threshold.transport === transport);

/** Whether a rule rests on the times of such a trial, so that noise would leave it undecided. */
export const restsOnTimes = (
  thresholds: readonly Threshold[],
  { transport, scenario }: { readonly transport: Transport; readonly scenario: Scenario },
): boolean =>
  thresholds.some((threshold) => {
    const { limit, metric } = threshold;
    const trial = {
      transport: transport.name,
      scenario: scenario.name,
      reference: transport.traits.reference,
    };
    const isPeer =
      limit.kind === 'transport' &&
      limit.transport === transport.name &&
      threshold.scenario === scenario.name;
    return metric.noise !== 'nothing' && (isPeer || isAbout(threshold, trial));
  });

type Conditions = Pick<Trial, 'transport' | 'scenario' | 'load' | 'link' | 'over'>;

/** The conditions that repeats share. */
export const conditions = (trial: Conditions) =>
  JSON.stringify([trial.transport, trial.scenario, conditionsOf(trial)]);

type Trials = readonly [Trial, ...Trial[]];

function groups(trials: readonly Trial[]): Trials[] {
  const byKey = new Map<string, [Trial, ...Trial[]]>();
  for (const trial of trials) {
    const known = byKey.get(conditions(trial));
    if (known) known.push(trial);
    else byKey.set(conditions(trial), [trial]);
  }
  return [...byKey.values()];
}

function judgeGroup(
  threshold: Threshold,
  trials: Trials,
  report: Report,
  baseline: Report | null,
): ThresholdOutcome {
  const { transport } = trials[0];
  const measured = figureOf(threshold.metric, trials, report.plan.seed);
  if (isMissing(measured)) return outcome(threshold, transport, measured);
  const limit = limitOf(threshold, trials[0], report, baseline);
  return isMissing(limit)
    ? outcome(threshold, transport, { ...limit, measured })
    : outcome(threshold, transport, { ...verdictOf(threshold, measured, limit), measured, limit });
}

function limitOf(
  { limit, metric }: Threshold,
  trial: Trial,
  report: Report,
  baseline: Report | null,
): Repeated | Missing {
  if (limit.kind === 'value') return { value: limit.value, interval: null, noisy: null };
  if (limit.kind === 'baseline') return baselineOf(metric, trial, limit.factor, report, baseline);
  const peers = trialsLike({ ...trial, transport: limit.transport }, report);
  if (!peers) return absent(report, limit.transport, trial.scenario);
  return times(limit.factor, figureOf(metric, peers, report.plan.seed));
}

function baselineOf(
  metric: RegisteredMetric,
  trial: Trial,
  factor: number,
  report: Report,
  baseline: Report | null,
): Repeated | Missing {
  const before = figureIn(baseline, metric, trial);
  if (isMissing(before) && before.verdict === 'not-measured') return before;
  if (baseline && isTime(metric) && !sameMachine(baseline.environment, report.environment))
    return { verdict: 'not-compared', reason: phrases.anotherMachine };
  return times(factor, before);
}

/** The figure of the same trial in a baseline, or why it has none. */
export function figureIn(
  baseline: Report | null,
  metric: RegisteredMetric,
  trial: Conditions,
): Repeated | Missing {
  const same = baseline && trialsLike(trial, baseline);
  if (!same) {
    const { transport, scenario } = trial;
    return {
      verdict: 'not-measured',
      reason: inEveryLanguage(phrases.notInBaseline, { transport, scenario }),
    };
  }
  const figure = figureOf(metric, same, baseline.plan.seed);
  const said = (why: Text | null) => why && inEveryLanguage(phrases.ofBaseline, { why });
  return isMissing(figure)
    ? { ...figure, reason: said(figure.reason) }
    : { ...figure, noisy: said(figure.noisy) };
}

const trialsLike = (wanted: Conditions, { trials }: Report): Trials | undefined =>
  groups(trials).find(([trial]) => conditions(trial) === conditions(wanted));

const times = (factor: number, figure: Repeated | Missing): Repeated | Missing =>
  isMissing(figure) ? figure : { ...figure, value: factor * figure.value };

/** Why the report has no such trial. */
function absent({ plan, interrupted }: Report, transport: string, scenario: string): Missing {
  const isKnown = transport === 'all' || plan.transports.includes(transport);
  const isAsked = plan.scenario.split(',').includes(scenario);
  const reason =
    isKnown && isAsked
      ? interrupted
        ? phrases.ended
        : inEveryLanguage(phrases.leftOut, { transport, scenario })
      : inEveryLanguage(phrases.notPlanned, { name: isKnown ? scenario : transport });
  return { verdict: 'not-measured', reason };
}

/** A miss needs calm trials on both sides. What is met although noise could only have made it worse counts as met. */
function verdictOf(
  { metric, comparison }: Threshold,
  measured: Repeated,
  limit: Repeated,
): Pick<ThresholdOutcome, 'verdict' | 'reason'> {
  const why = measured.noisy ?? limit.noisy;
  if (!holds[comparison](measured.value, limit.value))
    return { verdict: why ? 'undecided' : 'missed', reason: why };
  // Noise moves most figures one way only: towards the limit, or away from it.
  const hurts = metric.noise === (comparison.startsWith('<') ? 'raises' : 'lowers');
  const doubt = limit.noisy ?? (hurts ? null : measured.noisy);
  if (doubt) return { verdict: 'undecided', reason: doubt };
  return { verdict: 'met', reason: why && inEveryLanguage(phrases.stands, { why }) };
}

const outcome = (
  { rule, level, metric, scenario }: Threshold,
  transport: string,
  {
    verdict,
    reason,
    measured,
    limit,
  }: Pick<ThresholdOutcome, 'verdict' | 'reason'> & {
    readonly measured?: Repeated;
    readonly limit?: Repeated;
  },
): ThresholdOutcome => ({
  rule,
  level,
  transport,
  scenario,
  metric: metric.name,
  unit: metric.unit,
  measured: measured?.value ?? null,
  interval: measured?.interval ?? null,
  limit: limit?.value ?? null,
  verdict,
  reason,
});

/** Whether a threshold lets the run pass. */
export const isMet = ({ verdict }: ThresholdOutcome): boolean =>
  verdict === 'met' || verdict === 'not-compared';

/** Whether it ends the run with exit code 1: noise is no evidence against a change, unless the level is `strict`. */
export const fails = (outcome: ThresholdOutcome): boolean =>
  outcome.level !== 'warn' &&
  !isMet(outcome) &&
  (outcome.verdict !== 'undecided' || outcome.level === 'strict');
