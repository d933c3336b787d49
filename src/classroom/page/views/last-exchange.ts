/** The last exchange of a lane, byte by byte, with the same explanations as `rtcompare wire`. */

import { type Text, text } from '../../../base/text.ts';
import type { Control } from '../control-socket.ts';
import {
  type LaneName,
  laneNames,
  type RoomName,
  roomNames,
  type WireField,
  type WireUnit,
} from '../control-talk.ts';
import { bodyOf, button, element, scrolled, tableOf } from '../element.ts';
import { swatchOf } from '../legend.ts';
import { languageNow, number, tell } from '../page-reader.ts';
import { laneTitles } from '../words.ts';
import { type View, viewNames } from './view.ts';

const texts = {
  title: text('The last exchange, byte by byte', '마지막 교환을 바이트 단위로'),
  explain: text(
    'Choose a lane. It shows what this browser and the site said last, and whose each byte is.',
    '레인을 고르십시오. 이 브라우저와 사이트가 마지막으로 주고받은 것과 각 바이트의 주인을 보여 줍니다.',
  ),
  room: text('Room', '방'),
  lane: text('Lane', '레인'),
  refresh: text('Show the last exchange', '마지막 교환 보기'),
  nothing: text(
    'Nothing yet: start a race, or say something in the chat, with this lane.',
    '아직 없습니다. 이 레인으로 경주를 시작하거나 채팅에서 메시지를 보내십시오.',
  ),
  up: text('to the server', '서버로'),
  down: text('to the browser', '브라우저로'),
  unit: text('{title}, {bytes} B', '{title}, {bytes} B'),
  byte: text('Byte', '바이트'),
  hex: text('Hexadecimal', '16진수'),
  text: text('Text', '텍스트'),
  owner: text('Owner', '주인'),
  meaning: text('Meaning', '뜻'),
};

export function createWire(control: Control): View {
  const room = chooser(texts.room, 'room', roomNames, (name) => viewNames[name]);
  const lane = chooser(texts.lane, 'lane', laneNames, (name) => laneTitles[name]);
  lane.select.value = 'ws';
  const units = element('div', { class: 'units' });
  const ask = () =>
    control.send({
      type: 'wire',
      room: room.select.value as RoomName,
      lane: lane.select.value as LaneName,
      language: languageNow(),
    });
  room.select.addEventListener('change', ask);
  lane.select.addEventListener('change', ask);
  control.on('wire', (message) => {
    const shown = message.units.map(unitOf);
    units.replaceChildren(...(shown.length > 0 ? shown : [element('p', { phrase: texts.nothing })]));
  });
  return {
    root: element(
      'div',
      {},
      element('h2', { phrase: texts.title }),
      element('p', { class: 'note', phrase: texts.explain }),
      element('div', { class: 'say' }, room.label, lane.label, button(texts.refresh, ask, { class: 'main' })),
      units,
    ),
    shown: ask,
    renewed: ask,
  };
}

function chooser<Name extends string>(
  called: Text,
  name: string,
  names: readonly Name[],
  titleOf: (name: Name) => Text,
) {
  const options = names.map((one) => element('option', { phrase: titleOf(one), attributes: { value: one } }));
  const select = element('select', { attributes: { name } }, ...options);
  return { select, label: element('label', {}, element('span', { phrase: called }), select) };
}

/** Tables are numbered for users of a screen reader: all frames have the same title. */
function unitOf({ direction, title, content, bytes, fields }: WireUnit, index: number): HTMLElement {
  const name = element('span', { phrase: () => tell(texts.unit, { title, bytes: number(bytes) }) });
  const way = element('small', { phrase: texts[direction] });
  const heading = element('h3', {}, direction === 'up' ? '→ ' : '← ', name, ' ', way);
  const heads = [texts.byte, texts.hex, texts.text, texts.owner, texts.meaning];
  const made = { class: 'fields', attributes: { role: 'table' } };
  const table = tableOf(made, heads, bodyOf(fields.map(rowOf)));
  // On a phone the style lays rows out as blocks; without roles a screen reader would no longer see rows.
  for (const [tags, role] of roles)
    for (const node of table.querySelectorAll(tags)) node.setAttribute('role', role);
  const scroll = scrolled({ attributes: { 'aria-label': `${index + 1}. ${title}` } }, table);
  return element(
    'section',
    { class: `unit ${direction}` },
    heading,
    element('p', { class: 'content', text: content }),
    scroll,
  );
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
    element('td', {}, swatchOf(layer), element('span', { text: `${owner} ${name}` })),
    element('td', { text: meaning.join(' ') }),
  );
}
