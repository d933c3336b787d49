/**
 * Thresholds of an inspection, read from lines such as `requests <= 3`: a metric, a comparison and a value. They rest on
 * counts and bytes alone, which noise does not change; how long an application takes is its own affair.
 */

import { UsageError } from '../base/failure.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import type { Archive } from '../document/archive.ts';
import type { InspectionOutcome, Totals } from '../document/inspection.ts';
import { bytesOfLayer, meaningOfLayer } from '../metrics/byte-metrics.ts';
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
  /** What the figure counts, in a sentence. */
  readonly meaning: Text;
}

type Reading = readonly [name: string, read: InspectionMetric['read'], meaning: Text];

const counts: readonly Reading[] = [
  [
    'connections',
    ({ connections }) => connections,
    text('TCP connections to the application.', '애플리케이션에 연 TCP 연결 수입니다.'),
  ],
  ['requests', ({ requests }) => requests, text('HTTP requests.', 'HTTP 요청 수입니다.')],
  [
    'messages.up',
    ({ messages }) => messages.up,
    text('Messages to the application.', '애플리케이션으로 보낸 메시지 수입니다.'),
  ],
  [
    'messages.down',
    ({ messages }) => messages.down,
    text('Messages from the application.', '애플리케이션이 보낸 메시지 수입니다.'),
  ],
  [
    'polls.made',
    ({ polls }) => polls.made,
    text(
      'GETs of a path that is asked for again and again, at times for nothing.',
      '거듭 요청되고 때로는 빈 응답이 오는 경로의 GET 수입니다.',
    ),
  ],
  [
    'polls.empty',
    ({ polls }) => polls.empty,
    text('Of the polls, those that brought nothing.', '폴링 가운데 아무것도 받지 못한 수입니다.'),
  ],
  [
    'engineIo.polling',
    ({ engineIo }) => engineIo.polling,
    text('Requests of Engine.IO’s polling transport.', 'Engine.IO의 polling 전송 방식이 보낸 요청 수입니다.'),
  ],
  [
    'engineIo.upgrades',
    ({ engineIo }) => engineIo.upgrades,
    text('Upgrades of Engine.IO to WebSocket.', 'Engine.IO가 WebSocket으로 전환한 횟수입니다.'),
  ],
  [
    'handshakes.asked',
    ({ handshakes }) => handshakes.asked,
    text('Requests for a WebSocket.', 'WebSocket을 요청한 횟수입니다.'),
  ],
  [
    'handshakes.stripped',
    ({ handshakes }) => handshakes.stripped,
    text(
      'Requests for a WebSocket from which something on the way took the wish, as the answer shows.',
      '중간의 무언가가 업그레이드 요청을 빼 버려 WebSocket이 되지 못한 요청의 수입니다. 응답을 보고 압니다.',
    ),
  ],
  [
    'handshakes.refused',
    ({ handshakes }) => handshakes.refused,
    text(
      'Requests for a WebSocket that were refused otherwise.',
      '그 밖의 이유로 거절된 WebSocket 요청의 수입니다.',
    ),
  ],
  [
    'plainRequests',
    ({ plainRequests }) => plainRequests,
    text(
      'Complete exchanges that were neither upgrades nor Engine.IO’s nor event streams.',
      '업그레이드도, Engine.IO의 요청도, 이벤트 스트림도 아닌 완결된 요청과 응답의 수입니다.',
    ),
  ],
  [
    'singleRequests',
    ({ singleRequests }) => singleRequests,
    text(
      'Connections that carried one plain request and nothing else.',
      '보통 요청 하나만 오간 연결의 수입니다.',
    ),
  ],
];

const sizes: readonly Reading[] = [
  [
    'wire.up',
    ({ wire }) => wire.up,
    text('Bytes to the application.', '애플리케이션으로 보낸 바이트입니다.'),
  ],
  [
    'wire.down',
    ({ wire }) => wire.down,
    text('Bytes from the application.', '애플리케이션이 보낸 바이트입니다.'),
  ],
  ...layers.map(
    (layer): Reading => [`wire.${layer}`, ({ wire }) => bytesOfLayer(wire, layer), meaningOfLayer(layer)],
  ),
];

/** By their names in the document of `inspect --json`. */
export const inspectionMetrics: readonly InspectionMetric[] = [
  ...counts.map(([name, read, meaning]) => ({ name, unit: 'count' as const, read, meaning })),
  ...sizes.map(([name, read, meaning]) => ({ name, unit: 'B' as const, read, meaning })),
];

export interface InspectionThreshold {
  /** As it was written. */
  readonly rule: string;
  readonly metric: InspectionMetric;
  readonly comparison: Comparator;
  readonly limit: number;
}

/** Throws `UsageError` for a misspelt rule, and for one that no inspection could decide. */
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

/** An archive holds no bytes of layers, and not always connections: a rule about them would check nothing. */
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
