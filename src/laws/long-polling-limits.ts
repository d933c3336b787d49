/**
 * Where long polling ends and where push does: one message per response cannot keep up (LP6), all that waits in
 * one response can, even past saturation (LP7). Push's own limit is FAN2 in `fan-out.ts`.
 *
 * Derived; Tangen 2015 measured the crossover.
 */
import type { Law } from './law.ts';
import { expectedMessages, lambda, N, nanoseconds, P, V } from './notation.ts';

/**
 * LP6: how fast the backlog grows, in messages per second, when each response carries one message only:
 * max(0, λ − 1/V). At most 1/V responses a second can be made. Source: derived.
 */
export const oneAtATimeBacklogRate = (p: { rate: number; blindNs: number }): number =>
  Math.max(0, p.rate - nanoseconds.perSecond / p.blindNs);

export const lp6 = {
  id: 'LP6',
  exact: false,
  title: { en: 'One message per response diverges', ko: '응답당 메시지가 하나뿐이면 계속 밀림' },
  statement: {
    en: 'A server that answers each request with one message can deliver one per blind window and no more. If messages come faster than that (P < V), each waits behind a longer queue than the one before, and the delay grows for as long as the load lasts. Returning all that waits is what keeps long polling stable.',
    ko: '응답마다 메시지를 하나씩만 돌려주는 서버는 응답 공백 시간 V마다 하나밖에 보낼 수 없습니다. 메시지가 그보다 빨리 생기면(P < V) 나중에 생긴 것일수록 더 긴 대기열에서 기다리고, 부하가 계속되는 한 지연은 끝없이 늘어납니다. 쌓인 메시지를 한 응답에 모두 돌려주어야 롱 폴링이 안정됩니다.',
  },
  formula: 'backlog grows by λ − 1/V messages/s when V > P',
  source: 'derived',
  parameters: [lambda, P, V],
  plot: {
    x: { label: { en: 'messages per second (V = 40 ms)', ko: '초당 메시지 수 (V = 40 ms)' }, unit: '1/s' },
    y: { label: { en: 'backlog after one second', ko: '1초 뒤 밀린 메시지' }, unit: '' },
    from: 0,
    to: 100,
    curve: (x) => oneAtATimeBacklogRate({ rate: x, blindNs: 40 * nanoseconds.perMs }),
  },
} satisfies Law;

/** Time of a saturated long-polling server: a per response, b per message in it (ns); `rate` per client. */
export interface BatchCost {
  readonly clients: number;
  readonly rate: number;
  readonly perResponseNs: number;
  readonly perMessageNs: number;
}

/**
 * LP7: the time in which a saturated server answers every client once, in ns: C = N·a/(1 − N·λ·b), because
 * C = N·(a + b·λC). Infinity from N·λ·b = 1 on. It holds where the server is the bottleneck (C > V and λC > 1);
 * below that LP2 and LP5 hold. Source: derived; Tangen 2015.
 */
export function saturatedCycleNs(p: BatchCost): number {
  const idleShare = 1 - p.clients * expectedMessages(p.rate, p.perMessageNs);
  return idleShare > 0 ? (p.clients * p.perResponseNs) / idleShare : Number.POSITIVE_INFINITY;
}

export const lp7 = {
  id: 'LP7',
  exact: false,
  title: { en: 'Past saturation batching wins', ko: '포화 뒤에는 묶어 보내는 쪽이 유리' },
  statement: {
    en: 'A saturated long-polling server goes round its clients, and the longer a round takes, the more messages share each response. Dear work (one response) is then paid once a round, and only cheap work (one more message in a batch) grows with the load. Push pays its full cost for every message and has no such brake: its queue grows without end. So past saturation the slower transport delivers sooner.',
    ko: '포화된 롱 폴링 서버는 클라이언트마다 차례로 응답하는데, 한 바퀴가 길어질수록 응답 하나에 더 많은 메시지가 담깁니다. 비싼 작업(응답 하나)은 한 바퀴에 한 번만 하고, 부하에 따라 늘어나는 것은 값싼 작업(묶음에 메시지 하나 더 넣기)뿐입니다. 푸시는 메시지마다 비용을 다 치르고 이런 제동 장치가 없어서 대기열이 끝없이 길어집니다. 그래서 포화 뒤에는 더 느리다고 알려진 롱 폴링이 오히려 더 빨리 전달합니다.',
  },
  formula: 'cycle C = N·a/(1 − N·λ·b), finite while N·λ·b < 1; push is unstable from N = 1/(λ·c)',
  source: 'derived; Tangen 2015 (MSc, University of Oslo)',
  parameters: [
    N,
    lambda,
    {
      name: 'a',
      unit: 'ns',
      meaning: { en: "server's cost of one response", ko: '응답 하나에 드는 서버 비용' },
    },
    {
      name: 'b',
      unit: 'ns',
      meaning: { en: 'cost of one more message in it', ko: '응답에 메시지 하나를 더 넣는 비용' },
    },
  ],
  plot: {
    x: {
      label: { en: 'clients (200/s, a = 100, b = 5 µs)', ko: '클라이언트 수 (초당 200, a = 100, b = 5 µs)' },
      unit: '',
    },
    y: { label: { en: 'cycle', ko: '한 바퀴' }, unit: 'ms' },
    from: 1,
    to: 900,
    curve: (x) =>
      saturatedCycleNs({ clients: x, rate: 200, perResponseNs: 100e3, perMessageNs: 5e3 }) /
      nanoseconds.perMs,
  },
} satisfies Law;
