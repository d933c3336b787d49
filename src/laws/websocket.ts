/**
 * WebSocket: the frame's header, the handshake, and what silence costs.
 *
 * RFC 6455 §4 (handshake), §5.2 (framing), §5.3 (masking), §5.5 (control frames); handshake sizes are those of
 * the `ws` client and server.
 */
import type { Law } from './law.ts';
import { d, n, s, u } from './notation.ts';

/** `up` is client to server. */
export type FrameDirection = 'up' | 'down';

/** Bytes per direction. */
export interface BothWays {
  readonly up: number;
  readonly down: number;
}

/**
 * WS1: bytes of the header of an unfragmented frame with `payloadBytes`: 2, 4 from 126 bytes on, 10 from 65,536
 * bytes on; 4 more upstream for the mask. Source: RFC 6455 §5.2, §5.3.
 */
export function frameOverhead(direction: FrameDirection, payloadBytes: number): number {
  const header = payloadBytes <= 125 ? 2 : payloadBytes <= 65_535 ? 4 : 10;
  return direction === 'up' ? header + 4 : header;
}

export const ws1 = {
  id: 'WS1',
  exact: true,
  title: { en: 'Two to fourteen bytes a frame', ko: '프레임마다 2~14바이트' },
  statement: {
    en: 'A frame has one byte for its kind and one for its length. Lengths above 125 need two more bytes, those above 65,535 eight more. What a client sends is also masked with four random bytes, so that no script can make a proxy mistake its message for an HTTP request. That is all: no headers are repeated.',
    ko: '프레임은 종류에 1바이트, 길이에 1바이트를 씁니다. 길이가 125를 넘으면 2바이트, 65,535를 넘으면 8바이트가 더 필요합니다. 클라이언트가 보내는 프레임은 무작위 4바이트로 마스킹합니다. 스크립트가 보낸 메시지를 프록시가 HTTP 요청으로 착각하지 못하게 하기 위해서입니다. 오버헤드는 이것이 전부이고, 헤더는 다시 보내지 않습니다.',
  },
  formula: 'down 2 / 4 / 10 B for n ≤ 125 / ≤ 65,535 / above; up 6 / 8 / 14 B',
  source: 'RFC 6455 §5.2, §5.3',
  parameters: [n],
  plot: {
    x: { label: { en: 'payload', ko: '페이로드' }, unit: 'B' },
    y: { label: { en: 'frame overhead, upstream', ko: '프레임 오버헤드, 상향' }, unit: 'B' },
    from: 0,
    to: 250,
    curve: (x) => frameOverhead('up', Math.round(x)),
  },
} satisfies Law;

/** WS2: the age of a pushed message: L = d, in ns. */
export const wsAgeNs = (p: { downNs: number }): number => p.downNs;

/** WS2: from the due time until the echo is handled: u + d + s, in ns. */
export const wsEchoNs = (p: { upNs: number; downNs: number; serviceNs?: number }): number =>
  p.upNs + p.downNs + (p.serviceNs ?? 0);

export const ws2 = {
  id: 'WS2',
  exact: false,
  title: { en: 'Nobody waits', ko: '기다리는 시간이 없음' },
  statement: {
    en: 'The connection is open in both directions, so a message leaves when it exists. A pushed message is d old, an echo takes one round trip and the work of the server. No protocol over the same link can be faster; a keep-alive HTTP request takes the same one round trip, and differs in bytes and CPU.',
    ko: '연결이 양방향으로 열려 있으므로 메시지는 생기는 즉시 출발합니다. 푸시된 메시지의 지연은 d이고, 에코에는 왕복 한 번과 서버의 처리 시간만큼 걸립니다. 같은 링크에서 이보다 빠른 프로토콜은 없습니다. keep-alive를 쓰는 HTTP 요청도 똑같이 왕복 한 번이며, 다른 것은 바이트와 CPU입니다.',
  },
  formula: 'L = d; echo = u + d + s',
  source: 'derived',
  parameters: [u, d, s],
} satisfies Law;

/** permessage-deflate (RFC 7692): not offered, offered and declined, or accepted. */
export type DeflateOffer = 'none' | 'offered' | 'accepted';

/**
 * WS3: bytes of the handshake of the `ws` client and server without cookies, subprotocols or further headers.
 * Request 138 + len(path) + len(host:port), + 70 when permessage-deflate is offered; response 129, + 46 when it
 * is accepted with no parameters. Source: RFC 6455 §4.1, §4.2.2; measured with ws 8.23.0.
 */
export const handshakeBytes = (p: {
  pathBytes: number;
  hostBytes: number;
  deflate?: DeflateOffer;
}): BothWays => ({
  up: 138 + p.pathBytes + p.hostBytes + ((p.deflate ?? 'none') === 'none' ? 0 : 70),
  down: 129 + (p.deflate === 'accepted' ? 46 : 0),
});

export const ws3 = {
  id: 'WS3',
  exact: true,
  title: { en: 'The handshake is one HTTP request', ko: '핸드셰이크는 HTTP 요청 하나' },
  statement: {
    en: 'A WebSocket begins as a GET request that asks to upgrade the connection; the server answers 101, and from there on the same TCP connection carries frames. Headers are paid once: about 160 bytes up and 129 down with Node’s ws, several hundred more from a browser, which adds its cookies and description of itself.',
    ko: 'WebSocket은 연결을 업그레이드해 달라는 GET 요청으로 시작합니다. 서버가 101로 응답하면 그때부터 같은 TCP 연결로 프레임이 오갑니다. 헤더는 한 번만 보냅니다. Node의 ws에서는 요청이 약 160바이트, 응답이 129바이트이고, 브라우저는 쿠키와 자기 정보를 덧붙이므로 요청이 수백 바이트 더 큽니다.',
  },
  formula:
    'request = 138 + len(path) + len(host:port) (+ 70 offering permessage-deflate); response = 129 (+ 46 accepting it)',
  source: 'RFC 6455 §4.1, §4.2.2; measured with ws 8.23.0 on Node 20.20.2',
  parameters: [
    {
      name: 'path',
      unit: 'B',
      meaning: { en: 'request target, with its slash', ko: '요청 경로(맨 앞 슬래시 포함)' },
    },
    { name: 'host:port', unit: 'B', meaning: { en: 'value of the Host header', ko: 'Host 헤더의 값' } },
  ],
} satisfies Law;

/** WS4: bytes of an idle connection: 0, or 2 down and 6 up for each empty ping of the server and its pong. */
export const idleBytes = (p: { pings?: number } = {}): BothWays => ({
  up: frameOverhead('up', 0) * (p.pings ?? 0),
  down: frameOverhead('down', 0) * (p.pings ?? 0),
});

export const ws4 = {
  id: 'WS4',
  exact: true,
  title: { en: 'Silence is free', ko: '메시지가 없으면 0바이트' },
  statement: {
    en: 'An open WebSocket with nothing to say sends nothing: 0 bytes an hour, and memory at both ends. In practice somebody pings, because middleboxes close connections that look dead: each empty ping of the server costs 2 bytes down and its pong 6 bytes up. Heartbeats are a choice and are counted as bytes.',
    ko: '보낼 메시지가 없는 WebSocket은 아무것도 보내지 않습니다. 한 시간에 0바이트이고, 양 끝의 메모리만 씁니다. 실제로는 데이터가 오가지 않는 연결을 중간 장비가 끊기 때문에 어느 한쪽이 Ping을 보냅니다. 서버의 빈 Ping은 하향 2바이트, 그에 대한 Pong은 상향 6바이트입니다. 하트비트는 선택 사항이며 그 바이트도 셉니다.',
  },
  formula: 'idle = 0 B; with k pings 2·k down, 6·k up',
  source: 'RFC 6455 §5.5.2, §5.5.3',
  parameters: [{ name: 'k', unit: '', meaning: { en: 'pings of the server', ko: '서버가 보낸 Ping의 수' } }],
} satisfies Law;
