/** The chat: all pages receive all messages, and each shows what its own message cost. */

import { text } from '../../../base/text.ts';
import type { Chat } from '../chat-part.ts';
import { type Heard, laneNames, limits, type Weight } from '../control-talk.ts';
import { button, element, rowHead, say, scrolled, setText, tableOf } from '../element.ts';
import { laneSign } from '../legend.ts';
import type { OwnMessage } from '../own-messages.ts';
import { milliseconds, number, tell } from '../page-reader.ts';
import { laneHead, laneStates, laneTitles } from '../words.ts';
import type { View } from './view.ts';

const problems = {
  'too-fast': text(
    'Slower: ten messages a second at most.',
    '1초에 열 번까지만 보낼 수 있습니다. 조금 천천히 보내십시오.',
  ),
  'not-understood': text(
    'The site did not understand this message.',
    '사이트가 이 메시지를 이해하지 못했습니다.',
  ),
  failed: text(
    'This message could not be sent: there was no connection, or the site refused it.',
    '메시지를 보내지 못했습니다. 연결이 없거나 사이트가 거절했습니다.',
  ),
};

export function createChatView(chat: Chat): View {
  const log = createLog();
  const cost = element('p', { class: 'cost', attributes: { role: 'status' } });
  const problem = element('p', { class: 'alarm', attributes: { role: 'alert', hidden: '' } });
  const state = element('span', { class: 'state' });
  const rows = element('tbody');
  let last: OwnMessage | null = null;
  const show = () => {
    log.append(chat.messages());
    say(state, laneStates[chat.state()]);
    state.dataset.state = chat.state();
    last = chat.costs.get(chat.lane()) ?? last;
    setText(cost, last ? costText(last) : '');
    rows.replaceChildren(...[...chat.costs.values()].map(rowOf));
    const found = chat.problem();
    problem.hidden = found === null;
    setText(problem, found ? tell(problems[found]) : '');
  };
  chat.onChange(show);
  const heads = [laneHead, phrases.typed, phrases.sent, phrases.came, phrases.roundTrip];
  return {
    root: element(
      'div',
      {},
      element('h2', { phrase: phrases.title }),
      element('p', { class: 'note', phrase: phrases.explain }),
      ...[formOf(chat, state), problem, log.root, cost],
      element('h2', { phrase: phrases.compare }),
      scrolled({ label: phrases.compare }, tableOf({}, heads, rows)),
    ),
    renewed() {
      log.clear();
      show();
    },
  };
}

/** The messages so far. */
function createLog() {
  const list = element('ol');
  // A list with the role of a log would no longer be a list for its items, so the log is an element around it.
  const root = element(
    'div',
    { class: 'messages', label: phrases.messages, attributes: { role: 'log', tabindex: '0' } },
    list,
  );
  const told = new Set<number>();
  return {
    root,
    append(messages: readonly Heard[]) {
      // Scrolls only if the reader is at the end, not while they read further up.
      const isAtEnd = root.scrollHeight - root.scrollTop - root.clientHeight < 10;
      list.append(...messages.filter(({ id }) => !told.has(id)).map(itemOf));
      for (const { id } of messages) told.add(id);
      while (list.childElementCount > limits.history) list.firstElementChild?.remove();
      if (isAtEnd) root.scrollTop = root.scrollHeight;
    },
    clear() {
      list.replaceChildren();
      told.clear();
    },
  };
}

function formOf(chat: Chat, state: HTMLElement): HTMLFormElement {
  const name = element('input', {
    attributes: { maxlength: String(limits.name), autocomplete: 'off', name: 'name' },
  });
  const options = laneNames.map((lane) =>
    element('option', { phrase: laneTitles[lane], attributes: { value: lane } }),
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
    element('label', {}, element('span', { phrase: phrases.name }), name),
    element('label', { class: 'lane' }, element('span', { phrase: phrases.transport }), lane, state),
    element('label', { class: 'wide' }, element('span', { phrase: phrases.text }), message),
    button(phrases.send, () => {}, { class: 'main', attributes: { type: 'submit' } }),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (message.value === '') return;
    const said = message.value;
    void chat.say(name.value, said).then((isOnItsWay) => {
      // A message that could not be sent stays in the field.
      if (isOnItsWay && message.value === said) message.value = '';
    });
  });
  return form;
}

function itemOf({ id, name, from, via, text: said }: Heard): HTMLLIElement {
  const who = element('small', { class: 'who' });
  who.textContent = tell(phrases.via, {
    name: name === '' ? tell(phrases.nobody) : name,
    from: String(from),
    lane: tell(laneTitles[via]),
  });
  return element(
    'li',
    { attributes: { 'data-id': String(id), 'data-via': via } },
    who,
    element('span', { text: said }),
  );
}

const phrases = {
  title: text('One room, five transports', '방 하나, 전송 방식 다섯 가지'),
  explain: text(
    'Everybody gets everybody’s messages, whichever way they came. What did yours cost?',
    '어떤 방식으로 들어왔든 모두가 서로의 메시지를 받습니다. 내 메시지에는 바이트가 얼마나 들었을까요?',
  ),
  name: text('Your name', '이름'),
  transport: text('Your transport', '내 전송 방식'),
  text: text('Message', '메시지'),
  send: text('Send', '보내기'),
  messages: text('Messages', '메시지 목록'),
  via: text('{name} #{from} by {lane}', '{name} #{from}, {lane}'),
  nobody: text('somebody', '누군가'),
  compare: text('What your messages have cost so far', '지금까지 내 메시지에 든 바이트와 시간'),
  roundTrip: text('Back after, ms', '돌아올 때까지, ms'),
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

/** What a message cost: request, then answer. If the relay has not weighed them separately, only the time. */
function costText({ lane, typed, backMs, answeredMs, said, heard }: OwnMessage): string {
  const both = { typed: number(typed), ms: milliseconds(backMs), lane: tell(laneTitles[lane]) };
  const sent = said && {
    ...both,
    up: number(said.up),
    down: number(said.down),
    answered: milliseconds(answeredMs),
    json: number(said.json - typed),
    transport: number(said.up - said.json),
  };
  const came = heard && { ...both, up: number(heard.up), down: number(heard.down) };
  const first = sent ? tell(said.down > 0 ? phrases.posted : phrases.framed, sent) : '';
  const second = came ? tell(heard.up > 0 ? phrases.asked : phrases.pushed, came) : tell(phrases.back, both);
  return `${first} ${second}`.trim();
}

const sum = (weight: Weight | null) =>
  weight === null ? '–' : `${number(weight.up)} + ${number(weight.down)}`;

function rowOf({ lane, typed, backMs, said, heard }: OwnMessage): HTMLTableRowElement {
  const told = [number(typed), sum(said), sum(heard), milliseconds(backMs)];
  const cells = told.map((shown) => element('td', { text: shown }));
  return element('tr', { attributes: { 'data-lane': lane } }, rowHead({}, ...laneSign(lane)), ...cells);
}
