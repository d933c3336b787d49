/**
 * What a crowd adds: several servers, where each client has to reach its own again; all clients reconnecting at once;
 * and a client that stops reading. All of it follows from laws, and none of it changes the recommendation.
 */
import { randomStream } from '../../../base/schedule.ts';
import { type Reader, say, text } from '../../../base/text.ts';
import { shareLetIn } from '../../../laws/cluster.ts';
import { herdFigures, type PolicyName, reconnectPolicies, returnAfter } from '../../../laws/reconnection.ts';
import { keptPerMessage } from '../../../laws/slow-reader.ts';
import { transportByName } from '../../../transports/index.ts';
import { bytes, count, share, time } from '../../blocks/quantities.ts';
import type { RecommendationTelling } from './recommendation-tables.ts';

const texts = {
  begins: text(
    'Sticky sessions: among {servers} servers, {transport} opens a session at one and has to find that one again. Without them {share} of first attempts come in where each request goes its own way (law CLU1), each of the others leaves a session behind; with transports: ["websocket"], none are needed.',
    '고정 세션: 서버 {servers}대에서 {transport}은(는) 한 서버에 세션을 열고 그 서버를 다시 찾아야 합니다. 고정하지 않고 요청마다 따로 배정하면 첫 시도 가운데 {share}만 연결되고(법칙 CLU1) 나머지는 세션을 남깁니다. transports: ["websocket"]이면 필요 없습니다.',
  ),
  asks: text(
    'Sticky sessions, or a store that all share: among {servers} servers, a request of {transport} reaches another one than before in {share} of the cases, and there neither a cursor nor Last-Event-ID finds anything.',
    '고정 세션 또는 모두가 쓰는 저장소: 서버 {servers}대에서 {transport}의 요청은 {share}의 경우에 이전과 다른 서버로 갑니다. 거기에서는 커서도 Last-Event-ID도 아무것도 찾지 못합니다.',
  ),
  one: text(
    'No sticky sessions: {transport} is one connection, which stays at its server.',
    '고정 세션이 필요 없음: {transport}은(는) 연결 하나이고, 그 서버에 머뭅니다.',
  ),
  shared: text(
    'What is said to all has to reach all {servers} servers: through Redis it goes in once and comes out {servers} times (law CLU2), and while Redis is away half or all of it is late or lost (scenario cluster).',
    '모두에게 보내는 것은 서버 {servers}대에 모두 닿아야 합니다. Redis에는 한 번 들어가서 {servers}번 나오고(법칙 CLU2), Redis가 없는 동안에는 절반 또는 전부가 늦거나 사라집니다(cluster 시나리오).',
  ),
  herd: text(
    'All {clients} lose the server at once, for {outage}: {transport} comes back as its library does, at most {peak} of them within 100 ms, 95 of 100 after {most} (law {law}).',
    '클라이언트 {clients}개가 동시에 서버를 {outage} 동안 잃으면, {transport}은(는) 라이브러리의 방식대로 돌아옵니다. 100 ms 안에 많게는 {peak}개, 100개 중 95개는 {most} 뒤에 돌아옵니다(법칙 {law}).',
  ),
  noPolicy: text(
    'All {clients} lose the server at once: {transport} comes back as your code does. With a fixed wait that is all of them within one moment (law HERD1); wait a random time.',
    '클라이언트 {clients}개가 동시에 서버를 잃으면, {transport}은(는) 작성한 코드대로 돌아옵니다. 일정한 시간을 기다리면 모두 한순간에 돌아오므로(법칙 HERD1) 무작위 시간을 기다려야 합니다.',
  ),
  slow: text(
    'A client that stops reading costs the server {kept} a minute with {transport}, once some megabytes of the system’s buffers are full (laws SLOW1, SLOW2), and nothing limits that: look at what waits, and put it out.',
    '읽기를 멈춘 클라이언트 하나는 시스템의 버퍼 몇 MB가 찬 뒤부터 {transport}에서 서버 메모리를 1분에 {kept}씩 차지하고(법칙 SLOW1, SLOW2) 이를 막는 것이 없습니다. 쌓인 양을 보고 끊어야 합니다.',
  ),
};

/** With fewer clients, reconnecting at once has no effect worth mentioning. */
const crowd = 1000;
/** The outage of a deployment or a restart. */
const outageMs = 5000;
/** More draws would give the same result, and take longer. */
const mostDrawn = 20_000;

const lawOf: Readonly<Partial<Record<PolicyName, string>>> = { eventsource: 'HERD1', 'socket.io': 'HERD3' };

export function crowdTexts(telling: RecommendationTelling, reader: Reader): string[] {
  return [
    ...ofServers(telling, reader),
    ...(telling.clients < crowd ? [] : [...ofHerd(telling, reader), ...ofSlowReader(telling, reader)]),
  ];
}

function ofServers({ servers, need, choice }: RecommendationTelling, reader: Reader): string[] {
  const transport = choice.chosen?.transport;
  if (servers < 2 || transport === undefined) return [];
  const { ties, connections: [, most] = [1, 1] } = transportByName(transport)?.traits ?? {};
  const told = { servers: count(servers), transport };
  const [, closed] = ties ?? [];
  const again = shareLetIn({ servers, ties: closed ?? 1 });
  const where = closed
    ? say(reader, texts.begins, { ...told, share: share(again) })
    : most > 1
      ? say(reader, texts.asks, { ...told, share: share(1 - again) })
      : say(reader, texts.one, told);
  return [where, ...(need.direction === 'up' ? [] : [say(reader, texts.shared, told)])];
}

function ofHerd({ clients, choice }: RecommendationTelling, reader: Reader): string[] {
  const transport = choice.chosen?.transport;
  if (transport === undefined) return [];
  const policy = transportByName(transport)?.traits.comesBack;
  const all = count(clients);
  if (policy === undefined || policy === 'as asked')
    return [say(reader, texts.noPolicy, { transport, clients: all })];
  const drawn = Math.min(clients, mostDrawn);
  const random = randomStream(1, 'recommend herd');
  const returns = Array.from(
    { length: drawn },
    () => returnAfter(reconnectPolicies[policy], outageMs, random).afterMs,
  );
  const { peak, most95Ms } = herdFigures(returns);
  return [
    say(reader, texts.herd, {
      transport,
      clients: all,
      outage: time(outageMs * 1e6),
      law: lawOf[policy] ?? 'HERD2',
      peak: count(Math.round((peak[100] * clients) / drawn)),
      most: time(most95Ms * 1e6),
    }),
  ];
}

function ofSlowReader({ need, choice }: RecommendationTelling, reader: Reader): string[] {
  const transport = choice.chosen?.transport;
  const { keptBesides: besidesBytes, parks, polls } = transportByName(transport ?? '')?.traits ?? {};
  // For a client that polls, the mailbox keeps what was not fetched, until the client is silent for too long.
  if (!transport || besidesBytes === undefined || parks || polls || need.direction === 'up') return [];
  const kept = need.rate * 60 * keptPerMessage({ payloadBytes: need.size, besidesBytes });
  return [say(reader, texts.slow, { transport, kept: bytes(Math.round(kept)) })];
}
