/**
 * An answer that arrives piece by piece: when it begins, how evenly it arrives, who can stop it, what a cut loses.
 *
 * Derived. HTML Standard §9.2 (event streams), Fetch Standard §2 (abort: the connection is closed), RFC 9112 §9.5
 * (a response ends with its connection), RFC 6202 §2 (long polling).
 */
import type { Law } from './law.ts';
import { d, P, rtt, T, u, V } from './notation.ts';

/**
 * STR1: from the question to the first piece, in ns: RTT; another RTT if the question opens its connection; and for a
 * client that polls, the wait until its next poll. Source: derived.
 */
export const firstPieceNs = (p: { rttNs: number; connects?: boolean; untilNextPollNs?: number }): number =>
  p.rttNs * (p.connects ? 2 : 1) + (p.untilNextPollNs ?? 0);

export const str1 = {
  id: 'STR1',
  exact: false,
  title: { en: 'Time to the first piece', ko: '첫 조각까지의 시간' },
  statement: {
    en: 'The question travels up and the first piece down: one round trip, over whatever stands open. A stream, a socket and a parked poll are all waiting there already, so a WebSocket begins no sooner than a plain POST whose response is the stream. Whoever has to open a connection first pays another round trip for it (and more with TLS). Whoever polls hears nothing before the next poll: on average half an interval later.',
    ko: '질문이 올라가고 첫 조각이 내려옵니다. 이미 열려 있는 것을 쓰면 왕복 한 번입니다. 스트림도, 소켓도, 붙잡아 둔 폴링도 모두 이미 기다리고 있으므로, WebSocket이라고 해서 응답 자체가 스트림인 평범한 POST보다 먼저 시작하지는 않습니다. 연결부터 맺어야 한다면 왕복이 한 번 더 듭니다(TLS라면 더 듭니다). 폴링하는 클라이언트는 다음 폴링까지 아무것도 받지 못하므로 평균 폴링 간격의 절반만큼 늦습니다.',
  },
  formula: 'first = RTT (+ RTT to connect) (+ time to the next poll, T/2 on average)',
  source: 'derived; RFC 9293 §3.5 (handshake)',
  parameters: [rtt, T],
  plot: {
    x: { label: { en: 'round trip', ko: '왕복 시간' }, unit: 'ms' },
    y: { label: { en: 'first piece (T = 100 ms)', ko: '첫 조각 (T = 100 ms)' }, unit: 'ms' },
    from: 0,
    to: 200,
    curve: (x) => firstPieceNs({ rttNs: x, untilNextPollNs: 50 }),
  },
} satisfies Law;

/**
 * How pieces reach the client: each by itself (`each`); with all that became due in the blind window between two long
 * polls (`held`); or with all that became due since the last poll (`polled`).
 */
export type PieceWay =
  | { readonly kind: 'each' }
  | { readonly kind: 'held'; readonly blindNs: number }
  | { readonly kind: 'polled'; readonly intervalNs: number };

/** STR2: the gaps (ns) between pieces that are due every P, and the share of each. Source: derived. */
export function gapShares(p: {
  periodNs: number;
  way: PieceWay;
}): { readonly ns: number; readonly share: number }[] {
  const { periodNs, way } = p;
  // If the next poll is there before the next piece, each piece leaves by itself.
  if (way.kind === 'each' || (way.kind === 'held' && periodNs >= way.blindNs))
    return [{ ns: periodNs, share: 1 }];
  const stepNs = way.kind === 'held' ? way.blindNs : way.intervalNs;
  const steps = Math.floor(periodNs / stepNs);
  const more = periodNs / stepNs - steps;
  return [
    { ns: steps * stepNs, share: 1 - more },
    { ns: (steps + 1) * stepNs, share: more },
  ].filter(({ share }) => share > 0);
}

/** STR2: the q-quantile of those gaps, in ns. */
export function gapQuantileNs(p: { periodNs: number; way: PieceWay; quantile: number }): number {
  const shares = gapShares(p);
  return (shares.find(({ share }) => p.quantile <= share) ?? shares.at(-1))?.ns ?? 0;
}

export const str2 = {
  id: 'STR2',
  exact: false,
  title: { en: 'Gaps between pieces', ko: '조각 사이의 간격' },
  statement: {
    en: 'A way that delays each piece by the same time changes no gap: over a stream, a socket or an event they come as evenly as the server says them, P apart. Where one request has to follow another, pieces that are due meanwhile come in one response: all but one of the gaps are nothing, and that one is the blind window V. Polling does the same with its interval T. The mean gap is P everywhere; what a reader sees is text that flows, or that comes in lumps.',
    ko: '모든 조각이 똑같이 늦으면 간격은 그대로입니다. 스트림이나 소켓에서는 서버가 내보낸 대로 P 간격으로 고르게 옵니다. 요청이 차례로 이어져야 하는 방식에서는 그사이 나온 조각들이 응답 하나에 함께 옵니다. 하나를 뺀 나머지 간격은 0이 되고, 그 하나는 응답 공백 시간 V입니다. 폴링에서는 폴링 간격 T가 그 자리에 옵니다. 평균 간격은 어디서나 P입니다. 읽는 사람에게는 글이 흐르듯 나타나느냐, 덩어리로 나타나느냐의 차이입니다.',
  },
  formula: 'P; long polling with P < V: 0, and V for a share of P/V; polling: 0 and T likewise',
  source: 'derived; RFC 6202 §2.1, §2.2',
  parameters: [P, V, T],
  plot: {
    x: { label: { en: 'pieces a second (V = 40 ms)', ko: '초당 조각 수 (V = 40 ms)' }, unit: '1/s' },
    y: { label: { en: 'p95 of the gaps, long polling', ko: '간격의 p95 (롱 폴링)' }, unit: 'ms' },
    from: 5,
    to: 100,
    curve: (x) => gapQuantileNs({ periodNs: 1000 / x, way: { kind: 'held', blindNs: 40 }, quantile: 0.95 }),
  },
} satisfies Law;

/**
 * STR3: pieces that are due after a client has broken its answer off, and before the server knows: ⌊(t + w)/P⌋ − ⌊t/P⌋,
 * where t is the time since the first piece was due, and w the way of the news: u. Source: derived.
 */
const saidAfter = (p: { periodNs: number; sinceFirstNs: number; newsNs: number }): number =>
  Math.floor((p.sinceFirstNs + p.newsNs) / p.periodNs) - Math.floor(p.sinceFirstNs / p.periodNs);

/** STR3: the same if the client breaks off when a piece arrives, which is d old: ⌊RTT/P⌋ − ⌊d/P⌋, ⌈u/P⌉ at most. */
export const saidAfterHearing = (p: { periodNs: number; upNs: number; downNs: number }): number =>
  saidAfter({ periodNs: p.periodNs, sinceFirstNs: p.downNs, newsNs: p.upNs });

export const str3 = {
  id: 'STR3',
  exact: false,
  title: { en: 'When the server knows of a cancel', ko: '서버가 취소를 아는 때' },
  statement: {
    en: 'News of a cancel takes one way, u, whatever carries it: an aborted fetch closes its connection, a WebSocket sends a message, and a stream beside POSTs needs a request of its own. Until it arrives the server goes on, and pieces that are due meanwhile are said in vain: none or one over a short link, u/P over a long one. Closing costs no bytes, but the connection: the next question opens a new one. A message costs a frame, an event, or a whole POST. And where a server keeps what a client has missed, closing tells it nothing: it goes on to the end.',
    ko: '취소 소식은 무엇으로 전하든 편도 시간 u가 걸립니다. fetch를 중단하면 연결이 닫히고, WebSocket은 메시지를 보내며, POST를 따로 쓰는 스트림은 요청을 하나 더 해야 합니다. 소식이 닿을 때까지 서버는 계속 보내므로 그사이의 조각은 헛일입니다. 가까운 링크에서는 없거나 하나이고, 먼 링크에서는 u/P개입니다. 연결을 닫는 데는 바이트가 들지 않지만 연결을 잃습니다. 다음 질문은 연결을 새로 맺어야 합니다. 메시지에는 프레임이나 이벤트 하나, 또는 POST 한 번이 듭니다. 그리고 놓친 것을 보관하는 서버에는 연결을 닫아도 아무 소식이 되지 않아, 서버는 끝까지 계속합니다.',
  },
  formula: 'server knows after u; said in vain = ⌊RTT/P⌋ − ⌊d/P⌋, at most ⌈u/P⌉',
  source: 'derived; Fetch Standard §2 (abort), RFC 9112 §9.5',
  parameters: [u, d, rtt, P],
  plot: {
    x: { label: { en: 'one-way delay', ko: '편도 지연' }, unit: 'ms' },
    y: { label: { en: 'pieces in vain (50 a second)', ko: '헛되이 보낸 조각 (초당 50개)' }, unit: '' },
    from: 0,
    to: 200,
    curve: (x) => saidAfterHearing({ periodNs: 20, upNs: x, downNs: x }),
  },
} satisfies Law;

/** STR4: pieces that never arrive after a cut at the m-th of n: n − m; none if the server replays. Source: derived. */
export const lostByCut = (p: { pieces: number; heard: number; replays: boolean }): number =>
  p.replays ? 0 : p.pieces - p.heard;

/**
 * STR4: pieces that the server sends after that cut: all that are left if it keeps them for a client that may
 * reconnect, else those that are due before it knows of the cut (STR3).
 */
export const saidToNobody = (p: {
  readonly pieces: number;
  readonly heard: number;
  readonly periodNs: number;
  readonly upNs: number;
  readonly downNs: number;
  readonly keeps: boolean;
}): number => {
  const left = p.pieces - p.heard - Math.floor(p.downNs / p.periodNs);
  return Math.max(0, p.keeps ? left : Math.min(left, saidAfterHearing(p)));
};

export const str4 = {
  id: 'STR4',
  exact: true,
  title: { en: 'What a cut takes of an answer', ko: '연결이 끊긴 응답이 잃는 것' },
  statement: {
    en: 'An answer belongs to whatever carries it. When that is cut, the rest is lost: not only what is said until the client is back, as of pushed news (OUT), but all of it, because a client that comes back is somebody new to the server. Nothing is lost where the server keeps what it said and the client says where it was: a mailbox with a cursor, events with ids, the recovery of Socket.IO. The same servers cannot tell a client that was cut from one that has had enough: they go on to the end. Whoever wants both, to go on after a cut and to stop at a cancel, must say the cancel in a message.',
    ko: '응답은 그것이 오가는 연결에 딸려 있습니다. 연결이 끊기면 나머지를 잃습니다. 푸시한 소식(OUT)처럼 클라이언트가 돌아올 때까지의 것만이 아니라 나머지 전부입니다. 돌아온 클라이언트는 서버에게 처음 보는 클라이언트이기 때문입니다. 서버가 보낸 것을 보관하고 클라이언트가 어디까지 받았는지 알리면 아무것도 잃지 않습니다. 커서가 있는 메일박스, id가 있는 이벤트, Socket.IO의 복구 기능이 그렇습니다. 하지만 이런 서버는 연결이 끊긴 클라이언트와 그만 받으려는 클라이언트를 구별하지 못해 끝까지 계속합니다. 끊긴 뒤 이어받기와 취소하면 멈추기를 모두 원한다면 취소를 메시지로 알려야 합니다.',
  },
  formula: 'lost = n − m; with a cursor, Last-Event-ID or recovery: 0',
  source: 'derived; HTML Standard §9.2.3, §9.2.4 (Last-Event-ID)',
  parameters: [
    { name: 'n', unit: '', meaning: { en: 'pieces of the answer', ko: '응답의 조각 수' } },
    { name: 'm', unit: '', meaning: { en: 'pieces heard until the cut', ko: '끊길 때까지 받은 조각 수' } },
  ],
  plot: {
    x: { label: { en: 'heard until the cut, of 150', ko: '끊길 때까지 받은 조각 (150개 중)' }, unit: '' },
    y: { label: { en: 'lost', ko: '유실' }, unit: '' },
    from: 0,
    to: 150,
    curve: (x) => lostByCut({ pieces: 150, heard: x, replays: false }),
  },
} satisfies Law;
