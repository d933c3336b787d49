/** Tables A and B of the documents, filled from what this page has measured so far. */
import type { Chat } from '../chat.ts';
import type { Control } from '../control.ts';
import { button, element } from '../element.ts';
import { timesOf } from '../quantile.ts';
import type { Race } from '../race.ts';
import { type DocumentTable, type LaneName, laneNames, type Times } from '../talk.ts';
import { languageNow } from '../words.ts';
import type { View } from './view.ts';

export function createVerdicts(control: Control, race: Race, chat: Chat): View {
  const tables = element('div');
  const ask = () =>
    control.send({
      ...{ type: 'tables', language: languageNow() },
      race: byLane((lane) => race.tracks()[lane].ages()),
      chat: byLane((lane) => chat.times().get(lane) ?? []),
    });
  control.on('tables', (message) => tables.replaceChildren(...message.tables.map(tableOf)));
  return {
    root: element(
      'div',
      {},
      element('h2', { word: 'verdicts.title' }),
      element('p', { class: 'note', word: 'verdicts.explain' }),
      button('verdicts.refresh', ask, { class: 'main' }),
      tables,
      element('p', { class: 'note', word: 'verdicts.caption' }),
    ),
    shown: ask,
    renewed: ask,
  };
}

/** Ages may be a hair below zero where two clocks disagree; a time that is none is refused by the site. */
const notNegative = ({ count, mean, p50, p95 }: Times): Times => {
  const least = (value: number | null) => (value === null ? null : Math.max(0, value));
  return { count, mean: least(mean), p50: least(p50), p95: least(p95) };
};

function byLane(samples: (lane: LaneName) => readonly number[]): Partial<Record<LaneName, Times>> {
  const measured = laneNames.map((lane) => [lane, notNegative(timesOf(samples(lane)))] as const);
  return Object.fromEntries(measured.filter(([, { count }]) => count > 0));
}

function tableOf({ title, head, rows, notes }: DocumentTable): HTMLElement {
  const cell = (lines: readonly string[]) => lines.flatMap((line) => [element('div', { text: line })]);
  const body = rows.map(([first = [], ...others]) =>
    element(
      'tr',
      {},
      element('th', { attributes: { scope: 'row' } }, ...cell(first)),
      ...others.map((lines) => element('td', {}, ...cell(lines))),
    ),
  );
  const table = element(
    'table',
    { class: 'documents' },
    element(
      'thead',
      {},
      element('tr', {}, ...head.map((text) => element('th', { text, attributes: { scope: 'col' } }))),
    ),
    element('tbody', {}, ...body),
  );
  return element(
    'section',
    {},
    element('h3', { text: title }),
    element(
      'div',
      { class: 'scroll', attributes: { tabindex: '0', role: 'region', 'aria-label': title } },
      table,
    ),
    ...notes.map((text) => element('p', { class: 'note', text })),
  );
}
