/**
 * Outage: the server keeps sending while the link breaks for a while. A *cut* resets every connection and
 * refuses new ones; a *silent* link only holds the bytes. Messages sent meanwhile are lost, late, or replayed.
 */
import { text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import { family } from '../../metrics/metric.ts';
import { choice, duration } from '../knob.ts';
import type { Observed } from '../seen.ts';
import { type Lab, type Scenario, usual } from './scenario.ts';

/** Sending begins this long before the link breaks. */
const beforeMs = 1000;
const afterMs = 1000;

const knobs = {
  outage: choice(
    '--outage <kind>',
    text(
      'scenarios outage and herd: how the link breaks; `cut` and `refused` turn newcomers away with a reset, `503` and `accept-close` with an answer',
      'outage, herd 시나리오: 링크가 끊기는 방식. 새 연결을 `cut`과 `refused`는 리셋으로, `503`과 `accept-close`는 응답으로 돌려보냄',
    ),
    ['cut', 'silent', 'refused', '503', 'accept-close'],
    'cut',
  ),
  outageMs: duration(
    '--outage-time <time>',
    text('scenarios outage and herd: for how long', 'outage, herd 시나리오: 끊긴 시간'),
    2000,
  ),
};

const metrics = family('outage', {}, [
  [
    'slowestRecovery',
    'ms',
    ({ outage }) => (outage?.recoveryMs.length ? Math.max(...outage.recoveryMs) : null),
    text(
      'From the end of the outage until the slowest client heard a message again.',
      '단절이 끝난 뒤 가장 느린 클라이언트가 다시 메시지를 받기까지 걸린 시간입니다.',
    ),
  ],
  [
    'recovered',
    'count',
    ({ outage }) => outage?.recovered,
    text(
      'Clients that heard a message after the outage.',
      '단절이 끝난 뒤 메시지를 받은 클라이언트 수입니다.',
    ),
  ],
]);

/** Time from healing to the first message received again, for each client that received one. */
function recoveries({ breakage, steady, clients }: Observed): Trial['outage'] {
  const { brokenNs, healedNs, heardAgainNs } = breakage;
  if (brokenNs === null || healedNs === null) return null;
  const recoveryMs = heardAgainNs.filter((ns) => ns !== undefined).map((ns) => (ns - healedNs) / 1e6);
  return {
    startedMs: (brokenNs - Math.max(...steady.startNs)) / 1e6,
    brokenMs: (healedNs - brokenNs) / 1e6,
    clients,
    recovered: recoveryMs.length,
    recoveryMs,
  };
}

/** Breaks the link as `--outage` says. */
export function breakAs({ load: { outage: kind }, link }: Lab): Promise<void> {
  if (kind === 'silent') return link.stall();
  return link.cut(kind === 'cut' ? 'refused' : kind);
}

export const outage = {
  ...usual,
  name: 'outage',
  question: {
    en: 'When the link breaks for a while, what is lost, and how soon does it flow again?',
    ko: '링크가 잠시 끊기면 무엇을 잃고, 얼마나 빨리 다시 주고받을 수 있습니까?',
  },
  behaviour: 'ticker',
  latency: 'age',
  needs: ['tick'],
  needsPush: true,
  receivers: 'everyone',
  breaksLink: true,
  timed: false,
  // Without an identity, each message after a lost one would be taken for the one before it.
  needsIdentity: true,
  // One second before, two while broken, nine to reconnect: Socket.IO waits exactly 5,000 ms at most.
  defaults: { clients: 4, rate: 10, messages: 120, warmup: 1 },
  async drive(lab) {
    const speaking = lab.serverSpeaks();
    speaking.catch(() => {}); // Awaited below; it may fail while the link is broken.
    if (lab.phase === 'steady') {
      await lab.pass(beforeMs);
      await breakAs(lab);
      await lab.pass(lab.load.outageMs);
      await lab.link.heal();
    }
    await speaking;
    // Lost messages will not arrive; late ones have had all the time since healing.
    await lab.delivered(afterMs);
  },
  knobs,
  metrics,
  findings: (seen) => ({ outage: recoveries(seen) }),
} satisfies Scenario;
