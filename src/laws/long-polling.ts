/**
 * Long polling with one request outstanding and a server that returns all it has: how old events are, how many
 * share a response. Everything follows from the blind window V, the time in which the server has no request to
 * answer. Where long polling ends is in `long-polling-limits.ts`.
 *
 * RFC 6202 §2.2 describes the mechanism; Pimentel & Nickerson 2012 measured LP5.
 */
import { type Distribution, uniform } from './distribution.ts';
import type { Law } from './law.ts';
import { d, expectedMessages, lambda, nanoseconds, P, r, s, u, V } from './notation.ts';

/**
 * V = d + r + u + s, in ns: the response travels down, the client turns round, the next request travels up, and
 * the server works until the request is parked. So s lies before the mailbox is read, and an age starts at d.
 */
export const blindWindowNs = (p: {
  downNs: number;
  upNs: number;
  turnaroundNs?: number;
  serviceNs?: number;
}) => p.downNs + (p.turnaroundNs ?? 0) + p.upNs + (p.serviceNs ?? 0);

/** The two lengths every age law here needs, in ns. */
export interface Blindness {
  readonly blindNs: number;
  readonly downNs: number;
}

/** LP1: the age of an event due `sinceResponseNs` after the last response left the server: max(0, V − t) + d, in ns. */
export const longPollingAgeNs = (p: Blindness & { sinceResponseNs: number }): number =>
  Math.max(0, p.blindNs - p.sinceResponseNs) + p.downNs;

export const lp1 = {
  id: 'LP1',
  exact: false,
  title: { en: 'Parked or blind', ko: '서버에 대기 중인 요청과 응답 공백' },
  statement: {
    en: 'While a request is parked at the server, an event leaves at once and is d old when it arrives, as with any push. But after each response the server has nothing to answer until the next request arrives: the response must go down, the client turn round, the request come up. An event in this blind window V waits for the rest of it and then travels.',
    ko: '서버에 대기 중인 요청이 있을 때 생긴 이벤트는 바로 출발하므로, 푸시와 똑같이 지연이 d입니다. 그러나 응답을 한 번 보내고 나면 다음 요청이 올 때까지 서버에는 응답할 요청이 없습니다. 응답이 클라이언트에 도착하고, 클라이언트가 다시 요청하고, 그 요청이 서버에 도착해야 합니다. 이 응답 공백 시간 V 안에 생긴 이벤트는 남은 시간만큼 기다린 뒤 출발합니다.',
  },
  formula: 'V = d + r + u + s; parked: L = d; t after the last response, t < V: L = V − t + d',
  source: 'RFC 6202 §2.2; derived',
  parameters: [u, d, r, s],
  plot: {
    x: { label: { en: 'time since the last response', ko: '마지막 응답 이후의 시간' }, unit: 'ms' },
    y: { label: { en: 'age (V = 40, d = 20 ms)', ko: '지연 (V = 40, d = 20 ms)' }, unit: 'ms' },
    from: 0,
    to: 80,
    curve: (x) => longPollingAgeNs({ blindNs: 40, downNs: 20, sinceResponseNs: x }),
  },
} satisfies Law;

/**
 * LP2: mean messages per response under Poisson arrivals: m = λV + e^(−λV). A blind window gathers λV; if it
 * gathers none (e^(−λV)), the parked request leaves with the next one. Requests per message: 1/m. Responses
 * that are empty because the hold time ended (204) are not among them. Source: derived.
 */
export function messagesPerResponse(p: { rate: number; blindNs: number }): number {
  const x = expectedMessages(p.rate, p.blindNs);
  return x + Math.exp(-x);
}

export const lp2 = {
  id: 'LP2',
  exact: false,
  title: { en: 'Long polling batches by itself', ko: '롱 폴링은 저절로 묶어 보냄' },
  statement: {
    en: 'What happens in the blind window travels together in the next response. With rare messages each has a response of its own; with many, λV of them share one. So requests per message fall as the load rises, without any setting: long polling turns into polling with the shortest possible interval.',
    ko: '응답 공백 시간에 생긴 메시지들은 다음 응답에 함께 담깁니다. 메시지가 드물면 메시지마다 응답이 하나씩이고, 많으면 λV개가 응답 하나를 나누어 씁니다. 그래서 따로 설정하지 않아도 부하가 커질수록 메시지당 요청 수가 줄어듭니다. 롱 폴링이 가장 짧은 간격의 폴링처럼 동작하게 되는 것입니다.',
  },
  formula: 'm = λV + e^(−λV); requests per message = 1/m',
  source: 'derived; explains Johannessen 2014',
  parameters: [lambda, V],
  plot: {
    x: { label: { en: 'messages per second (V = 40 ms)', ko: '초당 메시지 수 (V = 40 ms)' }, unit: '1/s' },
    y: { label: { en: 'messages per response', ko: '응답당 메시지 수' }, unit: '' },
    from: 0,
    to: 200,
    curve: (x) => messagesPerResponse({ rate: x, blindNs: 40 * nanoseconds.perMs }),
  },
} satisfies Law;

/** LP3: mean age under Poisson arrivals: d + λV²/(2m), in ns. λV messages a cycle wait V/2 each, shared by m. Derived. */
export const longPollingMeanAgeNs = (p: Blindness & { rate: number }): number =>
  p.downNs + (expectedMessages(p.rate, p.blindNs) * p.blindNs) / (2 * messagesPerResponse(p));

export const lp3 = {
  id: 'LP3',
  exact: false,
  title: { en: 'Mean age under long polling', ko: '롱 폴링의 평균 지연' },
  statement: {
    en: 'Rare messages nearly always find a parked request and are d old. As the rate rises, a growing share falls into the blind window and waits half of it on average, so the mean climbs from d towards d + V/2 and no further: about two transits over a symmetric link.',
    ko: '메시지가 드물면 거의 언제나 대기 중인 요청이 있으므로 지연은 d입니다. 메시지가 잦아지면 응답 공백 시간에 생기는 비율이 커지고 그런 메시지는 평균 V/2를 기다립니다. 그래서 평균은 d에서 d + V/2 쪽으로 올라가고 그 이상 커지지 않습니다. 대칭 링크라면 편도 시간의 약 두 배입니다.',
  },
  formula: 'mean L = d + λV²/(2m), m from LP2',
  source: 'derived; RFC 6202 §2.2 ("the average latency … is close to one network transit")',
  parameters: [lambda, V, d],
  plot: {
    x: { label: { en: 'messages per second (V = 40 ms)', ko: '초당 메시지 수 (V = 40 ms)' }, unit: '1/s' },
    y: { label: { en: 'mean age (d = 20 ms)', ko: '평균 지연 (d = 20 ms)' }, unit: 'ms' },
    from: 0,
    to: 200,
    curve: (x) =>
      longPollingMeanAgeNs({ rate: x, blindNs: 40 * nanoseconds.perMs, downNs: 20 * nanoseconds.perMs }) /
      nanoseconds.perMs,
  },
} satisfies Law;

/** LP4: the oldest an event can be: d + V, in ns. Source: RFC 6202 §2.2. */
export const longPollingMaxAgeNs = (p: Blindness): number => p.downNs + p.blindNs;

export const lp4 = {
  id: 'LP4',
  exact: false,
  title: { en: 'Worst age under long polling', ko: '롱 폴링의 최대 지연' },
  statement: {
    en: 'The unluckiest event happens just after a response has left. It waits for that response to go down and for the next request to come up, and then travels itself: three transits. RFC 6202 says "over three", because packets are also lost and servers also work. A maximum is one sample, so it is never asserted alone: 99 % of the ages must lie within it, plus what the bare link itself adds.',
    ko: '가장 운이 나쁜 이벤트는 응답이 막 출발한 직후에 생긴 이벤트입니다. 그 응답이 클라이언트에 도착하고 다음 요청이 서버에 올 때까지 기다린 다음, 자신도 클라이언트까지 가야 하므로 편도 시간의 세 배가 걸립니다. RFC 6202는 패킷 손실과 서버의 처리 시간도 있기 때문에 “세 배를 넘는다”고 설명합니다. 최댓값은 표본 하나일 뿐이어서 그것만으로 판정하지 않고, 지연의 99 %가 이 한계에 링크 자체의 초과분을 더한 값 안에 드는지 확인합니다.',
  },
  formula: 'max L = d + V = 2d + u + r + s',
  source: 'RFC 6202 §2.2',
  parameters: [d, V],
  plot: {
    x: { label: { en: 'one-way delay, both ways', ko: '양방향 각각의 편도 지연' }, unit: 'ms' },
    y: { label: { en: 'worst age', ko: '최대 지연' }, unit: 'ms' },
    from: 0,
    to: 150,
    curve: (x) => longPollingMaxAgeNs({ downNs: x, blindNs: blindWindowNs({ downNs: x, upNs: x }) }),
  },
} satisfies Law;

/**
 * LP5: ages (ns) under periodic arrivals: the constant d for P ≥ V; below that uniform on [d, d + V). The
 * uniform part is an average over phases: where V/P is a simple fraction one run shows a comb, as in POLL5.
 * Source: derived; Pimentel & Nickerson 2012.
 */
export const periodicLongPollingAge = (p: Blindness & { periodNs: number }): Distribution =>
  uniform(p.downNs, p.periodNs >= p.blindNs ? p.downNs : p.downNs + p.blindNs);

/** LP5: messages per response under periodic arrivals: 1 for P ≥ V, else V/P. */
export const periodicMessagesPerResponse = (p: { periodNs: number; blindNs: number }): number =>
  Math.max(1, p.blindNs / p.periodNs);

export const lp5 = {
  id: 'LP5',
  exact: false,
  title: { en: 'The step at half the period', ko: '주기의 절반에서 생기는 계단' },
  statement: {
    en: 'With a strictly periodic source, long polling is as fast as a WebSocket as long as the next request is back before the next message: V < P. Once the blind window is longer than the period, every message falls into one, and ages spread over the whole window at once. With equal delays both ways V is about 2d, so the step stands at d = P/2: 125 ms for a sensor that speaks four times a second.',
    ko: '메시지가 일정한 주기로 생기는 경우, 다음 메시지보다 먼저 다음 요청이 서버에 와 있기만 하면(V < P) 롱 폴링은 WebSocket만큼 빠릅니다. 응답 공백 시간이 주기보다 길어지면 모든 메시지가 그 시간 안에 생기고, 지연은 갑자기 그 시간 전체에 걸쳐 퍼집니다. 양방향 지연이 같으면 V는 약 2d이므로 계단은 d = P/2에 생깁니다. 1초에 네 번 보내는 센서라면 125 ms입니다.',
  },
  formula: 'P > V: L = d, 1 request per message; P < V: V/P messages per response, L ~ uniform [d, d + V)',
  source: 'derived; Pimentel & Nickerson 2012 (IEEE Internet Computing 16(4))',
  parameters: [P, V, d],
  plot: {
    x: { label: { en: 'one-way delay, both ways', ko: '양방향 각각의 편도 지연' }, unit: 'ms' },
    y: { label: { en: 'mean age (P = 250 ms)', ko: '평균 지연 (P = 250 ms)' }, unit: 'ms' },
    from: 50,
    to: 150,
    curve: (x) => periodicLongPollingAge({ periodNs: 250, blindNs: 2 * x, downNs: x }).mean,
  },
} satisfies Law;
