/** A recorded run: the lanes of a report, with their times and whose bytes they were. */
import type { Control } from '../control.ts';
import { element, say, tableHead } from '../element.ts';
import type { RecordedLane, RecordedTables } from '../talk.ts';
import { layersText, milliseconds, number } from '../words.ts';

export function createRecorded(control: Control) {
  const explain = element('p', { class: 'note' });
  const rows = element('tbody');
  const heads = ['recorded.scenario', 'head.lane', 'recorded.p50', 'recorded.p95', 'head.requests'] as const;
  const more = ['head.connections', 'head.lost', 'layers.title'] as const;
  const table = element('table', { class: 'recorded' }, tableHead([...heads, ...more]), rows);
  let loaded = () => {};
  let recorded: RecordedTables | null = null;
  const show = () => {
    if (!recorded) return;
    const { name, startedAt, link, lanes } = recorded;
    say(explain, 'recorded.explain', { name, date: startedAt.slice(0, 10), link });
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
      element('h2', { word: 'recorded.title' }),
      explain,
      element(
        'div',
        { class: 'scroll', label: 'recorded.title', attributes: { tabindex: '0', role: 'region' } },
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
  const texts = [
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
    ...[...texts, layersText(layers)].map((text) => element('td', { text })),
  );
}
