/** A recorded run: the lanes of a report, with their times and whose bytes they were. */

import { text } from '../../../base/text.ts';
import type { Control } from '../control-socket.ts';
import { element, rowHead, say, scrolled, tableOf } from '../element.ts';
import { milliseconds, number } from '../page-reader.ts';
import type { RecordedLane, RecordedTables } from '../tables-talk.ts';
import { laneHead, layersText } from '../words.ts';
import { figureHeads } from './lane-table.ts';
import { layersTitle } from './layer-bars.ts';
import type { View } from './view.ts';

const texts = {
  title: text('A recorded run', '기록된 실행'),
  explain: text('{name}, of {date}, link {link}.', '{name}, {date}, 링크 {link}.'),
  p50: text('p50, ms', 'p50, ms'),
  p95: text('p95, ms', 'p95, ms'),
  scenario: text('Scenario', '시나리오'),
};

/** @param loaded called once, if the site has a recorded run. */
export function createRecorded(control: Control, loaded: () => void): View {
  const explain = element('p', { class: 'note' });
  const rows = element('tbody');
  const heads = [texts.scenario, laneHead, texts.p50, texts.p95, figureHeads.requests];
  const more = [figureHeads.connections, figureHeads.lost, layersTitle];
  const table = tableOf({ class: 'recorded' }, [...heads, ...more], rows);
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
  const title = element('h2', { phrase: texts.title });
  return {
    root: element('div', {}, title, explain, scrolled({ label: texts.title }, table)),
    renewed: show,
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
    rowHead({ text: scenario }),
    ...[...shown, layersText(layers)].map((figure) => element('td', { text: figure })),
  );
}
