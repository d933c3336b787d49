/**
 * Why this transport: what decided, what it costs a radio, what a library adds, and which transports were left out for
 * what.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import { levelShare } from '../../../questions/recommendation/assumptions.ts';
import type { Need, TransportCost } from '../../../questions/recommendation/need.ts';
import { passingOf } from '../../../questions/recommendation/way.ts';
import { bytes, count, decimal, share } from '../../blocks/quantities.ts';
import { crowdTexts } from './crowd-reasons.ts';
import { delay, lateness, type RecommendationTelling, span } from './recommendation-tables.ts';
import { wayTexts } from './way-reasons.ts';

const reasons = {
  only: text(
    '{transport} alone delivers within {limit}, with {bytes} a client and hour.',
    '{limit} 안에 전달하는 방식은 {transport}뿐입니다. 클라이언트당 한 시간에 {bytes}입니다.',
  ),
  fewest: text(
    'Fewest bytes of those within {limit}: {transport} with {bytes} a client and hour; next is {next} with {ratio} times as many.',
    '{limit} 안에 도착하는 방식 중 바이트가 가장 적습니다: {transport}, 클라이언트당 한 시간에 {bytes}. 다음: {next}, {ratio}배.',
  ),
  least: text(
    'Least time with a mobile radio up, of those within {limit}: {transport} with {bytes} an hour; next is {next} with {ratio} times as much.',
    '{limit} 안에 도착하는 방식 중 무선이 켜져 있는 시간이 가장 짧습니다: {transport}, 한 시간에 {bytes}. 다음: {next}, {ratio}배.',
  ),
  levelRadio: text(
    'Level in the time with a mobile radio up, within {share}: {transports} an hour.',
    '무선이 켜져 있는 시간은 {share} 안에서 같은 수준입니다. 한 시간에 {transports}.',
  ),
  level: text(
    'Level in bytes, within {share}: {transports} a client and hour.',
    '바이트는 {share} 안에서 같은 수준입니다. 클라이언트당 한 시간에 {transports}.',
  ),
  requests: text(
    'Then requests decide: {left} {mine} an hour, against {out}.',
    '그다음은 요청 수로 정합니다. 한 시간에 {left} {mine}회, {out}회.',
  ),
  connections: text(
    'Then connections decide: {left} {mine} a client, against {out}.',
    '그다음은 연결 수로 정합니다. 클라이언트당 {left} {mine}개, {out}개.',
  ),
  demands: text(
    'Then what is demanded of the way and the page decides: {left} {mine}, against {out}.',
    '그다음은 중간 장비와 페이지에 필요한 것으로 정합니다. {left}: {mine}, {out}.',
  ),
  plain: text('nothing but HTTP', 'HTTP 외에 없음'),
  upgrade: text('an upgrade', '업그레이드'),
  library: text('a library', '라이브러리'),
  and: text('{one} and {other}', '{one}, {other}'),
  wakes: text(
    '{transport} wakes a mobile radio {mine} times an hour, {other} {theirs} times.',
    '휴대전화의 무선을 깨우는 횟수는 한 시간에 {transport} {mine}회, {other} {theirs}회입니다.',
  ),
  brings: text(
    'socket.io takes {more} more bytes and brings what ws leaves to your code: {features} (asked just now).',
    'socket.io는 바이트가 {more} 더 들고, ws에서는 직접 구현해야 하는 것이 들어 있습니다: {features} (방금 확인).',
  ),
  closing: text(
    '{transport} opens a connection for nearly every message; Connection: close ends it with the answer, and the radio is up {less} an hour instead of {now}.',
    '{transport}: 메시지마다 거의 매번 연결을 새로 엽니다. Connection: close를 보내면 응답과 함께 끝나고, 무선은 한 시간에 {now} 대신 {less} 켜집니다.',
  ),
  polls: text(
    'polling asks every {interval}, as rarely as {limit} allow.',
    'polling의 간격: {interval}. 늦어도 {limit} 안에 도착하는 가장 긴 간격입니다.',
  ),
  slow: text('Later than {limit}: {transports}.', '{limit}보다 늦음: {transports}.'),
  cut: text(
    'Cut off after {limit} of silence: {transports}. A shorter --heartbeat keeps a stream or a socket; a held question is answered after 25 s.',
    '{limit} 동안 조용하면 끊김: {transports}. 스트림과 소켓은 --heartbeat를 줄이면 유지됩니다. 대기 중인 요청은 25초 뒤에 응답합니다.',
  ),
  unknown: text(
    'Whether it passes a stream on is not known, so sse is not counted on: some hold a response until kilobytes have gathered (nginx before 1.29.7 as it is installed), others to its end. A page can find out: send a first event, and poll where it does not come within seconds. Where a stream was seen to pass, say --streams pass.',
    '프록시가 스트림을 바로 넘기는지 알 수 없어 sse는 고르지 않았습니다. 몇 kB가 모여야(기본 설정의 1.29.7 이전 nginx), 또는 응답이 끝나야 넘기는 프록시가 있습니다. 페이지에서 확인하는 방법: 첫 이벤트를 바로 보내고, 몇 초 안에 오지 않으면 폴링으로 바꿉니다. 통과하는 것을 확인했다면 --streams pass를 씁니다.',
  ),
  held: text(
    'A response is held until it ends: an event stream never arrives.',
    '응답이 끝날 때까지 붙들기 때문에 이벤트 스트림은 도착하지 않습니다.',
  ),
  binary: text(
    'Binary travels as it is over HTTP and WebSocket; SSE and Socket.IO’s polling send it as base64, a third longer.',
    'HTTP와 WebSocket은 바이너리를 그대로 보내고, SSE와 Socket.IO 폴링은 3분의 1 더 긴 base64로 보냅니다.',
  ),
};

const perHour = (need: Need, cost: TransportCost): string =>
  need.by === 'radio' ? span(cost.radioSecondsPerHour ?? 0) : bytes(Math.round(cost.wireBytesPerHour));

/** What decided between the chosen one and the next, in words; superlatives only where they are true. */
function decided({ need, choice }: RecommendationTelling, reader: Reader): string[] {
  const { chosen, next, by, level, steps } = choice;
  if (!chosen || !by) return [];
  const limit = lateness(need.withinMs);
  const measureOf = (cost: TransportCost) =>
    need.by === 'radio' ? (cost.radioSecondsPerHour ?? 0) : cost.wireBytesPerHour;
  const transport = chosen.transport;
  if (by === 'only' || !next)
    return [say(reader, reasons.only, { transport, limit, bytes: perHour(need, chosen) })];
  if (level.length === 1)
    return [
      say(reader, need.by === 'radio' ? reasons.least : reasons.fewest, {
        transport,
        limit,
        bytes: perHour(need, chosen),
        next: next.transport,
        ratio: decimal(measureOf(next) / measureOf(chosen)),
      }),
    ];
  const named = level.map((cost) => `${cost.transport} ${perHour(need, cost)}`).join(', ');
  return [
    say(reader, need.by === 'radio' ? reasons.levelRadio : reasons.level, {
      share: share(levelShare),
      transports: named,
    }),
    ...steps.map(({ by, left, out }) =>
      say(reader, reasons[by], {
        left: left.map(({ transport }) => transport).join(', '),
        mine: measures[by](left[0] ?? chosen, reader),
        out: out.map((cost) => `${cost.transport} ${measures[by](cost, reader)}`).join(', '),
      }),
    ),
  ];
}

function demanded({ demands: [one, other] }: TransportCost, reader: Reader): string {
  if (!one) return say(reader, reasons.plain);
  const first = say(reader, reasons[one]);
  return other ? say(reader, reasons.and, { one: first, other: say(reader, reasons[other]) }) : first;
}

/** The figure that each step compares, formatted. */
const measures = {
  requests: ({ requestsPerHour }: TransportCost) => decimal(requestsPerHour),
  connections: ({ connections }: TransportCost) => count(connections),
  demands: demanded,
};

/** Only if one of the chosen and the next transport would wake a radio at least twice as often as the other. */
function wakes({ choice }: RecommendationTelling, reader: Reader): string[] {
  const { chosen, next } = choice;
  if (!chosen || !next || chosen.wakeUpsPerHour === null || next.wakeUpsPerHour === null) return [];
  const [mine, theirs] = [chosen.wakeUpsPerHour, next.wakeUpsPerHour];
  if (Math.max(mine, theirs) < 2 * Math.min(mine, theirs) || Math.max(mine, theirs) < 1) return [];
  return [
    say(reader, reasons.wakes, {
      transport: chosen.transport,
      other: next.transport,
      mine: count(Math.round(mine)),
      theirs: count(Math.round(theirs)),
    }),
  ];
}

/** What probes ask of both libraries: how often each did it. */
const libraryFeatures = [
  ['comes-back', text('coming back after a cut', '끊긴 뒤 자동 재연결')],
  ['rooms', text('rooms', '룸')],
  [
    'messages-delivered-blocked',
    text('going on where upgrades are refused', '업그레이드가 거부되어도 계속됨'),
  ],
] as const;

/** Only if most requests find their connection closed, and closing it at once would save a twentieth or more. */
function closing({ choice }: RecommendationTelling, reader: Reader): string[] {
  const { chosen } = choice;
  const [now, less] = [chosen?.radioSecondsPerHour ?? null, chosen?.radioSecondsClosedPerHour ?? null];
  if (!chosen || now === null || less === null) return [];
  if (chosen.reopenedPerHour < 0.9 * chosen.requestsPerHour || less > now * 0.95) return [];
  return [say(reader, reasons.closing, { transport: chosen.transport, less: span(less), now: span(now) })];
}

/** The poll interval that was chosen here, if none was asked for. */
function asks({ need, choice }: RecommendationTelling, reader: Reader): string[] {
  const interval = choice.costs.find(({ pollIntervalMs }) => pollIntervalMs !== null)?.pollIntervalMs ?? null;
  if (need.pollIntervalMs !== null || interval === null) return [];
  return [say(reader, reasons.polls, { interval: lateness(interval), limit: lateness(need.withinMs) })];
}

/** What a library would add for its bytes, if probes found that it has it and a bare WebSocket has not. */
function brings({ choice, facts }: RecommendationTelling, reader: Reader): string[] {
  const library = choice.costs.find(({ transport }) => transport === 'socket.io');
  if (choice.chosen?.transport !== 'ws' || !library) return [];
  const found = (metric: string, transport: string) =>
    facts.find((one) => one.metric === metric && one.transport === transport)?.value;
  const features = libraryFeatures
    .filter(([metric]) => Number(found(metric, 'socket.io')) > 0 && found(metric, 'ws') === 0)
    .map(([, feature]) => say(reader, feature));
  if (features.length === 0) return [];
  const more = share(library.wireBytesPerHour / choice.chosen.wireBytesPerHour - 1);
  return [say(reader, reasons.brings, { more, features: features.join(', ') })];
}

/** Whether an emulated box is on the way of which it is not known what it does to a stream. */
const isUnknownBox = ({ need, way }: RecommendationTelling): boolean =>
  need.streams === 'unknown' && need.direction !== 'up' && way.every(({ kind }) => kind !== 'unmeasured');

/** Whether only `--streams` says so, and nothing on the way does. */
const isHeldByWord = ({ need, way }: RecommendationTelling): boolean =>
  need.streams === 'held' && need.direction !== 'up' && passingOf(way).streams !== 'held';

export function reasonTexts(telling: RecommendationTelling, reader: Reader): string[] {
  const { need, choice } = telling;
  const limit = lateness(need.withinMs);
  const slow = choice.tooSlow.map((cost) => `${cost.transport} (${delay(cost.lateMs, reader)})`);
  const cut = choice.costs.filter(({ isCut }) => isCut).map(({ transport }) => transport);
  return [
    ...decided(telling, reader),
    ...wakes(telling, reader),
    ...closing(telling, reader),
    ...brings(telling, reader),
    ...asks(telling, reader),
    ...(slow.length > 0 ? [say(reader, reasons.slow, { limit, transports: slow.join(', ') })] : []),
    ...(cut.length > 0
      ? [
          say(reader, reasons.cut, {
            limit: span((need.idleTimeoutMs ?? 0) / 1000),
            transports: cut.join(', '),
          }),
        ]
      : []),
    ...wayTexts(telling, reader),
    ...(isUnknownBox(telling) ? [say(reader, reasons.unknown)] : []),
    ...(isHeldByWord(telling) ? [say(reader, reasons.held)] : []),
    ...crowdTexts(telling, reader),
    ...(need.binary ? [say(reader, reasons.binary)] : []),
  ];
}
