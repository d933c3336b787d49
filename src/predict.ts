/**
 * Predicted beside measured: each exact law that a transport names is evaluated for the trial's own load and
 * compared with what the ledger saw. The laws are pure and know nothing of trials; this file introduces them.
 */
import type { Client } from './clients.ts';
import { chunkOverhead } from './laws/http-bytes.ts';
import { pollCount } from './laws/polling.ts';
import { eventOverhead } from './laws/socket-io.ts';
import { setupRequests } from './laws/socket-io-connect.ts';
import { sseEventBytes, sseOverhead } from './laws/sse.ts';
import { frameOverhead, handshakeBytes } from './laws/websocket.ts';
import type { Steady, TrialPlan } from './measure.ts';
import type { Ledger } from './metrics/ledger.ts';
import type { Prediction, Trial } from './metrics/report.ts';
import { eventName, paths } from './protocol.ts';
import { authority } from './transports/transport.ts';
import type { Direction, Layer } from './wire/span.ts';

export interface Facts {
  readonly plan: TrialPlan;
  readonly trial: Trial;
  readonly ledger: Ledger;
  readonly clients: readonly Client[];
  readonly steady: Steady;
  readonly port: number;
}

type Row = Pick<Prediction, 'metric' | 'predicted' | 'unit'> & {
  measured: number | readonly number[] | null;
};

/** All exact predictions for this trial; a law that does not fit its load (binary, compressed) is left out. */
export function predict(facts: Facts): Prediction[] {
  return facts.plan.transport.traits.laws.flatMap((law) =>
    (bindings[law]?.(facts) ?? []).map(({ metric, predicted, measured, unit }) => {
      const values = measured === null ? [] : [measured].flat();
      const admissible = [predicted].flat();
      const verdict =
        values.length === 0
          ? 'not-applicable'
          : values.every((value) => admissible.includes(value))
            ? 'holds'
            : 'differs';
      const off = values.find((value) => !admissible.includes(value));
      return { metric, law, predicted, measured: off ?? values[0] ?? null, unit, tolerance: 0, verdict };
    }),
  );
}

const bindings: Readonly<Record<string, (facts: Facts) => readonly Row[]>> = {
  WS1: (facts) => {
    if (facts.plan.compression) return [];
    const { size } = facts.plan.load;
    return spoken(facts).map((way) => ({
      metric: `frame header ${way}`,
      predicted: frameOverhead(way, size),
      measured: perUnit(facts, way, ['websocket'], 'websocket'),
      unit: 'B/message',
    }));
  },

  WS3: ({ plan, trial, port }) => {
    if (Object.keys(plan.headers).length > 0) return [];
    const deflate = plan.compression ? 'accepted' : 'none';
    const host = authority({ host: plan.host, port });
    const bytes = handshakeBytes({ pathBytes: paths.socket.length, hostBytes: host.length, deflate });
    return (['up', 'down'] as const).map((way) => ({
      metric: way === 'up' ? 'handshake request' : 'handshake response',
      predicted: bytes[way],
      measured: perConnection(trial, way),
      unit: 'B',
    }));
  },

  SSE2: (facts) => plainEvents(facts, 'event', ['sse', 'payload'], sseEventBytes),
  SSE3: (facts) => plainEvents(facts, 'event and chunk, beyond the payload', ['sse', 'chunk'], sseOverhead),
  BY3: (facts) =>
    plainEvents(facts, 'chunk around an event', ['chunk'], (event) => chunkOverhead(sseEventBytes(event))),

  SIO1: (facts) => {
    const { size, payload } = facts.plan.load;
    if (payload !== 'text' || facts.plan.compression) return [];
    return spoken(facts).map((way) => ({
      metric: `event and frame ${way}`,
      predicted: eventOverhead(way, { nameBytes: eventName.length, payloadBytes: size }),
      measured: perUnit(facts, way, ['websocket', 'engine.io', 'socket.io', 'encoding'], 'websocket'),
      unit: 'B/message',
    }));
  },

  SIO4: ({ clients, ledger }) => [
    {
      metric: 'requests to connect',
      predicted: [...setupRequests('upgrade')],
      measured: clients.map(({ dialer }) =>
        dialer.connections.reduce(
          (sum, { connection }) => sum + ledger.connection(connection).requests.setup,
          0,
        ),
      ),
      unit: 'requests',
    },
  ],

  POLL3: ({ clients, steady, trial }) => {
    const due = clients.reduce((sum, { connection }, index) => {
      const grid = connection?.pollGrid;
      if (!grid) return sum;
      const until = (ns = 0) =>
        pollCount({ durationNs: ns - grid.originNs, intervalNs: grid.intervalNs, phaseNs: 0 });
      return sum + until(steady.endNs[index]) - until(steady.startNs[index]);
    }, 0);
    const measured = trial.polls && trial.polls.made + trial.polls.skipped;
    return [{ metric: 'polls made and skipped', predicted: due, measured, unit: 'polls' }];
  },
};

/** Directions in which messages went in the steady phase. */
const spoken = ({ trial }: Facts): Direction[] =>
  (['up', 'down'] as const).filter((way) => trial.messages[way] > 0);

/**
 * Steady bytes of some layers per message. Null when the framing layer carried other things too (heartbeats,
 * several events in one chunk): then the exact law speaks of something else.
 */
function perUnit({ trial }: Facts, way: Direction, layers: readonly Layer[], framing: Layer): number | null {
  const rows = trial.wire.layers.filter(({ direction, phase }) => direction === way && phase === 'steady');
  const frames = rows.find(({ layer }) => layer === framing)?.units ?? 0;
  if (frames !== trial.messages[way]) return null;
  const bytes = rows.filter(({ layer }) => layers.includes(layer)).reduce((sum, row) => sum + row.bytes, 0);
  return bytes / trial.messages[way];
}

const perConnection = (trial: Trial, way: Direction): number =>
  trial.wire.layers
    .filter(({ layer, direction, phase }) => layer === 'http' && direction === way && phase === 'setup')
    .reduce((sum, { bytes }) => sum + bytes, 0) / trial.setup.connections;

function plainEvents(
  facts: Facts,
  metric: string,
  layers: readonly Layer[],
  law: (event: { payloadBytes: number }) => number,
): Row[] {
  const { size, payload } = facts.plan.load;
  if (payload !== 'text' || facts.trial.messages.down === 0) return [];
  const measured = perUnit(facts, 'down', layers, 'chunk');
  return [{ metric, predicted: law({ payloadBytes: size }), measured, unit: 'B/event' }];
}
