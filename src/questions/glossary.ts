/**
 * The words that a reader of the tables, the lessons and the handout has to know, each explained in a sentence or two
 * that are true of this tool. `explain` prints them.
 */
import { type Text, text } from '../base/text.ts';

export interface Entry {
  /** As the tables write it: the same in both languages, because readers look it up by this word. */
  readonly word: string;
  /** Other spellings, and its Korean name. */
  readonly also: readonly string[];
  readonly meaning: Text;
  /** Other words, laws, or commands in backticks. */
  readonly see: readonly string[];
}

const measuring: readonly Entry[] = [
  {
    word: 'p50',
    also: ['median', '중앙값', 'latency.p50'],
    meaning: text(
      'The median: half of the messages took at most this long. It says what is usual, and nothing of the slow ones.',
      '중앙값입니다. 메시지의 절반이 이 시간 안에 도착했습니다. 보통의 값을 말해 주고, 느린 것에 대해서는 아무것도 말해 주지 않습니다.',
    ),
    see: ['p95', 'due'],
  },
  {
    word: 'p95',
    also: ['percentile', 'quantile', '백분위수', 'latency.p95'],
    meaning: text(
      '95 of 100 messages took at most this long, five took longer. It needs more samples than p50 to be worth reading; where there are too few, it is left out.',
      '메시지 100개 가운데 95개가 이 시간 안에 도착했고, 5개는 더 걸렸습니다. p50보다 많은 표본이 있어야 믿을 수 있으며, 표본이 모자라면 싣지 않습니다.',
    ),
    see: ['p50', 'noisy'],
  },
  {
    word: 'latency',
    also: ['지연'],
    meaning: text(
      'From the moment a message was due until it was handled: of an echo, until the answer is back; of a push, its age when the client hears it. With --closed it counts from sending instead.',
      '메시지를 보내기로 한 시각부터 처리될 때까지의 시간입니다. echo에서는 응답이 돌아올 때까지, push에서는 클라이언트가 받을 때까지입니다. --closed에서는 보낸 때부터 셉니다.',
    ),
    see: ['due', 'p50', 'CO1'],
  },
  {
    word: 'due',
    also: ['due time', 'open loop', '예정 시각'],
    meaning: text(
      'When a message should leave by its schedule, whether the one before it was answered or not. Latency counts from there, so a stall is seen by every message that it made wait.',
      '앞의 메시지에 응답이 왔는지와 상관없이, 일정에 따라 메시지를 보내기로 한 시각입니다. 지연은 이때부터 세므로, 멈춤이 기다리게 한 모든 메시지에 드러납니다.',
    ),
    see: ['latency', 'CO1', 'seed'],
  },
  {
    word: 'steady phase',
    also: ['steady', 'warm-up', 'warmup', '본 측정', '준비 단계'],
    meaning: text(
      'The part of a trial whose times count: everybody is connected and the warm-up messages are over. Bytes are counted in every phase, apart from each other.',
      '시간을 재는 구간입니다. 모두 연결되었고 준비 메시지도 끝난 뒤입니다. 바이트는 모든 구간에서 따로따로 셉니다.',
    ),
    see: ['seed', 'overhead'],
  },
  {
    word: 'seed',
    also: ['시드'],
    meaning: text(
      'The number from which every schedule is drawn (--seed). The same seed gives the same due times, so two runs differ by the machine, not by chance of ours.',
      '모든 일정을 뽑아 내는 수입니다(--seed). 시드가 같으면 보내는 시각도 같으므로, 두 측정의 차이는 이 도구의 우연이 아니라 컴퓨터에서 온 것입니다.',
    ),
    see: ['due'],
  },
  {
    word: 'noisy',
    also: ['valid', 'invalid', 'noise', '잡음'],
    meaning: text(
      'A trial during which this machine kept a process waiting long enough to show in the times. Its times are read with care; bytes and counts are as exact as ever. An invalid trial does not count at all.',
      '잡음이 섞인 측정: 컴퓨터가 프로세스를 오래 기다리게 해서 시간에 드러난 측정입니다. 시간은 조심해서 읽어야 하고, 바이트와 개수는 여전히 정확합니다. 유효하지 않은(invalid) 측정은 아예 쓰지 않습니다.',
    ),
    see: ['p95', '`rtcompare doctor`'],
  },
  {
    word: 'overhead',
    also: ['오버헤드', 'perMessage.overhead'],
    meaning: text(
      'What travels beside the payload: header lines, frame headers, masks, the packet types of Engine.IO and Socket.IO. Counted on the socket, both ways, per message of the steady phase.',
      '페이로드 외에 오가는 바이트입니다: 헤더, 프레임 헤더, 마스크, Engine.IO와 Socket.IO의 패킷 종류. 소켓에서 양방향으로 세어, 본 측정의 메시지 하나당으로 나타냅니다.',
    ),
    see: ['BY1', 'WS1', '`rtcompare wire ws`'],
  },
  {
    word: 'payload',
    also: ['페이로드'],
    meaning: text(
      'The bytes of the application itself: what one side wanted to say. Everything else on the wire is there to carry it.',
      '애플리케이션 자신의 바이트, 곧 한쪽이 전하려 한 내용입니다. 선 위의 나머지는 모두 그것을 전달하기 위한 것입니다.',
    ),
    see: ['overhead'],
  },
  {
    word: 'piece',
    also: ['token', 'stream.gaps', '조각', '토큰'],
    meaning: text(
      'One part of an answer that streams in, such as a token of a language model: the server says it as soon as it has it. What a reader feels is the time to the first piece and the gaps between the others.',
      '흘러나오는 응답의 한 부분입니다. 언어 모델의 토큰 같은 것으로, 서버는 생기는 대로 내보냅니다. 읽는 사람이 느끼는 것은 첫 조각까지의 시간과 조각 사이의 간격입니다.',
    ),
    see: ['STR1', 'STR2', '`rtcompare run --scenario stream --transport fetch-sse`'],
  },
];

const connections: readonly Entry[] = [
  {
    word: 'keep-alive',
    also: ['keepalive', 'persistent connection', '연결 유지'],
    meaning: text(
      'One TCP connection carries many HTTP requests, one after the other (RFC 9112 §9.3). With --keep-alive off each request opens a connection of its own, and pays for TCP’s handshake.',
      'TCP 연결 하나로 여러 HTTP 요청을 차례로 주고받는 것입니다(RFC 9112 §9.3). --keep-alive off이면 요청마다 연결을 새로 열고, TCP 핸드셰이크를 매번 치릅니다.',
    ),
    see: ['POLL8', 'BY3'],
  },
  {
    word: 'heartbeat',
    also: ['ping', 'pong', '하트비트'],
    meaning: text(
      'A small message without content that keeps an idle connection from being closed on the way, and shows that the other side is still there: a Ping of WebSocket, `2` and `3` of Engine.IO, a comment line of an event stream. --heartbeat sets how often.',
      '내용 없는 작은 메시지입니다. 조용한 연결이 중간에서 닫히지 않게 하고, 상대가 아직 있음을 보여 줍니다: WebSocket의 Ping, Engine.IO의 `2`와 `3`, 이벤트 스트림의 주석 줄. 간격은 --heartbeat로 정합니다.',
    ),
    see: ['keep-alive', 'SIO8'],
  },
  {
    word: 'Nagle',
    also: ['nagle’s algorithm', "nagle's algorithm", 'TCP_NODELAY', '네이글'],
    meaning: text(
      'Nagle’s algorithm: TCP holds a small write back while an earlier one is not acknowledged yet (RFC 9293 §3.7.4). Together with delayed acknowledgements it costs tens of milliseconds. The clients and servers here switch it off (TCP_NODELAY).',
      '네이글 알고리즘: 앞서 보낸 것이 아직 확인되지 않았으면 TCP가 작은 쓰기를 붙들어 두는 것입니다(RFC 9293 §3.7.4). 지연된 확인 응답과 겹치면 수십 밀리초가 걸립니다. 이 도구의 클라이언트와 서버는 이것을 끕니다(TCP_NODELAY).',
    ),
    see: ['`rtcompare lesson 9`'],
  },
  {
    word: 'permessage-deflate',
    also: ['compression', '압축'],
    meaning: text(
      'The compression of WebSocket messages (RFC 7692), agreed on in the handshake. Off unless --compression offers it; short messages hardly shrink, and each one costs CPU time.',
      'WebSocket 메시지의 압축입니다(RFC 7692). 핸드셰이크에서 합의합니다. --compression이 제안하지 않으면 꺼져 있습니다. 짧은 메시지는 거의 줄지 않고, 메시지마다 CPU 시간이 듭니다.',
    ),
    see: ['ws', 'overhead'],
  },
];

const transports: readonly Entry[] = [
  {
    word: 'polling',
    also: ['short polling', '폴링'],
    meaning: text(
      'The client asks on a schedule (--poll-interval), whether there is news or not. On average a message waits half an interval, and most questions of a quiet application are answered with nothing.',
      '소식이 있든 없든 클라이언트가 정해진 간격(--poll-interval)으로 요청하는 것입니다. 메시지는 평균 간격의 절반을 기다리고, 조용한 애플리케이션에서는 요청 대부분이 빈 응답을 받습니다.',
    ),
    see: ['POLL1', 'long polling', 'cursor'],
  },
  {
    word: 'long polling',
    also: ['long-polling', 'longpolling', 'comet', '롱 폴링'],
    meaning: text(
      'The server holds a request back until there is news, or until its patience ends. The news travels at once; while the answer is under way and the next request comes, nothing can be said.',
      '소식이 생기거나 정한 시간이 지날 때까지 서버가 요청에 응답하지 않고 붙들어 두는 것입니다. 소식은 곧바로 전달되지만, 응답이 가고 다음 요청이 올 때까지는 아무것도 보낼 수 없습니다.',
    ),
    see: ['LP1', 'LP2', 'polling'],
  },
  {
    word: 'SSE',
    also: ['server-sent events', 'eventsource', 'event stream', '서버 전송 이벤트'],
    meaning: text(
      'Server-Sent Events: one HTTP response that does not end, of lines such as `data: …`. Only the server speaks in it; what the client says goes by requests of its own.',
      'Server-Sent Events: 끝나지 않는 HTTP 응답 하나로, `data: …` 같은 줄로 이루어집니다. 그 안에서는 서버만 보내고, 클라이언트는 따로 요청을 보냅니다.',
    ),
    see: ['SSE1', 'cursor', 'chunked'],
  },
  {
    word: 'ws',
    also: ['websocket', '웹소켓'],
    meaning: text(
      'WebSocket (RFC 6455): an HTTP request asks for an upgrade, the server answers 101, and from then on both sides send frames whenever they like. ws is also the name of the library that is measured.',
      'WebSocket(RFC 6455): HTTP 요청으로 업그레이드를 청하고 서버가 101로 답하면, 그때부터 양쪽이 아무 때나 프레임을 보냅니다. ws는 여기서 재는 라이브러리의 이름이기도 합니다.',
    ),
    see: ['WS1', 'mask', '`rtcompare wire ws`'],
  },
  {
    word: 'Socket.IO',
    also: ['socketio', 'socket-io', 'engine.io'],
    meaning: text(
      'A library with a protocol of its own over WebSocket or long polling: it adds events, acknowledgements, rooms and reconnecting, and a few bytes to each message. A plain WebSocket client cannot talk to it.',
      'WebSocket이나 롱 폴링 위에 자기 프로토콜을 둔 라이브러리입니다. 이벤트, 확인 응답, 방, 재연결을 더하고, 메시지마다 몇 바이트를 더합니다. 평범한 WebSocket 클라이언트와는 통신할 수 없습니다.',
    ),
    see: ['SIO1', 'SIO4', '`rtcompare wire socket.io`'],
  },
];

const formats: readonly Entry[] = [
  {
    word: 'netstring',
    also: ['넷스트링'],
    meaning: text(
      'A text that says its own length first: `5:hello,`. An answer to a poll brings several messages this way, so that no character needs escaping and any byte can be carried.',
      '자기 길이를 먼저 말하는 글입니다: `5:hello,`. 폴링의 응답은 이렇게 메시지 여러 개를 담습니다. 어떤 글자도 바꾸어 쓸 필요가 없고, 어떤 바이트도 담을 수 있습니다.',
    ),
    see: ['polling', '`rtcompare wire polling`'],
  },
  {
    word: 'cursor',
    also: ['last-event-id', '커서'],
    meaning: text(
      'How far a client has heard: it sends the number with its next request, and the server answers with what came after it. So nothing is lost between two polls; Last-Event-ID is the same for an event stream.',
      '클라이언트가 어디까지 받았는지를 나타내는 번호입니다. 다음 요청에 이 번호를 보내면 서버는 그 뒤의 것을 보냅니다. 그래서 두 폴링 사이에 잃는 것이 없습니다. 이벤트 스트림에서는 Last-Event-ID가 같은 일을 합니다.',
    ),
    see: ['polling', 'SSE'],
  },
  {
    word: 'mask',
    also: ['masking', '마스크', '마스킹'],
    meaning: text(
      'Four bytes that a WebSocket client must draw for each frame and combine with its payload (RFC 6455 §5.3), so that nobody can make it send bytes of their choice. A server never masks.',
      'WebSocket 클라이언트가 프레임마다 새로 만들어 페이로드와 합쳐야 하는 4바이트입니다(RFC 6455 §5.3). 남이 고른 바이트를 그대로 보내게 할 수 없게 하기 위한 것입니다. 서버는 마스킹하지 않습니다.',
    ),
    see: ['ws', 'WS1', '`rtcompare wire ws`'],
  },
  {
    word: 'chunked',
    also: ['transfer-encoding', 'chunk', '청크'],
    meaning: text(
      'How HTTP/1.1 sends a body whose length nobody knows yet: pieces, each with its length before it (RFC 9112 §7.1). An event stream travels so; the lengths are a part of its overhead.',
      '길이를 아직 모르는 본문을 HTTP/1.1이 보내는 방법입니다. 조각마다 길이를 앞에 붙입니다(RFC 9112 §7.1). 이벤트 스트림이 이렇게 오가며, 그 길이도 오버헤드의 일부입니다.',
    ),
    see: ['SSE', 'overhead'],
  },
  {
    word: 'devtools',
    also: ['network panel', 'size', '개발자 도구'],
    meaning: text(
      'The tools in a browser: column Size of their Network panel counts what the server sent, head, body and the framing of chunks. What the browser sends is in no figure. Of a WebSocket it counts messages alone, in characters; frame headers, masks, pings and the handshake are in none.',
      '브라우저에 들어 있는 개발자 도구로, Network 탭의 Size 열은 서버가 보낸 헤더와 본문, 청크 구조를 셉니다. 브라우저가 보낸 것은 어느 숫자에도 없습니다. WebSocket에서는 메시지만 글자 수로 세고 프레임 헤더, 마스크, ping, 핸드셰이크는 세지 않습니다.',
    ),
    see: ['overhead', 'mask', 'chunked', '`rtcompare serve ws --devtools`'],
  },
];

export const glossary: readonly Entry[] = [...measuring, ...connections, ...transports, ...formats];

const plain = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

/** The entry of a word, in whatever case, language or spelling it was typed. */
export const entryOf = (word: string): Entry | undefined =>
  glossary.find((entry) => [entry.word, ...entry.also].some((one) => plain(one) === plain(word)));
