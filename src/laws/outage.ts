/**
 * A link that goes away and comes back: what is lost, and when the client is there again.
 *
 * Derived; reconnection delays read from socket.io-client 4.8.4 (`contrib/backo2`).
 */
import type { Law } from './law.ts';
import { expectedMessages, lambda, nanoseconds } from './notation.ts';

/**
 * How the link fails. `silent`: bytes are held and then let through, for less than every timeout. `cut`:
 * connections are reset and new ones refused until the link has healed.
 */
type OutageKind = 'silent' | 'cut';

export interface OutageConditions {
  readonly kind: OutageKind;
  /** Messages per second pushed to one client. */
  readonly rate: number;
  /** O: from the failure until the link has healed. */
  readonly outageNs: number;
  /** w: from healing until the client is subscribed again; Infinity for one that never comes back. */
  readonly awayNs: number;
  /** Pushes that were under way when the link was cut, about λ·d. */
  readonly inFlight?: number;
  /** The server keeps messages and the client says where it was: a cursor, or Last-Event-ID. */
  readonly replays?: boolean;
  /** From the failure until the server stops speaking: nothing more than that can be lost. */
  readonly remainingNs?: number;
}

/** OUT: pushes lost by one client: λ·(O + w) + those in flight; none when silent or replayed. Source: derived. */
export function lostMessages(p: OutageConditions): number {
  if (p.kind === 'silent' || p.replays) return 0;
  const deafNs = Math.min(p.outageNs + p.awayNs, p.remainingNs ?? Number.POSITIVE_INFINITY);
  return expectedMessages(p.rate, deafNs) + (p.inFlight ?? 0);
}

/**
 * OUT: the pause of Socket.IO's client before reconnection attempt k (from 0), in ns: 1 s · 2^k, spread, and
 * only then cut at 5 s. Its one random number chooses both size and sign of the spread, so "± 50 %" is really
 * −45 … +50 %: the largest deviations are always upward.
 */
export const reconnectionDelayNs = (attempt: number): { lowNs: number; highNs: number } => {
  const base = nanoseconds.perSecond * 2 ** attempt;
  const limit = 5 * nanoseconds.perSecond;
  return { lowNs: Math.min(0.55 * base, limit), highNs: Math.min(1.5 * base, limit) };
};

export const out = {
  id: 'OUT',
  exact: false,
  title: { en: 'What an outage costs', ko: '단절의 대가' },
  statement: {
    en: 'If the link only falls silent for less than every timeout, TCP keeps all bytes and delivers them late: nothing is lost. If connections are cut, whatever is pushed before the client is subscribed again has no receiver. That is longer than the outage itself, because clients wait before they try again: Socket.IO up to 5 s, a browser’s EventSource its retry time, and a bare WebSocket for ever unless the program reconnects. Transports with a cursor (polling, long polling, SSE with ids) lose none: the mailbox waits.',
    ko: '링크가 잠시 멈추었지만 그 시간이 모든 제한 시간보다 짧다면, TCP가 바이트를 모두 보관했다가 늦게 전달하므로 잃는 것이 없습니다. 연결이 끊기면, 클라이언트가 다시 구독할 때까지 푸시된 메시지는 받을 곳이 없습니다. 이 시간은 단절 자체보다 깁니다. 클라이언트가 다시 시도하기 전에 기다리기 때문입니다. Socket.IO는 최대 5초, 브라우저의 EventSource는 retry 시간만큼 기다리고, 순수 WebSocket은 프로그램이 재연결하지 않으면 끝내 연결되지 않습니다. 커서가 있는 방식(폴링, 롱 폴링, id를 쓰는 SSE)은 서버의 메일박스에 메시지가 남아 있으므로 하나도 잃지 않습니다.',
  },
  formula: 'silent: 0; cut: lost ≈ λ·(O + w) + in flight; with a cursor or Last-Event-ID: 0',
  source: 'derived; HTML Standard §9.2.3 (reconnection time); socket.io-client 4.8.4',
  parameters: [
    lambda,
    { name: 'O', unit: 'ns', meaning: { en: 'length of the outage', ko: '단절 시간' } },
    {
      name: 'w',
      unit: 'ns',
      meaning: { en: 'from healing until subscribed again', ko: '복구된 뒤 다시 구독할 때까지의 시간' },
    },
  ],
  plot: {
    x: { label: { en: 'outage', ko: '단절 시간' }, unit: 's' },
    y: { label: { en: 'lost (10 msg/s, w = 2 s)', ko: '유실 (초당 10개, w = 2 s)' }, unit: '' },
    from: 0,
    to: 10,
    curve: (x) =>
      lostMessages({
        kind: 'cut',
        rate: 10,
        outageNs: x * nanoseconds.perSecond,
        awayNs: 2 * nanoseconds.perSecond,
      }),
  },
} satisfies Law;
