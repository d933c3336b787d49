/** Cluster: which clients got in, which heard each other, and what clients missed that came back to another server. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { count, time } from '../../blocks/quantities.ts';
import { column, type Telling } from './scenario-view.ts';

const legend = text(
  '{servers} servers, adapter {adapter}, sticky {sticky}, placed {balance}. In at once: clients let in at their first attempt. Attempts: of a client, on average. Refused: requests answered with 4xx, as “Session ID unknown” is. Ghosts: sessions that the servers keep beyond the clients. Near and far: median age of a copy for clients of the same server and of another. Heard of 100: of as many copies of what all said to all. Then every second client was cut off while the others said one message each: of 100 copies for those who stayed, and of 100 for those away, how many were heard within {back}.',
  '서버 {servers}대, 어댑터 {adapter}, 세션 고정 {sticky}, 배정 {balance}. 한 번에: 첫 시도에 연결된 클라이언트 수. 시도: 클라이언트당 평균. 거절: “Session ID unknown”처럼 4xx로 응답받은 요청 수. 유령: 클라이언트 수보다 서버에 더 남은 세션 수. 같은 서버, 다른 서버: 같은 서버와 다른 서버의 클라이언트에게 도착하기까지의 지연(중앙값). 100개 중 들음: 모두가 모두에게 보낸 메시지 100개 가운데 도착한 수. 그 뒤 클라이언트의 절반을 끊은 사이 나머지가 하나씩 보냈습니다. 남은 쪽과 끊긴 쪽에 각각 100개 가운데 몇 개가 {back} 안에 도착했는지입니다.',
);

const leftOut = text(
  '{transport}: {missing} of {clients} were not let in while they tried; where connections are kept, those of one client may lead to several servers, and each new attempt takes the same ones',
  '{transport}: 클라이언트 {clients}개 중 {missing}개는 시도하는 동안 연결되지 않았습니다. 연결을 재사용하면 한 클라이언트의 연결이 여러 서버로 나뉘어도 새 시도가 그 연결을 다시 씁니다',
);
const above = text('as above', '위에 적은 대로');
const weight = text(
  'To and from Redis: bytes between it and all servers together, for each message to all, with every command and answer.',
  'Redis로, 받은: 모두에게 보내는 메시지마다 Redis와 모든 서버 사이에 오간 바이트. 명령과 응답을 모두 더한 값입니다.',
);
const without = text(
  '{transport}, {adapter} adapter, Redis {how}: of 100 copies of what was said meanwhile {during} were heard, {later} more when it was back, and {lost} never',
  '{transport}, {adapter} 어댑터, Redis {how}: 그동안 보낸 메시지 100개 가운데 {during}개를 바로 듣고, 돌아온 뒤 {later}개를 더 들었으며, {lost}개는 끝내 듣지 못했습니다',
);
const ways = {
  'redis.held': text('silent', '응답 없음'),
  'redis.refused': text('refusing', '연결 거절'),
  'redis.acceptClose': text('accepting and closing', '받고 바로 끊음'),
};
const apart = text(
  '{transport}: a message reached {heard} of 100 clients; servers without a shared adapter speak only to their own',
  '{transport}: 메시지가 클라이언트 100개 중 {heard}개에 닿았습니다. 어댑터를 공유하지 않는 서버는 자기 클라이언트에게만 보냅니다',
);

const figure = ({ figures }: Trial, name: string): number | undefined => figures?.[`cluster.${name}`];

function withoutRedis(trial: Trial, reader: Reader): string[] {
  const { transport, load } = trial;
  return Object.entries(ways).flatMap(([name, how]) => {
    const [during, later] = [figure(trial, name), figure(trial, `${name}.later`)];
    if (during === undefined || later === undefined) return [];
    const said = (copies: number) => count(Math.round(copies));
    return say(reader, without, {
      transport,
      adapter: String(load.own?.adapter),
      how: say(reader, how),
      during: said(during),
      later: said(later),
      lost: said(100 - during - later),
    });
  });
}

export const cluster = {
  columns: [
    'first',
    'in',
    'attempts',
    'inAfter',
    'refused',
    'ghosts',
    'near',
    'far',
    'heard',
    'stayed',
    'away',
  ]
    .map((name) => column(`cluster.${name}`))
    .concat(['redis.to', 'redis.from'].map((name) => ({ ...column(`cluster.${name}`), optional: true }))),
  counted: ['lost'],
  legend: ({ load: { own = {} }, chosen, axes }, reader) => [
    say(reader, legend, {
      adapter: axes.length > 0 ? say(reader, above) : String(own.adapter ?? 'memory'),
      servers: String(own.servers ?? 2),
      sticky: String(own.sticky ?? 'off'),
      balance: String(own.balance ?? 'random'),
      back: time(Number(own.returnMs ?? 5000) * 1e6),
    }),
    ...(chosen.some(({ trial }) => figure(trial, 'redis.to') !== undefined) ? [say(reader, weight)] : []),
  ],
  sentences: (chosen, _references, reader) =>
    chosen.flatMap((trial) => {
      const { transport, load } = trial;
      const [there = load.clients, heard] = [figure(trial, 'in'), figure(trial, 'heard')];
      const [missing, clients] = [count(load.clients - there), count(load.clients)];
      return [
        ...(there < load.clients ? [say(reader, leftOut, { transport, missing, clients })] : []),
        ...withoutRedis(trial, reader),
        ...(heard === undefined || heard > 99.5
          ? []
          : [say(reader, apart, { transport, heard: count(Math.round(heard)) })]),
      ];
    }),
} satisfies Telling;
