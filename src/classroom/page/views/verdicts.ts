/** Tables A and B of the documents, filled from what this page has measured so far, or in every row by bots. */
import { text } from '../../../base/text.ts';
import type { Chat } from '../chat-part.ts';
import type { Control } from '../control-socket.ts';
import { type LaneName, laneNames } from '../control-talk.ts';
import { bodyOf, button, element, rowHead, scrolled, speak, tableOf } from '../element.ts';
import { isSealed, pageOver, versionNames } from '../page-over.ts';
import { languageNow, number, tell } from '../page-reader.ts';
import { timesOf } from '../quantile.ts';
import type { Race } from '../race-part.ts';
import type { DocumentTable, FillState, TableSource, Times } from '../tables-talk.ts';
import type { View } from './view.ts';

const phrases = {
  title: text('The documents’ tables', '문서의 두 표'),
  explain: text(
    'Tables A and B: what the document says, what was measured, and what follows from it. This browser fills them with its race (server push) and its chat (request and answer); bots fill every row.',
    '표 A와 B에 문서의 설명, 측정한 값, 거기서 나온 판정을 적습니다. 이 브라우저는 경주(서버 푸시)와 채팅(요청과 응답)으로 채우고, 봇은 모든 행을 채웁니다.',
  ),
  browser: text('This browser: latest figures', '이 브라우저: 최신 값으로 채우기'),
  bots: text('Bots: fill every row', '봇: 모든 행 채우기'),
  empty: text(
    'Nothing measured yet. Press “Bots: fill every row” when no race is running.',
    '아직 측정하지 않았습니다. 경주가 없을 때 “봇: 모든 행 채우기”를 누르십시오.',
  ),
  follows: text(
    'Your teacher can let the bots fill these tables.',
    '이 표는 선생님이 봇으로 채울 수 있습니다.',
  ),
  racing: text(
    'A race is running and would disturb the measurement: end it, then press again.',
    '경주가 진행 중이라 측정을 방해합니다. 경주를 끝내고 다시 누르십시오.',
  ),
  measuring: text(
    'Bots are measuring: {done} of {total} done, about {left} s left.',
    '봇이 측정하고 있습니다: {total}개 중 {done}개 완료, 약 {left}초 남았습니다.',
  ),
  failed: text(
    'The bots could not measure. Press “Bots: fill every row” to try again.',
    '봇이 측정하지 못했습니다. “봇: 모든 행 채우기”를 다시 누르십시오.',
  ),
  caption: text(
    'This browser over the emulated link, with {events} events of the race at most and {messages} own messages.',
    '이 브라우저가 에뮬레이션한 링크 너머에서 잰 값입니다. 경주에서 받은 이벤트는 최대 {events}개, 채팅에서 보낸 메시지는 {messages}개입니다.',
  ),
  over: text(
    'What this browser fills in has come over {version} with TLS; bots measure over HTTP/1.1 in clear text.',
    '이 브라우저가 채우는 값은 TLS 위의 {version}로 잰 것입니다. 봇은 암호화하지 않은 HTTP/1.1로 잽니다.',
  ),
} as const;

export function createVerdicts(control: Control, race: Race, chat: Chat): View {
  const tables = element('div');
  const told = element('p', { class: 'note', attributes: { role: 'status' } });
  let from: TableSource = 'browser';
  let fill: FillState = { phase: 'empty' };
  const isRacing = () => race.state()?.phase === 'running';
  const mayLead = () => control.welcome()?.mayLead === true;

  const ask = () => {
    for (const [source, node] of Object.entries(sources))
      node.setAttribute('aria-pressed', String(source === from));
    speak(told, () => (from === 'browser' ? captionText(race, chat) : fillText(fill, mayLead(), isRacing())));
    control.send({
      type: 'tables',
      from,
      language: languageNow(),
      race: byLane((lane) => race.tracks()[lane].ages()),
      chat: byLane((lane) => chat.times.get(lane) ?? []),
    });
  };
  const show = (source: TableSource) => {
    from = source;
    // Measures anew even if an earlier press has measured already.
    if (source === 'bots' && mayLead() && !isRacing()) control.send({ type: 'fill' });
    ask();
  };
  const sources = {
    browser: button(phrases.browser, () => show('browser')),
    bots: button(phrases.bots, () => show('bots'), { class: 'main' }),
  };
  control.on('fill', (message) => {
    fill = message.fill;
    // Another page may have started this measurement: a page that shows the bots' tables updates them.
    if (from === 'bots') ask();
  });
  control.on('tables', (message) => {
    if (message.from === from) tables.replaceChildren(...message.tables.map(documentOf));
  });
  return {
    root: element(
      'div',
      {},
      element('h2', { phrase: phrases.title }),
      element('p', { class: 'note', phrase: phrases.explain }),
      ...(isSealed ? [element('p', { class: 'note', phrase: overText })] : []),
      element('div', { class: 'sources' }, sources.bots, sources.browser),
      told,
      tables,
    ),
    shown: ask,
    renewed: ask,
  };
}

function fillText(fill: FillState, mayLead: boolean, isRacing: boolean): string {
  switch (fill.phase) {
    case 'measuring':
      return tell(phrases.measuring, {
        done: number(fill.done),
        total: number(fill.total),
        left: number(fill.leftMs / 1000),
      });
    case 'failed':
      return tell(mayLead ? phrases.failed : phrases.follows);
    case 'empty':
      return tell(!mayLead ? phrases.follows : isRacing ? phrases.racing : phrases.empty);
    case 'filled':
      return mayLead && isRacing ? tell(phrases.racing) : '';
  }
}

const overText = () => tell(phrases.over, { version: tell(versionNames[pageOver]) });

function captionText(race: Race, chat: Chat): string {
  const events = Math.max(...laneNames.map((lane) => race.tracks()[lane].arrivals.length));
  const messages = laneNames.reduce((sum, lane) => sum + (chat.times.get(lane)?.length ?? 0), 0);
  return tell(phrases.caption, { events: number(events), messages: number(messages) });
}

/** Two clocks may disagree so that an age is slightly below zero; the site would refuse a negative time. */
const notNegative = ({ count, mean, p50, p95 }: Times): Times => {
  const least = (value: number | null) => (value === null ? null : Math.max(0, value));
  return { count, mean: least(mean), p50: least(p50), p95: least(p95) };
};

function byLane(samples: (lane: LaneName) => readonly number[]): Partial<Record<LaneName, Times>> {
  const measured = laneNames.map((lane) => [lane, notNegative(timesOf(samples(lane)))] as const);
  return Object.fromEntries(measured.filter(([, { count }]) => count > 0));
}

function documentOf({ title, head, rows, notes }: DocumentTable): HTMLElement {
  const cell = (lines: readonly string[]) => lines.map((line) => element('div', { text: line }));
  const body = rows.map(([first = [], ...others]) => {
    const cells = others.map((lines) => element('td', {}, ...cell(lines)));
    return element('tr', {}, rowHead({}, ...cell(first)), ...cells);
  });
  const heads = head.map((text) => element('th', { text, attributes: { scope: 'col' } }));
  const table = tableOf({ class: 'documents' }, heads, bodyOf(body));
  return element(
    'section',
    {},
    element('h3', { text: title }),
    scrolled({ attributes: { 'aria-label': title } }, table),
    ...notes.map((text) => element('p', { class: 'note', text })),
  );
}
