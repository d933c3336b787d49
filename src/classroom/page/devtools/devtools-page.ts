/** The page beside DevTools, put together: the steps, a message to send, and the relay's figures, row by row. */

import { type Text, text } from '../../../base/text.ts';
import type { LaneState, PageLane } from '../../../transports/lane.page.ts';
import { lanes } from '../../../transports/lanes.page.ts';
import { button, element, languageButton, speak } from '../element.ts';
import { tell } from '../page-reader.ts';
import { laneStates } from '../words.ts';
import type { ToDevtoolsPage } from './figures-talk.ts';
import { createRows } from './rows.ts';

type Welcome = Extract<ToDevtoolsPage, { type: 'welcome' }>;

const pollIntervalMs = 2000;
const heardKept = 3;

const texts = {
  title: text('The same bytes in DevTools', 'DevTools에서 같은 바이트 찾기'),
  steps: text('Five steps', '다섯 단계'),
  message: text('Message', '메시지'),
  hello: text('hello', '안녕'),
  send: text('Send', '보내기'),
  close: text('Close the connection', '연결 닫기'),
  heard: text('Came back: {messages}', '되돌아온 메시지: {messages}'),
  nothing: text('Nothing came back yet.', '아직 되돌아온 메시지가 없습니다.'),
  notes: text('What DevTools counts', 'DevTools가 세는 것'),
  gone: text(
    'The program has ended; start it again and load this page anew.',
    '프로그램이 끝났습니다. 다시 시작하고 페이지를 새로 고치십시오.',
  ),
};

const language = languageButton(() => {
  suggest();
  rows.renewed();
});
const stepList = element('ol', { class: 'steps' });
const noteList = element('ul', { class: 'notes' });
const state = element('span', { class: 'state', attributes: { role: 'status' } });
const heardLine = element('span', { class: 'heard', attributes: { role: 'status' } });
const gone = element('p', { class: 'alarm', attributes: { role: 'alert' } });
const input = element('input', { attributes: { name: 'text', maxlength: '200', autocomplete: 'off' } });
const rows = createRows();
const heard: string[] = [];
let lane: PageLane | null = null;
let isSaid = false;

const send = element('button', { class: 'main', phrase: texts.send, attributes: { type: 'submit' } });
const leave = button(texts.close, () => {
  lane?.close();
  for (const control of [send, leave, input]) control.disabled = true;
});
const form = element(
  'form',
  { class: 'say' },
  element('label', { class: 'wide' }, element('span', { phrase: texts.message }), input),
  send,
  leave,
);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (input.value !== '') void lane?.say(input.value).catch(() => {});
});
input.addEventListener('input', () => {
  isSaid = true;
});

/** Suggests a word in the reader's language: the Korean one shows what Length counts. What the user typed stays. */
function suggest(): void {
  if (!isSaid) input.value = tell(texts.hello);
}

function tellHeard(): void {
  speak(heardLine, () =>
    heard.length === 0 ? tell(texts.nothing) : tell(texts.heard, { messages: heard.join(' · ') }),
  );
}

const listOf = (list: HTMLElement, items: readonly Text[]) =>
  list.replaceChildren(...items.map((phrase) => element('li', { phrase })));

function begin({ client, transport, steps, notes }: Welcome): void {
  listOf(stepList, steps);
  listOf(noteList, notes);
  const onState = (now: LaneState) => {
    state.dataset.state = now;
    speak(state, () => tell(laneStates[now]));
  };
  onState('connecting');
  lane = lanes[transport]({
    base: '',
    client,
    pollIntervalMs,
    onState,
    onMessage(message) {
      heard.push(message);
      if (heard.length > heardKept) heard.shift();
      tellHeard();
    },
  });
}

const socket = new WebSocket(`ws://${location.host}/figures`);
socket.onmessage = ({ data }) => {
  const message = JSON.parse(String(data)) as ToDevtoolsPage;
  if (message.type === 'welcome') begin(message);
  else rows.take(message.rows, message.inAll);
};
socket.onclose = () => speak(gone, () => tell(texts.gone));

suggest();
tellHeard();
document.body.append(
  element('header', {}, element('h1', { phrase: texts.title }), language),
  element(
    'main',
    { class: 'devtools' },
    gone,
    element('section', {}, element('h2', { phrase: texts.steps }), stepList),
    element('section', {}, form, element('p', {}, state, ' · ', heardLine)),
    rows.root,
    element('section', {}, element('h2', { phrase: texts.notes }), noteList),
  ),
);
