/**
 * One figure of a trial or of its repeats, for a threshold: which figures a transport and a scenario have at all, how many
 * samples a load can give, and, where there is no figure, why not.
 */
import { inEveryLanguage, type Phrase, type Text, text } from '../base/text.ts';
import type { Load, Trial } from '../document/report.ts';
import { type Metric, noiseOn } from '../metrics/figures.ts';
import { overRepeats } from '../metrics/summary.ts';
import { reasonsOf, reasonText } from '../metrics/verdict.ts';
import { transportByName } from '../transports/index.ts';
import type { Transport } from '../transports/transport.ts';
import { scenarioByName } from '../trial/scenarios/index.ts';
import type { Scenario } from '../trial/scenarios/scenario.ts';

export interface Asked {
  readonly transport: Transport;
  readonly scenario: Scenario;
  readonly load: Load;
}

/** Why a figure cannot be had. */
const never = {
  silent: text('{scenario} sends no messages', '{scenario}에서는 메시지를 보내지 않음'),
  nothingUp: text('in {scenario} only the server speaks', '{scenario}에서는 서버만 메시지를 보냄'),
  notIdle: text(
    '{metric} is measured where nobody sends anything (scenario idle)',
    '{metric}: 아무도 메시지를 보내지 않는 곳(시나리오 idle)에서만 잼',
  ),
  notInSteps: text('{metric} is measured in the scenario idle', '{metric}: 시나리오 idle에서만 잼'),
  noOutage: text('{metric} is measured in the scenario outage', '{metric}: 시나리오 outage에서만 잼'),
  noStream: text('{metric} is measured in the scenario stream', '{metric}: 시나리오 stream에서만 잼'),
  fewClients: text(
    '{metric} takes three clients or more: one reads on, one is cut off, one cancels',
    '{metric}: 클라이언트가 셋 이상이어야 함(하나는 끝까지 읽고, 하나는 끊기고, 하나는 취소함)',
  ),
  noPolls: text('{transport} counts no polls', '{transport}: 폴링을 세지 않음'),
  oneReceiver: text(
    '{metric} takes several receivers of a message: push or chat, with two clients or more',
    '{metric}: 메시지 하나를 여럿이 받아야 함(push나 chat, 클라이언트 둘 이상)',
  ),
} satisfies Readonly<Record<string, Phrase<'metric' | 'scenario' | 'transport'>>>;

/** Why there is none although there could be one. */
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

/** `latency` of `latency.p50`. */
const familyOf = ({ name }: Metric): string => name.split('.', 1)[0] ?? name;

/** How many messages are sent in the measured phase, at most. */
function messagesOf({ scenario, load }: Asked): number {
  const each = { together: load.messages, 'in-turn': 1, 'in-steps': 0 }[scenario.connecting];
  return scenario.behaviour === 'ticker' ? each : each * load.clients;
}

/** How many samples of a figure a trial can have, at most; Infinity of what is not made of samples. */
export function mostSamples(metric: Metric, asked: Asked): number {
  if (!metric.samples) return Infinity;
  const messages = messagesOf(asked);
  const receivers = receiversOf(asked);
  if (metric.name.startsWith('stream.first')) return asked.load.clients;
  if (familyOf(metric) === 'latency') return messages * receivers;
  return familyOf(metric) === 'fanOut' && receivers === 1 ? 0 : messages;
}

const receiversOf = ({ scenario, load }: Asked) => (scenario.receivers === 'everyone' ? load.clients : 1);

/** Of what counts copies of messages, how many there are at most; Infinity of everything else. */
export const mostCopies = ({ name }: Metric, asked: Asked): number =>
  ['latency.count', 'delivery.sent', 'delivery.delivered', 'delivery.lost'].includes(name)
    ? messagesOf(asked) * receiversOf(asked)
    : Infinity;

/** Why no such trial can have this figure; null where it can. */
export function whyNever(metric: Metric, asked: Asked): Text | null {
  const { scenario, transport } = asked;
  const { traits } = transport;
  const isSilent = messagesOf(asked) === 0;
  const names = { metric: metric.name, scenario: scenario.name, transport: transport.name };
  const unless = (can: boolean, why: keyof typeof never): Text | null =>
    can ? null : inEveryLanguage<keyof typeof names>(never[why], names);
  switch (familyOf(metric)) {
    case 'idle':
      return unless(isSilent, 'notIdle');
    case 'memory':
      return unless(scenario.connecting === 'in-steps', 'notInSteps');
    case 'outage':
      return unless(scenario.breaksLink, 'noOutage');
    case 'stream':
      return (
        unless(scenario.needsPieces, 'noStream') ??
        unless(!/cancelled|cut/.test(metric.name) || asked.load.clients >= 3, 'fewClients')
      );
    case 'polls':
      // Long polling counts those that it holds, too.
      return unless(traits.polls || (traits.parks && traits.replays), 'noPolls');
    case 'fanOut':
      return unless(!isSilent, 'silent') ?? unless(mostSamples(metric, asked) > 0, 'oneReceiver');
    case 'perMessage':
      return (
        unless(!isSilent, 'silent') ??
        unless(metric.name !== 'perMessage.up' || scenario.behaviour !== 'ticker', 'nothingUp')
      );
    case 'latency':
    case 'lateness':
    case 'throughput':
      return unless(!isSilent, 'silent');
    default:
      return null;
  }
}

/** What there is instead of a figure. */
export interface Missing {
  readonly verdict: 'too-few' | 'not-measured' | 'not-compared';
  readonly reason: Text | null;
}

export interface Figure {
  /** The median over repeats. */
  readonly value: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** That no calm trial stands behind it. */
  readonly noisy: Text | null;
}

export const isMissing = (one: Figure | Missing): one is Missing => 'verdict' in one;

/** Calm repeats alone, where noise matters and there are any; invalid trials are no evidence. */
export function figureOf(
  metric: Metric,
  trials: readonly [Trial, ...Trial[]],
  seed: number,
): Figure | Missing {
  const counting = trials.filter(({ verdict }) => verdict !== 'invalid');
  if (counting.length === 0) return invalid(trials[0]);
  const calm = counting.filter(({ verdict }) => verdict === 'valid');
  const isDisturbed = noiseOn(metric) !== 'nothing' && calm.length === 0;
  const read = noiseOn(metric) === 'nothing' || isDisturbed ? counting : calm;
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

function whyMissing(metric: Metric, trial: Trial): Missing {
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
    ...{ metric: metric.name, needed: String(metric.samples?.needed ?? 1), had: String(had) },
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
