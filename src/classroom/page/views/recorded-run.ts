/** A recorded run: the lanes of a report, with their times and whose bytes they were. */

import { text } from '../../../base/text.ts';
import type { Control } from '../control-socket.ts';
import type { RecordedLane, RecordedTables } from '../control-talk.ts';
import { element, say, tableHead } from '../element.ts';
import { laneHead } from '../lane-words.ts';
import { layersText } from '../layer-words.ts';
import { milliseconds, number } from '../page-reader.ts';
import { figureHeads } from './lane-table.ts';
import { layersTitle } from './layer-bars.ts';

const texts = {
  title: text('A recorded run', '기록된 실행'),
  explain: text('{name}, of {date}, link {link}.', '{name}, {date}, 링크 {link}.'),
  p50: text('p50, ms', 'p50, ms'),
  p95: text('p95, ms', 'p95, ms'),
  scenario: text('Scenario', '시나리오'),
};

export function createRecorded(control: Control) {
  const explain = element('p', { class: 'note' });
  const rows = element('tbody');
  const heads = [texts.scenario, laneHead, texts.p50, texts.p95, figureHeads.requests] as const;
  const more = [figureHeads.connections, figureHeads.lost, layersTitle] as const;
  const table = element('table', { class: 'recorded' }, tableHead([...heads, ...more]), rows);
  let loaded = () => {};
  let recorded: RecordedTables | null = null;
  const show = () => {
    if (!recorded) return;
    const { name, startedAt, link, lanes } = recorded;
    say(explain, texts.explain, { name, date: startedAt.slice(0, 10), link });
    rows.replaceChildren(...lanes.map(rowOf));
  };
  control.on('welcome', (welcome) => {
    if (!welcome.recorded || recorded) return;
    recorded = welcome.recorded;
    show();
    loaded();
  });
  return {
    root: element(
      'div',
      {},
      element('h2', { phrase: texts.title }),
      explain,
      element(
        'div',
        { class: 'scroll', label: texts.title, attributes: { tabindex: '0', role: 'region' } },
        table,
      ),
    ),
    renewed: show,
    onLoaded(listener: () => void) {
      loaded = listener;
    },
  };
}

function rowOf({ scenario, transport, p50, p95, requests, connections, lost, layers }: RecordedLane) {
  const shown = [
    transport,
    milliseconds(p50),
    milliseconds(p95),
    number(requests),
    number(connections),
    number(lost),
  ];
  return element(
    'tr',
    {},
    element('th', { text: scenario, attributes: { scope: 'row' } }),
    ...[...shown, layersText(layers)].map((figure) => element('td', { text: figure })),
  );
}
