/**
 * A client that vanishes without FIN or reset: its machine sleeps, its cable is pulled, a firewall forgets it.
 *
 * Sources: RFC 6298, tcp(7) (tcp_retries2; Linux: TCP_RTO_MIN 200 ms, TCP_RTO_MAX 120 s), Node's `net.Socket.setKeepAlive`,
 * engine.io 6.6.12 (`pingInterval`, `pingTimeout`).
 */
import type { Law } from './law.ts';

const leastRtoMs = 200;
const mostRtoMs = 120_000;

/**
 * SLOW4: how long after the first byte that is not acknowledged the system gives up a connection, at least (ms). A
 * round trip longer than 200 ms adds to it.
 *
 * @param retries R: tcp_retries2; 15 by default.
 */
export function givenUpAfterMs(retries: number): number {
  let sum = 0;
  for (let k = 0; k <= retries; k++) sum += Math.min(leastRtoMs * 2 ** k, mostRtoMs);
  return sum;
}

/** SLOW4: when Socket.IO's server misses the pong (ms), least and most: the next ping is due in 0 to one interval. */
export const pingMissedAfterMs = (p: {
  intervalMs: number;
  timeoutMs: number;
}): readonly [least: number, most: number] => [p.timeoutMs, p.intervalMs + p.timeoutMs];

/**
 * SLOW4: when a server notices that pings, and gives up a client that has sent nothing since the ping before (ms),
 * least and most: one interval, or nearly two.
 */
export const silenceFoundAfterMs = (intervalMs: number): readonly [least: number, most: number] => [
  intervalMs,
  2 * intervalMs,
];

/** Set by libuv: ten probes of TCP's keep-alive, a second apart. */
const keepAliveProbes = 10;
const keepAliveEveryMs = 1000;

/** SLOW4: when TCP's keep-alive gives up an idle connection (ms after the last byte): `setKeepAlive(true, delay)`. */
export const keepAliveFoundAfterMs = (delayMs: number): number =>
  delayMs + keepAliveProbes * keepAliveEveryMs;

export const slow4 = {
  id: 'SLOW4',
  exact: false,
  title: { en: 'A client that vanishes without a word', ko: '말없이 사라진 클라이언트' },
  statement: {
    en: 'A client whose machine sleeps or whose network is gone sends neither FIN nor reset. A server that has nothing to say to it never notices: an idle WebSocket or event stream stays open for ever, with all that the server keeps for it. A server that writes is told by its system, but late: what is not acknowledged is sent again after 200 ms, 400 ms, 800 ms and so on, up to two minutes apart, and with the fifteen repetitions that are usual on Linux the connection is given up after 924.6 seconds at the earliest; until then every message waits in memory. Only a question that has to be answered in time finds it sooner: Socket.IO’s ping, after the time-out or an interval more; pings of ws, where the application gives up whoever has been silent since the last one, after one interval or two; or TCP’s own keep-alive, which has to be switched on and in Node asks ten times, a second apart. Pings are traffic as well, so the system may be first. On the other side it is the same: the client that is cut off learns nothing, unless it expects to hear something.',
    ko: '컴퓨터가 잠들었거나 네트워크가 사라진 클라이언트는 FIN도 리셋도 보내지 않습니다. 이 클라이언트에게 보낼 것이 없는 서버는 영영 알지 못합니다. 조용한 WebSocket이나 이벤트 스트림은 서버가 보관하는 모든 것과 함께 계속 열려 있습니다. 쓰는 서버는 시스템이 알려 주지만 늦습니다. 확인되지 않은 데이터는 200 ms, 400 ms, 800 ms 뒤에, 최대 2분 간격으로 다시 보내집니다. Linux의 기본값인 15번을 반복하면 아무리 빨라도 924.6초 뒤에야 연결을 포기하고, 그때까지 모든 메시지가 메모리에서 기다립니다. 제때 답해야 하는 질문만이 더 빨리 알아냅니다. Socket.IO의 핑은 제한 시간 뒤, 또는 간격만큼 더 지나서 알아내고, ws의 핑은 마지막 핑 이후로 조용한 상대를 애플리케이션이 끊는다면 간격의 한 배에서 두 배 뒤에 알아냅니다. TCP의 keep-alive는 켜야 하고, Node에서는 1초 간격으로 열 번 묻습니다. 핑도 트래픽이므로 시스템이 먼저 알아낼 수도 있습니다. 반대쪽도 같습니다. 끊긴 클라이언트도 무언가를 듣기로 기대하지 않는 한 알지 못합니다.',
  },
  formula:
    'under traffic ≥ Σ min(0.2 s·2ⁱ, 120 s), i = 0 … R; idle: never; Socket.IO: pt … pi + pt; pings of ws: pi … 2·pi; keep-alive: ka + 10 s',
  source: 'RFC 6298 §5; tcp(7), tcp_retries2; Node, net.Socket.setKeepAlive; engine.io 6.6.12',
  parameters: [
    { name: 'R', unit: '', meaning: { en: 'repetitions (tcp_retries2)', ko: '재전송 횟수(tcp_retries2)' } },
    { name: 'pi', unit: 's', meaning: { en: 'interval of pings', ko: '핑 간격' } },
    { name: 'ka', unit: 's', meaning: { en: 'delay of keep-alive', ko: 'keep-alive 시작까지의 시간' } },
    { name: 'pt', unit: 's', meaning: { en: 'time-out of a pong', ko: '퐁의 제한 시간' } },
  ],
  plot: {
    x: { label: { en: 'tcp_retries2', ko: 'tcp_retries2 값' }, unit: '' },
    y: { label: { en: 'given up after', ko: '포기하기까지' }, unit: 's' },
    from: 3,
    to: 15,
    curve: (x) => givenUpAfterMs(Math.round(x)) / 1000,
  },
} satisfies Law;
