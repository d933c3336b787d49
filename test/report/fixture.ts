/**
 * Reports made by hand: the same shape a run writes, with figures chosen so that each sentence, tie and gap of
 * the tables can be provoked by changing one of them.
 */
import { type Report, reportSchema, type Trial } from '../../src/metrics/report.ts';

type LayerRow = Trial['wire']['layers'][number];
type Layer = LayerRow['layer'];

const load: Report['plan']['load'] = {
  clients: 10,
  messages: 30,
  rate: 20,
  arrivals: 'poisson',
  durationMs: null,
  size: 64,
  payload: 'text',
  pollIntervalMs: 100,
  warmup: 5,
  closed: false,
  outage: 'cut',
  outageMs: 2000,
  writeCostUs: 0,
};

/** Nothing but the machine itself, under whatever name. */
export const linkNamed = (name: string): Report['plan']['link'] => ({
  name,
  upDelayMs: 0,
  downDelayMs: 0,
  upBitsPerSecond: null,
  downBitsPerSecond: null,
  jitterMs: 0,
});

export interface TrialShape {
  readonly transport: string;
  readonly scenario?: 'echo' | 'push';
  readonly reference?: boolean;
  readonly verdict?: Trial['verdict'];
  /** Milliseconds; null = too few samples. */
  readonly p50?: number | null;
  readonly requests?: number;
  readonly connections?: number;
  readonly setupBytes?: number;
  /** Steady bytes beside the payload, both directions, in all. */
  readonly steady?: Partial<Record<Layer, { up: number; down: number }>>;
  readonly exchanges?: Trial['exchanges'];
  readonly polls?: Trial['polls'];
  readonly predictions?: Trial['predictions'];
  readonly notes?: Trial['notes'];
  readonly delivery?: Partial<Trial['delivery']>;
  readonly link?: string;
}

const resources = { cpuMs: 100, rssBytes: 60e6, loopDelayP99Ms: 1.2, loopDelayMaxMs: 3 };

function layersOf({ scenario = 'echo', steady = {}, setupBytes = 0 }: TrialShape): LayerRow[] {
  const payload = load.clients * load.messages * load.size;
  const rows: LayerRow[] = [];
  const add = (layer: Layer, direction: 'up' | 'down', phase: LayerRow['phase'], bytes: number) => {
    if (bytes > 0) rows.push({ layer, direction, phase, units: 1, bytes });
  };
  add('http', 'up', 'setup', Math.ceil(setupBytes / 2));
  add('http', 'down', 'setup', Math.floor(setupBytes / 2));
  for (const [layer, { up, down }] of Object.entries(steady)) {
    add(layer as Layer, 'up', 'steady', up);
    add(layer as Layer, 'down', 'steady', down);
  }
  if (scenario === 'echo') add('payload', 'up', 'steady', payload);
  add('payload', 'down', 'steady', payload);
  return rows;
}

export function trial(shape: TrialShape): Trial {
  const { transport, scenario = 'echo', p50 = 1, requests = 0, connections = load.clients } = shape;
  const messages = load.clients * load.messages;
  const up = scenario === 'echo' ? messages : 0;
  const layers = layersOf(shape);
  const bytesOf = (wanted: (row: LayerRow) => boolean) =>
    layers.filter(wanted).reduce((sum, row) => sum + row.bytes, 0);
  const steadyOf = (way: 'up' | 'down') => bytesOf((row) => row.phase === 'steady' && row.direction === way);
  const all = bytesOf(() => true);
  const overhead = bytesOf((row) => row.phase === 'steady' && row.layer !== 'payload') / messages;
  const at = (factor: number) => (p50 === null ? null : p50 * factor * 1e6);
  return {
    transport,
    reference: shape.reference ?? false,
    scenario,
    load,
    link: linkNamed(shape.link ?? 'loopback'),
    repeat: 1,
    verdict: shape.verdict ?? 'valid',
    durationMs: 1_600,
    latency: {
      kind: scenario === 'echo' ? 'echo' : 'age',
      unit: 'ns',
      count: messages,
      min: 1e5,
      mean: at(1.1) ?? 1e6,
      p50: at(1),
      p90: at(1.5),
      p95: at(2),
      p99: p50 === null ? null : at(3),
      max: at(4) ?? 4e6,
      histogram: [],
    },
    lateness: { p50: 1e5, p99: 9e5 },
    delivery: {
      sent: messages,
      delivered: messages,
      lost: 0,
      duplicated: 0,
      reordered: 0,
      errors: {},
      ...shape.delivery,
    },
    requests,
    connections,
    messages: { up, down: messages },
    polls: shape.polls ?? null,
    wire: {
      up: bytesOf((row) => row.direction === 'up'),
      down: bytesOf((row) => row.direction === 'down'),
      socketBytes: all,
      layers,
    },
    fields: [],
    exchanges: shape.exchanges ?? [],
    perMessage: { up: up > 0 ? steadyOf('up') / up : null, down: steadyOf('down') / messages, overhead },
    setup: { bytes: shape.setupBytes ?? 0, requests: shape.setupBytes ? load.clients : 0, connections },
    stages: [],
    fanOut: null,
    throughput: null,
    outage: null,
    idle: null,
    memory: null,
    resources: { client: resources, server: resources },
    predictions: shape.predictions ?? [],
    notes: shape.notes ?? [],
  };
}

export function report(trials: readonly Trial[], change: Partial<Report> = {}): Report {
  return reportSchema.parse({
    schemaVersion: 1,
    tool: { name: 'rtcompare', version: '0.1.0' },
    environment: {
      node: 'v20.20.2',
      platform: 'linux',
      arch: 'x64',
      cpu: 'a CPU',
      cores: 2,
      dependencies: {},
    },
    plan: {
      seed: 1,
      transports: [...new Set(trials.map(({ transport }) => transport))],
      scenario: 'echo,push',
      load,
      link: linkNamed('loopback'),
      headers: 'node',
      heartbeat: 'none',
      keepAlive: true,
      compression: false,
      host: '127.0.0.1',
      repeat: 1,
      timeoutMs: 30_000,
    },
    startedAt: '2024-01-01T00:00:00.000Z',
    durationMs: 14_000,
    interrupted: false,
    verdict: 'valid',
    trials,
    summary: [],
    ...change,
  } satisfies Record<keyof Report, unknown>);
}

const exchange = (kind: string, phase: LayerRow['phase'], count: number): Trial['exchanges'][number] => ({
  kind,
  phase,
  count,
  sizes: [],
});

const law = (
  law: string,
  metric: string,
  predicted: number | number[],
  measured: number | null,
  unit: string,
) => ({
  law,
  metric,
  predicted,
  measured,
  unit,
  tolerance: 0,
  verdict: 'holds' as const,
});

/** Echo, the five transports and the two references, about as a default run measures them. */
export const echoTrials = (): Trial[] => [
  trial({
    transport: 'polling',
    p50: 52.4,
    requests: 612,
    connections: 20,
    steady: { http: { up: 91_200, down: 64_300 }, mailbox: { up: 0, down: 1_020 } },
    exchanges: [exchange('POST /message 204', 'steady', 300), exchange('GET /mailbox 200', 'steady', 210)],
    polls: { made: 240, empty: 31, skipped: 0 },
    predictions: [law('POLL3', 'polls made + skipped', 240, 240, 'count')],
  }),
  trial({
    transport: 'long-polling',
    p50: 0.93,
    requests: 702,
    connections: 20,
    setupBytes: 2_410,
    steady: { http: { up: 99_400, down: 71_800 }, mailbox: { up: 0, down: 1_200 } },
    exchanges: [exchange('POST /message 204', 'steady', 300), exchange('GET /mailbox 200', 'steady', 300)],
  }),
  trial({
    transport: 'sse',
    p50: 0.58,
    requests: 360,
    connections: 20,
    setupBytes: 4_020,
    steady: {
      http: { up: 48_900, down: 24_600 },
      chunk: { up: 0, down: 1_800 },
      sse: { up: 0, down: 2_400 },
    },
    exchanges: [exchange('GET /events 200', 'setup', 10), exchange('POST /message 204', 'steady', 300)],
    predictions: [law('SSE3', 'overhead per event', 14, 14, 'B')],
  }),
  trial({
    transport: 'ws',
    p50: 0.21,
    requests: 10,
    setupBytes: 2_890,
    steady: { websocket: { up: 1_800, down: 600 } },
    exchanges: [exchange('GET /ws 101', 'setup', 10)],
    predictions: [
      law('WS1', 'frame overhead up', 6, 6, 'B'),
      law('WS1', 'frame overhead down', 2, 2, 'B'),
      law('WS3', 'handshake', 289, 289, 'B'),
    ],
  }),
  trial({
    transport: 'socket.io',
    p50: 0.34,
    requests: 50,
    connections: 20,
    setupBytes: 21_470,
    steady: {
      websocket: { up: 1_800, down: 600 },
      'engine.io': { up: 300, down: 300 },
      'socket.io': { up: 3_600, down: 3_600 },
    },
    exchanges: [
      exchange('GET /socket.io/ 200', 'setup', 30),
      exchange('POST /socket.io/ 200', 'setup', 10),
      exchange('GET /socket.io/ 101', 'setup', 10),
    ],
    predictions: [law('SIO4', 'requests at set-up per client', [4, 5], 5, 'count')],
  }),
  trial({
    transport: 'http',
    reference: true,
    p50: 0.41,
    requests: 350,
    steady: { http: { up: 55_200, down: 42_900 } },
    exchanges: [exchange('POST /echo 200', 'steady', 300)],
  }),
  trial({ transport: 'tcp', reference: true, p50: 0.12, steady: { unparsed: { up: 0, down: 0 } } }),
];

/** The server speaks first; the references cannot be pushed to. */
export const pushTrials = (): Trial[] => [
  trial({
    transport: 'polling',
    scenario: 'push',
    p50: 51.2,
    requests: 300,
    steady: { http: { up: 46_000, down: 39_000 }, mailbox: { up: 0, down: 1_000 } },
    exchanges: [exchange('GET /mailbox 200', 'steady', 150), exchange('GET /mailbox 204', 'steady', 90)],
    polls: { made: 240, empty: 90, skipped: 0 },
  }),
  trial({
    transport: 'long-polling',
    scenario: 'push',
    p50: 0.62,
    requests: 355,
    steady: { http: { up: 47_000, down: 48_000 }, mailbox: { up: 0, down: 1_200 } },
    exchanges: [exchange('GET /mailbox 200', 'steady', 294)],
    polls: { made: 294, empty: 0, skipped: 0 },
  }),
  trial({
    transport: 'sse',
    scenario: 'push',
    p50: 0.31,
    requests: 10,
    setupBytes: 4_020,
    steady: { chunk: { up: 0, down: 1_800 }, sse: { up: 0, down: 2_400 } },
    exchanges: [exchange('GET /events 200', 'setup', 10)],
  }),
  trial({
    transport: 'ws',
    scenario: 'push',
    p50: 0.3,
    requests: 10,
    setupBytes: 2_890,
    steady: { websocket: { up: 0, down: 600 } },
    exchanges: [exchange('GET /ws 101', 'setup', 10)],
  }),
  trial({
    transport: 'socket.io',
    scenario: 'push',
    p50: 0.42,
    requests: 50,
    setupBytes: 21_470,
    steady: {
      websocket: { up: 0, down: 600 },
      'engine.io': { up: 0, down: 300 },
      'socket.io': { up: 0, down: 3_600 },
    },
    exchanges: [exchange('GET /socket.io/ 101', 'setup', 10)],
  }),
];

export const typicalReport = (change: Partial<Report> = {}): Report =>
  report([...echoTrials(), ...pushTrials()], change);

/** The longest names, seven-digit counts, every layer, a quantile that is missing, a mark on each. */
export const widestReport = (): Report => {
  const huge = { up: 1_234_567, down: 7_654_321 };
  const everyLayer = Object.fromEntries(
    ['http', 'chunk', 'sse', 'websocket', 'mailbox', 'engine.io', 'socket.io', 'encoding', 'unparsed'].map(
      (layer) => [layer, huge],
    ),
  );
  const trials = (['echo', 'push'] as const).flatMap((scenario) =>
    ['socket.io:websocket', 'socket.io:polling', 'long-polling'].map((transport) =>
      trial({
        transport,
        scenario,
        p50: transport === 'long-polling' ? null : 12_345.678,
        verdict: 'noisy',
        requests: 1_234_567,
        connections: 7_654_321,
        setupBytes: 1_234_567,
        steady: everyLayer,
        polls: { made: 1_234_567, empty: 1_234_566, skipped: 0 },
        exchanges: [
          exchange(
            'GET /a/very/long/path/that/nobody/would/ever/choose/but/somebody/did 200',
            'setup',
            1_234_567,
          ),
        ],
        delivery: { lost: 1_234_567, errors: { ECONNREFUSED: 1_234_567 } },
        predictions: [law('SIO4', 'set-up bytes per client', [1_234_567, 7_654_321], 1_234_567, 'B')],
        notes: [
          { kind: 'few-samples', value: 1_234_567 },
          {
            kind: 'a-kind-of-note-that-this-version-of-the-tool-does-not-know-yet-at-all',
            value: 'x'.repeat(90),
          },
        ],
      }),
    ),
  );
  return report(trials, { verdict: 'noisy', interrupted: true });
};
