/**
 * How long it took: a lane for each transport on one logarithmic axis, with the distribution of the samples, the
 * median, and the law over it: a line if the law gives one value, a step line if it gives a distribution (law POLL1).
 */
import { scaleLinear, scaleLog } from 'd3-scale';
import { type Reader, say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import type { Distribution } from '../../../laws/distribution.ts';
import { pollAge } from '../../../laws/polling.ts';
import { time } from '../../blocks/quantities.ts';
import { boxSample, key, lineSample, marginFor, widthOf, withoutBreaks } from '../../skins/html/labels.ts';
import { drawing, element, textElement } from '../../skins/html/markup.ts';

export interface LatencyLane {
  readonly label: string;
  readonly trial: Trial;
}

const width = 755;
const right = 50;
const laneHeight = 54;
const axisHeight = 30;

/** Laws with one value that is a time of the kind drawn here. */
const timeLaws = /median age|mean age/;

/** What the law predicts for this lane: a distribution, one value in ns, or nothing. */
function lawOf({ trial }: LatencyLane): { distribution: Distribution } | { valueNs: number } | null {
  const { polls, scenario, load, link, predictions } = trial;
  if (polls && scenario === 'push' && predictions.some(({ law }) => law === 'POLL1'))
    return {
      distribution: pollAge({ intervalNs: load.pollIntervalMs * 1e6, downNs: link.downDelayMs * 1e6 }),
    };
  const found = predictions.find(({ metric, unit }) => unit === 'ms' && timeLaws.test(metric));
  return found && typeof found.predicted === 'number' && found.predicted > 0
    ? { valueNs: found.predicted * 1e6 }
    : null;
}

export function latencyFigure(title: string, lanes: readonly LatencyLane[], reader: Reader): string {
  const measured = lanes.filter(({ trial }) => trial.latency && trial.verdict !== 'invalid');
  const all = measured.flatMap(({ trial }) => trial.latency?.histogram ?? []);
  if (all.length === 0) return '';
  const x = scaleLog()
    .domain([Math.max(1000, Math.min(...all.map(([from]) => from))), Math.max(...all.map(([, to]) => to))])
    .range([marginFor(measured.map(({ label }) => label)), width - right]);
  const height = measured.length * laneHeight + axisHeight;
  const drawn = measured.map((lane, index) => laneOf(lane, (index + 1) * laneHeight, x));
  const said = measured.map(
    ({ label, trial }) => `${withoutBreaks(label)} ${time(trial.latency?.p50 ?? trial.latency?.mean ?? 0)}`,
  );
  return drawing(
    title,
    { width, height },
    `${title}: ${said.join(', ')}`,
    [...axisOf(x, height), ...drawn],
    keyTo(drawn.join(''), reader),
  );
}

/** As many labels as fit beside each other: powers of ten, and between them 2 and 5 if there are few. */
function axisOf(x: Scale, height: number): string[] {
  const powers = x.ticks().filter((tick) => /^10*$/.test(String(tick)));
  const ticks = powers.length > 2 ? powers : x.ticks().filter((tick) => /^[125]0*$/.test(String(tick)));
  let free = 0;
  return ticks.flatMap((tick) => {
    const [at, label] = [x(tick), time(tick)];
    if (at - widthOf(label) / 2 < free) return [];
    free = at + widthOf(label) / 2 + 10;
    const line = { class: 'grid', x1: at.toFixed(1), x2: at.toFixed(1), y1: 4, y2: height - axisHeight };
    return [
      element('line', line) +
        textElement('text', { x: at.toFixed(1), y: height - 8, 'text-anchor': 'middle' }, label),
    ];
  });
}

const words = {
  samples: text('samples: the higher, the more', '표본: 높을수록 많음'),
  median: text('median', '중앙값'),
  law: text('what the law says', '법칙의 예측'),
};

/** Includes the law only if one is drawn: no law predicts a time on loopback, for example. */
function keyTo(drawn: string, reader: Reader): string {
  const entries = [
    { of: 'samples', sample: boxSample('samples') },
    { of: 'median', sample: lineSample('median') },
    { of: 'law', sample: lineSample('law') },
  ] as const;
  return key(
    entries
      .filter(({ of }) => drawn.includes(`class="${of}"`))
      .map(({ of, sample }) => ({ sample, label: say(reader, words[of]) })),
  );
}

type Scale = ReturnType<typeof scaleLog<number, number>>;

function laneOf(lane: LatencyLane, base: number, x: Scale): string {
  const { latency } = lane.trial;
  if (!latency) return '';
  const { histogram } = latency;
  const law = lawOf(lane);
  const expected =
    law && 'distribution' in law ? expectedCounts(histogram, latency.count, law.distribution) : [];
  const y = scaleLinear()
    .domain([0, Math.max(...histogram.map(([, , n]) => n), ...expected)])
    .range([0, laneHeight - 14]);
  const [first = 0] = x.domain();
  const [left = 0, end = width] = x.range();
  const at = (ns: number) => x(Math.max(ns, first)).toFixed(1);
  const boxes = histogram.map(([from, to, n]) =>
    element('rect', {
      class: 'samples',
      x: at(from),
      y: (base - y(n)).toFixed(1),
      width: Math.max(0.5, Number(at(to)) - Number(at(from))).toFixed(1),
      height: y(n).toFixed(1),
    }),
  );
  const steps = histogram.flatMap(([from, to], index) => {
    const top = (base - y(expected[index] ?? 0)).toFixed(1);
    return [`${at(from)},${top}`, `${at(to)},${top}`];
  });
  return [
    textElement('text', { x: left - 8, y: base - 14, 'text-anchor': 'end' }, withoutBreaks(lane.label)),
    ...boxes,
    latency.p50 === null ? '' : upright('median', at(latency.p50), base),
    expected.length > 0 ? element('polyline', { class: 'law', points: steps.join(' ') }) : '',
    law && 'valueNs' in law ? upright('law', at(law.valueNs), base) : '',
    element('line', { class: 'axis', x1: left, x2: end, y1: base, y2: base }),
  ].join('');
}

/** One value of a lane: a line from its base to nearly the lane above. */
const upright = (what: string, x: string, base: number) =>
  element('line', { class: what, x1: x, x2: x, y1: base, y2: base - laneHeight + 12 });

/** How many of the samples the law expects in each bucket that has any. */
const expectedCounts = (
  histogram: readonly (readonly [number, number, number])[],
  count: number,
  { cdf }: Distribution,
): number[] => histogram.map(([from, to]) => count * (cdf(to) - cdf(from)));
