/**
 * A link that breaks and heals: what is lost. The time until the client is back is a distribution: see `returning.ts`.
 *
 * Derived; WHATWG HTML §9.2.3.
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
  /** w: from healing until the client is subscribed again; Infinity for one that never reconnects. */
  readonly awayNs: number;
  /** Pushes that were under way when the link was cut, about λ·d. */
  readonly inFlight?: number;
  /** The server keeps messages and the client sends its position: a cursor, or Last-Event-ID. */
  readonly replays?: boolean;
  /** From the failure until the server's last message: nothing after that can be lost. */
  readonly remainingNs?: number;
}

/** OUT: pushes lost by one client: λ·(O + w) + those in flight; none when silent or replayed. Source: derived. */
export function lostMessages(p: OutageConditions): number {
  if (p.kind === 'silent' || p.replays) return 0;
  const deafNs = Math.min(p.outageNs + p.awayNs, p.remainingNs ?? Number.POSITIVE_INFINITY);
  return expectedMessages(p.rate, deafNs) + (p.inFlight ?? 0);
}

export const out = {
  id: 'OUT',
  exact: false,
  title: { en: 'What an outage costs', ko: '단절의 대가' },
  statement: {
    en: 'If the link only falls silent for less than every timeout, TCP keeps all bytes and delivers them late: nothing is lost. If connections are cut, whatever is pushed before the client is subscribed again has no receiver. That is longer than the outage itself, because clients wait before they try again. A browser’s EventSource is back with the next multiple of its retry time. When Socket.IO is back is a matter of chance, of which the outage decides the odds: half are back 1.2 s after an outage of 2 s, and 3.2 s after one of 8 s; never later than after 5 s exactly, and from some 15 s of outage on the odds turn with its length modulo 5 s. A bare WebSocket stays away for ever unless the program reconnects, and so does an EventSource that was answered with anything but 200, as by a proxy whose server is away (503). Transports with a cursor (polling, long polling, SSE with ids) lose none: the mailbox waits.',
    ko: '링크가 잠시 멈추었지만 그 시간이 모든 제한 시간보다 짧다면, TCP가 바이트를 모두 보관했다가 늦게 전달하므로 잃는 것이 없습니다. 연결이 끊기면, 클라이언트가 다시 구독할 때까지 푸시된 메시지는 받을 곳이 없습니다. 이 시간은 단절 자체보다 깁니다. 클라이언트가 다시 시도하기 전에 기다리기 때문입니다. 브라우저의 EventSource는 retry 시간의 다음 배수에 돌아옵니다. Socket.IO가 돌아오는 때는 우연에 달려 있고, 그 확률은 단절 시간이 정합니다. 2초 동안 끊기면 절반이 1.2초 뒤에, 8초 동안 끊기면 절반이 3.2초 뒤에 돌아옵니다. 정확히 5초보다 늦는 일은 없고, 단절이 15초쯤을 넘으면 확률은 단절 시간을 5초로 나눈 나머지에 따라 되풀이됩니다. 순수 WebSocket은 프로그램이 재연결하지 않으면 끝내 연결되지 않고, 서버가 없는 프록시가 503으로 답한 경우처럼 200이 아닌 응답을 받은 EventSource도 마찬가지입니다. 커서가 있는 방식(폴링, 롱 폴링, id를 쓰는 SSE)은 서버의 메일박스에 메시지가 남아 있으므로 하나도 잃지 않습니다.',
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
