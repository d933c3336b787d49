/** Below a race: whether the bytes add up, which connections carried them, and how a browser's and a bot's differ. */
import { text } from '../../../base/text.ts';
import type { ToPage } from '../control-talk.ts';
import { element, setText } from '../element.ts';
import { isSealed, pageOver, versionNames } from '../page-over.ts';
import { number, tell } from '../page-reader.ts';
import { laneTitles } from '../words.ts';

const texts = {
  balance: text(
    'The relay carried {relay} B: race {race}, chat {chat}, bots {bots}, page and control {page}, not yet read {unread}. It adds up: {verdict}.',
    '릴레이가 전달한 바이트는 {relay} B입니다. 경주 {race}, 채팅 {chat}, 봇 {bots}, 페이지와 제어 {page}, 아직 읽지 않음 {unread}. 바이트 합계 {verdict}.',
  ),
  yes: text('yes', '일치'),
  no: text('NO', '불일치'),
  carriers: text(
    'Connections that carried this race, by the relay’s count: {list}.',
    '릴레이가 센, 이 경주를 실은 연결: {list}.',
  ),
  carrier: text('{connections} of {version} ({lanes})', '{version} {connections}개({lanes})'),
  sealed: text(
    'What TLS adds to a record counts for the lane that is in it. Where several lanes share a record it is no lane’s, and counts for page and control, as the handshakes do.',
    'TLS가 레코드에 더하는 바이트는 그 안에 든 레인의 것으로 셉니다. 여러 레인이 레코드 하나를 함께 쓰면 어느 레인의 것도 아니므로, 핸드셰이크처럼 페이지와 제어에 넣습니다.',
  ),
  indexed: text(
    'These are the bytes of this real browser: {page} B on average for a poll’s request. A header that this connection has carried before is an index of a byte or two (HPACK).',
    '이것은 실제 브라우저의 바이트입니다. 폴링 요청 하나에 평균 {page} B입니다. 이 연결로 이미 보낸 헤더는 한두 바이트짜리 번호로 적습니다(HPACK).',
  ),
  ownRequest: text(
    'These are the bytes of this real browser: {page} B on average for a poll’s request, {cache} B of them because this page asks past the cache.',
    '이것은 실제 브라우저의 바이트입니다. 폴링 요청 하나에 평균 {page} B이며, 그중 {cache} B는 이 페이지가 캐시를 거치지 않으려고 보냅니다.',
  ),
  botsRequest: text(
    'A simulated client of rtcompare sends {bots} B for the same request.',
    'rtcompare의 모의 클라이언트는 같은 요청에 {bots} B를 보냅니다.',
  ),
  noBots: text(
    'Add bots with the slider, and the request of a simulated client stands beside it.',
    '슬라이더로 봇을 넣으면 모의 클라이언트의 요청도 나란히 보여 줍니다.',
  ),
  clock: text(
    'Age = when this browser had the event − when it was due, by the site’s clock. The difference between the two clocks comes from the quickest of the last pings, so it assumes that both ways take as long.',
    '지연 = 이 브라우저가 이벤트를 받은 시각 − 사이트의 시계로 이벤트가 생긴 시각. 두 시계의 차이는 최근 핑 가운데 가장 빠른 것으로 구하므로, 가는 길과 오는 길이 똑같이 걸린다고 가정합니다.',
  ),
};

type Counters = Extract<ToPage, { type: 'counters' }>;

export function createNotes() {
  const balance = element('p', { class: 'balance' });
  const browser = element('p');
  const carried = element('p', { class: 'carriers' });
  const sealed = isSealed ? [element('p', { phrase: texts.sealed })] : [];
  return {
    root: element(
      'div',
      { class: 'note' },
      ...[balance, ...sealed, carried, browser, element('p', { phrase: texts.clock })],
    ),
    show({ balance: { relay, race, chat, bots, page, unread }, requestBytes, carriers }: Counters) {
      const adds = race + chat + bots + page + unread === relay;
      balance.dataset.balanced = String(adds);
      const told = tell(texts.balance, {
        relay: number(relay),
        race: number(race),
        chat: number(chat),
        bots: number(bots),
        page: number(page),
        unread: number(unread),
        verdict: tell(adds ? texts.yes : texts.no),
      });
      setText(balance, told);
      setText(browser, requestsText(requestBytes));
      setText(carried, carriersText(carriers));
    },
  };
}

const carriersText = (carriers: Counters['carriers']): string =>
  carriers.length === 0
    ? ''
    : tell(texts.carriers, {
        list: carriers
          .map(({ version, connections, lanes }) =>
            tell(texts.carrier, {
              connections: number(connections),
              version: tell(versionNames[version]),
              lanes: lanes.map((lane) => tell(laneTitles[lane])).join(', '),
            }),
          )
          .join(', '),
      });

function requestsText({ page, bots }: Counters['requestBytes']): string {
  const own = page === null ? '' : ownRequestText(number(page));
  const theirs = bots === null ? tell(texts.noBots) : tell(texts.botsRequest, { bots: number(bots) });
  return `${own} ${theirs}`;
}

const ownRequestText = (page: string): string =>
  pageOver === 'h2'
    ? tell(texts.indexed, { page })
    : tell(texts.ownRequest, { page, cache: String(cacheHeaderBytes) });

/** Bytes of the headers that `cache: 'no-store'` adds in every browser. */
const cacheHeaderBytes = 'Pragma: no-cache\r\nCache-Control: no-cache\r\n'.length;
