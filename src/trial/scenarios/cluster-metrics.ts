/** Metrics of the scenario `cluster`: which clients connect and receive, and what a shared Redis costs and loses. */
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import { family, figure, type Member } from '../../metrics/metric.ts';
import { type StoreAway, waysToBeAway } from '../../target/cluster/shared-store.ts';

const ofServers: readonly Member[] = [
  [
    'first',
    'count',
    figure('cluster.first'),
    text(
      'Clients that were in without being refused once.',
      '한 번도 거절되지 않고 연결된 클라이언트 수입니다.',
    ),
    { head: text('in at once', '한 번에') },
  ],
  [
    'in',
    'count',
    figure('cluster.in'),
    text('Clients that got in.', '연결된 클라이언트 수입니다.'),
    { head: text('in', '연결') },
  ],
  [
    'attempts',
    'count',
    figure('cluster.attempts'),
    text('Attempts to get in, for each client.', '클라이언트 하나가 시도한 연결의 평균 횟수입니다.'),
    { head: text('attempts', '시도') },
  ],
  [
    'inAfter',
    'ms',
    figure('cluster.inAfter'),
    text('When the last client was in.', '마지막 클라이언트가 연결되기까지 걸린 시간입니다.'),
    { head: text('all in ms', '모두 연결 ms') },
  ],
  [
    'refused',
    'count',
    figure('cluster.refused'),
    text(
      'Requests that a server refused because it does not know the session.',
      '모르는 세션이어서 서버가 거절한 요청의 수입니다.',
    ),
    { head: text('refused', '거절') },
  ],
  [
    'ghosts',
    'count',
    figure('cluster.ghosts'),
    text(
      'Sessions that servers keep beyond one for each client.',
      '클라이언트 하나에 하나씩 말고 서버에 더 남아 있는 세션의 수입니다.',
    ),
    { head: text('ghosts', '유령') },
  ],
  [
    'near',
    'ms',
    figure('cluster.near'),
    text(
      'The median age of messages for clients of the same server.',
      '같은 서버의 클라이언트에 도착한 메시지 지연의 중앙값입니다.',
    ),
    { head: text('near ms', '같은 서버 ms') },
  ],
  [
    'far',
    'ms',
    figure('cluster.far'),
    text(
      'The median age of messages for clients of another server.',
      '다른 서버의 클라이언트에 도착한 메시지 지연의 중앙값입니다.',
    ),
    { head: text('far ms', '다른 서버 ms') },
  ],
  [
    'heard',
    'count',
    figure('cluster.heard'),
    text(
      'Of 100 copies for everybody, those that were heard.',
      '모두에게 보낸 메시지 100개 가운데 도착한 수입니다.',
    ),
    { head: text('heard of 100', '100개 중 들음') },
  ],
  [
    'stayed',
    'count',
    figure('cluster.stayed'),
    text(
      'Of 100 copies that were said while every second client was cut off, those heard by the clients that stayed.',
      '클라이언트 절반이 끊긴 동안 남아 있던 클라이언트에 보낸 메시지 100개 가운데 도착한 수입니다.',
    ),
    { head: text('stayed', '남은 쪽') },
  ],
  [
    'away',
    'count',
    figure('cluster.away'),
    text(
      'Of 100 copies that were said while every second client was cut off, those heard by the clients that were away.',
      '클라이언트 절반이 끊긴 동안 끊긴 클라이언트에 보낸 메시지 100개 가운데 도착한 수입니다.',
    ),
    { head: text('away', '끊긴 쪽') },
  ],
];

/** Metrics of messages received while Redis is away, by how it is away. */
export const heardWithout: Readonly<Record<StoreAway, string>> = {
  held: 'redis.held',
  refused: 'redis.refused',
  'accept-close': 'redis.acceptClose',
};

const ways: Readonly<Record<StoreAway, Text>> = {
  held: text('holds every byte', '아무것도 받지 않는'),
  refused: text('refuses connections', '연결을 거절하는'),
  'accept-close': text('accepts connections and closes them', '연결을 받자마자 닫는'),
};
const heardWhile = text(
  'Of 100 copies that were said while Redis {does}, those that were heard meanwhile.',
  'Redis가 {does} 동안 보낸 메시지 100개 가운데 그동안 도착한 수입니다.',
);
const heardLater = text(
  'Of 100 copies that were said while Redis {does}, those that were heard when it was back.',
  'Redis가 {does} 동안 보낸 메시지 100개 가운데 Redis가 돌아온 뒤에 도착한 수입니다.',
);

const ofRedis: readonly Member[] = [
  [
    'redis.to',
    'B',
    figure('cluster.redis.to'),
    text(
      'Bytes from servers to Redis for a message.',
      '메시지 하나를 보내며 서버가 Redis로 보내는 바이트입니다.',
    ),
    { head: text('B to Redis', 'Redis로 B') },
  ],
  [
    'redis.from',
    'B',
    figure('cluster.redis.from'),
    text(
      'Bytes from Redis to servers for a message.',
      '메시지 하나를 보내며 서버가 Redis에서 받는 바이트입니다.',
    ),
    { head: text('B from it', '받은 B') },
  ],
  [
    'redis.handedIn',
    'B',
    figure('cluster.redis.handedIn'),
    text('Content that servers published to Redis.', '서버가 Redis에 발행한 내용의 바이트입니다.'),
  ],
  [
    'redis.passedOn',
    'B',
    figure('cluster.redis.passedOn'),
    text('Content that Redis passed on to servers.', 'Redis가 서버에 전달한 내용의 바이트입니다.'),
  ],
  [
    'redis.own',
    'count',
    figure('cluster.redis.own'),
    text(
      'Of 100 copies for everybody, those for clients of the same server, which need no Redis.',
      '모두에게 보내는 메시지 100개 가운데 같은 서버의 클라이언트가 받으므로 Redis가 없어도 되는 수입니다.',
    ),
  ],
  ...waysToBeAway.flatMap((how): Member[] => [
    [
      heardWithout[how],
      'count',
      figure(`cluster.${heardWithout[how]}`),
      inEveryLanguage(heardWhile, { does: ways[how] }),
    ],
    [
      `${heardWithout[how]}.later`,
      'count',
      figure(`cluster.${heardWithout[how]}.later`),
      inEveryLanguage(heardLater, { does: ways[how] }),
    ],
  ]),
];

const members = [...ofServers, ...ofRedis];

/** The names of the figures, without the scenario's prefix. */
export const clusterFigures: readonly string[] = members.map(([name]) => name);

export const clusterMetrics = family('cluster', {}, members);
