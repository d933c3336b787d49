/**
 * Reports made by hand: the same shape a run writes, with figures chosen so that each sentence, tie and gap of
 * the tables can be provoked by changing one of them.
 */
import { type Report, reportSchema, type Trial } from '../../src/document/report.ts';
import { usualLoad } from '../../src/trial/knobs.ts';

type LayerRow = Trial['wire']['layers'][number];
type Layer = LayerRow['layer'];

const load: Report['plan']['load'] = { ...usualLoad, arrivals: 'poisson' };

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
  readonly scenario?: string;
  /** What the latency means; as the scenario says, unless told. */
  readonly kind?: 'echo' | 'age';
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
  readonly load?: Partial<Trial['load']>;
  /** Anything else a trial says. */
  readonly more?: Partial<Trial>;
}

/** Scenarios that time messages which the server sends unasked. */
const aged = new Set(['push', 'chat', 'outage', 'stream']);

const resources = { cpuMs: 100, rssBytes: 60e6, loopDelayP99Ms: 1.2, loopDelayMaxMs: 3 };

function layersOf({ scenario = 'echo', steady = {}, setupBytes = 0, load: change }: TrialShape): LayerRow[] {
  const asked = { ...load, ...change };
  const payload = asked.clients * asked.messages * asked.size;
  const rows: LayerRow[] = [];
  const add = (
    layer: Layer,
    direction: 'up' | 'down',
    phase: LayerRow['phase'],
    bytes: number,
    units = 1,
  ) => {
    if (bytes > 0) rows.push({ layer, direction, phase, units, bytes });
  };
  add('http', 'up', 'setup', Math.ceil(setupBytes / 2));
  add('http', 'down', 'setup', Math.floor(setupBytes / 2));
  for (const [layer, { up, down }] of Object.entries(steady)) {
    add(layer as Layer, 'up', 'steady', up);
    add(layer as Layer, 'down', 'steady', down);
  }
  const messages = asked.clients * asked.messages;
  if (!aged.has(scenario)) add('payload', 'up', 'steady', payload, messages);
  add('payload', 'down', 'steady', payload, messages);
  return rows;
}

export function trial(shape: TrialShape): Trial {
  const { transport, scenario = 'echo', p50 = 1, requests = 0, connections = load.clients } = shape;
  const asked = { ...load, ...shape.load };
  const kind = shape.kind ?? (aged.has(scenario) ? 'age' : 'echo');
  const messages = asked.clients * asked.messages;
  const up = kind === 'echo' ? messages : 0;
  const layers = layersOf(shape);
  const bytesOf = (wanted: (row: LayerRow) => boolean) =>
    layers.filter(wanted).reduce((sum, row) => sum + row.bytes, 0);
  const steadyOf = (way: 'up' | 'down') => bytesOf((row) => row.phase === 'steady' && row.direction === way);
  const all = bytesOf(() => true);
  const overhead =
    messages === 0 ? null : bytesOf((row) => row.phase === 'steady' && row.layer !== 'payload') / messages;
  const at = (factor: number) => (p50 === null ? null : p50 * factor * 1e6);
  return {
    transport,
    reference: shape.reference ?? false,
    scenario,
    over: 'http',
    load: asked,
    link: linkNamed(shape.link ?? 'loopback'),
    repeat: 1,
    verdict: shape.verdict ?? 'valid',
    durationMs: 1_600,
    latency: {
      kind,
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
      sentAgain: null,
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
    perMessage: {
      up: up > 0 ? steadyOf('up') / up : null,
      down: messages > 0 ? steadyOf('down') / messages : null,
      overhead,
      segments: null,
    },
    setup: { bytes: shape.setupBytes ?? 0, requests: shape.setupBytes ? asked.clients : 0, connections },
    stages: [],
    sequence: [],
    fanOut: null,
    throughput: null,
    outage: null,
    stream: null,
    idle: null,
    memory: null,
    resources: { client: resources, server: resources },
    overDistance: null,
    predictions: shape.predictions ?? [],
    notes: shape.notes ?? [],
    ...shape.more,
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
    unconnected: [],
    probed: [],
    documents: [],
    thresholds: [],
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

const latency = (p50: number, p95: number | null = 2 * p50): NonNullable<Trial['latency']> => ({
  kind: 'age',
  unit: 'ns',
  count: 300,
  min: p50 * 1e5,
  mean: p50 * 1e6,
  p50: p50 * 1e6,
  p90: p50 * 1.5e6,
  p95: p95 === null ? null : p95 * 1e6,
  p99: null,
  max: p50 * 4e6,
  histogram: [],
});

const stages = (of: Record<string, number>): Trial['stages'] =>
  Object.entries(of).map(([stage, ms]) => ({
    stage,
    count: 10,
    minNs: ms * 9e5,
    p50Ns: ms * 1e6,
    maxNs: ms * 2e6,
  }));

/** Transports that are ready at once over a link with an RTT of 40 ms, and Socket.IO, which takes longer. */
export const connectTrials = (): Trial[] => {
  const more = { link: { ...linkNamed('rtt=40ms'), upDelayMs: 20, downDelayMs: 20 } };
  const common = { scenario: 'connect', load: { messages: 1, warmup: 0 } } as const;
  return [
    trial({
      ...common,
      transport: 'ws',
      setupBytes: 2_850,
      more: { ...more, stages: stages({ ready: 80, closed: 41 }) },
    }),
    trial({
      ...common,
      transport: 'socket.io',
      setupBytes: 17_610,
      more: { ...more, stages: stages({ connected: 162, upgraded: 300, ready: 301, closed: 44 }) },
    }),
    trial({
      ...common,
      transport: 'http',
      reference: true,
      more: {
        ...more,
        stages: stages({ ready: 0.01, closed: 0.5 }),
        setup: { bytes: 0, requests: 0, connections: 0 },
      },
    }),
  ];
};

/** Ten clients send ten messages each; one copy of a thousand did not arrive over sse. */
export const chatTrials = (): Trial[] => {
  const of = (transport: string, down: number, first: number, last: number) =>
    trial({
      transport,
      scenario: 'chat',
      load: { messages: 10, rate: 2 },
      steady: { websocket: { up: 600, down: 2_000 } },
      more: { messages: { up: 100, down }, fanOut: { first: latency(first), last: latency(last) } },
    });
  return [of('ws', 1_000, 0.7, 0.9), of('sse', 999, 1.3, 1.5)];
};

const silent = { load: { messages: 0, durationMs: 2_000, pollIntervalMs: 5_000 }, scenario: 'idle' } as const;

/** Two seconds of silence. */
export const idleTrials = (): Trial[] => [
  trial({
    ...silent,
    transport: 'polling',
    polls: { made: 35, empty: 35, skipped: 0 },
    more: {
      latency: null,
      idle: { seconds: 2.003, bytes: 136_455, requests: 628.8, wakeUps: 628.8 },
      memory: { serverBytes: 4_788.9, clientBytes: 15_028, steps: [25, 50, 75, 100] },
    },
  }),
  trial({
    ...silent,
    transport: 'ws',
    more: {
      latency: null,
      idle: { seconds: 2.002, bytes: 0, requests: 0, wakeUps: 0 },
      memory: { serverBytes: -22.4, clientBytes: 6_904, steps: [25, 50, 75, 100] },
    },
  }),
];

export const burstTrials = (): Trial[] => [
  trial({
    transport: 'polling',
    scenario: 'burst',
    p50: 95,
    requests: 589,
    polls: { made: 19, empty: 4, skipped: 0 },
    delivery: { reordered: 166 },
  }),
  trial({ transport: 'ws', scenario: 'burst', p50: 11, requests: 10 }),
];

/** sse comes back and has lost some, polling lost nothing, ws and tcp stay away. */
export const outageTrials = (): Trial[] => {
  const of = (transport: string, lost: number, recoveryMs: number[], reference = false) =>
    trial({
      transport,
      reference,
      scenario: 'outage',
      load: { clients: 4, messages: 120 },
      p50: 0.9,
      delivery: { sent: 480, delivered: 480 - lost, lost },
      more: {
        outage: { startedMs: 1_000, brokenMs: 2_002, clients: 4, recovered: recoveryMs.length, recoveryMs },
      },
    });
  return [
    of('polling', 0, [12, 80, 40, 60]),
    of('sse', 120, [1_080, 1_081]),
    of('ws', 440, []),
    of('tcp', 440, [], true),
  ];
};

/** Two hundred clients that send no messages. */
const herdTrials = (): Trial[] =>
  ['sse', 'ws:reconnect'].map((transport, index) =>
    trial({
      transport,
      scenario: 'herd',
      load: { clients: 200, messages: 0, outageMs: 5000 },
      delivery: { sent: 0, delivered: 0, lost: 0 },
      more: {
        latency: null,
        returnedMs: Array.from({ length: 200 }, (_, client) => 1000 + client),
        figures: {
          'herd.outage': 5002,
          'herd.back': 200,
          'herd.attempts': index + 2,
          'herd.backP50': 1001.2,
          'herd.backP95': 1100,
          'herd.lastBack': 1204,
          'herd.peak10': 30,
          'herd.peak50': 120,
          'herd.peak100': 200,
        },
      },
    }),
  );

/** Of five clients the last stops reading. */
const slowTrials = (): Trial[] =>
  ['long-polling', 'ws'].map((transport, index) =>
    trial({
      transport,
      scenario: 'slow',
      load: { clients: 5, messages: 1500, rate: 250, size: 8000 },
      delivery: { sent: 7500, delivered: 7500, lost: 0 },
      more: {
        perMessage: { up: null, down: 8004, overhead: 4, segments: null },
        figures: {
          'slow.bare': 3_974_016,
          'slow.perMessage': 8002 + 300 * index,
          'slow.left': 202_400,
          'slow.oldest': 6655.9,
          ...(index && { 'slow.taken': 4_046_076, 'slow.waiting': 7_967_928 }),
        },
      },
    }),
  );

/** Sixty clients of two servers. */
const clusterTrials = (): Trial[] =>
  ['sse', 'socket.io'].map((transport, index) =>
    trial({
      transport,
      scenario: 'cluster',
      load: { clients: 60, messages: 1, rate: 2 },
      delivery: { sent: 5400, delivered: 1605, lost: 3795 },
      more: {
        figures: {
          'cluster.first': 60 - 25 * index,
          'cluster.in': 60 - 4 * index,
          'cluster.attempts': 1 + index,
          'cluster.inAfter': 42.2 + 10_000 * index,
          'cluster.refused': 30 + 266 * index,
          'cluster.ghosts': 61 * index,
          'cluster.heard': 33.2,
          'cluster.stayed': 45,
          'cluster.away': 1.5,
        },
      },
    }),
  );

type Streamed = NonNullable<Trial['stream']>;
type Cancelled = NonNullable<Streamed['cancelled']>;

/** Nine clients: three read on, three are cut off, three cancel; a piece is due every 20 ms. */
export const streamTrials = (): Trial[] => {
  const of = (
    transport: string,
    cancel: Partial<Cancelled>,
    cut: Partial<Streamed['cut']>,
    reference = false,
  ) =>
    trial({
      transport,
      reference,
      scenario: 'stream',
      load: { clients: 9, messages: 150, rate: 50, size: 20, arrivals: 'periodic' },
      steady: { http: { up: 1_200, down: 1_000 } },
      requests: 18,
      delivery: { sent: 1_125, delivered: 1_125 - (cut?.lost ?? 225), lost: cut?.lost ?? 225 },
      more: {
        stream: {
          answers: 9,
          pieces: 150,
          first: { count: 9, min: 4e5, p50: 8e5, p95: null, max: 3e6 },
          gaps: { count: 891, min: 18e6, p50: 20e6, p95: 21.5e6, max: 40e6 },
          perPiece: [
            { layer: 'chunk', bytes: 6 },
            { layer: 'payload', bytes: 20 },
          ],
          cancelled: {
            clients: 3,
            heard: 225,
            saidAfter: 0,
            saidAfterMost: 0,
            serverKnewMs: [0.7, 0.4, 1.2],
            by: 'message',
            bytes: 26,
            requests: 0,
            connections: 0,
            ...cancel,
          },
          cut: {
            clients: 3,
            heard: 225,
            saidAfter: 0,
            saidAfterMost: 0,
            serverKnewMs: [0.5, 0.6, 0.9],
            lost: 225,
            continued: 0,
            ...cut,
          },
        },
      },
    });
  const kept = {
    lost: 0,
    continued: 3,
    saidAfter: 222,
    saidAfterMost: 74,
    serverKnewMs: [1_490, 1_491, 1_492],
  };
  return [
    of('long-polling', { bytes: 277, requests: 1 }, kept),
    of('fetch-sse', { by: 'closing', bytes: 0, connections: 1, saidAfter: 4, saidAfterMost: 2 }, {}),
    of('ws', {}, {}),
    of('tcp', { bytes: 20 }, {}, true),
  ];
};

const asFast = { messages: 1_000_000, durationMs: 1_000, closed: true } as const;

/** A closed loop of so many clients; messages a second grow up to five of them. */
export const saturateTrials = (clients: readonly number[] = [10]): Trial[] =>
  clients.flatMap((count) =>
    [
      { transport: 'ws', each: 6_500 },
      { transport: 'http', each: 3_200 },
    ].map(({ transport, each }) =>
      trial({
        transport,
        reference: transport === 'http',
        scenario: 'saturate',
        requests: transport === 'http' ? 100 : 0,
        load: { ...asFast, clients: count },
        p50: count / 30,
        more: {
          throughput: each * Math.min(count, 5),
          durationMs: 1_000,
          resources: { client: { ...resources, cpuMs: 1_123 }, server: { ...resources, cpuMs: 462 } },
          perMessage: { up: 70, down: 66, overhead: 8, segments: null },
        },
      }),
    ),
  );

/** The echo of `echoTrials` with one, five and twenty clients. */
export const sweepTrials = (): Trial[] =>
  [1, 5, 20].flatMap((clients) =>
    [
      { transport: 'ws', p50: 0.2, setupBytes: 285 * clients, each: 8 },
      { transport: 'sse', p50: 0.5, setupBytes: 299 * clients, each: 271 },
      { transport: 'http', p50: 0.4, setupBytes: 0, each: 295, reference: true },
      { transport: 'tcp', p50: 0.1, setupBytes: 0, each: 0, reference: true },
    ].map(({ each, ...shape }) =>
      trial({
        ...shape,
        load: { clients },
        requests: shape.transport === 'tcp' ? 0 : 30 * clients,
        steady: { http: { up: 30 * clients * each, down: 0 } },
        notes: [{ kind: 'few-samples', value: 30 * clients }],
      }),
    ),
  );

/** Every scenario in one run. */
export const everyScenario = (): Report =>
  report([
    ...connectTrials(),
    ...echoTrials(),
    ...pushTrials(),
    ...chatTrials(),
    ...idleTrials(),
    ...burstTrials(),
    ...outageTrials(),
    ...herdTrials(),
    ...slowTrials(),
    ...clusterTrials(),
    ...saturateTrials(),
    ...streamTrials(),
  ]);

export const sweepReport = (): Report => report([...sweepTrials(), ...saturateTrials([1, 2, 5, 10])]);

/** Five repeats, in an order that chance chose, with what `run/summary.ts` makes of them. */
export const repeatedReport = (interval = true): Report => {
  const trials = [3, 1, 2, 5, 4].flatMap((repeat) =>
    ['sse', 'ws', 'tcp'].map((transport) =>
      trial({ transport, p50: repeat / 10, reference: transport === 'tcp', more: { repeat } }),
    ),
  );
  const row = (transport: string, metric: string, median: number): Report['summary'][number] => ({
    transport,
    scenario: 'echo',
    load,
    link: linkNamed('loopback'),
    over: 'http',
    metric,
    median,
    low: interval ? median * 0.9 : null,
    high: interval ? median * 1.1 : null,
  });
  const summary = ['sse', 'ws', 'tcp'].flatMap((transport) => [
    row(transport, 'latency.p50', 3e5),
    row(transport, 'perMessage.overhead', 8),
    row(transport, 'throughput', 20_000),
    ...(transport === 'tcp'
      ? []
      : [row(transport, 'latency.p50 / tcp', 1.5), row(transport, 'new / tcp', 2)]),
  ]);
  const plan = { ...report(trials).plan, repeat: 5, transports: ['sse', 'ws', 'tcp'] };
  return report(trials, { plan, summary });
};
