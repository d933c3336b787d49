/** The lanes: for each its strip, how old its events were and what the law says, and what it has cost so far. */
import { element, say, setText } from '../element.ts';
import { markOf } from '../legend.ts';
import { lawOf, predictedAgeMs } from '../predictions.ts';
import { timesOf } from '../quantile.ts';
import type { Race } from '../race.ts';
import { type LaneCounts, type LaneName, laneNames } from '../talk.ts';
import { milliseconds, number } from '../words.ts';
import { drawStrip, seconds, stripLegend } from './strip.ts';

const figures = [
  'p50',
  'p95',
  'mean',
  'law',
  'requests',
  'connections',
  'bytes',
  'empty',
  'events',
  'lost',
] as const;
type Figure = (typeof figures)[number];

export interface LaneTable {
  readonly root: HTMLElement;
  show(race: Race, counts: LaneCounts | null, isFront: boolean): void;
  draw(race: Race, nowMs: number, inkOf: (name: string) => string): void;
}

export function createLaneTable(): LaneTable {
  const rows = new Map(laneNames.map((lane) => [lane, rowOf(lane)]));
  const heads = figures.map((name) =>
    element('th', { word: `head.${name}`, attributes: { scope: 'col', 'data-figure': name } }),
  );
  const strip = element('th', { class: 'strip', attributes: { scope: 'col' } });
  say(strip, 'head.strip', { seconds: String(seconds) });
  const table = element(
    'table',
    { class: 'lanes' },
    element(
      'thead',
      {},
      element('tr', {}, element('th', { word: 'head.lane', attributes: { scope: 'col' } }), strip, ...heads),
    ),
    element('tbody', {}, ...[...rows.values()].map(({ row }) => row)),
  );
  const scroll = element(
    'div',
    { class: 'scroll', label: 'lanes.title', attributes: { tabindex: '0', role: 'region' } },
    table,
  );
  return {
    root: element('div', {}, scroll, stripLegend()),
    show(race, counts, isFront) {
      for (const [lane, { state, cells }] of rows) {
        const track = race.tracks()[lane];
        say(state, isFront ? `state.${track.state()}` : 'state.elsewhere');
        state.dataset.state = track.state();
        const texts = textsOf(lane, race, counts);
        for (const [name, cell] of cells) setText(cell, texts[name]);
      }
    },
    draw(race, nowMs, inkOf) {
      for (const [lane, { canvas }] of rows) {
        const ink = {
          lane: inkOf(`--lane-${lane.replace('.', '')}`),
          ...{ waiting: inkOf('--quiet'), lost: inkOf('--alarm'), grid: inkOf('--line') },
        };
        drawStrip(canvas, race.tracks()[lane], race.lately(), nowMs, ink);
      }
    },
  };
}

function rowOf(lane: LaneName) {
  const state = element('small', { class: 'state' });
  const name = element('b', { word: `lane.${lane}` });
  const canvas = element('canvas', { attributes: { 'aria-hidden': 'true' } });
  const cells = new Map(
    figures.map((name) => [name, element('td', { attributes: { 'data-figure': name } })]),
  );
  const row = element(
    'tr',
    { attributes: { 'data-lane': lane } },
    element('th', { attributes: { scope: 'row' } }, element('span', {}, markOf(lane), name), state),
    element('td', { class: 'strip' }, canvas),
    ...cells.values(),
  );
  return { row, state, canvas, cells };
}

function textsOf(lane: LaneName, race: Race, counts: LaneCounts | null): Record<Figure, string> {
  const track = race.tracks()[lane];
  const { count, mean, p50, p95 } = timesOf(track.ages());
  const state = race.state();
  const spent = counts?.[lane];
  const law = state ? `${milliseconds(predictedAgeMs(lane, state.settings))} (${lawOf[lane]})` : '–';
  return {
    ...{ p50: milliseconds(p50), p95: milliseconds(p95), mean: milliseconds(mean), law },
    requests: number(spent?.requests ?? 0),
    connections: number(spent?.connections ?? 0),
    bytes: number((spent?.up ?? 0) + (spent?.down ?? 0)),
    empty: spent && spent.polls > 0 ? `${number(spent.emptyPolls)} / ${number(spent.polls)}` : '–',
    ...{ events: number(count), lost: number(track.lost.size) },
  };
}
