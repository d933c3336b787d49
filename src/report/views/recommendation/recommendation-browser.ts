/**
 * What a browser does not allow, what caches keep, and what proxies and serverless hosts cut off. Only the guard
 * against other origins can be measured here; the rest is knowledge, each row with its source and, if it ages, its
 * date.
 */
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import type { Fact } from '../../../questions/probes/fact.ts';
import type { Table } from '../../blocks/block.ts';

export interface Knowledge {
  readonly about: Text;
  readonly fetch: Text;
  readonly eventSource: Text;
  readonly webSocket: Text;
  readonly source: Text;
}

const same = (reader: string): Text => ({ en: reader, ko: reader });

const authorization: Knowledge = {
  about: text('Authorization header', 'Authorization 헤더'),
  fetch: text('yes', '됩니다'),
  eventSource: text('no: cookie, or token in the URL', '안 됨: 쿠키나 URL의 토큰'),
  webSocket: text('no: cookie, ticket in the URL or first message', '안 됨: 쿠키, URL이나 첫 메시지의 티켓'),
  source: same('WHATWG HTML §9.2.2, WebSockets §3.1'),
};

const origins: Knowledge = {
  about: text('pages of other origins', '다른 출처의 페이지'),
  fetch: text('CORS guards', 'CORS가 막음'),
  eventSource: text('CORS guards', 'CORS가 막음'),
  webSocket: text('nobody guards: check Origin', '막지 않음: Origin 검사 필요'),
  source: same('WHATWG Fetch §3.3; RFC 6455 §10.2'),
};

const originsMeasured = {
  let: text(
    'measured now: without cors another origin’s socket {opened}, its page {readable} an answer',
    '방금 측정: cors 없이 다른 출처의 소켓이 {opened}, 응답을 {readable}',
  ),
  opened: text('opened', '열림'),
  refused: text('was refused', '거부됨'),
  reads: text('could read', '읽을 수 있음'),
  cannotRead: text('could not read', '읽을 수 없음'),
};

const others: readonly Knowledge[] = [
  {
    about: text('connections, HTTP/1.1', 'HTTP/1.1 연결'),
    fetch: text(
      'six an origin, all tabs together; a held poll keeps one',
      '출처당 여섯, 모든 탭 합쳐서. 대기 중인 폴링이 하나를 차지',
    ),
    eventSource: text(
      'one of the six a stream, for good: the seventh waits',
      '스트림마다 여섯 중 하나를 계속 차지',
    ),
    webSocket: text('opens in turn; then outside the six', '차례로 열고, 열린 뒤에는 여섯에서 빠짐'),
    source: same('WHATWG HTML §9.2.7, RFC 6455 §4.1; law SSE5'),
  },
  {
    about: text('caches on the way', '중간의 캐시'),
    fetch: text('keep a 200 or 204 unless no-store', 'no-store가 없으면 200과 204를 보관'),
    eventSource: text('may share and replay it unless no-store', 'no-store가 없으면 나누어 주고 다시 보냄'),
    webSocket: text('keep nothing', '보관하지 않음'),
    source: same('RFC 9111 §4.2.2, §5.2.2.5; RFC 9110 §15.1'),
  },
  {
    about: text('compression', '압축'),
    fetch: text('each answer', '응답마다'),
    eventSource: text('if each event is flushed', '이벤트마다 내보내면'),
    webSocket: text('permessage-deflate', 'permessage-deflate'),
    source: same('RFC 9110 §8.4, RFC 7692'),
  },
  {
    about: text('proxies cut off', '프록시가 끊음'),
    fetch: text('nginx: no answer for 60 s is 504', 'nginx: 60초 동안 응답이 없으면 504'),
    eventSource: text('nginx: 60 s of silence', 'nginx: 60초 침묵'),
    webSocket: text('nginx: 60 s of silence', 'nginx: 60초 침묵'),
    source: same('nginx.org, proxy_read_timeout, WebSocket proxying (2026-11)'),
  },
  {
    about: text('serverless hosts cut off', '서버리스 호스트가 끊음'),
    fetch: text(
      'API Gateway 29 s, Lambda alone 15 min, Cloud Run 5–60 min, Vercel 300–800 s, Heroku 30 s to the first byte',
      'API Gateway 29초, Lambda 자체 15분, Cloud Run 5–60분, Vercel 300–800초, Heroku 첫 바이트까지 30초',
    ),
    eventSource: text('as a request; Heroku: 55 s of silence', '요청과 같음. Heroku: 55초 침묵'),
    webSocket: text(
      'API Gateway: 10 min of silence, 2 h in all; Cloud Run 60 min; Vercel 800 s (beta)',
      'API Gateway: 10분 침묵, 모두 2시간. Cloud Run 60분. Vercel 800초(베타)',
    ),
    source: same(
      'docs.aws.amazon.com/apigateway, /lambda; cloud.google.com/run/docs/triggering/websockets; vercel.com/docs/functions/limitations; devcenter.heroku.com/articles/http-routing (read 2026-11-29)',
    ),
  },
  {
    about: text('a page or app in the background', '백그라운드의 페이지나 앱'),
    fetch: text(
      'timers slow to one a minute; a held poll needs none',
      '타이머가 1분에 한 번으로 느려짐. 대기 중인 폴링에는 타이머가 없음',
    ),
    eventSource: text('stays, until the system suspends the app', '시스템이 앱을 멈출 때까지 유지'),
    webSocket: text('stays, until the system suspends the app', '시스템이 앱을 멈출 때까지 유지'),
    source: same(
      'developer.chrome.com/blog/timer-throttling-in-chrome-88; developer.android.com, Doze (2026-11)',
    ),
  },
];

/** Every row; the row about other origins shows what a probe found. */
export function knowledgeOf(facts: readonly Fact[], reader: Reader): Knowledge[] {
  const read = (metric: string) => facts.find((one) => one.metric === metric)?.value;
  const [opened, readable] = [read('cors-opened'), read('cors-readable')];
  if (opened === undefined || readable === undefined) return [authorization, origins, ...others];
  const measured = say(reader, originsMeasured.let, {
    opened: say(reader, opened === 1 ? originsMeasured.opened : originsMeasured.refused),
    readable: say(reader, readable === 1 ? originsMeasured.reads : originsMeasured.cannotRead),
  });
  const source = { en: `${origins.source.en}; ${measured}`, ko: `${origins.source.ko}; ${measured}` };
  return [authorization, { ...origins, source }, ...others];
}

const texts = {
  title: text('What a browser allows, and what lies between', '브라우저가 허용하는 것과 중간 장비'),
  what: text('knowledge, not measured', '측정이 아닌 지식'),
  fetch: text('fetch (http, polling)', 'fetch(http, 폴링)'),
  source: text('{about}: {source}', '{about}: {source}'),
};

export function browserTable(facts: readonly Fact[], reader: Reader): Table {
  const rows = knowledgeOf(facts, reader);
  return {
    title: say(reader, texts.title),
    notes: rows.map(({ about, source }) =>
      say(reader, texts.source, { about: say(reader, about), source: say(reader, source) }),
    ),
    shape: 'prose',
    head: [
      say(reader, texts.what),
      say(reader, texts.fetch),
      'EventSource (sse)',
      'WebSocket (ws, socket.io)',
    ],
    align: ['left', 'left', 'left', 'left'],
    rows: rows.map(({ about, fetch, eventSource, webSocket }) =>
      [about, fetch, eventSource, webSocket].map((cell) => say(reader, cell)),
    ),
  };
}
