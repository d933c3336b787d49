/** The exact laws: bytes, requests and polls, compared with the ledger without tolerance. */
import { chunkOverhead } from '../../laws/http-bytes.ts';
import { pollCount } from '../../laws/polling.ts';
import { eventOverhead } from '../../laws/socket-io.ts';
import { setupRequests } from '../../laws/socket-io-connect.ts';
import { type SseEvent, sseEventBytes, sseOverhead } from '../../laws/sse.ts';
import { frameOverhead, handshakeBytes } from '../../laws/websocket.ts';
import { eventName, paths } from '../../protocols/contract.ts';
import type { Layer } from '../../protocols/layers.ts';
import { authority } from '../../transports/transport.ts';
import type { Direction } from '../../wire/span.ts';
import type { Binding, Facts, Inputs } from './binding.ts';

const directions = ['up', 'down'] as const;

/** Whether messages go this way in a scenario. */
const speaks = ({ scenario }: Inputs, way: Direction): boolean =>
  way === 'down' || scenario.behaviour !== 'ticker';

const frameHeader = (way: Direction): Binding => ({
  metric: `frame header ${way}`,
  unit: 'B/message',
  predicted: (inputs) =>
    inputs.compression || !speaks(inputs, way) ? null : frameOverhead(way, inputs.load.size),
  measured: (facts) => perMessage(facts, way, ['websocket'], 'websocket'),
});

const handshake = (way: Direction): Binding => ({
  metric: way === 'up' ? 'handshake request' : 'handshake response',
  unit: 'B',
  predicted(inputs) {
    if (inputs.heads || Object.keys(inputs.headers).length > 0) return null;
    const deflate = inputs.compression ? 'accepted' : 'none';
    return handshakeBytes({ pathBytes: paths.socket.length, hostBytes: authority(inputs).length, deflate })[
      way
    ];
  },
  measured: ({ trial }) =>
    trial.wire.layers
      .filter(({ layer, direction, phase }) => layer === 'http' && direction === way && phase === 'setup')
      .reduce((sum, { bytes }) => sum + bytes, 0) / trial.setup.connections,
});

/** An event of plain text in its own chunk. */
const event = (
  metric: string,
  layers: readonly Layer[],
  law: (event: SseEvent, inputs: Inputs) => number | null,
): Binding => ({
  metric,
  unit: 'B/event',
  predicted: (inputs) =>
    inputs.load.payload === 'text' ? law({ payloadBytes: inputs.load.size }, inputs) : null,
  measured: (facts) => perMessage(facts, 'down', layers, 'chunk'),
});

const chunk = event('chunk around an event', ['chunk'], ({ payloadBytes }, { transport: { traits } }) =>
  traits.eventOverhead === null ? null : chunkOverhead(payloadBytes + traits.eventOverhead),
);

const socketIoEvent = (way: Direction): Binding => ({
  metric: `event and frame ${way}`,
  unit: 'B/message',
  predicted: (inputs) =>
    inputs.load.payload !== 'text' || inputs.compression || !speaks(inputs, way)
      ? null
      : eventOverhead(way, { nameBytes: eventName.length, payloadBytes: inputs.load.size }),
  measured: (facts) =>
    perMessage(facts, way, ['websocket', 'engine.io', 'socket.io', 'encoding'], 'websocket'),
});

const requestsToConnect: Binding = {
  metric: 'requests to connect',
  unit: 'requests',
  // In a cluster, a server that does not know the session refuses, and the client starts again: any number of times.
  predicted: ({ scenario }) => (scenario.cluster ? null : setupRequests('upgrade')),
  measured({ party, ledger }) {
    const requests = Array.from({ length: party.clients }, () => 0);
    for (const { client, connection } of party.connections())
      requests[client] = (requests[client] ?? 0) + ledger.connection(connection).requests.setup;
    return requests;
  },
};

const polls: Binding = {
  metric: 'polls made and skipped',
  unit: 'polls',
  // The phases of the polls and the times of the steady phase are known only after the trial.
  predicted: (_inputs, facts) => (facts ? pollsDue(facts) : null),
  measured: ({ trial }) => trial.polls && trial.polls.made + trial.polls.skipped,
};

export const byteBindings: Readonly<Record<string, readonly Binding[]>> = {
  WS1: directions.map(frameHeader),
  WS3: directions.map(handshake),
  SSE2: [event('event', ['sse', 'payload'], sseEventBytes)],
  SSE3: [event('event and chunk, beyond the payload', ['sse', 'chunk'], sseOverhead)],
  BY3: [chunk],
  SIO1: directions.map(socketIoEvent),
  SIO4: [requestsToConnect],
  POLL3: [polls],
};

const pollsDue = ({ steady }: Facts) =>
  steady.pollGrids.reduce((sum, grid, index) => {
    if (!grid) return sum;
    const until = (ns = 0) =>
      pollCount({ durationNs: ns - grid.originNs, intervalNs: grid.intervalNs, phaseNs: 0 });
    return sum + until(steady.endNs[index]) - until(steady.startNs[index]);
  }, 0);

/**
 * Steady bytes of some layers per message. Null if the framing layer carried other things too (heartbeats,
 * several events in one chunk): then the exact law does not apply.
 */
function perMessage(
  { trial }: Facts,
  way: Direction,
  layers: readonly Layer[],
  framing: Layer,
): number | null {
  const rows = trial.wire.layers.filter(({ direction, phase }) => direction === way && phase === 'steady');
  const frames = rows.find(({ layer }) => layer === framing)?.units ?? 0;
  if (frames !== trial.messages[way] || frames === 0) return null;
  const bytes = rows.filter(({ layer }) => layers.includes(layer)).reduce((sum, row) => sum + row.bytes, 0);
  return bytes / trial.messages[way];
}
