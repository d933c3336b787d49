/**
 * Server-Sent Events: what one event costs on the wire, alone and inside HTTP/1.1's chunks, and what a stream
 * of them costs in requests and connections.
 *
 * HTML Standard §9.2 (Server-sent events), RFC 9112 §7.1 (chunked transfer coding).
 */
import { chunkOverhead } from './http-bytes.ts';
import type { Law } from './law.ts';
import { d, n } from './notation.ts';

/** SSE1: the age of a pushed event is the way down: L = d, in ns. */
export const sseAgeNs = (p: { downNs: number }): number => p.downNs;

/** SSE1: requests of one stream: 1 + reconnects. */
export const sseRequests = (p: { reconnects: number }): number => 1 + p.reconnects;

export const sse1 = {
  id: 'SSE1',
  exact: false,
  title: { en: 'One request, many events', ko: '요청 하나에 이벤트 여럿' },
  statement: {
    en: 'The client asks once, and the server never finishes its answer: every event is one more piece of the same response body. So an event is d old on arrival, as over a WebSocket, and requests are counted by reconnections, not by messages. What the client has to say still needs requests of its own.',
    ko: '클라이언트는 한 번만 요청하고 서버는 그 응답을 끝내지 않습니다. 이벤트는 모두 같은 응답 본문에 이어지는 조각입니다. 그래서 이벤트의 지연은 WebSocket과 똑같이 d이고, 요청 수는 메시지가 아니라 재연결 횟수에 따라 정해집니다. 다만 클라이언트가 보내는 메시지에는 여전히 따로 요청이 필요합니다.',
  },
  formula: 'L = d; requests = 1 + reconnects',
  source: 'HTML Standard §9.2.3',
  parameters: [d],
} satisfies Law;

/**
 * One event with `payloadBytes` of UTF-8, its newlines included. `idBytes` and `typeBytes` are the lengths of
 * the `id` and `event` values; leave them out for an event without those lines. `newlines` counts those in the
 * payload (each CRLF once).
 */
export interface SseEvent {
  readonly payloadBytes: number;
  readonly newlines?: number;
  readonly idBytes?: number;
  readonly typeBytes?: number;
}

/** SSE4: k newlines in the payload add 6k bytes: every line begins with its own `data: `. */
export const newlineBytes = (newlines: number): number => 6 * newlines;

/**
 * SSE2: bytes of the event itself: `data: ` (6) + n + the line's end and the blank line (2), plus `id: ` and its
 * newline (5 + length), `event: ` and its newline (8 + length), and SSE4. Source: HTML Standard §9.2.5, §9.2.6.
 */
export const sseEventBytes = (event: SseEvent): number =>
  event.payloadBytes +
  8 +
  newlineBytes(event.newlines ?? 0) +
  (event.idBytes === undefined ? 0 : 5 + event.idBytes) +
  (event.typeBytes === undefined ? 0 : 8 + event.typeBytes);

export const sse2 = {
  id: 'SSE2',
  exact: true,
  title: { en: 'Bytes of one event', ko: '이벤트 하나의 바이트' },
  statement: {
    en: 'An event is text: a line that begins with "data: ", and a blank line that ends it. That is 8 bytes around the payload. An id line costs 5 bytes and its digits, an event line 8 and its name. Because it is text, binary data must travel as base64 and grows by a third.',
    ko: '이벤트는 텍스트입니다. “data: ”로 시작하는 줄과 끝을 알리는 빈 줄로 이루어지므로 페이로드 외에 8바이트가 듭니다. id 줄에는 5바이트와 번호의 자릿수만큼, event 줄에는 8바이트와 이름 길이만큼 더 듭니다. 텍스트이기 때문에 바이너리 데이터는 base64로 보내야 하고 크기가 3분의 1 늘어납니다.',
  },
  formula: 'event bytes = n + 8 (+ 5 + digits(id)) (+ 8 + len(event)) (+ SSE4)',
  source: 'HTML Standard §9.2.5, §9.2.6',
  parameters: [n],
} satisfies Law;

/**
 * SSE3: what one event adds to its payload on a chunked HTTP/1.1 response: the event's own 8 (or more, see
 * SSE2) + 4 + the hex digits of the whole event's length, its id and newlines included. One event, one chunk.
 * n = 20 → 14 B.
 */
export const sseOverhead = (event: SseEvent): number => {
  const bytes = sseEventBytes(event);
  return bytes - event.payloadBytes + chunkOverhead(bytes);
};

export const sse3 = {
  id: 'SSE3',
  exact: true,
  title: { en: 'An event inside a chunk', ko: '청크에 담긴 이벤트' },
  statement: {
    en: 'Over HTTP/1.1 the endless response is sent in chunks, and each event makes one: its length in hexadecimal and a line end before it, another line end after it. A 20-byte message is a 28-byte event in a chunk whose length is written "1c": 8 + 4 + 2 = 14 bytes more than the payload. No headers are repeated, which is why SSE comes close to WebSocket frames downstream.',
    ko: 'HTTP/1.1에서는 끝나지 않는 응답을 청크로 나누어 보내고, 이벤트 하나가 청크 하나가 됩니다. 앞에는 16진수 길이와 줄바꿈, 뒤에는 줄바꿈이 붙습니다. 20바이트 메시지는 28바이트 이벤트가 되고 청크 길이는 “1c”로 적히므로, 8 + 4 + 2 = 14바이트가 더해집니다. 헤더를 다시 보내지 않기 때문에 SSE의 하향 오버헤드는 WebSocket 프레임에 가깝습니다.',
  },
  formula:
    'overhead = 8 + 4 + hexdigits(n + 8); with an id: 13 + digits(id) + 4 + hexdigits(n + 13 + digits(id))',
  source: 'HTML Standard §9.2.6; RFC 9112 §7.1; measured on Node 20.20.2',
  parameters: [n],
  plot: {
    x: { label: { en: 'payload', ko: '페이로드' }, unit: 'B' },
    y: { label: { en: 'overhead per event', ko: '이벤트당 오버헤드' }, unit: 'B' },
    from: 0,
    to: 5000,
    curve: (x) => sseOverhead({ payloadBytes: Math.round(x) }),
  },
} satisfies Law;

export const sse4 = {
  id: 'SSE4',
  exact: true,
  title: { en: 'Newlines cost six bytes each', ko: '줄바꿈마다 6바이트' },
  statement: {
    en: 'A newline would end the data line, so a payload of several lines is sent as several data lines, and the browser puts the newlines back. Each costs another "data: ", six bytes. A carriage return cannot be told apart from a newline afterwards: text that holds one must be escaped.',
    ko: '줄바꿈은 data 줄을 끝내므로 여러 줄짜리 페이로드는 여러 개의 data 줄로 보내고, 브라우저가 줄바꿈을 되살립니다. 줄바꿈마다 “data: ”가 하나 더 붙어 6바이트가 듭니다. 캐리지 리턴은 받은 뒤에 줄바꿈과 구별할 수 없으므로, 그런 텍스트는 이스케이프해야 합니다.',
  },
  formula: 'k newlines add 6·k bytes',
  source: 'HTML Standard §9.2.6',
  parameters: [
    { name: 'k', unit: '', meaning: { en: 'newlines in the payload', ko: '페이로드 안의 줄바꿈 수' } },
  ],
} satisfies Law;

/** Connections a browser opens to one origin over HTTP/1.1. */
const browserConnectionsPerOrigin = 6;

/** SSE5: streams that wait when one browser opens this many to one origin over HTTP/1.1: max(0, streams − 6). */
export const waitingStreams = (p: { streams: number }): number =>
  Math.max(0, p.streams - browserConnectionsPerOrigin);

export const sse5 = {
  id: 'SSE5',
  exact: false,
  title: { en: 'The seventh tab waits', ko: '연결 6개 제한, 일곱 번째 탭은 대기' },
  statement: {
    en: 'Browsers open at most six connections to one origin over HTTP/1.1, over all tabs together. A stream holds its connection for good, so six streams use them up: the seventh waits, and so does every ordinary request. Chromium keeps to six; Firefox loads pages over up to three more, whose streams then use them: nine tabs have one each there, of one page six, as in Chromium. HTTP/2 carries all streams over one connection and lifts the limit; Node clients have no such limit, so this laboratory does not show it by itself.',
    ko: '브라우저는 HTTP/1.1에서 한 출처에 대해 모든 탭을 합쳐 연결을 6개까지만 엽니다. 스트림은 연결을 계속 차지하므로 스트림 6개면 연결을 다 쓰고, 일곱 번째 스트림은 물론 일반 요청까지 기다리게 됩니다. Chromium은 6개를 지킵니다. Firefox는 페이지를 불러올 때 연결을 3개까지 더 열고 그 페이지의 스트림이 이어서 쓰므로 탭 9개까지 스트림을 하나씩 열지만, 한 페이지에서는 Chromium처럼 6개입니다. HTTP/2는 연결 하나로 모든 스트림을 주고받으므로 이 제한이 없습니다. Node 클라이언트에는 이런 제한이 없어서 이 도구의 측정에는 저절로 나타나지 않습니다.',
  },
  formula: 'waiting = max(0, streams − 6)',
  source:
    'HTML Standard §9.2.7 (authoring notes); the number is the browsers’ own, probed in Chromium 147 and Firefox 153 (docs/browsers.md); RFC 9112 §9.4',
  parameters: [
    {
      name: 'streams',
      unit: '',
      meaning: { en: 'event streams to one origin', ko: '한 출처에 연 이벤트 스트림 수' },
    },
  ],
} satisfies Law;

/**
 * SSE6: what a server sends before the first event, with its chunk: a comment, `:` and an empty line (3 B), or the
 * empty line of a stream of JSON lines (1 B). Source: HTML Standard §9.2.7 (comments against proxies), RFC 9112 §7.1.
 */
export const openingBytes = (p: { sayingBytes: number }): number =>
  p.sayingBytes + chunkOverhead(p.sayingBytes);

export const sse6 = {
  id: 'SSE6',
  exact: true,
  title: { en: 'A stream begins at once', ko: '곧바로 시작하는 스트림' },
  statement: {
    en: 'Some proxies hand on the head of a response only with the first byte of its body. A client that waits for the head and a server that waits for its first event would then wait for each other. So the server says something at once that means nothing: a colon and an empty line, which every EventSource reads past. That is 3 bytes in a chunk of 8, once a connection. Two headers go with it: X-Accel-Buffering: no (23 bytes) asks a proxy like nginx to hold no event back, Cache-Control: no-store (25 bytes) forbids caches to keep the stream.',
    ko: '어떤 프록시는 본문의 첫 바이트가 와야 응답 헤더를 넘겨줍니다. 그러면 헤더를 기다리는 클라이언트와 첫 이벤트를 기다리는 서버가 서로를 기다리게 됩니다. 그래서 서버는 아무 뜻도 없는 것을 곧바로 보냅니다. 콜론 하나와 빈 줄이며, 모든 EventSource는 이것을 읽고 지나갑니다. 3바이트이고 청크로는 8바이트이며 연결마다 한 번만 듭니다. 헤더 두 개도 함께 갑니다. X-Accel-Buffering: no(23바이트)는 nginx 같은 프록시에 이벤트를 붙잡아 두지 말라고 부탁하고, Cache-Control: no-store(25바이트)는 캐시가 스트림을 저장하지 못하게 합니다.',
  },
  formula:
    'opening = saying + 4 + hexdigits(saying): a comment 3 + 5 = 8 B, an empty line of NDJSON 1 + 5 = 6 B',
  source: 'HTML Standard §9.2.7 (authoring notes); RFC 9112 §7.1; RFC 9111 §5.2.2.5',
  parameters: [
    {
      name: 'saying',
      unit: 'B',
      meaning: { en: 'what the stream begins with', ko: '스트림이 처음 보내는 것' },
    },
  ],
} satisfies Law;
