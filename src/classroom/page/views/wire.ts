/** The last exchange of a lane, byte by byte, with the same explanations as `rtcompare wire`. */
import type { Control } from '../control.ts';
import { button, element, say, setText, tableHead } from '../element.ts';
import {
  type LaneName,
  laneNames,
  type RoomName,
  roomNames,
  type WireField,
  type WireUnit,
} from '../talk.ts';
import { languageNow, number } from '../words.ts';
import type { View } from './view.ts';

export function createWire(control: Control): View {
  const room = chooser('wire.room', 'room', roomNames, (name) => `view.${name}` as const);
  const lane = chooser('wire.lane', 'lane', laneNames, (name) => `lane.${name}` as const);
  lane.select.value = 'ws';
  const units = element('div', { class: 'units' });
  const ask = () =>
    control.send({
      ...{ type: 'wire', room: room.select.value as RoomName, lane: lane.select.value as LaneName },
      language: languageNow(),
    });
  room.select.addEventListener('change', ask);
  lane.select.addEventListener('change', ask);
  control.on('wire', (message) => {
    const shown = message.units.map(unitOf);
    units.replaceChildren(...(shown.length > 0 ? shown : [element('p', { word: 'wire.nothing' })]));
  });
  return {
    root: element(
      'div',
      {},
      element('h2', { word: 'wire.title' }),
      element('p', { class: 'note', word: 'wire.explain' }),
      element(
        'div',
        { class: 'say' },
        room.label,
        lane.label,
        button('wire.refresh', ask, { class: 'main' }),
      ),
      units,
    ),
    shown: ask,
    renewed: ask,
  };
}

function chooser<Name extends string, Key extends Parameters<typeof say>[1]>(
  key: Parameters<typeof say>[1],
  name: string,
  names: readonly Name[],
  wordOf: (name: Name) => Key,
) {
  const options = names.map((one) => element('option', { word: wordOf(one), attributes: { value: one } }));
  const select = element('select', { attributes: { name } }, ...options);
  return { select, label: element('label', {}, element('span', { word: key }), select) };
}

/** Numbered, for whoever hears the tables' names: frames are all called alike. */
function unitOf({ direction, title, content, bytes, fields }: WireUnit, index: number): HTMLElement {
  const heading = element('h3');
  const name = element('span');
  say(name, 'wire.unit', { title, bytes: number(bytes) });
  const way = element('small', { word: direction === 'up' ? 'wire.up' : 'wire.down' });
  heading.append(direction === 'up' ? '→ ' : '← ', name, ' ', way);
  const heads = ['wire.byte', 'wire.hex', 'wire.text', 'wire.owner', 'wire.meaning'] as const;
  const table = element(
    'table',
    { class: 'fields', attributes: { role: 'table' } },
    tableHead(heads),
    element('tbody', {}, ...fields.map(rowOf)),
  );
  // On a phone the style lays rows out as blocks, which would take from a screen reader that they are rows.
  for (const [tags, role] of roles)
    for (const node of table.querySelectorAll(tags)) node.setAttribute('role', role);
  const scroll = element(
    'div',
    {
      class: 'scroll',
      attributes: { tabindex: '0', role: 'region', 'aria-label': `${index + 1}. ${title}` },
    },
    table,
  );
  const carried = element('p', { class: 'content' });
  setText(carried, content);
  return element('section', { class: `unit ${direction}` }, heading, carried, scroll);
}

const roles = [
  ['thead, tbody', 'rowgroup'],
  ['tr', 'row'],
  ['th', 'columnheader'],
  ['td', 'cell'],
] as const;

function rowOf({
  offset,
  hex,
  text,
  layer,
  owner,
  name,
  lines,
  specification,
}: WireField): HTMLTableRowElement {
  const meaning = specification ? [...lines, `(${specification})`] : lines;
  return element(
    'tr',
    {},
    element('td', { text: String(offset) }),
    element('td', { class: 'hex', text: hex }),
    element('td', { class: 'hex', text }),
    element(
      'td',
      {},
      element('span', { class: `swatch layer-${layer.replace('.', '-')}` }),
      element('span', { text: `${owner} ${name}` }),
    ),
    element('td', { text: meaning.join(' ') }),
  );
}
