/**
 * Herd: all clients lose the server at the same moment, and reconnect as their policy says. No messages are sent;
 * measured are how many clients reconnect at once, and when the last one is back.
 */
import { text } from '../../base/text.ts';
import type { Load, Trial } from '../../document/report.ts';
import { herdFigures, policyNames } from '../../laws/reconnection.ts';
import { family, figure } from '../../metrics/metric.ts';
import { choice, durationOrNone } from '../knob.ts';
import type { Observed } from '../seen.ts';
import { breakAs, outage } from './outage.ts';
import { type Scenario, usual } from './scenario.ts';

/** Time between connecting and the outage, in which all clients are connected and quiet. */
const beforeMs = 300;
/** Longer than the longest wait of any policy; clients that are not back by then count as lost. */
export const patienceMs = 60_000;
/** By the usual policies nearly all clients are back sooner. */
const usuallyBackMs = 5000;

const knobs = {
  outage: outage.knobs.outage,
  outageMs: outage.knobs.outageMs,
  reconnect: choice(
    '--reconnect <policy>',
    text(
      'scenario herd: how long ws:reconnect waits before it tries again',
      'herd 시나리오: ws:reconnect가 다시 시도하기 전에 기다리는 방식',
    ),
    policyNames,
    'doubling',
  ),
  handshakeCostMs: durationOrNone(
    '--handshake-cost <time>',
    text(
      'scenario herd: what each handshake costs the server that is back, one after the other',
      'herd 시나리오: 돌아온 서버가 핸드셰이크 하나를 처리하는 시간(하나씩 차례로)',
    ),
    null,
    true,
  ),
  handshakeTimeoutMs: durationOrNone(
    '--handshake-timeout <time>',
    text(
      'scenario herd: after how long ws:reconnect gives a handshake up',
      'herd 시나리오: ws:reconnect가 핸드셰이크를 포기하기까지의 시간',
    ),
    null,
    true,
  ),
};

const timeOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Cost and time-out of a handshake (ms); undefined if not asked for. */
export const handshakesAsked = ({ own }: Pick<Load, 'own'>) => ({
  costMs: timeOf(own?.handshakeCostMs),
  timeoutMs: timeOf(own?.handshakeTimeoutMs),
});

const within = (ms: string) => text(`most in ${ms}\u00a0ms`, `${ms}\u00a0ms에 최대`);

const metrics = family('herd', {}, [
  [
    'outage',
    'ms',
    figure('herd.outage'),
    text('How long the server was away.', '서버가 없던 시간입니다.'),
    { head: text('outage', '단절') },
  ],
  [
    'back',
    'count',
    figure('herd.back'),
    text('Clients that came back.', '돌아온 클라이언트 수입니다.'),
    { head: text('back', '복귀') },
  ],
  [
    'backP50',
    'ms',
    figure('herd.backP50'),
    text(
      'When half of the clients that came back were there, from the end of the outage.',
      '단절이 끝난 뒤 돌아온 클라이언트의 절반이 연결되기까지 걸린 시간입니다.',
    ),
    { head: text('half back after', '절반 복귀') },
  ],
  [
    'backP95',
    'ms',
    figure('herd.backP95'),
    text(
      'When 95 % of the clients that came back were there, from the end of the outage.',
      '단절이 끝난 뒤 돌아온 클라이언트의 95 %가 연결되기까지 걸린 시간입니다.',
    ),
    { head: text('95 % after', '95 % 복귀') },
  ],
  [
    'lastBack',
    'ms',
    figure('herd.lastBack'),
    text(
      'When the last client was there, from the end of the outage.',
      '단절이 끝난 뒤 마지막 클라이언트가 연결되기까지 걸린 시간입니다.',
    ),
    { head: text('last after', '마지막') },
  ],
  [
    'peak10',
    'count',
    figure('herd.peak10'),
    text('The most clients that came back within 10 ms.', '10 ms 안에 돌아온 클라이언트의 최대 수입니다.'),
    { head: within('10') },
  ],
  [
    'peak50',
    'count',
    figure('herd.peak50'),
    text('The most clients that came back within 50 ms.', '50 ms 안에 돌아온 클라이언트의 최대 수입니다.'),
    { head: within('50') },
  ],
  [
    'peak100',
    'count',
    figure('herd.peak100'),
    text('The most clients that came back within 100 ms.', '100 ms 안에 돌아온 클라이언트의 최대 수입니다.'),
    { head: within('100') },
  ],
  [
    'inVain',
    'count',
    figure('herd.inVain'),
    text('Connections that were opened and led to nothing.', '열었으나 소용없던 연결의 수입니다.'),
    { head: text('in vain', '헛된 연결') },
  ],
  [
    'gone',
    'count',
    figure('herd.gone'),
    text('Clients that gave up for good.', '아주 포기한 클라이언트 수입니다.'),
    { head: text('gave up', '포기') },
  ],
  [
    'attempts',
    'count',
    figure('herd.attempts'),
    text(
      'Attempts to connect, for each client that came back.',
      '돌아온 클라이언트 하나가 시도한 연결의 평균 횟수입니다.',
    ),
    { head: text('attempts', '시도') },
  ],
]);

const answered503 = (ledger: Observed['ledger']): number =>
  ledger
    .exchanges()
    .filter(({ kind, phase }) => phase === 'steady' && kind.endsWith(' 503'))
    .reduce((sum, { count }) => sum + count, 0);

/** When each client was back: ms after the end of the outage, ascending. */
const afterHealing = ({ breakage: { healedNs, backs } }: Observed): number[] =>
  backs
    .filter((one) => one !== undefined)
    .map(({ atNs }) => (atNs - (healedNs ?? atNs)) / 1e6)
    .sort((a, b) => a - b);

/** Times from the end of the outage; peaks within 10, 50 and 100 ms; mean attempts of a client. */
function returns({ breakage, ledger }: Observed): Trial['figures'] {
  const { brokenNs, healedNs, backs } = breakage;
  if (brokenNs === null || healedNs === null) return undefined;
  const lasted = {
    'herd.outage': (healedNs - brokenNs) / 1e6,
    'herd.inVain': breakage.inVain + answered503(ledger),
    'herd.gone': breakage.gone,
  };
  const there = backs.filter((one) => one !== undefined);
  if (there.length === 0) return { ...lasted, 'herd.back': 0 };
  const { medianMs, most95Ms, lastMs, peak } = herdFigures(there.map(({ atNs }) => (atNs - healedNs) / 1e6));
  return {
    ...lasted,
    'herd.back': there.length,
    'herd.backP50': medianMs,
    'herd.backP95': most95Ms,
    'herd.lastBack': lastMs,
    'herd.peak10': peak[10],
    'herd.peak50': peak[50],
    'herd.peak100': peak[100],
    'herd.attempts': there.reduce((sum, { attempts }) => sum + attempts, 0) / there.length,
  };
}

export const herd = {
  ...usual,
  name: 'herd',
  question: {
    en: 'When everybody loses the server at once, how many come back together, and when is the last one there?',
    ko: '모두가 서버를 동시에 잃으면, 얼마나 한꺼번에 돌아오고 마지막 클라이언트는 언제 연결됩니까?',
  },
  needsReturn: true,
  breaksLink: true,
  paced: false,
  defaults: { clients: 200, messages: 0, warmup: 0, outageMs: 5000 },
  async drive(lab) {
    if (lab.phase !== 'steady') return;
    await lab.pass(beforeMs);
    await breakAs(lab);
    await lab.pass(lab.load.outageMs);
    await lab.link.heal(handshakesAsked(lab.load).costMs);
    // Clients that a silent link did not disconnect need not reconnect.
    await lab.everybodyBack(lab.load.outage === 'silent' ? usuallyBackMs : patienceMs);
  },
  lastsMs: ({ outageMs, clients, own }) =>
    beforeMs + outageMs + usuallyBackMs + clients * (handshakesAsked({ own }).costMs ?? 0),
  knobs,
  metrics,
  findings: (seen) => {
    const figures = returns(seen);
    return figures ? { figures, returnedMs: afterHealing(seen) } : {};
  },
} satisfies Scenario;
