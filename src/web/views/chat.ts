/** The chat: everybody hears everybody, and each sees what the own message cost. */
import type { Chat, Cost } from '../chat.ts';
import { button, element, say, setText, tableHead } from '../element.ts';
import { type Heard, laneNames, limits } from '../talk.ts';
import { milliseconds, number, word } from '../words.ts';
import type { View } from './view.ts';

export function createChatView(chat: Chat): View {
  const list = element('ol', {
    class: 'messages',
    label: 'chat.messages',
    attributes: { role: 'log', tabindex: '0' },
  });
  const cost = element('p', { class: 'cost', attributes: { role: 'status' } });
  const problem = element('p', { class: 'alarm', attributes: { role: 'alert', hidden: '' } });
  const state = element('span', { class: 'state' });
  const rows = element('tbody');
  const told = new Set<number>();
  let last: Cost | null = null;

  const tell = () => {
    // Who reads further up is left there.
    const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 10;
    for (const heard of chat.messages()) {
      if (told.has(heard.id)) continue;
      told.add(heard.id);
      list.append(itemOf(heard));
    }
    while (list.childElementCount > limits.history) list.firstElementChild?.remove();
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  };
  const show = () => {
    tell();
    say(state, `state.${chat.state()}`);
    state.dataset.state = chat.state();
    last = chat.costs().get(chat.lane()) ?? last;
    setText(cost, last ? costText(last) : '');
    rows.replaceChildren(...[...chat.costs().values()].map(rowOf));
    const found = chat.problem();
    problem.hidden = found === null;
    setText(problem, found ? word(`chat.${found}`) : '');
  };
  chat.onChange(show);
  const form = formOf(chat, state);
  const heads = ['head.lane', 'chat.perMessage', 'chat.roundTrip'] as const;
  const table = element('table', {}, tableHead(heads), rows);
  return {
    root: element(
      'div',
      {},
      element('h2', { word: 'chat.title' }),
      element('p', { class: 'note', word: 'chat.explain' }),
      ...[form, problem, list, cost],
      element('h2', { word: 'chat.compare' }),
      table,
    ),
    renewed() {
      list.replaceChildren();
      told.clear();
      show();
    },
  };
}

function formOf(chat: Chat, state: HTMLElement): HTMLFormElement {
  const name = element('input', {
    attributes: { maxlength: String(limits.name), autocomplete: 'off', name: 'name' },
  });
  const options = laneNames.map((lane) =>
    element('option', { word: `lane.${lane}`, attributes: { value: lane } }),
  );
  const lane = element('select', { attributes: { name: 'lane' } }, ...options);
  lane.value = chat.lane();
  lane.addEventListener('change', () => {
    const found = laneNames.find((one) => one === lane.value);
    if (found) chat.choose(found);
  });
  const text = element('input', {
    attributes: { maxlength: String(limits.text), autocomplete: 'off', name: 'text', required: '' },
  });
  const form = element(
    'form',
    { class: 'say' },
    element('label', {}, element('span', { word: 'chat.name' }), name),
    element('label', { class: 'lane' }, element('span', { word: 'chat.transport' }), lane, state),
    element('label', { class: 'wide' }, element('span', { word: 'chat.text' }), text),
    button('chat.send', () => {}, { class: 'main', attributes: { type: 'submit' } }),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (text.value === '') return;
    const said = text.value;
    void chat.say(name.value, said).then((isOnItsWay) => {
      // What could not be said is still there to be said again.
      if (isOnItsWay && text.value === said) text.value = '';
    });
  });
  return form;
}

function itemOf({ id, name, from, via, text }: Heard): HTMLLIElement {
  const who = element('small', { class: 'who' });
  who.textContent = word('chat.via', {
    name: name === '' ? word('chat.nobody') : name,
    ...{ from: String(from), lane: word(`lane.${via}`) },
  });
  return element(
    'li',
    { attributes: { 'data-id': String(id), 'data-via': via } },
    who,
    element('span', { text }),
  );
}

function costText({ lane, ms, said, heard }: Cost): string {
  if (!said) return '';
  const sent = word('chat.cost', {
    ...{
      lane: word(`lane.${lane}`),
      up: number(said.up),
      down: number(said.down),
      payload: number(said.payload),
    },
    ms: milliseconds(ms),
  });
  if (!heard) return sent;
  const bytes = number(heard.up + heard.down);
  return `${sent} ${word('chat.heard', { bytes, payload: number(heard.payload) })}`;
}

function rowOf({ lane, ms, said, heard }: Cost): HTMLTableRowElement {
  const bytes = said
    ? number(said.up + said.down + (heard && heard !== said ? heard.up + heard.down : 0))
    : '–';
  return element(
    'tr',
    { attributes: { 'data-lane': lane } },
    element('th', { word: `lane.${lane}`, attributes: { scope: 'row' } }),
    element('td', { text: bytes }),
    element('td', { text: milliseconds(ms) }),
  );
}
