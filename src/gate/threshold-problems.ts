/**
 * Finds thresholds that no trial of the plan could decide. They are refused before the run; after it would be minutes
 * too late.
 */

import { inEveryLanguage, listed, type Text, text } from '../base/text.ts';
import type { Link, Report } from '../document/report.ts';
import type { Over } from '../protocols/over.ts';
import { isMissing, mostOf, mostSamples, type TrialAsked, whyNever } from './figure.ts';
import type { Threshold } from './threshold.ts';
import { conditions, figureIn, isAbout } from './thresholds.ts';

/** A trial that is planned. */
export interface Planned extends TrialAsked {
  readonly link: Link;
  readonly over: Over;
}

const phrases = {
  noTransport: text(
    '{name} is not part of this run; add it with --transport',
    '{name}: 이번 실행에 없습니다. --transport로 더하십시오',
  ),
  noScenario: text(
    '{name} is not part of this run; add it with --scenario',
    '{name}: 이번 실행에 없습니다. --scenario로 더하십시오',
  ),
  leftOut: text(
    '{transport} takes no part in {scenario}',
    '{transport}: {scenario} 시나리오에 참여하지 않습니다',
  ),
  neverMet: text(
    'can never be met: {metric} is {most} at most here',
    '지켜질 수 없는 규칙입니다. {metric}: 여기서 많아야 {most}',
  ),
  neverMissed: text(
    'can never be missed: {metric} is {most} at most here',
    '어길 수 없는 규칙입니다. {metric}: 여기서 많아야 {most}',
  ),
  fewSamples: text(
    '{metric} needs {needed} samples, and {scenario} gives {most} at most here; raise --messages or --clients',
    '{metric}: 표본 {needed}개가 필요한데 여기서 {scenario} 시나리오는 많아야 {most}개를 냅니다. --messages나 --clients를 늘리십시오',
  ),
};

/** @param baseline the report that `x baseline` refers to. */
export function problemOf(
  threshold: Threshold,
  planned: readonly Planned[],
  baseline: Report | null,
): Text | null {
  const chosen = planned.filter((one) => isAbout(threshold, named(one)));
  if (chosen.length === 0) return absent(threshold.transport, threshold.scenario, planned);
  const problems = chosen.flatMap((one) => problemWith(threshold, one, planned, baseline) ?? []);
  // Repeats, and values of a sweep, have the same problem: it is told once.
  const different = [...new Map(problems.map((problem) => [problem.en, problem])).values()];
  return different.length > 0 ? listed(different) : null;
}

const named = ({ transport, scenario, load, link, over }: Planned) => ({
  transport: transport.name,
  scenario: scenario.name,
  reference: transport.traits.reference,
  load,
  link,
  over,
});

function problemWith(
  threshold: Threshold,
  one: Planned,
  planned: readonly Planned[],
  baseline: Report | null,
): Text | null {
  const { metric, limit } = threshold;
  const own = unmeasurable(metric, one) ?? decided(threshold, one);
  if (own || limit.kind === 'value') return own;
  if (limit.kind === 'baseline') {
    const before = figureIn(baseline, metric, named(one));
    return isMissing(before) ? before.reason : null;
  }
  const wanted = conditions({ ...named(one), transport: limit.transport });
  const peer = planned.find((other) => conditions(named(other)) === wanted);
  return peer ? unmeasurable(metric, peer) : absent(limit.transport, one.scenario.name, planned);
}

function unmeasurable(metric: Threshold['metric'], one: Planned): Text | null {
  const never = whyNever(metric, one);
  const most = mostSamples(metric, one);
  if (never || !metric.samples || most >= metric.samples.needed) return never;
  return inEveryLanguage(phrases.fewSamples, {
    metric: metric.name,
    scenario: one.scenario.name,
    needed: String(metric.samples.needed),
    most: String(most),
  });
}

/** More messages than are sent can neither arrive nor be lost. */
function decided({ metric, comparison, limit }: Threshold, one: Planned): Text | null {
  const most = mostOf(metric, one);
  if (limit.kind !== 'value' || limit.value < most) return null;
  const isReached = limit.value === most;
  const names = { metric: metric.name, most: String(most) };
  if (comparison === '>' || (comparison === '>=' && !isReached))
    return inEveryLanguage(phrases.neverMet, names);
  if (comparison === '<=' || (comparison === '<' && !isReached))
    return inEveryLanguage(phrases.neverMissed, names);
  return null;
}

/** Why no such trial is planned. */
function absent(transport: string, scenario: string, planned: readonly Planned[]): Text {
  const isAsked = planned.some((one) => one.scenario.name === scenario);
  if (!isAsked) return inEveryLanguage(phrases.noScenario, { name: scenario });
  const isKnown = transport === 'all' || planned.some((one) => one.transport.name === transport);
  return isKnown
    ? inEveryLanguage(phrases.leftOut, { transport, scenario })
    : inEveryLanguage(phrases.noTransport, { name: transport });
}
