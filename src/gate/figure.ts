/**
 * One figure of a trial or of its repeats, for a threshold: which figures a transport and a scenario can have, how many
 * samples a load can give, and why a figure is missing.
 */
import { inEveryLanguage, type Phrase, type Text, text } from '../base/text.ts';
import type { Load, Trial } from '../document/report.ts';
import { overRepeats } from '../metrics/bootstrap.ts';
import type { Metric, Prospect } from '../metrics/metric.ts';
import { reasonsOf, reasonText } from '../metrics/verdict.ts';
import { transportByName } from '../transports/index.ts';
import type { Transport } from '../transports/transport.ts';
import type { RegisteredMetric } from '../trial/metrics.ts';
import { scenarioByName } from '../trial/scenarios/index.ts';
import type { Scenario } from '../trial/scenarios/scenario.ts';

/** A trial that could be planned. */
export interface TrialAsked {
  readonly transport: Transport;
  readonly scenario: Scenario;
  readonly load: Load;
}

const elsewhere = text(
  '{metric} is measured in the scenario {scenario}',
  '{metric}: 시나리오 {scenario}에서만 잼',
);

/** Why a figure that could exist is missing. */
const missing = {
  tooFew: text('{metric} needs {needed} samples, had {had}', '{metric}: 표본 {needed}개 필요, {had}개 있음'),
  nothingArrived: text('no message arrived', '도착한 메시지가 없음'),
  none: text('{scenario} over {transport} gave none', '{transport}의 {scenario} 측정에서 얻지 못함'),
  invalid: text('the trial is invalid: {why}', '유효하지 않은 측정: {why}'),
};

const noisy = {
  once: text('{transport} was noisy', '{transport} 측정에 잡음이 섞임'),
  again: text(
    '{transport} was noisy, {times} times in a row',
    '{transport} 측정에 {times}번 연달아 잡음이 섞임',
  ),
  repeats: text(
    '{transport} was noisy in all {repeats} repeats',
    '{transport} 측정의 반복 {repeats}번 모두에 잡음이 섞임',
  ),
};

/** What a metric may know of a trial before it is made. */
function prospectOf({ transport: { traits }, scenario, load }: TrialAsked): Prospect {
  const onlyServerSpeaks = scenario.behaviour === 'ticker';
  const each = { together: load.messages, 'in-turn': 1, 'in-steps': 0 }[scenario.connecting];
  return {
    clients: load.clients,
    messages: onlyServerSpeaks ? each : each * load.clients,
    receivers: scenario.receivers === 'everyone' ? load.clients : 1,
    onlyServerSpeaks,
    countsPolls: traits.polls || (traits.parks && traits.replays),
  };
}

/** The most samples that a trial can give for a figure; Infinity for a figure that is not made of samples. */
export const mostSamples = ({ samples }: Metric, asked: TrialAsked): number =>
  samples?.most(prospectOf(asked)) ?? Infinity;

/** The highest value that a figure can have; Infinity if it has no bound. */
export const mostOf = ({ most }: Metric, asked: TrialAsked): number => most?.(prospectOf(asked)) ?? Infinity;

/** Why no such trial can have this figure; null if it can. */
export function whyNever(metric: RegisteredMetric, asked: TrialAsked): Text | null {
  const { scenario, transport } = asked;
  const told = (why: Phrase<'metric' | 'scenario' | 'transport'>, { name }: { readonly name: string }) =>
    inEveryLanguage(why, { metric: metric.name, scenario: name, transport: transport.name });
  if (metric.scenario !== undefined && metric.scenario !== scenario.name)
    return told(metric.elsewhere ?? elsewhere, { name: metric.scenario });
  const why = metric.never?.(prospectOf(asked)) ?? null;
  return why && told(why, scenario);
}

/** Stands in for a figure that is missing. */
export interface Missing {
  readonly verdict: 'too-few' | 'not-measured' | 'not-compared';
  readonly reason: Text | null;
}

export interface Repeated {
  /** The median over repeats. */
  readonly value: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Says that no calm trial supports the figure. */
  readonly noisy: Text | null;
}

export const isMissing = (one: Repeated | Missing): one is Missing => 'verdict' in one;

/** Takes only the calm repeats if noise matters and there are any; invalid trials are no evidence. */
export function figureOf(
  metric: RegisteredMetric,
  trials: readonly [Trial, ...Trial[]],
  seed: number,
): Repeated | Missing {
  const counting = trials.filter(({ verdict }) => verdict !== 'invalid');
  if (counting.length === 0) return invalid(trials[0]);
  const calm = counting.filter(({ verdict }) => verdict === 'valid');
  const isDisturbed = metric.noise !== 'nothing' && calm.length === 0;
  const read = metric.noise === 'nothing' || isDisturbed ? counting : calm;
  const without = read.find((trial) => typeof metric.read(trial) !== 'number');
  if (without) return whyMissing(metric, without);
  const { transport, scenario } = trials[0];
  const values = read.map(metric.read).filter((value) => typeof value === 'number');
  const { median, low, high } = overRepeats(values, seed, `${transport} ${scenario} ${metric.name}`);
  return {
    value: median,
    interval: low === null || high === null ? null : { low, high },
    noisy: isDisturbed ? whyNoisy(read) : null,
  };
}

const invalid = (trial: Trial): Missing => ({
  verdict: 'not-measured',
  reason: inEveryLanguage(missing.invalid, { why: reasonText(reasonsOf(trial)) }),
});

function whyMissing(metric: RegisteredMetric, trial: Trial): Missing {
  const [transport, scenario] = [transportByName(trial.transport), scenarioByName(trial.scenario)];
  const why = transport && scenario ? whyNever(metric, { transport, scenario, load: trial.load }) : null;
  if (why) return { verdict: 'not-measured', reason: why };
  const had = metric.samples?.of(trial) ?? 0;
  if (metric.samples && had > 0) return tooFew(metric, had);
  const reason = metric.samples
    ? missing.nothingArrived
    : inEveryLanguage(missing.none, { transport: trial.transport, scenario: trial.scenario });
  return { verdict: 'not-measured', reason };
}

const tooFew = (metric: Metric, had: number): Missing => ({
  verdict: 'too-few',
  reason: inEveryLanguage(missing.tooFew, {
    metric: metric.name,
    needed: String(metric.samples?.needed ?? 1),
    had: String(had),
  }),
});

function whyNoisy(trials: readonly Trial[]): Text {
  const [first] = trials;
  const transport = first?.transport ?? '';
  if (trials.length > 1) return inEveryLanguage(noisy.repeats, { transport, repeats: String(trials.length) });
  const again = first?.notes.find(({ kind }) => kind === 'measured-again')?.value;
  return again === undefined
    ? inEveryLanguage(noisy.once, { transport })
    : inEveryLanguage(noisy.again, { transport, times: String(Number(again) + 1) });
}
