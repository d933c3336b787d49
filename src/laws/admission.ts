/**
 * A server that is slow to admit: one handshake at a time, in the order of arrival. It does not check whether the
 * client is still there, so a handshake that was given up costs as much as any other.
 *
 * Derived. Whether a storm ends was tested over ranges of N and c with the policies of `reconnection.ts`
 * (docs/methodology.md).
 */
import type { Law } from './law.ts';
import { type ReconnectPolicy, type Return, returnAfter } from './reconnection.ts';

interface Admission {
  /** N. */
  readonly clients: number;
  /** c: what a handshake costs the server (ms). */
  readonly costMs: number;
  /** T: time after which a client gives up its handshake (ms); Infinity if it never does. */
  readonly timeoutMs: number;
}

/** HERD5: how many of the clients that try at the same time are in before the others give up. Source: derived. */
export const firstWave = ({ clients, costMs, timeoutMs }: Admission): number =>
  Math.min(clients, Math.floor(timeoutMs / costMs));

/**
 * HERD5: whether no more of the clients that wait equally long get in: the server then spends as long on the handshakes
 * they gave up as they take to try again. Source: derived, swept.
 *
 * @param p.waitMs d: how long they wait after they have given up.
 */
export const stormNeverEnds = (p: Admission & { readonly waitMs: number }): boolean =>
  (p.clients - firstWave(p)) * p.costMs >= p.timeoutMs + p.waitMs;

interface Attempt {
  readonly client: number;
  /** From 1. */
  readonly ordinal: number;
  readonly atMs: number;
}

/** Inserts behind all attempts that are due before it or at the same time; most belong at the end. */
function insert(attempts: Attempt[], one: Attempt) {
  let index = attempts.length;
  while ((attempts[index - 1]?.atMs ?? 0) > one.atMs) index--;
  attempts.splice(index, 0, one);
}

/**
 * HERD5: when each client of a herd is in (ms from the end of the outage); those that are not in by `untilMs` are left
 * out. A client that gives up tries again when its policy says.
 *
 * @param p.failingMs see `returnAfter`.
 */
export function admitted(
  p: Admission & { policy: ReconnectPolicy; outageMs: number; untilMs: number; failingMs?: number },
  random: () => number,
): Return[] {
  const firsts = Array.from({ length: p.clients }, (_, client): Attempt => {
    const { afterMs, attempts } = returnAfter(p.policy, p.outageMs, random, p.failingMs);
    return { client, ordinal: attempts, atMs: afterMs };
  });
  const attempts = firsts.toSorted((a, b) => a.atMs - b.atMs);
  const back: Return[] = [];
  let freeMs = 0;
  for (let next = attempts.shift(); next && next.atMs < p.untilMs; next = attempts.shift()) {
    const { client, ordinal, atMs } = next;
    freeMs = Math.max(freeMs, atMs) + p.costMs;
    const gaveUpMs = atMs + p.timeoutMs;
    if (freeMs > gaveUpMs)
      insert(attempts, { client, ordinal: ordinal + 1, atMs: gaveUpMs + p.policy(ordinal, random) });
    else if (freeMs <= p.untilMs) back.push({ afterMs: freeMs, attempts: ordinal });
  }
  return back;
}

export const herd5 = {
  id: 'HERD5',
  exact: false,
  title: { en: 'A server that is slow to admit', ko: '느리게 받아 주는 서버' },
  statement: {
    en: 'A server that has just come back is slow to let anybody in: caches are cold, sessions are looked up, keys are exchanged. Where it takes one handshake after the other, the last of N clients that come together is in after N·c. That is no harm as long as all wait. Where clients give up after T, only the first T/c get in, and the server goes on serving handshakes whose client has left. Those who are left come again after T + d. If serving them takes longer than that, the next wave waits behind the one that has left, and so does every wave after it: the storm never ends, although the server never rests. For equal waits this is exact. Where waits are random and d is the mean of the longest, all herds came in up to eight tenths of that border, none from twice it on, and in between chance decides. What ends a storm is a server that looks whether its client is still there before it works for it.',
    ko: '막 돌아온 서버는 클라이언트를 받아 주는 데 오래 걸립니다. 캐시는 비어 있고, 세션을 찾고, 키를 교환해야 합니다. 핸드셰이크를 하나씩 처리하면, 함께 온 클라이언트 N개 가운데 마지막은 N·c 뒤에 연결됩니다. 모두가 기다린다면 문제가 없습니다. 클라이언트가 T 뒤에 포기하면 처음 T/c개만 연결되고, 서버는 이미 떠난 클라이언트의 핸드셰이크를 계속 처리합니다. 남은 클라이언트는 T + d 뒤에 다시 옵니다. 이들을 처리하는 시간이 그보다 길면 다음 무리는 이미 떠난 무리 뒤에서 기다리고, 그다음 무리도 마찬가지입니다. 서버는 쉬지 않는데도 폭주는 끝나지 않습니다. 대기 시간이 같으면 이 조건은 정확합니다. 대기가 무작위이고 d가 가장 긴 대기의 평균이라면, 이 경계의 8/10까지는 모두 들어왔고 두 배부터는 어떤 무리도 다 들어오지 못했으며 그 사이는 우연이 결정합니다. 폭주를 끝내려면 서버가 일하기 전에 클라이언트가 아직 있는지 확인해야 합니다.',
  },
  formula: 'first wave = min(N, T/c); all after N·c if N·c ≤ T; never all if (N − T/c)·c ≥ T + d',
  source: 'derived; the last condition swept over N and c',
  parameters: [
    { name: 'N', unit: '', meaning: { en: 'clients', ko: '클라이언트 수' } },
    { name: 'c', unit: 'ms', meaning: { en: 'cost of a handshake', ko: '핸드셰이크 하나의 비용' } },
    {
      name: 'T',
      unit: 'ms',
      meaning: { en: 'after which a client gives up', ko: '클라이언트가 포기하기까지의 시간' },
    },
    {
      name: 'd',
      unit: 'ms',
      meaning: { en: 'wait before it tries again', ko: '다시 시도하기 전의 대기 시간' },
    },
  ],
  plot: {
    x: { label: { en: 'cost of a handshake', ko: '핸드셰이크 하나의 비용' }, unit: 'ms' },
    y: {
      label: { en: 'of 400 in at first (T = 4 s)', ko: '400개 중 처음에 연결됨 (T = 4 s)' },
      unit: '',
    },
    from: 5,
    to: 100,
    curve: (x) => firstWave({ clients: 400, costMs: x, timeoutMs: 4000 }),
  },
} satisfies Law;
