/**
 * Short polling, the contents: how many polls are empty, how many messages the others carry, what is lost when only the
 * latest value is kept, and the trap of a message period and a poll interval in a simple ratio. The timetable of the
 * polls is in `polling.ts`.
 *
 * Derived.
 */
import type { Law } from './law.ts';
import { expectedMessages, lambda, nanoseconds, P, T } from './notation.ts';

/**
 * How messages arrive: `poisson` (independent), `periodic` (every P, random phase) or `jittered` (one at a
 * uniformly random place of each period, the default schedule of this laboratory).
 */
type ArrivalKind = 'poisson' | 'periodic' | 'jittered';

/** `rate` in messages per second. */
export interface PollLoad {
  readonly arrivals: ArrivalKind;
  readonly rate: number;
  readonly intervalNs: number;
}

/**
 * POLL4: the share of polls that find nothing, 0 … 1. With x = λT = T/P: Poisson e^(−x); periodic 1 − x, or 0
 * from x = 1 on. Jittered is derived here: a window of x periods, averaged over where it starts in a period,
 * is empty with probability 1 − x + x³/6 for x ≤ 1, (2 − x)³/6 up to 2, and never beyond. Source: derived.
 */
export function emptyShare({ arrivals, rate, intervalNs }: PollLoad): number {
  const x = expectedMessages(rate, intervalNs);
  if (arrivals === 'poisson') return Math.exp(-x);
  if (arrivals === 'periodic') return Math.max(0, 1 - x);
  return x <= 1 ? 1 - x + x ** 3 / 6 : Math.max(0, 2 - x) ** 3 / 6;
}

export const poll4 = {
  id: 'POLL4',
  exact: false,
  title: { en: 'Share of empty polls', ko: '빈 폴링의 비율' },
  statement: {
    en: 'A poll is empty when nothing happened since the last one. With independent (Poisson) events of mean x = λT per interval that is e^(−x) of all polls; with strictly periodic events rarer than the polls it is 1 − T/P, and none once they are at least as frequent. An empty poll costs nearly as many bytes as a useful one, all of them headers: this is what polling pays for asking at the wrong moment.',
    ko: '지난 폴링 뒤에 아무 이벤트도 없었으면 응답이 비어 있습니다. 간격마다 평균 x = λT개의 이벤트가 서로 독립적으로(푸아송) 생기면 빈 폴링의 비율은 e^(−x)입니다. 이벤트가 폴링보다 드물게, 정확히 일정한 주기로 생기면 1 − T/P이고, 폴링만큼 자주 생기면 빈 폴링은 없습니다. 빈 폴링도 헤더 때문에 내용이 있는 폴링과 거의 같은 바이트를 씁니다. 언제 데이터가 생길지 모르고 요청하기 때문에 치르는 비용입니다.',
  },
  formula:
    'Poisson: e^(−λT); periodic: 1 − T/P for P ≥ T, else 0; jittered, x = T/P: 1 − x + x³/6, (2 − x)³/6, 0',
  source: 'derived',
  parameters: [lambda, T, P],
  plot: {
    x: {
      label: { en: 'messages per interval, λT (Poisson)', ko: '간격당 메시지 수, λT (푸아송)' },
      unit: '',
    },
    y: { label: { en: 'empty polls', ko: '빈 폴링' }, unit: '%' },
    from: 0,
    to: 4,
    curve: (x) => 100 * emptyShare({ arrivals: 'poisson', rate: x, intervalNs: nanoseconds.perSecond }),
  },
} satisfies Law;

/** P/T = a/b in lowest terms: b distinct waits, `stepNs` apart. */
export interface PhasePattern {
  readonly a: number;
  readonly b: number;
  readonly stepNs: number;
}

/**
 * POLL5: the a/b with the smallest b that a run of `messages` (1,000 by default) cannot tell from P/T: over the
 * whole run the waits drift by at most half the gap between two of them, |b·P/T − a| ≤ 1/(2·messages). Such a
 * fraction always exists with b ≤ 2·messages (Dirichlet), so the search ends.
 * Source: derived.
 */
export function phasePattern(p: { periodNs: number; intervalNs: number; messages?: number }): PhasePattern {
  const ratio = p.periodNs / p.intervalNs;
  const tolerance = 1 / (2 * (p.messages ?? 1000));
  // a = 0 would mean that there is no period at all, so b starts where a can be 1.
  for (let b = Math.max(1, Math.ceil((1 - tolerance) / ratio)); ; b++) {
    const a = Math.round(ratio * b);
    if (Math.abs(ratio * b - a) <= tolerance) return { a, b, stepNs: p.intervalNs / b };
  }
}

/** POLL5: with fewer than 20 distinct waits the ages form a comb, not the uniform distribution of POLL1. */
export const isPhaseLocked = (p: Parameters<typeof phasePattern>[0]): boolean => phasePattern(p).b < 20;

export const poll5 = {
  id: 'POLL5',
  exact: false,
  title: { en: 'Phase lock', ko: '박자가 맞을 때' },
  statement: {
    en: 'When messages and polls are both strictly periodic and their periods stand in a simple ratio P/T = a/b, each message meets the polls at one of only b positions. The waits are then b fixed values T/b apart, and with b = 1 all are the same: two runs that differ only in their starting moment show quite different latencies, and neither shows the mean. So arrivals are jittered by default, and a plan with b < 20 is warned about. A client that sends right after a poll returns falls into the same trap.',
    ko: '메시지와 폴링이 모두 정확한 주기를 따르고 두 주기의 비가 P/T = a/b처럼 간단하면, 메시지는 폴링 사이의 b개 위치에서만 생깁니다. 그러면 기다리는 시간은 T/b 간격의 b개 값뿐이고, b = 1이면 늘 똑같습니다. 시작 시각만 다른 두 실행의 지연이 전혀 다르게 나오고, 어느 쪽도 평균을 보여 주지 않습니다. 그래서 메시지를 보내는 시각은 기본으로 무작위로 조금씩 흔들고, b < 20인 계획에는 경고합니다. 폴링 응답을 받자마자 보내는 클라이언트에서도 같은 문제가 생깁니다.',
  },
  formula: 'P/T = a/b in lowest terms: b distinct waits, T/b apart; locked when b < 20',
  source: 'derived',
  parameters: [P, T],
  plot: {
    x: { label: { en: 'message period (T = 1000 ms)', ko: '메시지 주기 (T = 1000 ms)' }, unit: 'ms' },
    y: { label: { en: 'distinct waits, b', ko: '서로 다른 대기 시간의 수, b' }, unit: '' },
    from: 100,
    to: 1000,
    curve: (x) => phasePattern({ periodNs: Math.round(x), intervalNs: 1000 }).b,
  },
} satisfies Law;

/**
 * POLL6: the share of messages that arrive when a poll gets only the latest value: one per non-empty poll, so
 * (1 − empty)/(λT). Periodic P/T below T, else 1; Poisson (1 − e^(−λT))/(λT). Source: derived from POLL4.
 */
export const latestOnlyShare = (load: PollLoad): number => 1 / messagesPerNonEmptyPoll(load);

export const poll6 = {
  id: 'POLL6',
  exact: false,
  title: { en: 'Latest value only', ko: '최신 값만 남길 때' },
  statement: {
    en: 'If the server keeps only the latest value, a poll delivers one message at most, and whatever came before it in the same interval is overwritten. Periodic messages faster than the polls arrive to a share of P/T. For a thermometer that is a feature; for a chat it is loss, although no request ever failed.',
    ko: '서버가 최신 값만 보관하면 폴링 한 번에 메시지를 최대 하나만 받고, 같은 간격 안에서 먼저 온 메시지는 덮어써져 사라집니다. 메시지가 폴링보다 빠른 주기로 생기면 P/T의 비율만 도착합니다. 온도계라면 장점이지만 채팅이라면 유실입니다. 실패한 요청이 하나도 없는데도 그렇습니다.',
  },
  formula: 'delivered share = (1 − empty)/(λT): periodic P/T for P < T; Poisson (1 − e^(−λT))/(λT)',
  source: 'derived',
  parameters: [lambda, T, P],
  plot: {
    x: {
      label: { en: 'messages per interval, λT (Poisson)', ko: '간격당 메시지 수, λT (푸아송)' },
      unit: '',
    },
    y: { label: { en: 'delivered', ko: '전달된 비율' }, unit: '%' },
    from: 0.01,
    to: 10,
    curve: (x) => 100 * latestOnlyShare({ arrivals: 'poisson', rate: x, intervalNs: nanoseconds.perSecond }),
  },
} satisfies Law;

/**
 * POLL7: with a cursor nothing is lost, so the λT messages of an interval share the polls that are not empty:
 * λT/(1 − empty). Poisson λT/(1 − e^(−λT)); 1 in the limit of no messages. Source: derived from POLL4.
 */
export function messagesPerNonEmptyPoll(load: PollLoad): number {
  const x = expectedMessages(load.rate, load.intervalNs);
  // Rare messages arrive alone; here the tiny 1 − empty would have lost its digits.
  return x < 1e-6 ? 1 : x / (1 - emptyShare(load));
}

export const poll7 = {
  id: 'POLL7',
  exact: false,
  title: { en: 'Polling with a cursor', ko: '커서를 쓰는 폴링' },
  statement: {
    en: 'With a cursor the client says how far it has read, and the server answers everything after it. Nothing is lost; messages only travel together. The busier the server, the more of them share one response and its headers, so polling grows cheaper per message as the load rises. It is still later than push.',
    ko: '커서를 쓰면 클라이언트가 어디까지 읽었는지 알리고, 서버는 그 뒤의 메시지를 모두 돌려줍니다. 잃는 메시지는 없고 여러 개가 함께 올 뿐입니다. 메시지가 많을수록 더 많은 메시지가 응답 하나와 그 헤더를 나누어 쓰므로 메시지당 비용이 줄어듭니다. 그래도 푸시보다는 늦게 받습니다.',
  },
  formula: 'messages per non-empty poll = λT/(1 − empty); Poisson λT/(1 − e^(−λT))',
  source: 'derived',
  parameters: [lambda, T],
  plot: {
    x: {
      label: { en: 'messages per interval, λT (Poisson)', ko: '간격당 메시지 수, λT (푸아송)' },
      unit: '',
    },
    y: { label: { en: 'messages per non-empty poll', ko: '비어 있지 않은 폴링당 메시지 수' }, unit: '' },
    from: 0,
    to: 10,
    curve: (x) =>
      messagesPerNonEmptyPoll({ arrivals: 'poisson', rate: x, intervalNs: nanoseconds.perSecond }),
  },
} satisfies Law;
