/** After a cut: when each lane was back, what it has lost, and what the law OUT says it would lose. */
import { element, setText, tableHead } from '../element.ts';
import { predictedLosses } from '../predictions.ts';
import type { Race } from '../race.ts';
import { cutMs, type LaneName, laneNames, type RaceState } from '../talk.ts';
import { number, word } from '../words.ts';

export interface CutReport {
  readonly root: HTMLElement;
  show(state: RaceState, race: Race): void;
}

export function createCutReport(): CutReport {
  const explain = element('p');
  const cells = new Map(
    laneNames.map((lane) => [lane, [element('td'), element('td', { class: 'lost' }), element('td')]]),
  );
  const heads = ['head.lane', 'cut.back', 'cut.lost', 'cut.law'] as const;
  const rows = [...cells].map(([lane, own]) =>
    element(
      'tr',
      { attributes: { 'data-lane': lane } },
      element('th', { word: `lane.${lane}`, attributes: { scope: 'row' } }),
      ...own,
    ),
  );
  const table = element('table', {}, tableHead(heads), element('tbody', {}, ...rows));
  return {
    root: element('section', { class: 'cut-report' }, element('h2', { word: 'cut.title' }), explain, table),
    show(state, race) {
      const { cut } = state;
      if (!cut) return;
      const outage = (cut.healedMs === null ? cutMs : cut.healedMs - cut.atMs) / 1000;
      setText(explain, word('cut.explain', { outage: number(outage, 1) }));
      for (const [lane, [back, lost, law]] of cells) {
        if (back) setText(back, backText(lane, state, race));
        if (lost) setText(lost, number(lostIn(lane, state, race)));
        const predicted = predictedLosses(lane, state, race.tracks()[lane].backMs());
        if (law) setText(law, predicted === null ? '–' : number(predicted, 1));
      }
    },
  };
}

function backText(lane: LaneName, { cut }: RaceState, race: Race): string {
  const backMs = race.tracks()[lane].backMs();
  if (!cut || cut.healedMs === null || backMs === null) return word('cut.notYet');
  return word('cut.afterHeal', { seconds: number(Math.max(0, backMs - cut.healedMs) / 1000, 1) });
}

/** Events due since shortly before the cut that this lane will never hear. */
function lostIn(lane: LaneName, { cut, settings }: RaceState, race: Race): number {
  if (!cut) return 0;
  const from = cut.atMs - settings.rttMs;
  const due = race.due();
  return [...race.tracks()[lane].lost].filter((n) => (due.get(n) ?? 0) >= from).length;
}
