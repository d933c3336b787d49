/** Connect: when a client is ready, after how many round trips, and how many requests that takes. */
import { say, type Text, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { count, decimal, milliseconds, time } from '../../blocks/quantities.ts';
import { decidedBy } from '../run/contest.ts';
import { rttMs } from '../run/sweep-axes.ts';
import { type Column, meanBytes, type Telling, trialsOf } from './scenario-view.ts';

const legends = {
  connect: text(
    'Medians of {clients} clients, one after the other. Ready: from dialling until a message can flow; connected and upgraded are stages on the way. Gone: from closing until closed. Requests, connections, bytes: of set-up, per client.',
    '차례로 연결한 클라이언트 {clients}개의 중앙값. 준비됨: 연결을 시작한 때부터 메시지를 보낼 수 있을 때까지. 연결됨, 업그레이드: 그 사이의 단계. 종료: 닫기 시작한 때부터 닫힐 때까지. 요청, 연결, 바이트: 연결 단계만, 클라이언트당.',
  ),
  roundTrips: text(
    'In brackets: in round trips of the link, {rtt} each.',
    '괄호 안: 링크의 왕복 횟수(한 번에 {rtt}).',
  ),
  atOnce: text(
    'Ready at once, because nothing is opened before the first message: {names}.',
    '첫 메시지를 보내기 전에는 연결하지 않으므로 바로 준비됨: {names}.',
  ),
};

const medianNs = ({ stages }: Trial, name: string): number | undefined =>
  stages.find(({ stage }) => stage === name)?.p50Ns;

/** Milliseconds, and beside them how many round trips over the link these are. */
const stage = (name: string, head: Text): Column => ({
  head,
  read(trial) {
    const ns = medianNs(trial, name);
    if (ns === undefined) return undefined;
    const rtt = rttMs(trial);
    return rtt === 0 ? milliseconds(ns) : `${milliseconds(ns)}\u00a0(${(ns / 1e6 / rtt).toFixed(1)})`;
  },
  optional: true,
});

const perClient =
  (of: 'requests' | 'connections') =>
  ({ setup, load }: Trial) =>
    load.clients === 0 ? undefined : decimal(setup[of] / load.clients);

const title = text('Ready', '연결 준비');
const best = text('soonest', '가장 빠른 방식');

export const connect = {
  columns: [
    stage('connected', text('connected ms', '연결됨 ms')),
    stage('upgraded', text('upgraded ms', '업그레이드 ms')),
    stage('ready', text('ready ms', '준비됨 ms')),
    { head: text('HTTP requests', 'HTTP 요청 수'), read: perClient('requests') },
    { head: text('TCP conns', 'TCP 연결 수'), read: perClient('connections') },
    {
      head: text('set-up bytes', '연결 바이트'),
      read: ({ setup, load }) => (load.clients === 0 ? undefined : meanBytes(setup.bytes / load.clients)),
    },
    {
      head: text('gone ms', '종료 ms'),
      read: (trial) => {
        const ns = medianNs(trial, 'closed');
        return ns === undefined ? undefined : milliseconds(ns);
      },
      optional: true,
    },
  ],
  legend(group, reader) {
    const rtt = rttMs(group);
    // These connect only with their first message, so they are ready at once.
    const atOnce = trialsOf(group).filter(
      ({ setup, connections }) => setup.connections === 0 && connections > 0,
    );
    return [
      say(reader, legends.connect, { clients: count(group.load.clients) }),
      ...(rtt > 0 ? [say(reader, legends.roundTrips, { rtt: time(rtt * 1e6) })] : []),
      ...(atOnce.length > 0
        ? [
            say(reader, legends.atOnce, {
              names: [...new Set(atOnce.map((one) => one.transport))].join(', '),
            }),
          ]
        : []),
    ];
  },
  sentences: decidedBy({
    by: 'time',
    title,
    best,
    measure: (trial) => medianNs(trial, 'ready'),
    text: time,
  }),
} satisfies Telling;
