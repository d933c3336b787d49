/**
 * What the page has measured, as trials of a run: the race is a `push`, the chat an `echo`. The page brings the times,
 * the books bring the bytes; what neither of them knows is empty, and no claim reads it.
 */
import type { Report, Trial } from '../../document/report.ts';
import { usualLoad } from '../../trial/knobs.ts';
import { cutMs, fewestSamples, type LaneName, type Settings, type Times } from '../page/control-talk.ts';
import type { PageAccount } from './lane-account.ts';

interface Measured {
  readonly lane: LaneName;
  readonly scenario: 'push' | 'echo';
  readonly account: PageAccount;
  readonly times: Times;
  readonly settings: Settings;
}

export function trialOf({ lane, scenario, account, times, settings }: Measured): Trial {
  const { requests, connections, up, down, polls, emptyPolls } = account.count();
  const layers = account.layers();
  const bytesOf = (wanted: (row: (typeof layers)[number]) => boolean) =>
    layers.filter(wanted).reduce((sum, { bytes }) => sum + bytes, 0);
  const steady = (way: 'up' | 'down') => bytesOf((row) => row.phase === 'steady' && row.direction === way);
  // All that this page said and heard; in a chat it hears others as well, and their messages are among its bytes.
  const messagesOf = (way: 'up' | 'down') =>
    layers
      .filter(({ layer, phase, direction }) => layer === 'payload' && phase === 'steady' && direction === way)
      .reduce((sum, { units }) => sum + units, 0);
  const messages = { up: messagesOf('up'), down: messagesOf('down') };
  const per = (way: 'up' | 'down') => (messages[way] === 0 ? null : steady(way) / messages[way]);
  const overheadOf = (way: 'up' | 'down') =>
    bytesOf((row) => row.phase === 'steady' && row.direction === way && row.layer !== 'payload') /
    // Where only one side speaks, what the other side's bytes cost falls on its messages.
    (messages[way] || messages.down);
  return {
    ...{ transport: lane, scenario, reference: false, repeat: 0, verdict: 'valid', durationMs: 0 },
    ...{ load: loadOf(settings), link: linkOf(settings), latency: latencyOf(scenario, times) },
    ...{ requests, connections, messages, lateness: { p50: null, p99: null } },
    delivery: {
      ...{ sent: times.count, delivered: times.count, lost: 0, duplicated: 0, reordered: 0, errors: {} },
    },
    polls: polls > 0 ? { made: polls, empty: emptyPolls, skipped: 0 } : null,
    wire: { up, down, socketBytes: up + down, layers: layers.map((row) => ({ ...row })) },
    exchanges: [{ kind: 'requests', phase: 'steady', count: account.steadyRequests(), sizes: [] }],
    perMessage: {
      up: per('up'),
      down: per('down'),
      overhead: messages.down === 0 ? null : overheadOf('up') + overheadOf('down'),
    },
    setup: {
      bytes: bytesOf((row) => row.phase === 'setup'),
      requests: requests - account.steadyRequests(),
      // The browser does not say which of them it opened for what.
      connections,
    },
    ...{ fields: [], stages: [], sequence: [], overDistance: null, predictions: [], notes: [] },
    ...{ fanOut: null, throughput: null, outage: null, stream: null, idle: null, memory: null },
    resources: { client: null, server: null },
  };
}

const ns = (ms: number | null) => (ms === null ? null : ms * 1e6);

function latencyOf(scenario: Measured['scenario'], { count, mean, p50, p95 }: Times): Trial['latency'] {
  // Of a handful of samples no median is told, and nobody is the quickest.
  if (mean === null || count < fewestSamples) return null;
  const middle = { mean: mean * 1e6, min: (p50 ?? mean) * 1e6, max: (p95 ?? mean) * 1e6 };
  return {
    ...{ kind: scenario === 'push' ? 'age' : 'echo', unit: 'ns', count, ...middle },
    ...{ p50: ns(p50), p90: null, p95: ns(p95), p99: null, histogram: [] },
  };
}

const linkOf = ({ rttMs }: Settings): Trial['link'] => ({
  ...{ name: `rtt=${rttMs}ms`, upDelayMs: rttMs / 2, downDelayMs: rttMs / 2 },
  ...{ upBitsPerSecond: null, downBitsPerSecond: null, jitterMs: 0 },
});

const loadOf = ({ rate, payloadBytes, pollIntervalMs }: Settings): Trial['load'] => ({
  ...usualLoad,
  ...{ clients: 1, messages: 1, rate, size: payloadBytes, pollIntervalMs, warmup: 0, outageMs: cutMs },
});

export const planOf = (settings: Settings, transports: readonly LaneName[]): Report['plan'] => ({
  ...{
    seed: 1,
    transports: [...transports],
    scenario: 'echo,push',
    load: loadOf(settings),
    link: linkOf(settings),
  },
  ...{ proxy: 'none', headers: 'browser', heartbeat: '25s', keepAlive: true, compression: false },
  ...{ host: '127.0.0.1', repeat: 1, timeoutMs: 0 },
});
