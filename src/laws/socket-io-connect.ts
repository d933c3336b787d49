/**
 * How a Socket.IO connection is made, counted in requests and round trips, and what its polling transport costs
 * in requests. The bytes of its packets are in `socket-io.ts`.
 *
 * Engine.IO protocol revision 4 (handshake, upgrade), Socket.IO protocol revision 5 (connection to a namespace).
 */
import type { Law } from './law.ts';
import { nanoseconds, rtt } from './notation.ts';

/** `upgrade`: begin with polling, then upgrade (the default). `websocket`: WebSocket from the start. */
export type ConnectWay = 'upgrade' | 'websocket';

/**
 * SIO4: the numbers of requests a set-up may take: {4, 5} by default, {1} with WebSocket only. The fifth is the
 * poll the server must answer with a no-op before the client may leave polling; it is missing when the upgrade
 * wins the race. Source: measured with socket.io 4.8.4 on Node 20.20.2.
 */
export const setupRequests = (way: ConnectWay): readonly number[] => (way === 'websocket' ? [1] : [4, 5]);

export const sio4 = {
  id: 'SIO4',
  exact: true,
  title: { en: 'Four or five requests to connect', ko: '연결까지 요청 4~5개' },
  statement: {
    en: 'By default Socket.IO connects by polling, which works everywhere, and then tries a WebSocket: a GET for the session, a POST to join the namespace, a GET for the answer, the upgrade, and usually one more GET that hangs until the server releases it with a no-op. If the upgrade wins the race the last one is never sent. So the number is a set, {4, 5}, and a measurement that insists on one of them fails now and then. With WebSocket only it is 1.',
    ko: 'Socket.IO는 기본적으로 어디서나 되는 폴링으로 먼저 연결한 다음 WebSocket을 시도합니다. 세션을 얻는 GET, 네임스페이스에 들어가는 POST, 그 응답을 받는 GET, 업그레이드가 있고, 보통은 서버가 no-op으로 응답할 때까지 기다리는 GET이 하나 더 있습니다. 업그레이드가 먼저 끝나면 마지막 GET은 보내지 않습니다. 그래서 요청 수는 값 하나가 아니라 집합 {4, 5}이며, 하나로 고정한 테스트는 가끔 실패합니다. WebSocket만 쓰면 1입니다.',
  },
  formula: 'requests ∈ {4, 5}; WebSocket only: 1',
  source: 'Engine.IO protocol v4 (upgrade); measured with socket.io 4.8.4 on Node 20.20.2',
  parameters: [],
} satisfies Law;

/**
 * SIO6: round trips from dialling until the first message can flow, TCP handshake included (no TLS, connections
 * kept alive): ws 2, Socket.IO over WebSocket 3, Socket.IO by default 4.
 */
export const connectRoundTrips = { ws: 2, websocket: 3, upgrade: 4 } as const;

/** SIO6: the same as a time over a link: round trips · RTT, in ns. */
export const connectNs = (p: { way: keyof typeof connectRoundTrips; rttNs: number }): number =>
  connectRoundTrips[p.way] * p.rttNs;

export const sio6 = {
  id: 'SIO6',
  exact: false,
  title: { en: 'Round trips before the first message', ko: '첫 메시지까지의 왕복 횟수' },
  statement: {
    en: 'Opening a TCP connection takes one round trip and the WebSocket handshake another: a bare ws is open after 2. Socket.IO then joins a namespace, one more: 3. By default it first gets a session by polling and joins by polling: 4. On loopback this cannot be seen; over a satellite it is seconds.',
    ko: 'TCP 연결에 왕복 한 번, WebSocket 핸드셰이크에 또 한 번이 들어 순수 ws는 왕복 2번이면 열립니다. Socket.IO는 그다음 네임스페이스에 들어가야 하므로 3번입니다. 기본 설정에서는 폴링으로 세션을 얻고 폴링으로 들어가므로 4번입니다. 루프백에서는 차이가 보이지 않지만 위성 링크에서는 몇 초가 됩니다.',
  },
  formula: 'ws 2·RTT; Socket.IO over WebSocket 3·RTT; default 4·RTT',
  source: 'derived; measured with socket.io 4.8.4',
  parameters: [rtt],
  plot: {
    x: { label: { en: 'round trip', ko: '왕복 시간' }, unit: 'ms' },
    y: { label: { en: 'time to connect (default)', ko: '연결 시간 (기본 설정)' }, unit: 'ms' },
    from: 0,
    to: 600,
    curve: (x) => connectNs({ way: 'upgrade', rttNs: x }),
  },
} satisfies Law;

/** SIO7: how often the server looks for a poll to release during an upgrade, in ns. */
const upgradeCheckNs = 100 * nanoseconds.perMs;

/**
 * SIO7: from dialling until the upgrade to WebSocket is complete: about 5·RTT + 100 ms, in ns. Over TLS both connections that
 * this waits for take `handshakeTrips` more.
 */
export const upgradeNs = (p: { rttNs: number; handshakeTrips?: number }): number =>
  (5 + 2 * (p.handshakeTrips ?? 0)) * p.rttNs + upgradeCheckNs;

export const sio7 = {
  id: 'SIO7',
  exact: false,
  title: { en: 'The upgrade takes its time', ko: '업그레이드에 걸리는 시간' },
  statement: {
    en: 'After the session is open (2 round trips) the client dials a WebSocket (2 more) and probes it with a ping (1 more). The client must still get its hanging poll back, and the server releases it by a timer that runs every 100 ms. Only then do messages flow over WebSocket. A short run of the default therefore measures polling: wait for the upgrade or force a transport, and say which.',
    ko: '세션이 열리면(왕복 2번) 클라이언트는 WebSocket을 열고(2번 더) Ping으로 시험해 봅니다(1번 더). 그리고 대기 중인 폴링의 응답을 받아야 하는데, 서버는 100 ms마다 실행되는 타이머로 이 응답을 보냅니다. 그 뒤에야 메시지가 WebSocket으로 오갑니다. 그래서 기본 설정으로 짧게 측정하면 폴링을 측정하는 것과 같습니다. 업그레이드를 기다리거나 전송 방식을 고정하고, 어느 쪽인지 밝혀야 합니다.',
  },
  formula: 'upgraded at about 5·RTT + 100 ms',
  source: 'derived; measured with socket.io 4.8.4 (engine.io checks every 100 ms)',
  parameters: [rtt],
  plot: {
    x: { label: { en: 'round trip', ko: '왕복 시간' }, unit: 'ms' },
    y: { label: { en: 'time to the upgrade', ko: '업그레이드까지의 시간' }, unit: 'ms' },
    from: 0,
    to: 600,
    curve: (x) => upgradeNs({ rttNs: x * nanoseconds.perMs }) / nanoseconds.perMs,
  },
} satisfies Law;

/** SIO9: requests of this many echoes over the polling transport, one at a time: a POST up and a GET down each. */
export const pollingEchoRequests = (echoes: number): number => 2 * echoes;

export const sio9 = {
  id: 'SIO9',
  exact: true,
  title: { en: 'An echo by polling is two requests', ko: '폴링에서 에코 하나는 요청 두 개' },
  statement: {
    en: 'Over its polling transport Socket.IO sends a message by POST and gets the answer from the GET that is already hanging, after which a new GET is sent. One echo is two requests and two sets of headers. Messages sent close together share them, so this holds for echoes one at a time.',
    ko: '폴링을 쓸 때 Socket.IO는 메시지를 POST로 보내고, 서버의 응답은 이미 대기 중이던 GET으로 받은 뒤 새 GET을 보냅니다. 에코 하나에 요청 두 개와 헤더 두 벌이 듭니다. 잇달아 보낸 메시지들은 요청을 나누어 쓰므로, 이 법칙은 에코를 하나씩 주고받을 때 성립합니다.',
  },
  formula: 'requests = 2 · echoes',
  source: 'Engine.IO protocol v4 (HTTP long-polling)',
  parameters: [],
} satisfies Law;
