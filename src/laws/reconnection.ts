/**
 * How long clients wait before they reconnect, by policy, and when a herd that was disconnected together is back.
 *
 * Read from socket.io-client 4.8.4 (`contrib/backo2`), WHATWG HTML §9.2.3, Brooker 2015 (“Exponential Backoff And Jitter”).
 */
import type { Law } from './law.ts';
import { nearestRank } from './tolerance.ts';

type Random = () => number;

/** How long (ms) a client waits before its attempt k, from 0; `random` gives its random numbers. */
export type ReconnectPolicy = (attempt: number, random: Random) => number;

const second = 1000;

/** The wait doubles with each attempt, up to a limit at which numbers would overflow. */
const doubled = (attempt: number): number => 2 ** Math.min(attempt, 30);

/** reconnecting-websocket 4.4.0 and partysocket 1.3.0: each wait 1.3 times the one before, 10 s at most, not random. */
export const growing =
  (firstMs: number): ReconnectPolicy =>
  (attempt) =>
    Math.min(10 * second, firstMs * 1.3 ** attempt);

export const reconnectPolicies = {
  /** The same wait each time. */
  fixed: () => second,
  /** Anything up to ten seconds. */
  uniform: (_, random) => 10 * second * random(),
  /** Anything up to 1 s, 2 s, 4 s … 30 s. */
  'full-jitter': (attempt, random) => Math.min(30 * second, second * doubled(attempt)) * random(),
  /** 1, 2, 4 s … × 0.55 to 1.5, only then capped at 5 s. The spread's sign is from the tenths of its random number. */
  'socket.io'(attempt, random) {
    const base = second * doubled(attempt);
    const chance = random();
    const spread = Math.floor(0.5 * chance * base);
    const isLess = Math.floor(10 * chance) % 2 === 0;
    return Math.min(5 * second, isLess ? base - spread : base + spread);
  },
  /** The default reconnection time of Chromium. The specification suggests a few seconds. */
  eventsource: () => 3 * second,
  /** The library's wait, which is the same on every machine. */
  partysocket: growing(3 * second),
  /** 100, 200, 400 ms … 5 s, each shortened by up to half. */
  doubling: (attempt, random) => Math.min(5 * second, 100 * doubled(attempt)) * (1 - random() / 2),
} as const satisfies Readonly<Record<string, ReconnectPolicy>>;

export type PolicyName = keyof typeof reconnectPolicies;
export const policyNames = Object.keys(reconnectPolicies) as PolicyName[];

/** The policy that was asked for; `doubling` by default. */
export const policyAsked = (name: unknown): PolicyName =>
  policyNames.find((known) => known === name) ?? 'doubling';

export interface Return {
  /** From the end of the outage (ms). */
  readonly afterMs: number;
  readonly attempts: number;
}

/**
 * HERD: a client that is refused at once is back with its first attempt after the outage: S_n − D, for the first n with
 * S_n ≥ D.
 *
 * @param failingMs how long an attempt takes to fail, added to each wait.
 */
export function returnAfter(
  policy: ReconnectPolicy,
  outageMs: number,
  random: Random,
  failingMs = 0,
): Return {
  let waitedMs = policy(0, random);
  let attempts = 1;
  for (; waitedMs < outageMs; attempts++) waitedMs += failingMs + policy(attempts, random);
  return { afterMs: waitedMs - outageMs, attempts };
}

/** How many of these times (ms, from 0) lie in each of the consecutive windows of this width. */
export function perWindow(times: Iterable<number>, windowMs: number): number[] {
  const counts: number[] = [];
  for (const ms of times) {
    const window = Math.floor(ms / windowMs);
    counts[window] = (counts[window] ?? 0) + 1;
  }
  return Array.from(counts, (count = 0) => count);
}

/** Figures of a herd that has reconnected. */
export interface HerdFigures {
  readonly medianMs: number;
  readonly most95Ms: number;
  readonly lastMs: number;
  /** The most clients within any window of this many ms. */
  readonly peak: Readonly<Record<PeakWindow, number>>;
}

const peakWindows = [10, 50, 100] as const;
type PeakWindow = (typeof peakWindows)[number];

/** The most of these times in any window of this width. @param sorted ascending */
export function peakWithin(sorted: readonly number[], width: number): number {
  let first = 0;
  let most = 0;
  sorted.forEach((time, index) => {
    while (time - (sorted[first] ?? time) >= width) first++;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

/** @param afterMs of each client, in any order; at least one. */
export function herdFigures(afterMs: readonly number[]): HerdFigures {
  const sorted = afterMs.toSorted((a, b) => a - b);
  const rank = (share: number) => nearestRank(sorted, share) ?? Number.NaN;
  const peaks = peakWindows.map((width) => [width, peakWithin(sorted, width)] as const);
  return {
    medianMs: rank(0.5),
    most95Ms: rank(0.95),
    lastMs: rank(1),
    peak: Object.fromEntries(peaks) as HerdFigures['peak'],
  };
}

/** A figure of a herd: its median over many herds, and the range in which it lies in 99 of 100. */
export interface Likely {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** @param figures one of each herd; at least one. */
export function likelyOf(figures: readonly number[]): Likely {
  const sorted = figures.toSorted((a, b) => a - b);
  const rank = (share: number) => nearestRank(sorted, share) ?? Number.NaN;
  return { median: rank(0.5), low: rank(0.005), high: rank(0.995) };
}

/** HERD: likely figures of a herd, by drawing many herds. @param random the same numbers give the same answer. */
export function likelyHerd(
  p: { policy: ReconnectPolicy; outageMs: number; clients: number; herds?: number; failingMs?: number },
  random: Random,
): Readonly<Record<'medianMs' | 'most95Ms' | 'peak100', Likely>> {
  const herds = Array.from({ length: p.herds ?? 400 }, () =>
    herdFigures(
      Array.from({ length: p.clients }, () => returnAfter(p.policy, p.outageMs, random, p.failingMs).afterMs),
    ),
  );
  const likely = (read: (figures: HerdFigures) => number): Likely => likelyOf(herds.map(read));
  return {
    medianMs: likely(({ medianMs }) => medianMs),
    most95Ms: likely(({ most95Ms }) => most95Ms),
    peak100: likely(({ peak }) => peak[100]),
  };
}

const parameters = {
  outage: { name: 'D', unit: 'ms', meaning: { en: 'length of the outage', ko: '단절 시간' } },
  sum: {
    name: 'S',
    unit: 'ms',
    meaning: { en: 'sum of the first n waits', ko: '처음 n번의 대기 시간의 합' },
  },
  clients: { name: 'N', unit: '', meaning: { en: 'clients', ko: '클라이언트 수' } },
} as const;

export const herd1 = {
  id: 'HERD1',
  exact: false,
  title: { en: 'Equal waits bring everybody back at once', ko: '같은 대기 시간: 모두 한꺼번에 복귀' },
  statement: {
    en: 'Clients that lost their server in the same moment and wait the same time before each attempt stay together for ever: whoever was refused n times comes with all others, in one burst, at the first sum of waits that is not shorter than the outage. The burst is as high as there are clients, and it does not matter how long the outage was.',
    ko: '같은 순간에 서버를 잃고 매번 같은 시간을 기다리는 클라이언트는 끝까지 함께 움직입니다. n번 거절당한 클라이언트는 대기 시간의 합이 단절 시간 이상이 되는 첫 순간에 다른 모든 클라이언트와 한꺼번에 돌아옵니다. 이 순간의 연결 수는 클라이언트 수와 같고, 단절이 얼마나 길었는지는 상관없습니다.',
  },
  formula: 'back after S − D, S = first sum of waits with S ≥ D; peak = N',
  source: 'derived; WHATWG HTML §9.2.3 (reconnection time)',
  parameters: [parameters.sum, parameters.outage, parameters.clients],
  plot: {
    x: { label: { en: 'outage', ko: '단절 시간' }, unit: 's' },
    y: { label: { en: 'back after (3 s waits)', ko: '복귀까지 (3초 대기)' }, unit: 's' },
    from: 0,
    to: 12,
    curve: (x) => returnAfter(reconnectPolicies.eventsource, x * second, () => 0).afterMs / second,
  },
} satisfies Law;

/** HERD2: expected arrivals in a window of width w, while N clients wait uniformly between 0 and b. */
export const expectedInWindow = (p: { clients: number; windowMs: number; longestMs: number }): number =>
  (p.clients * p.windowMs) / p.longestMs;

export const herd2 = {
  id: 'HERD2',
  exact: false,
  title: { en: 'A random wait flattens the herd', ko: '무작위 대기: 평평해지는 복귀' },
  statement: {
    en: 'If each client waits anything between nothing and b before each attempt, those whose first wait outlasts the outage come evenly, N·w/b in a window of width w; 95 in 100 are back when 95 hundredths of b have passed. The highest window lies above that mean by chance: for 200 clients and ten seconds some 9 in 100 ms where 2 are expected. What it costs is time: the last one comes after nearly b.',
    ko: '각 클라이언트가 시도할 때마다 0부터 b 사이의 시간을 무작위로 기다리면, 첫 대기가 단절보다 긴 클라이언트는 고르게 돌아와 폭이 w인 구간마다 N·w/b개가 옵니다. 100개 가운데 95개는 b의 0.95가 지나면 돌아와 있습니다. 가장 붐비는 구간은 우연히 평균보다 높습니다. 클라이언트 200개, 10초라면 100 ms에 평균 2개인 곳에 9개쯤 몰립니다. 대가는 시간입니다. 마지막 클라이언트는 거의 b가 지나야 돌아옵니다.',
  },
  formula: 'per window = N·w/b; 95 % back after 0.95·b (D → 0)',
  source: 'derived',
  parameters: [
    parameters.clients,
    { name: 'w', unit: 'ms', meaning: { en: 'width of the window', ko: '구간의 폭' } },
    { name: 'b', unit: 'ms', meaning: { en: 'longest wait', ko: '가장 긴 대기 시간' } },
    parameters.outage,
  ],
  plot: {
    x: { label: { en: 'longest wait', ko: '가장 긴 대기 시간' }, unit: 's' },
    y: { label: { en: 'of 200 clients in 100 ms', ko: '클라이언트 200개 중 100 ms에' }, unit: '' },
    from: 1,
    to: 30,
    curve: (x) => expectedInWindow({ clients: 200, windowMs: 100, longestMs: x * second }),
  },
} satisfies Law;

export const herd3 = {
  id: 'HERD3',
  exact: false,
  title: { en: 'Socket.IO’s herd never spreads for good', ko: 'Socket.IO: 끝까지 다 흩어지지 않는 복귀' },
  statement: {
    en: 'Socket.IO waits 1, 2, 4 s and so on, spread by up to a half, and cuts the result at five seconds. From the fifth attempt on every wait is five seconds exactly, for everybody: what the first four have spread stays spread, and nothing is added. So the return after a long outage is a hump that repeats every five seconds of outage, with a median of some two seconds and the last after nearly five.',
    ko: 'Socket.IO는 1초, 2초, 4초처럼 두 배씩 늘려 최대 절반까지 흩은 다음 5초에서 자릅니다. 다섯 번째 시도부터는 누구나 정확히 5초를 기다립니다. 처음 네 번에 흩어진 만큼만 흩어져 있고 더는 흩어지지 않습니다. 그래서 긴 단절 뒤의 복귀는 단절 시간 5초마다 되풀이되는 봉우리 모양이고, 중앙값은 2초쯤, 마지막은 거의 5초 뒤입니다.',
  },
  formula: 'back after S − D; wait k = min(5 s, 1 s·2ᵏ·(0.55 … 1.5)); peak among N by drawing herds',
  source: 'socket.io-client 4.8.4, contrib/backo2',
  parameters: [parameters.sum, parameters.outage, parameters.clients],
} satisfies Law;

export const herd4 = {
  id: 'HERD4',
  exact: false,
  title: { en: 'Doubling with jitter: later, and flatter', ko: '지수 백오프와 지터: 더 늦고 평평한 복귀' },
  statement: {
    en: 'Where each wait is drawn anew and the longest one doubles, the herd spreads more with every attempt that is refused: the longer the outage, the flatter the return, and the longer it takes. A blip is another matter: after the first attempt only the first wait has spread it, and where that is a tenth of a second, everybody is back within a tenth of a second.',
    ko: '대기 시간을 매번 새로 뽑고 상한이 두 배씩 늘어나면, 거절당할 때마다 무리가 더 흩어집니다. 단절이 길수록 복귀는 평평해지고 오래 걸립니다. 잠깐의 끊김은 다릅니다. 첫 시도까지는 첫 대기 시간만큼만 흩어지므로, 그것이 0.1초라면 모두 0.1초 안에 돌아옵니다.',
  },
  formula: 'back after S − D; wait k drawn from 0 … min(cap, first·2ᵏ); peak among N by drawing herds',
  source: 'derived; Brooker 2015 (AWS Architecture Blog, “Exponential Backoff And Jitter”)',
  parameters: [parameters.sum, parameters.outage, parameters.clients],
} satisfies Law;

/** Which law a policy follows. */
export const lawOfPolicy = {
  fixed: 'HERD1',
  eventsource: 'HERD1',
  partysocket: 'HERD1',
  uniform: 'HERD2',
  'socket.io': 'HERD3',
  'full-jitter': 'HERD4',
  doubling: 'HERD4',
} as const satisfies Record<PolicyName, string>;
