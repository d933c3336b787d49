/**
 * One server, many receivers: when the last client hears a broadcast, how many clients a single thread can
 * serve, and where long polling (LP7) takes over.
 *
 * Derived; Tangen 2015 measured the crossover.
 */
import type { Law, Parameter } from './law.ts';
import { d, expectedMessages, lambda, N, nanoseconds } from './notation.ts';

/**
 * FAN1: when the k-th client (from 1) receives a broadcast that a single-threaded server writes to one client after the
 * other: d + k·c, in ns. Source: derived.
 */
export const kthClientAgeNs = (p: { client: number; downNs: number; costPerClientNs: number }): number =>
  p.downNs + p.client * p.costPerClientNs;

const c: Parameter = {
  name: 'c',
  unit: 'ns',
  meaning: {
    en: "server's cost of one message to one client",
    ko: '클라이언트 하나에 메시지 하나를 보내는 서버 비용',
  },
};

export const fan1 = {
  id: 'FAN1',
  exact: false,
  title: { en: 'The last client waits for the others', ko: '마지막 클라이언트는 앞의 전송을 모두 기다림' },
  statement: {
    en: 'A broadcast is a loop: the server writes to one client after another, and each write takes c. The first hears it after d + c, the last after d + N·c. With 1,000 clients and 20 µs a write the last is 20 ms behind the first, whatever the network does; "everyone at once" is N small pushes.',
    ko: '브로드캐스트는 반복문입니다. 서버는 클라이언트마다 차례로 보내고, 한 번 보내는 데 c가 걸립니다. 첫 클라이언트는 d + c 뒤에, 마지막 클라이언트는 d + N·c 뒤에 받습니다. 클라이언트가 1,000개이고 한 번에 20 µs가 걸린다면, 네트워크와 상관없이 마지막은 처음보다 20 ms 늦습니다. “모두에게 동시에”는 사실 작은 푸시 N번입니다.',
  },
  formula: 'L(k) = d + k·c, k = 1 … N',
  source: 'derived',
  parameters: [
    d,
    c,
    { name: 'k', unit: '', meaning: { en: 'place in the loop, from 1', ko: '보내는 차례, 1부터' } },
  ],
  plot: {
    x: { label: { en: 'k-th client', ko: 'k번째 클라이언트' }, unit: '' },
    y: { label: { en: 'age (d = 1 ms, c = 20 µs)', ko: '지연 (d = 1 ms, c = 20 µs)' }, unit: 'ms' },
    from: 1,
    to: 1000,
    curve: (x) =>
      kthClientAgeNs({ client: Math.round(x), downNs: 1e6, costPerClientNs: 20e3 }) / nanoseconds.perMs,
  },
} satisfies Law;

/** N clients that each get `rate` messages per second, each costing the server c. */
export interface PushLoad {
  readonly clients: number;
  readonly rate: number;
  readonly costPerClientNs: number;
}

/** FAN2: the share of its time the server needs: N·λ·c. Stable below 1. Source: derived. */
export const pushUtilisation = (p: PushLoad): number =>
  p.clients * expectedMessages(p.rate, p.costPerClientNs);

/** FAN2: the number of clients from which the queue grows without end: 1/(λ·c). */
export const pushLimitClients = (p: Omit<PushLoad, 'clients'>): number =>
  1 / expectedMessages(p.rate, p.costPerClientNs);

export const fan2 = {
  id: 'FAN2',
  exact: false,
  title: { en: 'The knee of push', ko: '푸시가 꺾이는 지점' },
  statement: {
    en: 'Each second the server owes N·λ writes of c each. While that is less than a second of work, queues empty again; at a full second they only grow, and latency is then a matter of how long the test runs. A figure measured past this point says nothing about the protocol and everything about the duration.',
    ko: '서버는 매초 한 번에 c씩 걸리는 쓰기를 N·λ번 해야 합니다. 이 시간을 모두 더해 1초보다 적으면 대기열이 다시 비지만, 1초를 채우면 대기열은 늘어나기만 하고 지연은 측정을 얼마나 오래 했는지에 따라 정해집니다. 이 지점을 넘어서 측정한 값은 프로토콜이 아니라 측정 시간을 보여 줄 뿐입니다.',
  },
  formula: 'stable while N·λ·c < 1; limit N = 1/(λ·c)',
  source: 'derived (utilisation of a single server)',
  parameters: [N, lambda, c],
  plot: {
    x: {
      label: { en: 'clients (200 msg/s, c = 15 µs)', ko: '클라이언트 수 (초당 200, c = 15 µs)' },
      unit: '',
    },
    y: { label: { en: "share of the server's time", ko: '서버 시간의 사용률' }, unit: '%' },
    from: 0,
    to: 500,
    curve: (x) => 100 * pushUtilisation({ clients: x, rate: 200, costPerClientNs: 15e3 }),
  },
} satisfies Law;

/**
 * LP7 with FAN2: the numbers of clients between which long polling is stable and push is not, from 1/(λ·c) up to
 * 1/(λ·b); null when a message in a batch is no cheaper than a push (b ≥ c), so that there is no such range.
 */
export function batchingRange(p: { rate: number; costPerClientNs: number; perMessageNs: number }) {
  if (p.perMessageNs >= p.costPerClientNs) return null;
  return {
    fromClients: pushLimitClients(p),
    toClients: pushLimitClients({ rate: p.rate, costPerClientNs: p.perMessageNs }),
  };
}
