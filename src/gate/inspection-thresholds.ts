/**
 * Thresholds of an inspection, read from lines such as `requests <= 3`: a metric, a comparison and a value. They rest on
 * counts and bytes alone, which noise does not change; how long an application takes is its own affair.
 */

import { UsageError } from '../base/failure.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import type { Archive } from '../document/archive.ts';
import type { InspectionOutcome, Totals } from '../document/inspection.ts';
import { bytesOfLayer } from '../metrics/every-trial.ts';
import { layers } from '../protocols/layers.ts';
import {
  type Comparator,
  comparisonOf,
  holds,
  type Measurable,
  metricNamed,
  partsOf,
  unitsOf,
  valueIn,
  whyAlways,
} from './limit.ts';

export interface InspectionMetric extends Measurable {
  readonly unit: InspectionOutcome['unit'];
  readonly read: (seen: Totals) => number;
}

type Reading = readonly [name: string, read: InspectionMetric['read']];

const counts: readonly Reading[] = [
  ['connections', ({ connections }) => connections],
  ['requests', ({ requests }) => requests],
  ['messages.up', ({ messages }) => messages.up],
  ['messages.down', ({ messages }) => messages.down],
  ['polls.made', ({ polls }) => polls.made],
  ['polls.empty', ({ polls }) => polls.empty],
  ['engineIo.polling', ({ engineIo }) => engineIo.polling],
  ['engineIo.upgrades', ({ engineIo }) => engineIo.upgrades],
  ['handshakes.asked', ({ handshakes }) => handshakes.asked],
  ['handshakes.stripped', ({ handshakes }) => handshakes.stripped],
  ['handshakes.refused', ({ handshakes }) => handshakes.refused],
  ['plainRequests', ({ plainRequests }) => plainRequests],
  ['singleRequests', ({ singleRequests }) => singleRequests],
];

const sizes: readonly Reading[] = [
  ['wire.up', ({ wire }) => wire.up],
  ['wire.down', ({ wire }) => wire.down],
  // Of a layer in both directions.
  ...layers.map((layer): Reading => [`wire.${layer}`, ({ wire }) => bytesOfLayer(wire, layer)]),
];

/** By their names in the document of `inspect --json`. */
export const inspectionMetrics: readonly InspectionMetric[] = [
  ...counts.map(([name, read]) => ({ name, unit: 'count' as const, read })),
  ...sizes.map(([name, read]) => ({ name, unit: 'B' as const, read })),
];

export interface InspectionThreshold {
  /** As it was written. */
  readonly rule: string;
  readonly metric: InspectionMetric;
  readonly comparison: Comparator;
  readonly limit: number;
}

/** Throws `UsageError` for what is misspelt, and for what no inspection could decide. */
export function parseInspectionThreshold(rule: string): InspectionThreshold {
  const parts = partsOf(rule);
  if (!parts || /\s/.test(parts.subject))
    throw new UsageError(
      inEveryLanguage(
        text(
          '"{rule}" is no rule; write it as: requests <= 3, wire.http <= 2 kB',
          '"{rule}"은(는) 규칙이 아닙니다. 이렇게 적어야 합니다: requests <= 3, wire.http <= 2 kB',
        ),
        { rule },
      ),
    );
  const metric = metricNamed(parts.subject, inspectionMetrics);
  const comparison = comparisonOf(parts.operator);
  const limit = valueIn(parts.limit, metric);
  if (limit === undefined)
    throw new UsageError(
      inEveryLanguage(
        text(
          '"{limit}" is no limit for {name}; write a number with its unit ({units})',
          '"{limit}"은(는) {name}의 한계가 될 수 없습니다. 단위({units})가 붙은 수를 적어야 합니다',
        ),
        { limit: parts.limit, name: metric.name, units: unitsOf(metric) },
      ),
    );
  const why = whyAlways(metric, comparison, limit);
  if (why) throw new UsageError(inEveryLanguage(text('"{rule}" {why}', '"{rule}": {why}'), { rule, why }));
  return { rule, metric, comparison, limit };
}

/** An archive knows bytes of no layer, and not always connections: a rule about them would hold against nothing. */
export function refuseOfArchive(rules: readonly InspectionThreshold[], { connections }: Archive): void {
  const ofConnections = ['connections', 'singleRequests'];
  for (const { rule, metric } of rules)
    if (metric.unit === 'B' || (ofConnections.includes(metric.name) && connections === null))
      throw new UsageError(
        inEveryLanguage(
          text(
            '"{rule}": a HAR does not say {name}; leave it out, or inspect a capture or the application',
            '"{rule}": HAR로는 {name}을(를) 알 수 없습니다. 이 규칙을 빼거나, 캡처 파일이나 애플리케이션을 검사하십시오',
          ),
          { rule, name: metric.name },
        ),
      );
}

export const isMissed = ({ verdict }: InspectionOutcome): boolean => verdict === 'missed';

export const judgeInspectionThresholds = (
  thresholds: readonly InspectionThreshold[],
  seen: Totals,
): InspectionOutcome[] =>
  thresholds.map(({ rule, metric: { name, unit, read }, comparison, limit }) => {
    const measured = read(seen);
    const verdict = holds[comparison](measured, limit) ? 'met' : 'missed';
    return { rule, metric: name, unit, measured, limit, verdict };
  });
