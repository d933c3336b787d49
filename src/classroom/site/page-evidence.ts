/**
 * One page's evidence for the claims: its race counts as push, its chat as echo. The page supplies the times, the
 * relay's books the bytes; what neither of them knows is null.
 */
import type { Carried, Evidence } from '../../questions/claims/evidence.ts';
import { type LaneName, laneNames, type RoomName, type Settings, type ToSite } from '../page/control-talk.ts';
import { fewestSamples, type Times } from '../page/tables-talk.ts';
import type { PageAccount } from './lane-account.ts';

export type AskedTables = Extract<ToSite, { type: 'tables' }>;

/** Lanes without a measurement are left out. */
export function ownEvidence(
  asked: Pick<AskedTables, RoomName>,
  { pollIntervalMs }: Pick<Settings, 'pollIntervalMs'>,
  accountOf: (room: RoomName, lane: LaneName) => PageAccount,
): Evidence {
  const carriedIn = (room: RoomName, more: (times: Times, account: PageAccount) => Partial<Carried>) =>
    new Map(
      laneNames.flatMap((lane) => {
        const times = asked[room][lane];
        if (!times || times.count === 0) return [];
        const account = accountOf(room, lane);
        return [[lane, { ...carriedBy(lane, times, account), ...more(times, account) }]];
      }),
    );
  return {
    keepAlive: true,
    trials: () => [],
    probed: [],
    push: carriedIn('race', () => ({ load: { clients: 1, pollIntervalMs } })),
    // The race has no delivery: the site does not know which events were due while this page took part.
    echo: carriedIn('chat', ({ count }, account) => ({
      delivery: { sent: saidIn(account), delivered: count },
    })),
  };
}

/** How many own messages the relay has carried; the first may be part of the exchange that opens a lane. */
const saidIn = (account: PageAccount): number =>
  account
    .layers()
    .filter(({ layer, direction }) => layer === 'payload' && direction === 'up')
    .reduce((sum, { units }) => sum + units, 0);

export function carriedBy(lane: LaneName, times: Times, account: PageAccount): Carried {
  const { requests, connections } = account.count();
  const layers = account.layers();
  type Row = (typeof layers)[number];
  const sumOf = (figure: 'bytes' | 'units', isWanted: (row: Row) => boolean) =>
    layers.filter(isWanted).reduce((sum, row) => sum + row[figure], 0);
  const each = (way: 'up' | 'down') => {
    const isSteady = (row: Row) => row.phase === 'steady' && row.direction === way;
    const isPayload = (row: Row) => isSteady(row) && row.layer === 'payload';
    const bytes = sumOf('bytes', isSteady);
    // All that this page sent and received; in a chat that includes the messages of others.
    return { bytes, beside: bytes - sumOf('bytes', isPayload), messages: sumOf('units', isPayload) };
  };
  const [up, down] = [each('up'), each('down')];
  return {
    transport: lane,
    verdict: null,
    latency: latencyOf(times),
    delivery: null,
    requests,
    connections,
    messages: { up: up.messages, down: down.messages },
    perMessage: {
      up: up.messages === 0 ? null : up.bytes / up.messages,
      down: down.messages === 0 ? null : down.bytes / down.messages,
      // If only the server sends messages, the bytes upwards count for its messages.
      overhead:
        down.messages === 0 ? null : up.beside / (up.messages || down.messages) + down.beside / down.messages,
      segments: null,
    },
    wire: { layers },
    // The books count requests, not by kind.
    exchanges: [{ kind: 'requests', phase: 'steady', count: account.steadyRequests() }],
    setup: { bytes: sumOf('bytes', ({ phase }) => phase === 'setup') },
    load: { clients: 1, pollIntervalMs: null },
  };
}

/** Null with few samples: then there is no median, and no lane is called the quickest. */
const latencyOf = ({ count, p50, p95 }: Times): Carried['latency'] =>
  p50 === null || count < fewestSamples
    ? null
    : { p50: p50 * 1e6, p95: p95 === null ? null : p95 * 1e6, p99: null };
