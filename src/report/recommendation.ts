/** A recommendation, told: which to take and why, what each would cost an hour, where the answer flips, and under which conditions. */
import { say, type Text, text } from '../base/text.ts';
import type { Fact } from '../probes/fact.ts';
import {
  gatheredBytes,
  handshakes,
  levelShare,
  recordBytes,
  tcpHeaders,
} from '../recommendation/assumptions.ts';
import type { Cost, Need } from '../recommendation/costs.ts';
import type { Flip } from '../recommendation/flips.ts';
import { browserTable, knowledgeOf } from './recommendation-browser.ts';
import { featureCells, featuresTable } from './recommendation-features.ts';
import {
  bytesTable,
  delay,
  inOrder,
  milliseconds,
  type ServerTelling,
  serverFigures,
  serverTable,
} from './recommendation-tables.ts';
import type { Block } from './table.ts';
import { bytes, count, decimal, share } from './units.ts';
import type { Words } from './words.ts';

export interface RecommendationTelling extends ServerTelling {
  readonly flips: readonly Flip[];
  /** What probes and outages found. */
  readonly facts: readonly Fact[];
  readonly missing: readonly { readonly transport: string; readonly why: Text }[];
  /** As they were asked for: profile and cookie. */
  readonly headers: string;
  /** The command that measures what was not, as it can be typed; null where all was. */
  readonly thorough: string | null;
}

const texts = {
  recommended: text('Recommended: {transport}', '추천: {transport}'),
  nothing: text('Recommended: nothing is quick enough', '추천: 충분히 빠른 방식 없음'),
  asked: text(
    '{clients} clients, {rate} each, {direction}, {size}, round trip {rtt}.',
    '클라이언트 {clients}개, 각각 {rate}, {direction}, {size}, 왕복 {rtt}.',
  ),
  upToo: text('{down} down and {up} up', '받기 {down}, 보내기 {up}'),
  why: text('Why', '이유'),
  flips: text('Where the answer flips', '답이 바뀌는 지점'),
  conditions: text('Conditions', '조건'),
  perSecond: text('{rate} messages a second', '초당 메시지 {rate}개'),
  oneEvery: text('one message every {time}', '{time}마다 메시지 하나'),
};

const directions = {
  up: text('client to server', '클라이언트에서 서버로'),
  down: text('server to client', '서버에서 클라이언트로'),
  both: text('both ways', '양방향'),
};

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
  slow: text('Later than {limit}: {transports}.', '{limit}보다 늦음: {transports}.'),
  cut: text(
    'Cut off after {limit} of silence: {transports}. A shorter --heartbeat keeps a stream or a socket; a held question is answered after 25 s.',
    '{limit} 동안 조용하면 끊김: {transports}. 스트림과 소켓은 --heartbeat를 줄이면 유지됩니다. 대기 중인 요청은 25초 뒤에 응답합니다.',
  ),
  noUpgrade: text(
    'The proxy refuses upgrades: ws cannot connect, and Socket.IO stays with polling.',
    '프록시가 업그레이드를 거부합니다: ws는 연결할 수 없고, Socket.IO는 계속 폴링을 씁니다.',
  ),
  gathered: text(
    'A proxy that was not set up for upgrades is seldom set up for streams: stock nginx hands a response on when {bytes} have gathered. X-Accel-Buffering: no lifts that in nginx, not elsewhere; where a stream was seen to pass, say --streams pass.',
    '업그레이드를 설정하지 않은 프록시는 스트림도 설정하지 않은 경우가 많습니다. nginx의 기본 설정은 {bytes} 이상 모여야 응답을 넘깁니다. X-Accel-Buffering: no는 nginx에만 듣습니다. 스트림이 바로 통과하는 것을 확인했다면 --streams pass를 씁니다.',
  ),
  held: text(
    'The proxy holds a response until it ends: an event stream never arrives.',
    '프록시가 응답이 끝날 때까지 붙들기 때문에 이벤트 스트림은 도착하지 않습니다.',
  ),
  binary: text(
    'Binary travels as it is over HTTP and WebSocket; SSE and Socket.IO’s polling send it as base64, a third longer.',
    'HTTP와 WebSocket은 바이너리를 그대로 보내고, SSE와 Socket.IO 폴링은 3분의 1 더 긴 base64로 보냅니다.',
  ),
};

const conditions = {
  setup: text(
    'To connect {transport} takes {bytes} a client, once. Laws: {laws} (see `rtcompare explain`).',
    '{transport}: 연결에 드는 바이트는 클라이언트당 한 번 {bytes}입니다. 법칙: {laws} (`rtcompare explain` 참고).',
  ),
  application: text(
    'Application: by law, with heads ({headers}) and handshakes as they were weighed just now; heartbeat {heartbeat}; no compression. Messages come by chance (Poisson). Over HTTP/2 repeated heads shrink to some 60 B (HPACK), and requests cost less than here.',
    '애플리케이션: 법칙으로 계산하며, 헤더({headers})와 핸드셰이크는 방금 측정한 값입니다. 하트비트 {heartbeat}, 압축 없음. 메시지는 무작위로(푸아송) 생깁니다. HTTP/2에서는 반복되는 헤더가 60 B 정도로 줄어(HPACK) 요청 비용이 여기보다 작습니다.',
  ),
  none: text('none', '없음'),
  tls: text(
    'TLS: an estimate, not measured: {record} B a record of TLS 1.3 AES-GCM (5 head, 1 type, 16 tag; RFC 8446 §5.2), a record a write; a connection opened anew resumes its session ({resumed} B; a client that cannot pays {full} B, with ML-KEM some 4.1 kB). Without: --tls none.',
    'TLS: 측정이 아니라 추정입니다. TLS 1.3 AES-GCM 레코드마다 {record} B(헤더 5, 타입 1, 태그 16. RFC 8446 §5.2), 쓰기마다 레코드 하나. 다시 여는 연결은 세션을 재개합니다({resumed} B. 재개할 수 없으면 {full} B, ML-KEM이면 4.1 kB 정도). 빼려면 --tls none.',
  ),
  tcp: text(
    'TCP/IP: computed (law BY6): IPv4 and TCP headers of {bytes} B a segment, a segment a write of up to 1,500 B; an answer carries the acknowledgement of its question, anything else has one of its own; 7 segments to open and close. No losses. Others: --tcp timestamps, plain, none.',
    'TCP/IP: 계산한 값입니다(법칙 BY6). IPv4와 TCP 헤더는 세그먼트마다 {bytes} B, 1,500 B까지의 쓰기마다 세그먼트 하나. 응답에는 요청의 확인이 함께 실리고, 나머지는 따로 확인합니다. 여닫는 데 세그먼트 7개. 손실 없음. 바꾸려면 --tcp timestamps, plain, none.',
  ),
  radio: text(
    'Radio: it stays up {tail} after the last packet and is woken by the next (Huang 2012, MobiSys: 11.6 s on LTE; --radio-tail sets another, or none). A server closes a silent connection after 5 s, which keeps the radio up once more.',
    '무선: 마지막 패킷 뒤 {tail} 동안 켜져 있다가 다음 패킷에 다시 깨어납니다(Huang 2012, MobiSys: LTE에서 11.6초. --radio-tail로 바꾸거나 none으로 뺍니다). 서버는 조용한 연결을 5초 뒤에 닫으며, 이것도 무선을 더 켜 둡니다.',
  ),
  times: text(
    'Times are the link’s alone, as means: add what server and client take.',
    '시간은 링크의 평균 지연만 나타내므로 서버와 클라이언트가 쓰는 시간을 더해야 합니다.',
  ),
  server: text(
    'CPU and memory: measured just now on this machine’s server, at 50 clients and 20 messages a second each, and 200 idle ones (laws FAN1, FAN2).',
    'CPU와 메모리: 방금 이 컴퓨터의 서버에서 측정했습니다. 클라이언트 50개가 각각 초당 메시지 20개를 받을 때와 200개가 쉬고 있을 때입니다(법칙 FAN1, FAN2).',
  ),
  notMeasured: text(
    'Not measured: the server’s CPU for a message, its memory for a connection, what a cut loses. {command} measures them, in about half a minute.',
    '측정하지 않은 것: 메시지당 서버 CPU, 연결당 메모리, 끊길 때의 유실. {command}: 30초쯤이면 측정합니다.',
  ),
  missing: text(
    'Left out, because it could not be weighed: {transport}: {why}',
    '잴 수 없어서 뺀 방식: {transport}: {why}',
  ),
};

const flips = {
  to: text('{where}: {transport}.', '{where}: {transport}.'),
  none: text('{where}: nothing is quick enough.', '{where}: 충분히 빠른 방식 없음.'),
  nowhere: text(
    'Nowhere within five powers of ten of each input.',
    '각 입력을 10만분의 1에서 10만 배까지 바꿔도 답이 바뀌지 않습니다.',
  ),
  where: {
    rate: {
      more: text('more than {value}', '이보다 자주 보내면({value})'),
      less: text('less than {value}', '이보다 드물게 보내면({value})'),
    },
    size: {
      more: text('messages from {value} on', '메시지가 {value} 이상이면'),
      less: text('messages up to {value}', '메시지가 {value} 이하이면'),
    },
    rttMs: {
      more: text('a round trip above {value}', '왕복이 {value}보다 길면'),
      less: text('a round trip below {value}', '왕복이 {value}보다 짧으면'),
    },
    withinMs: {
      more: text('if messages may be later than {value}', '{value}보다 늦어도 되면'),
      less: text('if messages must come within less than {value}', '{value}보다 빨리 도착해야 하면'),
    },
    heartbeatMs: {
      more: text('a heartbeat rarer than every {value}', '하트비트가 {value}보다 드물면'),
      less: text('a heartbeat more often than every {value}', '하트비트가 {value}보다 잦으면'),
    },
  },
};

/** One in so many seconds, where it is less than one a second. */
const rateText = (rate: number, words: Words): string =>
  rate >= 1
    ? say(words, texts.perSecond, { rate: decimal(rate) })
    : say(words, texts.oneEvery, { time: span(1 / rate) });

function span(seconds: number): string {
  if (seconds < 120) return `${decimal(seconds)} s`;
  return seconds < 7200 ? `${decimal(seconds / 60)} min` : `${decimal(seconds / 3600)} h`;
}

function flipText({ input, value, towards, to }: Flip, words: Words): string {
  const at = {
    rate: () => rateText(value, words),
    size: () => bytes(value),
    rttMs: () => milliseconds(value),
    withinMs: () => milliseconds(value),
    heartbeatMs: () => span(value / 1000),
  }[input]();
  const where = say(words, flips.where[input][towards], { value: at });
  return to ? say(words, flips.to, { where, transport: to }) : say(words, flips.none, { where });
}

const perHour = (need: Need, cost: Cost): string =>
  need.by === 'radio' ? span(cost.radioSecondsPerHour ?? 0) : bytes(Math.round(cost.wireBytesPerHour));

/** What decided between the chosen one and the next, in words; superlatives only where they are true. */
function decided({ need, choice }: RecommendationTelling, words: Words): string[] {
  const { chosen, next, by, level, steps } = choice;
  if (!chosen || !by) return [];
  const limit = milliseconds(need.withinMs);
  const measureOf = (cost: Cost) =>
    need.by === 'radio' ? (cost.radioSecondsPerHour ?? 0) : cost.wireBytesPerHour;
  const transport = chosen.transport;
  if (by === 'only' || !next)
    return [say(words, reasons.only, { transport, limit, bytes: perHour(need, chosen) })];
  if (level.length === 1)
    return [
      say(words, need.by === 'radio' ? reasons.least : reasons.fewest, {
        ...{ transport, limit, bytes: perHour(need, chosen), next: next.transport },
        ratio: decimal(measureOf(next) / measureOf(chosen)),
      }),
    ];
  const named = level.map((cost) => `${cost.transport} ${perHour(need, cost)}`).join(', ');
  return [
    say(words, need.by === 'radio' ? reasons.levelRadio : reasons.level, {
      share: share(levelShare),
      transports: named,
    }),
    ...steps.map(({ by, left, out }) =>
      say(words, reasons[by], {
        left: left.map(({ transport }) => transport).join(', '),
        mine: measures[by](left[0] ?? chosen, words),
        out: out.map((cost) => `${cost.transport} ${measures[by](cost, words)}`).join(', '),
      }),
    ),
  ];
}

function demanded({ demands: [one, other] }: Cost, words: Words): string {
  if (!one) return say(words, reasons.plain);
  const first = say(words, reasons[one]);
  return other ? say(words, reasons.and, { one: first, other: say(words, reasons[other]) }) : first;
}

/** What each step compares, as it is written. */
const measures = {
  requests: ({ requestsPerHour }: Cost) => decimal(requestsPerHour),
  connections: ({ connections }: Cost) => count(connections),
  demands: demanded,
};

/** Told where a radio would be woken twice as often by another that would do. */
function wakes({ choice }: RecommendationTelling, words: Words): string[] {
  const { chosen, next } = choice;
  if (!chosen || !next || chosen.wakeUpsPerHour === null || next.wakeUpsPerHour === null) return [];
  const [mine, theirs] = [chosen.wakeUpsPerHour, next.wakeUpsPerHour];
  if (Math.max(mine, theirs) < 2 * Math.min(mine, theirs) || Math.max(mine, theirs) < 1) return [];
  return [
    say(words, reasons.wakes, {
      ...{ transport: chosen.transport, other: next.transport },
      ...{ mine: count(Math.round(mine)), theirs: count(Math.round(theirs)) },
    }),
  ];
}

const libraryFeatures = [
  ['comes-back', text('coming back after a cut', '끊긴 뒤 자동 재연결')],
  ['rooms', text('rooms', '룸')],
] as const;

/** What a library would bring for its bytes, where probes found that it has it and a bare WebSocket has not. */
function brings({ choice, facts }: RecommendationTelling, words: Words): string[] {
  const library = choice.costs.find(({ transport }) => transport === 'socket.io');
  if (choice.chosen?.transport !== 'ws' || !library) return [];
  const found = (metric: string, transport: string) =>
    facts.find((one) => one.metric === metric && one.transport === transport)?.value;
  const features = libraryFeatures
    .filter(([metric]) => found(metric, 'socket.io') === 1 && found(metric, 'ws') === 0)
    .map(([, feature]) => words.tell(feature));
  if (features.length === 0) return [];
  const more = share(library.wireBytesPerHour / choice.chosen.wireBytesPerHour - 1);
  return [say(words, reasons.brings, { more, features: features.join(', ') })];
}

function reasonTexts(telling: RecommendationTelling, words: Words): string[] {
  const { need, choice } = telling;
  const limit = milliseconds(need.withinMs);
  const slow = choice.tooSlow.map(
    (cost) => `${cost.transport} (${delay(Math.max(cost.ageMs ?? 0, cost.delayMs ?? 0), words)})`,
  );
  const cut = choice.costs.filter(({ isCut }) => isCut).map(({ transport }) => transport);
  return [
    ...decided(telling, words),
    ...wakes(telling, words),
    ...brings(telling, words),
    ...(slow.length > 0 ? [say(words, reasons.slow, { limit, transports: slow.join(', ') })] : []),
    ...(cut.length > 0
      ? [
          say(words, reasons.cut, {
            limit: span((need.idleTimeoutMs ?? 0) / 1000),
            transports: cut.join(', '),
          }),
        ]
      : []),
    ...(need.upgrades ? [] : [say(words, reasons.noUpgrade)]),
    ...(need.streams === 'gathered' && need.direction !== 'up'
      ? [say(words, reasons.gathered, { bytes: bytes(gatheredBytes) })]
      : []),
    ...(need.streams === 'held' && need.direction !== 'up' ? [say(words, reasons.held)] : []),
    ...(need.binary ? [say(words, reasons.binary)] : []),
  ];
}

function conditionTexts(telling: RecommendationTelling, words: Words): string[] {
  const { need, choice, server, missing, headers, thorough } = telling;
  const heartbeat = need.heartbeatMs === null ? say(words, conditions.none) : span(need.heartbeatMs / 1000);
  const { chosen } = choice;
  return [
    ...missing.map(({ transport, why }) =>
      say(words, conditions.missing, { transport, why: words.tell(why) }),
    ),
    say(words, conditions.application, { headers, heartbeat }),
    ...(need.tls
      ? [
          say(words, conditions.tls, {
            record: String(recordBytes),
            resumed: count(handshakes.resumed),
            full: count(handshakes.full),
          }),
        ]
      : []),
    ...(need.tcp === 'none'
      ? []
      : [say(words, conditions.tcp, { bytes: String(tcpHeaders[need.tcp].bytes) })]),
    ...(need.radioTailMs === null
      ? []
      : [say(words, conditions.radio, { tail: span(need.radioTailMs / 1000) })]),
    say(words, conditions.times),
    ...(server.length > 0 ? [say(words, conditions.server)] : []),
    ...(thorough === null ? [] : [say(words, conditions.notMeasured, { command: thorough })]),
    ...(chosen
      ? [
          say(words, conditions.setup, {
            transport: chosen.transport,
            bytes: bytes(chosen.setupBytes),
            laws: chosen.laws.join(', '),
          }),
        ]
      : []),
  ];
}

function rates({ direction, rate, rateUp }: Need, words: Words): string {
  if (direction === 'both' && rate !== rateUp)
    return say(words, texts.upToo, { down: rateText(rate, words), up: rateText(rateUp, words) });
  return rateText(direction === 'up' ? rateUp : rate, words);
}

export function recommendationBlocks(telling: RecommendationTelling, words: Words): Block[] {
  const { need, clients, choice, facts } = telling;
  const { chosen } = choice;
  const flipped = telling.flips.map((flip) => flipText(flip, words));
  const costs = inOrder(choice);
  return [
    {
      kind: 'heading',
      text: chosen
        ? say(words, texts.recommended, { transport: chosen.transport })
        : say(words, texts.nothing),
    },
    {
      kind: 'paragraph',
      text: say(words, texts.asked, {
        clients: count(clients),
        rate: rates(need, words),
        direction: say(words, directions[need.direction]),
        size: bytes(need.size),
        rtt: milliseconds(need.rttMs),
      }),
    },
    { kind: 'list', title: say(words, texts.why), items: reasonTexts(telling, words) },
    { kind: 'table', table: bytesTable(choice, words) },
    { kind: 'table', table: serverTable(telling, words) },
    {
      kind: 'list',
      title: say(words, texts.flips),
      items: flipped.length > 0 ? flipped : [say(words, flips.nowhere)],
    },
    { kind: 'table', table: featuresTable(costs, facts, words) },
    { kind: 'table', table: browserTable(facts, words) },
    { kind: 'list', title: say(words, texts.conditions), items: conditionTexts(telling, words) },
  ];
}

/** JSON has no infinity: a server that can only answer never delivers. */
const finite = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;

/** What `--json` prints: everything that is printed; units stand in the names, and in `units`. */
export function recommendationDocument(telling: RecommendationTelling, words: Words) {
  const { need, clients, choice, facts, missing, server, headers } = telling;
  return {
    need: { ...need, clients, headers },
    recommended: choice.chosen?.transport ?? null,
    decidedBy: choice.by,
    decidedIn: choice.steps.map(({ by, left, out }) => ({
      by,
      left: left.map(({ transport }) => transport),
      out: out.map(({ transport }) => transport),
    })),
    level: choice.level.map(({ transport }) => transport),
    levelShare,
    reasons: reasonTexts(telling, words),
    costs: choice.costs.map((cost) => ({
      ...cost,
      ageMs: finite(cost.ageMs),
      allClients: {
        wireBytesPerSecond: (cost.wireBytesPerHour * clients) / 3600,
        connections: cost.connections * clients,
        ...serverFigures(telling, cost.transport),
      },
    })),
    units: {
      ...{ bytes: 'B', '…PerHour': 'a client and hour', '…Ms': 'ms', '…Ns': 'ns', '…Seconds…': 's' },
      coreShare: 'share of one core',
    },
    tooSlow: choice.tooSlow.map(({ transport }) => transport),
    cutOff: choice.costs.filter(({ isCut }) => isCut).map(({ transport }) => transport),
    notWeighed: missing.map(({ transport, why }) => ({ transport, why: words.tell(why) })),
    flips: telling.flips.map((flip) => ({ ...flip, text: flipText(flip, words) })),
    server,
    features: featureCells(choice.costs, facts).map(({ told, ...cell }) => ({
      ...cell,
      told: told && words.tell(told),
    })),
    evidence: facts,
    browser: knowledgeOf(facts, words).map(({ about, fetch, eventSource, webSocket, source }) => ({
      about: words.tell(about),
      fetch: words.tell(fetch),
      eventSource: words.tell(eventSource),
      webSocket: words.tell(webSocket),
      source: words.tell(source),
    })),
    conditions: conditionTexts(telling, words),
  };
}
