/**
 * The catalogue of facts: everything that may stand in evidence, with its words and its unit. What is a metric of a
 * trial is read as the registry of metrics reads it.
 */

import { own } from '../../base/lookup.ts';
import type { Text } from '../../base/text.ts';
import type { Metric } from '../../metrics/metric.ts';
import { metricByName } from '../../trial/metrics.ts';

/** `mean-bytes` is a mean of bytes: a number whose words already say what it counts. */
type FactUnit = 'nanoseconds' | 'bytes' | 'mean-bytes' | 'count' | 'share' | 'decimal' | 'flag' | 'name';

export interface FactKind {
  readonly text: Text;
  readonly unit: FactUnit;
  /** The metric of a trial that it is. */
  readonly reads?: string;
  /** It grows where a process is kept waiting. Of a metric the registry says it. */
  readonly timed?: true;
  /** Time cannot change it: every run, on every machine with these versions, measures the same. */
  readonly exact?: true;
}

const kind = (
  unit: FactUnit,
  en: string,
  ko: string,
  more: Pick<FactKind, 'reads' | 'timed' | 'exact'> = {},
): FactKind => ({ unit, text: { en, ko }, ...more });
const exact = (unit: FactUnit, en: string, ko: string): FactKind => kind(unit, en, ko, { exact: true });

export const factKinds = {
  // What a run of the scenarios tells.
  'requests-per-event': kind('decimal', 'HTTP requests per event', '이벤트당 HTTP 요청 수'),
  'age-p50': kind('nanoseconds', 'age of an event, median', '이벤트 지연, 중앙값', { reads: 'latency.p50' }),
  'age-p95': kind('nanoseconds', 'age of an event, p95', '이벤트 지연, p95', { reads: 'latency.p95' }),
  connections: kind('count', 'TCP connections', 'TCP 연결 수', { reads: 'connections' }),
  requests: kind('count', 'HTTP requests', 'HTTP 요청 수', { reads: 'requests' }),
  'messages-up': kind('count', 'messages sent', '보낸 메시지 수'),
  'connections-closing': kind('count', 'TCP connections, keep-alive off', 'TCP 연결 수, keep-alive 끔', {
    reads: 'connections',
  }),
  'requests-closing': kind('count', 'HTTP requests, keep-alive off', 'HTTP 요청 수, keep-alive 끔', {
    reads: 'requests',
  }),
  'poll-interval': exact('nanoseconds', 'poll interval', '폴링 간격'),
  'as-quick-as-ws': kind('name', 'within 3 ms of ws', 'ws와 3 ms 안에 있는 방식'),
  'lightest-asking': kind('name', 'client asks: fewest bytes', '클라이언트가 요청할 때: 바이트 최소'),
  'lightest-telling': kind('name', 'server speaks: fewest bytes', '서버가 먼저 보낼 때: 바이트 최소'),
  'connections-per-100-closing': kind(
    'decimal',
    'connections per 100 requests, keep-alive off',
    '요청 100개당 연결 수, keep-alive 끔',
  ),
  'connections-per-client': kind('decimal', 'connections per client', '클라이언트당 연결 수'),
  'overhead-up': exact('mean-bytes', 'overhead bytes per message, up', '메시지당 오버헤드 바이트, 보낼 때'),
  'overhead-down': exact(
    'mean-bytes',
    'overhead bytes per message, down',
    '메시지당 오버헤드 바이트, 받을 때',
  ),
  'overhead-browser': kind(
    'mean-bytes',
    'overhead bytes per message and echo, browser’s headers',
    '메시지와 에코의 오버헤드 바이트, 브라우저 헤더 사용',
    { reads: 'perMessage.overhead' },
  ),
  'bytes-per-event': kind('mean-bytes', 'bytes per event, both ways', '이벤트당 바이트, 양방향'),
  'overhead-echo': kind(
    'mean-bytes',
    'overhead bytes per message and echo',
    '메시지와 에코의 오버헤드 바이트',
    { reads: 'perMessage.overhead' },
  ),
  'requests-per-message': kind('decimal', 'HTTP requests per message sent', '보낸 메시지당 HTTP 요청 수'),
  'posts-per-message': kind('decimal', 'POSTs per message sent', '보낸 메시지당 POST 수'),
  'setup-bytes': kind('mean-bytes', 'set-up bytes per client', '클라이언트당 연결 바이트'),
  'setup-round-trips': kind('decimal', 'round trips until the first message', '첫 메시지까지의 왕복 수', {
    timed: true,
  }),
  'break-even': kind('count', 'messages from which ws is cheaper', 'ws의 바이트가 더 적어지는 메시지 수'),
  'empty-polls': kind('share', 'empty polls', '빈 폴링의 비율'),
  'idle-bytes': kind(
    'bytes',
    'bytes per idle client and hour',
    '메시지가 없을 때 클라이언트당 한 시간의 바이트',
  ),
  'idle-requests': kind(
    'decimal',
    'requests per idle client and hour',
    '메시지가 없을 때 클라이언트당 한 시간의 요청',
  ),
  'idle-cpu': kind(
    'nanoseconds',
    'server CPU per idle client and hour',
    '메시지가 없을 때 클라이언트당 한 시간의 서버 CPU',
  ),
  polls: kind('count', 'polls made and skipped', '보낸 폴링과 건너뛴 폴링'),
  'polls-due': kind('count', 'polls a fixed interval would make', '고정 간격일 때의 폴링'),
  'age-in-intervals': kind(
    'decimal',
    'mean age of an event, in poll intervals',
    '이벤트의 평균 지연, 폴링 간격 단위',
    { timed: true },
  ),
  'encoding-bytes': exact(
    'mean-bytes',
    'bytes that encoding adds to 1,024',
    '인코딩 때문에 1,024바이트에 더해지는 바이트',
  ),
  'binary-overhead': kind(
    'mean-bytes',
    'overhead bytes per binary message and echo',
    '바이너리 메시지와 에코의 오버헤드 바이트',
    { reads: 'perMessage.overhead' },
  ),
  'hears-first': kind('nanoseconds', 'first receiver hears after, median', '첫 수신자가 받기까지, 중앙값', {
    reads: 'fanOut.first.p50',
  }),
  'hears-last': kind('nanoseconds', 'last receiver hears after, median', '마지막 수신자가 받기까지, 중앙값', {
    reads: 'fanOut.last.p50',
  }),
  'chat-delivered': kind('count', 'messages delivered', '전달된 메시지', { reads: 'delivery.delivered' }),
  'chat-expected': kind('count', 'messages expected', '전달되어야 할 메시지', { reads: 'delivery.sent' }),
  'wins-asking': kind(
    'name',
    'client asks: quickest; fewest bytes',
    '클라이언트가 요청할 때: 가장 빠름; 바이트 최소',
  ),
  'wins-telling': kind(
    'name',
    'server speaks: quickest; fewest bytes',
    '서버가 먼저 보낼 때: 가장 빠름; 바이트 최소',
  ),
  'advice-followed': kind(
    'count',
    'loads and measures that agree with the document',
    '문서와 일치한 비교의 수(부하와 기준별)',
  ),
  'advice-checked': kind('count', 'loads and measures compared', '비교한 부하와 기준의 수'),
  'clients-cut': kind('count', 'clients cut off', '끊긴 클라이언트'),
  'clients-back': kind('count', 'clients that heard again', '복구 뒤 다시 받은 클라이언트', {
    reads: 'outage.recovered',
  }),
  'back-after': kind('nanoseconds', 'heard again after healing, median', '복구 뒤 다시 받기까지, 중앙값', {
    timed: true,
  }),
  'messages-lost': kind('count', 'messages lost', '유실된 메시지', { reads: 'delivery.lost' }),
  'throughput-least': kind('count', 'messages/s, fewest clients', '초당 메시지, 클라이언트 최소', {
    timed: true,
  }),
  'throughput-most': kind('count', 'messages/s, most clients', '초당 메시지, 클라이언트 최대', {
    timed: true,
  }),
  'clients-most': kind('count', 'most clients', '가장 많은 클라이언트 수'),
  'server-memory': kind('bytes', 'server memory per connection', '연결당 서버 메모리', {
    reads: 'memory.serverBytes',
  }),

  // What probes tell.
  'handshake-request': kind('name', 'request', '요청'),
  'handshake-is-get': exact('flag', 'the request is a GET', '요청이 GET임'),
  'handshake-upgrade': exact(
    'flag',
    'the answer upgrades to websocket',
    '응답에서 websocket으로 업그레이드함',
  ),
  'handshake-status': exact('count', 'status', '상태 코드'),
  'handshake-accept': kind('name', 'Sec-WebSocket-Accept', 'Sec-WebSocket-Accept'),
  'accept-recomputed': exact(
    'flag',
    'accept recomputed from the key is equal',
    'key로 다시 계산한 accept 값이 같음',
  ),
  frames: exact('count', 'data frames recorded', '기록한 데이터 프레임'),
  'frame-kind-told': exact('flag', 'opcode says text or binary', 'opcode가 텍스트인지 바이너리인지 알림'),
  'frame-end-told': exact('flag', 'FIN says where a message ends', 'FIN이 메시지의 끝을 알림'),
  'frame-length-told': exact('flag', 'length says how long it is', '길이 필드가 실제 길이와 같음'),
  'frame-payload-intact': exact('flag', 'payload arrives as sent', '페이로드가 보낸 그대로 도착함'),
  'frame-header-least': exact('count', 'shortest frame header, bytes', '가장 짧은 프레임 헤더, 바이트'),
  'frame-header-most': exact('count', 'longest frame header, bytes', '가장 긴 프레임 헤더, 바이트'),
  'close-begun-client': exact(
    'flag',
    'client closes: its frame comes first',
    '클라이언트가 닫을 때: close 프레임을 먼저 보냄',
  ),
  'close-confirmed-client': exact(
    'flag',
    'client closes: the peer confirms',
    '클라이언트가 닫을 때: 상대가 확인함',
  ),
  'close-ended-client': exact(
    'flag',
    'client closes: the connection ends',
    '클라이언트가 닫을 때: 연결이 끝남',
  ),
  'close-begun-server': exact(
    'flag',
    'server closes: its frame comes first',
    '서버가 닫을 때: close 프레임을 먼저 보냄',
  ),
  'close-confirmed-server': exact(
    'flag',
    'server closes: the peer confirms',
    '서버가 닫을 때: 상대가 확인함',
  ),
  'close-ended-server': exact('flag', 'server closes: the connection ends', '서버가 닫을 때: 연결이 끝남'),
  'requests-on-one-connection': exact('count', 'requests on one connection', '한 연결의 요청 수'),
  'messages-with-identity': exact('count', 'messages found with a name', 'ID를 넣은 요청이 받은 메시지'),
  'messages-without-identity': exact('count', 'messages found without a name', 'ID 없는 요청이 받은 메시지'),
  'requests-on-connect': kind('name', 'requests on connect, in order', '연결할 때의 요청 순서'),
  'first-is-websocket': exact('flag', 'the first request is for a WebSocket', '첫 요청이 WebSocket임'),
  'ends-on-websocket': exact('flag', 'in the end it is a WebSocket', '최종적으로 WebSocket을 사용함'),
  'messages-sent': exact('count', 'messages sent', '보낸 메시지'),
  'messages-sent-blocked': exact(
    'count',
    'messages sent, upgrades refused',
    '보낸 메시지, 업그레이드가 거부될 때',
  ),
  'messages-delivered': exact('count', 'messages answered', '응답받은 메시지'),
  'messages-delivered-blocked': exact(
    'count',
    'messages answered, upgrades refused',
    '응답받은 메시지, 업그레이드가 거부될 때',
  ),
  'spoke-over': exact('name', 'spoke over', '사용한 전송 방식'),
  'spoke-over-blocked': exact(
    'name',
    'spoke over, upgrades refused',
    '사용한 전송 방식, 업그레이드가 거부될 때',
  ),
  'comes-back': exact('flag', 'comes back by itself after a cut', '끊긴 뒤 자동으로 다시 연결'),
  'features-had': exact('count', 'of these 4 features it has', '네 기능 중 있는 것'),
  'named-events': exact('flag', 'named events with arguments', '이름과 인자가 있는 이벤트'),
  'default-event': exact('name', 'event of a nameless send', '이름 없이 보냈을 때의 이벤트 이름'),
  'default-event-is-message': exact('flag', 'it is called message', '그 이름이 message임'),
  namespaces: exact('flag', 'namespaces keep apart', '네임스페이스끼리 섞이지 않음'),
  rooms: exact('flag', 'rooms', '룸'),
  'room-members-hear': exact('count', 'room members that hear, of 2', '메시지를 받은 룸 구성원, 2명 중'),
  'room-strangers-hear': exact(
    'count',
    'strangers that hear, of 1',
    '메시지를 받은 룸 밖의 클라이언트, 1명 중',
  ),
  clients: exact('count', 'clients', '클라이언트'),
  'hear-everyone': exact('count', 'hear io.emit', 'io.emit을 받은 수'),
  'hear-others': exact('count', 'hear socket.broadcast.emit', 'socket.broadcast.emit을 받은 수'),
  'sender-hears-others': exact('flag', 'the sender hears its broadcast', '보낸 쪽도 broadcast를 받음'),
  'hear-one': exact('count', 'hear socket.emit', 'socket.emit을 받은 수'),
  'hear-loop': exact('count', 'hear a loop over clients', 'clients 반복문으로 받은 수'),
  'cors-readable': exact('flag', 'another origin may read, no cors', '다른 출처에서 읽을 수 있음, cors 없음'),
  'cors-opened': exact(
    'flag',
    'another origin’s socket opens, no cors',
    '다른 출처에서 소켓이 열림, cors 없음',
  ),
  'cors-readable-with-cors': exact(
    'flag',
    'another origin may read, cors set',
    '다른 출처에서 읽을 수 있음, cors 설정',
  ),
  'cors-opened-with-cors': exact(
    'flag',
    'another origin’s socket opens, cors set',
    '다른 출처에서 소켓이 열림, cors 설정',
  ),
  'event-log': kind('name', 'events in order', '이벤트 순서'),
  'events-as-taught': exact('flag', 'the taught events fire', '문서에 나온 이벤트가 발생함'),
  'server-close-on-connection-end': exact(
    'flag',
    'the server’s close fires when a connection ends',
    '연결이 끝날 때 서버의 close가 발생함',
  ),
  'listeners-added-heard': exact(
    'count',
    'of 2 added listeners hear',
    'addEventListener로 단 리스너 2개 중 호출된 수',
  ),
  'listeners-property-heard': exact(
    'count',
    'of 2 property listeners hear',
    'on… 속성에 단 리스너 2개 중 호출된 수',
  ),
  'lines-server': kind('count', 'lines of the server', '서버의 코드 줄 수'),
  'lines-client': kind('count', 'lines of the client', '클라이언트의 코드 줄 수'),
  'packages-server': kind('count', 'packages installed, server', '설치되는 패키지 수, 서버'),
  'packages-client': kind('count', 'packages installed, client', '설치되는 패키지 수, 클라이언트'),
  'installed-bytes-server': kind('bytes', 'installed, server', '설치되는 용량, 서버'),
  'installed-bytes-client': kind('bytes', 'installed, client', '설치되는 용량, 클라이언트'),
  'page-bytes': exact('bytes', 'a page must load', '페이지가 내려받는 용량'),
  'page-bytes-gzip': kind('bytes', 'a page must load, gzip', '페이지가 내려받는 용량, gzip'),
} satisfies Readonly<Record<string, FactKind>>;

export type FactName = keyof typeof factKinds;

export const kindOf = (name: string): FactKind | undefined => own<FactKind>(factKinds, name);

/** The metric of a trial that a fact is, where it is one. */
export const metricOf = (name: string): Metric | undefined => metricByName(kindOf(name)?.reads ?? '');

/** Whether it grows where a process is kept waiting. Processor time does not, nor do bytes and counts. */
export const isTimed = (name: string): boolean =>
  kindOf(name)?.timed === true || (metricOf(name)?.noise ?? 'nothing') !== 'nothing';
