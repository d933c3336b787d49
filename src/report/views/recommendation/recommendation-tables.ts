/**
 * The two tables of a recommendation: bytes by layer with what wakes a radio, and what all clients together cost the
 * server.
 */
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import { kthClientAgeNs, pushUtilisation } from '../../../laws/fan-out.ts';
import type { Fact } from '../../../questions/probes/fact.ts';
import type { Choice } from '../../../questions/recommendation/choice.ts';
import type { Flip } from '../../../questions/recommendation/flips.ts';
import type { Need, TransportCost } from '../../../questions/recommendation/need.ts';
import type { ServerCost } from '../../../questions/recommendation/server-costs.ts';
import type { OnTheWay } from '../../../questions/recommendation/way.ts';
import type { Cell, Table } from '../../blocks/block.ts';
import { compact, count, decimal, ofCore, time } from '../../blocks/quantities.ts';
import { heads } from '../../blocks/table-words.ts';

const texts = {
  bytes: text('Bytes of one client in an hour', '클라이언트 하나가 한 시간에 쓰는 바이트'),
  application: text('application', '애플리케이션'),
  tls: text('TLS (estimate)', 'TLS(추정)'),
  tcpIp: text('TCP/IP headers', 'TCP/IP 헤더'),
  all: text('in all', '합계'),
  requests: text('requests', '요청'),
  wakeUps: text('wake-ups', '무선 깨움'),
  radio: text('radio up', '무선 켜짐'),
  server: text('All {clients} clients together, and how late', '클라이언트 {clients}개 전체와 지연'),
  bytesPerSecond: text('B/s', 'B/s'),
  connections: text('connections open', '열린 연결'),
  reopened: text('reopened an hour', '시간당 재연결'),
  cpu: text('CPU to push', '푸시 CPU'),
  last: text('last of a broadcast', '전체 전송의 마지막'),
  memory: text('memory', '메모리'),
  age: text('event age, mean – most', '이벤트 지연, 평균 – 최대'),
  delay: text('delay up', '보낼 때 지연'),
  never: text('never', '불가'),
  unknown: text('unknown', '모름'),
};

/** In milliseconds throughout, so that 1,020 ms is not printed as the limit of 1 s that it misses. */
export const milliseconds = (ms: number): string => `${decimal(ms)} ms`;

export const delay = (ms: number | null, reader: Reader): string =>
  ms === null ? '–' : Number.isFinite(ms) ? lateness(ms) : say(reader, texts.never);

/** The mean age, and the greatest age where it differs. */
function ageText({ ageMs, latestMs, isUnsure }: TransportCost, reader: Reader): string | null {
  if (ageMs === null) return null;
  if (isUnsure) return say(reader, texts.unknown);
  const [mean, most] = [delay(ageMs, reader), delay(latestMs, reader)];
  return mean === most ? mean : `${mean} – ${most}`;
}

export const lateness = (ms: number) => (ms < 10_000 ? milliseconds(ms) : `${decimal(ms / 1000)} s`);

/** A column that says nothing of any row is left out. */
interface Column {
  readonly head: string;
  readonly read: (cost: TransportCost) => string | null;
}

function table(
  title: string,
  costs: readonly TransportCost[],
  chosen: TransportCost | null,
  columns: readonly Column[],
  reader: Reader,
): Table {
  const shown = columns.filter(({ read }) => costs.some((cost) => read(cost) !== null));
  return {
    title,
    notes: [],
    shape: 'figures',
    head: [say(reader, heads.transport), ...shown.map(({ head }) => head)],
    align: ['left', ...shown.map(() => 'right' as const)],
    rows: costs.map((cost): Cell[] => [
      `${cost.transport}${cost === chosen ? ' *' : ''}`,
      ...shown.map(({ read }) => read(cost) ?? '–'),
    ]),
  };
}

const some = (value: number | null, written: (value: number) => string) =>
  value === null ? null : written(value);
const whole = (value: number) => compact(Math.round(value));

/** Fewest bytes first, counting all bytes on the wire. */
export const inOrder = ({ costs }: Choice): readonly TransportCost[] =>
  costs.toSorted((a, b) => a.wireBytesPerHour - b.wireBytesPerHour);

export function bytesTable(choice: Choice, reader: Reader): Table {
  const isMore = choice.costs.some((cost) => cost.wireBytesPerHour !== cost.bytesPerHour);
  return table(
    say(reader, texts.bytes),
    inOrder(choice),
    choice.chosen,
    [
      { head: say(reader, texts.application), read: ({ bytesPerHour }) => whole(bytesPerHour) },
      { head: say(reader, texts.tls), read: ({ tlsBytesPerHour }) => some(tlsBytesPerHour, whole) },
      { head: say(reader, texts.tcpIp), read: ({ tcpIpBytesPerHour }) => some(tcpIpBytesPerHour, whole) },
      {
        head: say(reader, texts.all),
        read: ({ wireBytesPerHour }) => (isMore ? whole(wireBytesPerHour) : null),
      },
      { head: say(reader, texts.requests), read: ({ requestsPerHour }) => decimal(requestsPerHour) },
      { head: say(reader, texts.wakeUps), read: ({ wakeUpsPerHour }) => some(wakeUpsPerHour, decimal) },
      {
        head: say(reader, texts.radio),
        read: ({ radioSecondsPerHour }) => some(radioSecondsPerHour, (s) => `${decimal(s / 60)} min`),
      },
    ],
    reader,
  );
}

export interface ServerTelling {
  readonly need: Need;
  readonly clients: number;
  readonly choice: Choice;
  readonly server: readonly ServerCost[];
}

export interface RecommendationTelling extends ServerTelling {
  /** How many servers share the clients. */
  readonly servers: number;
  /** What lies between, from the clients outwards. */
  readonly way: readonly OnTheWay[];
  readonly flips: readonly Flip[];
  /** What probes and outages found. */
  readonly facts: readonly Fact[];
  readonly missing: readonly { readonly transport: string; readonly why: Text }[];
  /** The header profile and the cookie that were asked for on the command line. */
  readonly headers: string;
  /** The command that measures what is missing, as it can be typed; null if nothing is missing. */
  readonly thorough: string | null;
}

export interface ServerFigures {
  /** Share of one core that pushing to all clients takes (law FAN2). */
  readonly coreShare: number | null;
  /** When the last client hears a broadcast, the way down included (law FAN1). */
  readonly lastHearsNs: number | null;
  readonly memoryBytes: number | null;
}

/** The measured unit costs multiplied by all clients; null if they were not measured. */
export function serverFigures({ need, clients, server }: ServerTelling, transport: string): ServerFigures {
  const measured = server.find((one) => one.transport === transport);
  const costPerClientNs = measured?.cpuNsPerMessage ?? null;
  const memory = measured?.memoryBytesPerConnection ?? null;
  const pushes = need.direction !== 'up' && costPerClientNs !== null;
  return {
    coreShare: pushes ? pushUtilisation({ clients, rate: need.rate, costPerClientNs }) : null,
    lastHearsNs: pushes
      ? kthClientAgeNs({ client: clients, downNs: (need.rttMs / 2) * 1e6, costPerClientNs })
      : null,
    memoryBytes: memory === null ? null : memory * clients,
  };
}

export function serverTable(telling: ServerTelling, reader: Reader): Table {
  const { choice, clients } = telling;
  const figures = (cost: TransportCost) => serverFigures(telling, cost.transport);
  return table(
    say(reader, texts.server, { clients: count(clients) }),
    inOrder(choice),
    choice.chosen,
    [
      {
        head: say(reader, texts.bytesPerSecond),
        read: ({ wireBytesPerHour }) => whole((wireBytesPerHour * clients) / 3600),
      },
      {
        head: say(reader, texts.connections),
        read: ({ connectionsOpen }) => compact(Math.round(connectionsOpen * clients)),
      },
      {
        head: say(reader, texts.reopened),
        read: ({ reopenedPerHour }) => (reopenedPerHour > 0 ? whole(reopenedPerHour * clients) : null),
      },
      { head: say(reader, texts.cpu), read: (cost) => some(figures(cost).coreShare, ofCore) },
      { head: say(reader, texts.last), read: (cost) => some(figures(cost).lastHearsNs, time) },
      {
        head: say(reader, texts.memory),
        read: (cost) => some(figures(cost).memoryBytes, (b) => `${whole(b)}B`),
      },
      { head: say(reader, texts.age), read: (cost) => ageText(cost, reader) },
      {
        head: say(reader, texts.delay),
        read: ({ delayMs }) => (delayMs === null ? null : delay(delayMs, reader)),
      },
    ],
    reader,
  );
}

/** Seconds in a unit that is easy to read. */
export function span(seconds: number): string {
  if (seconds < 120) return `${decimal(seconds)} s`;
  return seconds < 7200 ? `${decimal(seconds / 60)} min` : `${decimal(seconds / 3600)} h`;
}
