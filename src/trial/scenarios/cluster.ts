/**
 * Cluster: several servers behind a balancer, sharing nothing, or a Redis. First all clients connect; then each sends
 * to all; then the Redis is away in one way after the other, and each client sends one message meanwhile; at last every
 * second client is cut off for a moment, while the others send one message each.
 */
import { text } from '../../base/text.ts';
import type { Load, Trial } from '../../document/report.ts';
import { adapters } from '../../servers/adapter.ts';
import { balances } from '../../target/cluster/placing.ts';
import { choice, duration, whole } from '../knob.ts';
import type { Observed } from '../seen.ts';
import { clusterFigures, clusterMetrics } from './cluster-metrics.ts';
import { sayWithoutRedis, timeByServer, weighRedis, withoutRedisMs } from './cluster-redis.ts';
import { everyoneSpeaks } from './echo.ts';
import { type Lab, type Scenario, usual } from './scenario.ts';

const knobs = {
  servers: whole(
    '--servers <n>',
    text('scenario cluster: how many servers', 'cluster 시나리오: 서버 수'),
    [1, 16],
    2,
  ),
  sticky: choice(
    '--sticky <on|off>',
    text(
      'scenario cluster: whether the balancer leads a session or a named client to its server again',
      'cluster 시나리오: 세션이나 이름을 밝힌 클라이언트를 처음의 서버로 다시 보낼지 여부',
    ),
    ['on', 'off'],
    'off',
  ),
  balance: choice(
    '--balance <way>',
    text(
      'scenario cluster: how the balancer places a connection that is free to go anywhere',
      'cluster 시나리오: 어느 서버로 가도 되는 연결을 로드 밸런서가 배정하는 방식',
    ),
    balances,
    'random',
  ),
  adapter: {
    ...choice(
      '--adapter <name>',
      text(
        'scenario cluster: how servers of Socket.IO tell each other: not at all, or by a Redis',
        'cluster 시나리오: Socket.IO 서버가 서로 알리는 방식. 알리지 않거나 Redis를 통함',
      ),
      adapters,
      'memory',
    ),
    swept: 'memory,classic,streams',
  },
  returnMs: duration(
    '--return-time <time>',
    text(
      'scenario cluster: how long to wait for what was said to those who were away',
      'cluster 시나리오: 끊겨 있던 클라이언트에 보낸 메시지를 기다리는 시간',
    ),
    5000,
  ),
};

/** Longer than any client is refused by chance; clients that are not connected by then stay out. */
const patienceMs = 20_000;
/** Most copies never arrive: the wait ends when none has for this long, in which a dropped client can reconnect. */
const stillMs = 1500;
/** Time for a reset to arrive. */
const cutMs = 20;

const asked = (load: Load) => ({
  servers: Number(load.own?.servers ?? knobs.servers.usual),
  sticky: (load.own?.sticky ?? knobs.sticky.usual) === 'on',
  balance: balances.find((one) => one === load.own?.balance) ?? knobs.balance.usual,
  adapter: adapters.find((one) => one === load.own?.adapter) ?? knobs.adapter.usual,
});
const returnMsOf = ({ own }: Load): number => Number(own?.returnMs ?? knobs.returnMs.usual);

const isAway = (position: number): boolean => position % 2 === 0;

async function drive(lab: Lab) {
  const { clients } = lab.load;
  await weighRedis(lab, () =>
    timeByServer(lab, async () => {
      await everyoneSpeaks(lab, 0);
      await untilStill(lab);
    }),
  );
  const said = lab.speakers.reduce((sum, { due }) => sum + due.length, 0);
  const before = lab.heard();
  lab.found('heard', (100 * before.others) / (said * clients));
  const members = await lab.members();
  lab.found('ghosts', members.reduce((sum, { sessions }) => sum + sessions, 0) - lab.speakers.length);
  if (lab.phase !== 'steady' || lab.speakers.length < 2) return;
  await sayWithoutRedis(lab, returnMsOf(lab.load));
  await sayToTheAway(lab, lab.heard().others);
}

async function untilStill(lab: Lab) {
  for (let before = -1; before !== lab.heard().others; ) {
    before = lab.heard().others;
    await lab.delivered(Math.min(stillMs, returnMsOf(lab.load)));
  }
}

async function sayToTheAway(lab: Lab, heardBefore: number) {
  const { speakers, load } = lab;
  const away = speakers.flatMap((_, position) => (isAway(position) ? [position] : []));
  for (const position of away) lab.cutOff(position);
  await lab.pass(cutMs);
  const present = speakers.filter((_, position) => !isAway(position));
  await Promise.all(present.map(({ speak }) => speak(lab.now())));
  await lab.delivered(returnMsOf(load));
  const { others, cutOff } = lab.heard();
  lab.found('stayed', (100 * (others - heardBefore)) / present.length ** 2);
  lab.found('away', (100 * cutOff) / (present.length * away.length));
}

/**
 * Requests that were refused: during set-up for any reason (4xx), later only for a stream that the server does not know
 * (404). (The closing request of a Socket.IO client that was cut off is refused too, if it sends one: its session is
 * over already.)
 */
const refusedIn = (ledger: Observed['ledger']): number =>
  ledger
    .exchanges()
    .filter(({ kind, phase }) => (phase === 'setup' ? / 4\d\d$/ : / 404$/).test(kind))
    .reduce((sum, { count }) => sum + count, 0);

/** A figure that was not found is NaN here; `findingsOf` leaves it out. */
function figuresOf({ comings, ledger, found }: Observed): Trial['figures'] {
  const times = comings.flatMap(({ inMs }) => (inMs === null ? [] : [inMs]));
  const first = comings.filter(({ inMs, refusals }) => inMs !== null && refusals === 0).length;
  const attempts = comings.reduce((sum, { refusals, inMs }) => sum + refusals + Number(inMs !== null), 0);
  return {
    ...Object.fromEntries(clusterFigures.map((name) => [`cluster.${name}`, found(name)[0] ?? Number.NaN])),
    'cluster.first': first,
    'cluster.in': times.length,
    'cluster.attempts': attempts / comings.length,
    'cluster.inAfter': Math.max(...times),
    'cluster.refused': refusedIn(ledger),
  };
}

export const cluster = {
  ...usual,
  name: 'cluster',
  question: {
    en: 'With two servers instead of one, who gets in, who hears whom, and what is missed by those who come back to the other one?',
    ko: '서버가 두 대이면 누가 연결되고, 누가 누구의 메시지를 들으며, 다른 서버로 돌아온 클라이언트는 무엇을 놓칩니까?',
  },
  behaviour: 'chat',
  latency: 'age',
  needs: ['members'],
  needsPush: true,
  receivers: 'everyone',
  needsIdentity: true,
  timed: false,
  cluster: asked,
  patienceMs,
  defaults: { clients: 60, messages: 1, rate: 2, warmup: 0 },
  drive,
  lastsMs: (load) =>
    stillMs + returnMsOf(load) + (asked(load).adapter === 'memory' ? 0 : withoutRedisMs(returnMsOf(load))),
  knobs,
  metrics: clusterMetrics,
  findings: (seen) => ({ figures: figuresOf(seen) }),
} satisfies Scenario;
