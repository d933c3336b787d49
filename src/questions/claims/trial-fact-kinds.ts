/** What a run of the scenarios tells. */
import { exact, type FactKind, kind } from './fact-kind.ts';

export const trialFactKinds = {
  'requests-per-event': kind('decimal', 'HTTP requests per event', '이벤트당 HTTP 요청 수'),
  'age-p50': kind('nanoseconds', 'age of an event, median', '이벤트 지연, 중앙값', { reads: 'latency.p50' }),
  'age-p95': kind('nanoseconds', 'age of an event, p95', '이벤트 지연, p95', { reads: 'latency.p95' }),
  connections: kind('count', 'TCP connections', 'TCP 연결 수', { reads: 'connections' }),
  'one-connection': exact(
    'flag',
    'one connection a client, by the protocol (law H2C)',
    '프로토콜 때문에 클라이언트당 연결 하나(법칙 H2C)',
  ),
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
    'overhead bytes per message and echo, Chromium’s headers',
    '메시지와 에코의 오버헤드 바이트, Chromium 헤더 사용',
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
  'herd-clients': exact('count', 'clients that lost the server at once', '서버를 동시에 잃은 클라이언트'),
  'herd-peak': kind('count', 'most of them back within 100 ms', '100 ms 안에 돌아온 최대 클라이언트 수', {
    reads: 'herd.peak100',
    timed: true,
  }),
  'cluster-clients': exact('count', 'clients of two servers', '서버 두 대의 클라이언트'),
  'cluster-first': kind(
    'count',
    'of them in at the first attempt, without sticky sessions',
    '세션을 고정하지 않을 때 첫 시도에 연결된 클라이언트',
    { reads: 'cluster.first' },
  ),
  'unread-message': exact('bytes', 'size of a message that one does not read', '읽지 않는 메시지의 크기'),
  'kept-unread': kind(
    'bytes',
    'server memory for each further message that one does not read',
    '읽지 않는 메시지마다 더 드는 서버 메모리',
    { reads: 'slow.perMessage' },
  ),
  'server-memory': kind('bytes', 'server memory per connection', '연결당 서버 메모리', {
    reads: 'memory.serverBytes',
  }),
} satisfies Readonly<Record<string, FactKind>>;
