/** The chat: everybody hears everybody, and each sees what the own message cost. */
import { text } from '../../../base/text.ts';
import type { Chat, ChatCost } from '../chat.ts';
import { button, element, say, setText, tableHead } from '../element.ts';
import { markOf } from '../legend.ts';
import { type Heard, laneNames, limits, type Weight } from '../talk.ts';
import { milliseconds, number, tell, word } from '../words.ts';
import type { View } from './view.ts';

export function createChatView(chat: Chat): View {
  const list = element('ol');
  // The log is around the list: a list that is called a log has items that are in no list.
  const log = element(
    'div',
    { class: 'messages', label: 'chat.messages', attributes: { role: 'log', tabindex: '0' } },
    list,
  );
  const cost = element('p', { class: 'cost', attributes: { role: 'status' } });
  const problem = element('p', { class: 'alarm', attributes: { role: 'alert', hidden: '' } });
  const state = element('span', { class: 'state' });
  const rows = element('tbody');
  const told = new Set<number>();
  let last: ChatCost | null = null;

  const tell = () => {
    // Who reads further up is left there.
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 10;
    for (const heard of chat.messages()) {
      if (told.has(heard.id)) continue;
      told.add(heard.id);
      list.append(itemOf(heard));
    }
    while (list.childElementCount > limits.history) list.firstElementChild?.remove();
    if (isAtEnd) log.scrollTop = log.scrollHeight;
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
  const heads = ['head.lane', phrases.typed, phrases.sent, phrases.came, 'chat.roundTrip'] as const;
  const table = element('table', {}, tableHead(heads), rows);
  return {
    root: element(
      'div',
      {},
      element('h2', { word: 'chat.title' }),
      element('p', { class: 'note', word: 'chat.explain' }),
      ...[form, problem, log, cost],
      element('h2', { word: 'chat.compare' }),
      element(
        'div',
        { class: 'scroll', label: 'chat.compare', attributes: { tabindex: '0', role: 'region' } },
        table,
      ),
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
  const message = element('input', {
    attributes: { maxlength: String(limits.text), autocomplete: 'off', name: 'text', required: '' },
  });
  const form = element(
    'form',
    { class: 'say' },
    element('label', {}, element('span', { word: 'chat.name' }), name),
    element('label', { class: 'lane' }, element('span', { word: 'chat.transport' }), lane, state),
    element('label', { class: 'wide' }, element('span', { word: 'chat.text' }), message),
    button('chat.send', () => {}, { class: 'main', attributes: { type: 'submit' } }),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (message.value === '') return;
    const said = message.value;
    void chat.say(name.value, said).then((isOnItsWay) => {
      // What could not be said is still there to be said again.
      if (isOnItsWay && message.value === said) message.value = '';
    });
  });
  return form;
}

function itemOf({ id, name, from, via, text: said }: Heard): HTMLLIElement {
  const who = element('small', { class: 'who' });
  who.textContent = word('chat.via', {
    name: name === '' ? word('chat.nobody') : name,
    ...{ from: String(from), lane: word(`lane.${via}`) },
  });
  return element(
    'li',
    { attributes: { 'data-id': String(id), 'data-via': via } },
    who,
    element('span', { text: said }),
  );
}

const phrases = {
  posted: text(
    'You typed {typed} B. A request of {up} B took them to the site by {lane} (the site’s JSON around them {json} B, transport {transport} B), and was answered after {answered} ms with {down} B.',
    '입력한 글 {typed} B를 {up} B짜리 요청에 담아 보냈습니다({lane}, 글을 감싼 사이트의 JSON {json} B, 전송 {transport} B). {answered} ms 뒤에 {down} B짜리 응답이 왔습니다.',
  ),
  framed: text(
    'You typed {typed} B. {up} B took them to the site by {lane} (the site’s JSON around them {json} B, transport {transport} B); nothing answers such a frame.',
    '입력한 글 {typed} B를 {up} B에 담아 보냈습니다({lane}, 글을 감싼 사이트의 JSON {json} B, 전송 {transport} B). 이런 프레임에는 응답이 없습니다.',
  ),
  asked: text(
    'Your message came back after {ms} ms: a request of {up} B was answered with {down} B, {typed} B of them what you typed.',
    '메시지는 {ms} ms 뒤에 돌아왔습니다. {up} B짜리 요청에 {down} B짜리 응답이 왔고, 그중 {typed} B가 입력한 글입니다.',
  ),
  pushed: text(
    'Your message came back after {ms} ms, unasked, in {down} B, {typed} B of them what you typed.',
    '메시지는 요청하지 않아도 {ms} ms 뒤에 {down} B로 돌아왔고, 그중 {typed} B가 입력한 글입니다.',
  ),
  back: text('Your message came back after {ms} ms.', '메시지는 {ms} ms 뒤에 돌아왔습니다.'),
  typed: text('You typed, B', '입력한 글, B'),
  sent: text('Sent + answer, B', '보낸 것 + 응답, B'),
  came: text('Came back: asked + got, B', '돌아올 때: 요청 + 받은 것, B'),
} as const;

/** How it went: request, then answer. Where the relay has not told them apart, only the time is said. */
function costText({ lane, typed, ms, answeredMs, said, heard }: ChatCost): string {
  const both = { typed: number(typed), ms: milliseconds(ms), lane: word(`lane.${lane}`) };
  const sent = said && {
    ...{ ...both, up: number(said.up), down: number(said.down), answered: milliseconds(answeredMs) },
    ...{ json: number(said.json - typed), transport: number(said.up - said.json) },
  };
  const came = heard && { ...both, up: number(heard.up), down: number(heard.down) };
  const first = sent ? tell(said.down > 0 ? phrases.posted : phrases.framed, sent) : '';
  const second = came ? tell(heard.up > 0 ? phrases.asked : phrases.pushed, came) : tell(phrases.back, both);
  return `${first} ${second}`.trim();
}

const sum = (weight: Weight | null) =>
  weight === null ? '–' : `${number(weight.up)} + ${number(weight.down)}`;

function rowOf({ lane, typed, ms, said, heard }: ChatCost): HTMLTableRowElement {
  const texts = [number(typed), sum(said), sum(heard), milliseconds(ms)];
  return element(
    'tr',
    { attributes: { 'data-lane': lane } },
    element('th', { attributes: { scope: 'row' } }, markOf(lane), element('b', { word: `lane.${lane}` })),
    ...texts.map((shown) => element('td', { text: shown })),
  );
}
