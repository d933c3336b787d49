/**
 * Short polling, the timetable: when polls happen, how old an event is when it is fetched, and how long the
 * connection between two polls must be kept. What a poll finds in the mailbox is in `poll-contents.ts`.
 *
 * Derived; RFC 6202 §2.1 describes the mechanism.
 */
import { type Distribution, uniform } from './distribution.ts';
import type { Law } from './law.ts';
import { d, r, rtt, s, T } from './notation.ts';

/**
 * POLL1: the age of an event fetched by polls T apart is uniform on [d + s, T + d + s), all in ns. Here s is
 * what passes between reading the mailbox and sending the response. It needs random phases or Poisson arrivals
 * (see POLL5), and polls that are really T apart: pass `effectiveIntervalNs` when a poll takes longer than T.
 * Source: derived.
 */
export const pollAge = (p: { intervalNs: number; downNs: number; serviceNs?: number }): Distribution => {
  const low = p.downNs + (p.serviceNs ?? 0);
  return uniform(low, low + p.intervalNs);
};

export const poll1 = {
  id: 'POLL1',
  exact: false,
  title: { en: 'Age of a polled event', ko: '폴링으로 받은 이벤트의 지연' },
  statement: {
    en: 'An event waits at the server until the next poll fetches it. Polls come every T and the event may happen at any moment between two of them, so the wait is anything from 0 to T, each equally likely: T/2 on average. Then the response travels once, d, to the client. The way of the request does not count, because the event did not have to wait for it. Halving the wait means polling twice as often, whether there is news or not.',
    ko: '이벤트는 다음 폴링이 가져갈 때까지 서버에서 기다립니다. 폴링은 T마다 오고 이벤트는 그 사이 아무 때나 생길 수 있으므로, 기다리는 시간은 0부터 T까지 고르게 분포하며 평균은 T/2입니다. 그다음 응답이 클라이언트까지 한 번(d) 이동합니다. 요청이 서버로 가는 시간은 이벤트가 기다린 시간이 아니므로 더하지 않습니다. 기다리는 시간을 반으로 줄이려면 새 데이터가 있든 없든 두 배 자주 요청해야 합니다.',
  },
  formula: 'L ~ uniform [d+s, T+d+s); mean T/2 + d + s; sd T/√12',
  source: 'derived',
  parameters: [T, d, s],
  plot: {
    x: { label: { en: 'poll interval', ko: '폴링 간격' }, unit: 'ms' },
    y: { label: { en: 'mean age (d = 20 ms)', ko: '평균 지연 (d = 20 ms)' }, unit: 'ms' },
    from: 0,
    to: 1000,
    curve: (x) => pollAge({ intervalNs: x, downNs: 20 }).mean,
  },
} satisfies Law;

/** POLL2: the time from one poll to the next when the client pauses after each response: D + RTT + s + r, in ns. */
export const pausedCycleNs = (p: {
  pauseNs: number;
  rttNs: number;
  serviceNs?: number;
  turnaroundNs?: number;
}) => p.pauseNs + p.rttNs + (p.serviceNs ?? 0) + (p.turnaroundNs ?? 0);

/**
 * POLL2: the age is uniform on [d, cycle + d), in ns. Here s lengthens the cycle only: the server works first
 * and reads the mailbox last. (POLL1 places s after the reading; where it lies moves the age by s.)
 * Source: derived.
 */
export const pausedPollAge = (p: Parameters<typeof pausedCycleNs>[0] & { downNs: number }): Distribution =>
  uniform(p.downNs, p.downNs + pausedCycleNs(p));

export const poll2 = {
  id: 'POLL2',
  exact: false,
  title: { en: 'Pausing instead of a fixed interval', ko: '고정 간격 대신 쉬었다가 다시 요청' },
  statement: {
    en: 'Many programs wait a pause D after each response and then ask again. The real interval is then longer than D: the round trip, the work of the server and the turnaround of the client are added to it. So the same pause gives older events over a long link, and fewer requests too.',
    ko: '응답을 받은 뒤 D만큼 쉬었다가 다시 요청하는 프로그램이 많습니다. 이때 실제 간격은 D보다 깁니다. 왕복 시간, 서버의 처리 시간, 클라이언트의 준비 시간이 더해지기 때문입니다. 그래서 쉬는 시간이 같아도 먼 링크에서는 이벤트를 더 늦게 받고, 요청 수는 줄어듭니다.',
  },
  formula: 'cycle = D + RTT + s + r; L ~ uniform [d, cycle + d)',
  source: 'derived',
  parameters: [
    { name: 'D', unit: 'ns', meaning: { en: 'pause after each response', ko: '응답을 받은 뒤 쉬는 시간' } },
    rtt,
    d,
    s,
    r,
  ],
  plot: {
    x: { label: { en: 'round trip', ko: '왕복 시간' }, unit: 'ms' },
    y: { label: { en: 'mean age (D = 200 ms)', ko: '평균 지연 (D = 200 ms)' }, unit: 'ms' },
    from: 0,
    to: 600,
    curve: (x) => pausedPollAge({ pauseNs: 200, rttNs: x, downNs: x / 2 }).mean,
  },
} satisfies Law;

/** POLL3: when poll k (from 0) is due: φ + kT, in ns after the start. */
export const pollDueNs = (p: { index: number; intervalNs: number; phaseNs: number }): number =>
  p.phaseNs + p.index * p.intervalNs;

/**
 * POLL3: polls due in [0, X): ceil((X − φ)/T), none when X ≤ φ. Agrees with `pollDueNs` to the last bit: the
 * division may round across a whole number, so the count is checked against the due times themselves.
 */
export function pollCount(p: { durationNs: number; intervalNs: number; phaseNs: number }): number {
  let count = Math.max(0, Math.ceil((p.durationNs - p.phaseNs) / p.intervalNs));
  while (count > 0 && pollDueNs({ ...p, index: count - 1 }) >= p.durationNs) count--;
  while (pollDueNs({ ...p, index: count }) < p.durationNs) count++;
  return count;
}

/**
 * POLL3's other side: a poll that is due while the last one is still under way is skipped, so the polls really
 * made are T·ceil((RTT + s)/T) apart, in ns. Source: derived.
 */
export const effectiveIntervalNs = (p: { intervalNs: number; rttNs: number; serviceNs?: number }): number =>
  p.intervalNs * Math.max(1, Math.ceil((p.rttNs + (p.serviceNs ?? 0)) / p.intervalNs));

export const poll3 = {
  id: 'POLL3',
  exact: true,
  title: { en: 'Polls follow time, not messages', ko: '폴링 횟수는 메시지가 아니라 시간에 비례' },
  statement: {
    en: 'A client that polls every T asks the same number of times whether a thousand messages wait or none: only the clock counts. The number is exact when the phase of the first poll is known. On a real clock a poll that is due while the last one is still waiting for its answer is skipped; polls made and polls skipped together give the number. The price of silence is therefore the same as the price of news.',
    ko: 'T마다 폴링하는 클라이언트는 기다리는 메시지가 천 개든 하나도 없든 똑같은 횟수로 요청합니다. 횟수는 시간만으로 정해집니다. 첫 폴링의 시각을 알면 횟수를 정확히 알 수 있습니다. 실제 시계에서는 앞의 폴링이 아직 응답을 기다리는 동안 차례가 된 폴링은 건너뛰며, 실제로 보낸 폴링과 건너뛴 폴링을 더하면 이 횟수가 됩니다. 그래서 데이터가 하나도 없어도 비용은 똑같이 듭니다.',
  },
  formula: 'polls in [0, X) = ceil((X − φ)/T), made + skipped',
  source: 'derived',
  parameters: [
    { name: 'X', unit: 'ns', meaning: { en: 'length of the phase', ko: '측정 구간의 길이' } },
    {
      name: 'φ',
      unit: 'ns',
      meaning: { en: 'when the first poll is due, within [0, T)', ko: '첫 폴링 시각, [0, T) 안' },
    },
    T,
  ],
  plot: {
    x: { label: { en: 'poll interval', ko: '폴링 간격' }, unit: 'ms' },
    y: { label: { en: 'polls in one minute', ko: '1분 동안의 폴링 횟수' }, unit: '' },
    from: 250,
    to: 5000,
    curve: (x) => pollCount({ durationNs: 60_000, intervalNs: x, phaseNs: 0 }),
  },
} satisfies Law;

/**
 * POLL8: the keepAliveTimeout a server needs so that a poll every T ms always finds its connection open:
 * 1000·ceil(T/1000) + 3000 ms. Node announces whole seconds only, and undici gives up 2 s before the announced
 * end (`undiciGivesUpMs`); that leaves at least one second. Source: measured on Node 20.20.2, undici 7.30.2.
 */
export const keepAliveTimeoutMs = (intervalMs: number): number => 1000 * Math.ceil(intervalMs / 1000) + 3000;

/** POLL8: how long undici reuses an idle connection of a server with this timeout: whole seconds less 2 s, in ms. */
export const undiciGivesUpMs = (keepAliveTimeout: number): number =>
  Math.max(0, 1000 * Math.floor(keepAliveTimeout / 1000) - 2000);

export const poll8 = {
  id: 'POLL8',
  exact: true,
  title: { en: 'The keep-alive cliff', ko: 'keep-alive 만료의 경계' },
  statement: {
    en: "A server closes connections that lie idle: Node's after 5 seconds. A client that polls about that often loses its connection between polls, and pays a new TCP handshake each time, or writes into a connection that is just being closed and gets a reset. Clients know of it and give a connection up early: Node's http.Agent one second before the announced end, undici, and so fetch, about two. Browsers differ: Firefox heeds what the server announces, Chromium keeps an idle connection for five minutes whatever it says, and meets the reset. So the server must promise clearly more than one poll interval; here the promise is made on purpose, and it is visible.",
    ko: '서버는 쓰지 않는 연결을 닫습니다. Node의 기본값은 5초입니다. 폴링 간격이 그와 비슷하면 폴링과 폴링 사이에 연결이 끊겨 매번 TCP 핸드셰이크를 다시 하거나, 막 닫히는 연결에 요청을 보냈다가 연결이 재설정됩니다. 클라이언트도 이를 알기 때문에 연결을 미리 버립니다. 서버가 알린 시간보다 Node의 http.Agent는 1초, undici와 fetch는 약 2초 먼저 버립니다. 브라우저는 저마다 다릅니다. Firefox는 서버가 알린 시간을 따르지만, Chromium은 서버의 말과 상관없이 쉬는 연결을 5분 동안 두므로 재설정을 겪습니다. 그래서 서버는 keep-alive 시간을 폴링 간격보다 충분히 길게 정해야 합니다. 여기서는 그 값을 일부러 정하고 화면에 표시합니다.',
  },
  formula: 'keepAliveTimeout = 1000·ceil(T/1000) + 3000 ms',
  source:
    'measured on Node 20.20.2 (http.Server keepAliveTimeout) and undici 7.30.2; browsers: docs/browsers.md; RFC 9112 §9.3, §9.5',
  parameters: [{ ...T, unit: 'ms' }],
  plot: {
    x: { label: { en: 'poll interval', ko: '폴링 간격' }, unit: 'ms' },
    y: { label: { en: 'keep-alive timeout', ko: 'keep-alive 시간' }, unit: 'ms' },
    from: 1,
    to: 10_000,
    curve: keepAliveTimeoutMs,
  },
} satisfies Law;
