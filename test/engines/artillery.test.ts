/**
 * The engine for Artillery, tested without Artillery: what it emits for every transport is compared with the server's
 * sockets.
 */
import { afterEach, expect, test } from 'vitest';
import type { Context, Events, FlowStep, Helpers, Step } from '../../engines/artillery/src/artillery.ts';
import { asked } from '../../engines/artillery/src/asked.ts';
import { engineOver } from '../../engines/artillery/src/engine.ts';
import { realClock } from '../../src/base/clock.ts';
import * as library from '../../src/index.ts';
import { behaviours } from '../../src/servers/behaviours.ts';
import { serverOf } from '../../src/servers/index.ts';
import { patient } from '../../src/servers/server.ts';
import { serveHere } from '../../src/target/here.ts';
import type { Target } from '../../src/target/target.ts';

/** As Artillery documents them. */
const helpers: Helpers = {
  template: (value, { vars }) =>
    JSON.parse(JSON.stringify(value).replaceAll(/\{\{ (\w+) \}\}/g, (_, name) => String(vars[name]))),
  createThink: () => (context, done) => done(null, context),
  createLoopWithCount: (count, steps) => async (context, done) => {
    const next = (left: readonly Step[]): void => {
      const [step, ...rest] = left;
      if (!step) done(null, context);
      else step(context, (error) => (error ? done(error, context) : next(rest)));
    };
    next(Array.from({ length: Number(count) }, () => steps).flat());
  },
};

const targets: Target[] = [];
afterEach(async () => {
  for (const target of targets.splice(0)) await target[Symbol.asyncDispose]();
});

async function serve(name: string, behaviour = 'echo') {
  const transport = library.transportByName(name)!;
  const options = { ...patient, heartbeatMs: null, host: '127.0.0.1', port: 0, messageBytes: 64 };
  const target = await serveHere(
    await serverOf(transport.server),
    behaviours[behaviour]!(realClock),
    { ...options, resume: transport.traits.resume },
    true,
  );
  targets.push(target);
  return target;
}

const urlOf = ({ endpoint }: Target) => `http://127.0.0.1:${endpoint.port}`;

interface Visit {
  readonly error: unknown;
  readonly counters: Record<string, number>;
  readonly histograms: Record<string, number[]>;
  readonly errors: string[];
  readonly values: number[];
}

interface Wanted {
  readonly rtcompare?: typeof library;
  readonly vars?: Context['vars'];
  readonly config?: object;
}

async function visit(
  target: string,
  flow: FlowStep[],
  { rtcompare = library, vars = {}, config }: Wanted = {},
): Promise<Visit> {
  const seen = { counters: {}, histograms: {}, errors: [], values: [] } as Omit<Visit, 'error'>;
  const events: Events = {
    emit(event: string, name?: string, told?: unknown) {
      const value = Number(told ?? 0);
      if (event === 'counter') seen.counters[name!] = (seen.counters[name!] ?? 0) + value;
      if (event === 'histogram') seen.histograms[name!] = [...(seen.histograms[name!] ?? []), value];
      if (event === 'error') seen.errors.push(name!);
      if (event !== 'error') seen.values.push(value);
    },
  };
  const Engine = engineOver(rtcompare);
  const engine = new Engine({ config: { target, engines: { rtcompare: {} }, ...config } }, events, helpers);
  const scenario = engine.createScenario({ flow }, events);
  const error = await new Promise((resolve) => {
    scenario({ _uid: crypto.randomUUID(), vars }, resolve);
  });
  return { ...seen, error };
}

const sum = (counters: Record<string, number>, of: RegExp) =>
  Object.entries(counters)
    .filter(([name]) => of.test(name))
    .reduce((total, [, value]) => total + value, 0);

test.each(library.transports.map(({ name }) => name))(
  '%s: what is counted is what the server’s own sockets carried, to the byte, and every layer has its part',
  async (name) => {
    const target = await serve(name);
    const connect = { transport: name, pollInterval: 0.02 };
    const echo = { messages: 3, rate: 200 };
    const { error, errors, counters, histograms, values } = await visit(urlOf(target), [
      { connect },
      { echo },
    ]);
    expect([error, errors]).toEqual([null, []]);
    const far = await target.weighed!();
    const count = (metric: string) => counters[`rtcompare.${name}.${metric}`];
    expect(far.difference).toBeNull();
    for (const way of ['up', 'down'] as const) {
      expect(count(`socket.${way}`)).toBe(far[way]);
      expect(sum(counters, new RegExp(`\\.bytes\\..+\\.${way}$`))).toBe(far[way]);
      expect(count(`bytes.payload.${way}`)).toBe(3 * 64);
    }
    expect([count('connections'), count('requests')]).toEqual([far.connections, far.requests]);
    expect([
      count('clients'),
      count('messages.sent'),
      count('messages.heard'),
      count('messages.lost'),
    ]).toEqual([1, 3, 3, 0]);
    // From when it was due, so never less than it was late.
    const [ages, late] = ['echo.age_us', 'late_us'].map(
      (metric) => histograms[`rtcompare.${name}.${metric}`],
    );
    expect(ages).toHaveLength(3);
    expect(Math.min(...late!)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...ages!)).toBeGreaterThan(Math.max(...late!));
    expect(values.every(Number.isFinite)).toBe(true);
  },
);

test('steps: what the server says by itself, saying without waiting, a loop, a template', async () => {
  const target = await serve('ws', 'ticker');
  const pace = {
    arrivals: 'periodic',
    messages: 12,
    durationMs: null,
    size: 16,
    binary: false,
    seed: 1,
  } as const;
  const hear = visit(
    urlOf(target),
    [
      { connect: '{{ how }}' },
      { loop: [{ say: { messages: 2, rate: 1000 } }, { think: 1 }], count: 2 },
      { push: { messages: 8, rate: 100 } },
      { listen: 0.02 },
    ],
    { vars: { how: 'ws' } },
  );
  await expect.poll(() => target.stats!.read().then(({ peers }) => peers)).toBe(1);
  await target.tick!({ ...pace, rate: 100, firstSequence: 0 });
  const { error, counters, histograms } = await hear;
  expect([error, counters['rtcompare.ws.messages.sent']]).toEqual([null, 4]);
  expect(counters['rtcompare.ws.messages.heard']).toBeGreaterThanOrEqual(8);
  const behind = histograms['rtcompare.ws.push.behind_us']!;
  expect(Math.min(...behind)).toBe(0);
});

test('a failure has a name, fails the user, and its bytes count all the same', async () => {
  const silent = await serve('ws', 'ticker');
  const unanswered = await visit(urlOf(silent), [
    { connect: 'ws' },
    { echo: { timeout: 0.1 } },
    { listen: 9 },
  ]);
  expect(unanswered.errors).toEqual(['rtcompare_unanswered']);
  expect(unanswered.error).toMatchObject({ message: '1 of 1 messages were not answered' });
  expect(unanswered.counters['rtcompare.ws.messages.lost']).toBe(1);
  expect(unanswered.counters['rtcompare.ws.socket.up']).toBe((await silent.weighed!()).up);

  const other = await serve('sse');
  const refused = await visit(urlOf(other), [{ connect: 'ws' }]);
  expect(refused.errors).toEqual(['rtcompare_unconnected']);
  expect(refused.counters['rtcompare.ws.socket.up']).toBe((await other.weighed!()).up);
  expect(refused.counters['rtcompare.ws.clients']).toBeUndefined();
});

test('a user whose bytes have no owner fails', async () => {
  const target = await serve('ws');
  const weighedClient: typeof library.weighedClient = (wanted) => {
    const client = library.weighedClient(wanted);
    const close = async () => ({ ...(await client.close()), difference: '7 B have no owner' });
    return { ...client, close };
  };
  const { error, errors } = await visit(urlOf(target), [{ connect: 'ws' }], {
    rtcompare: { ...library, weighedClient },
  });
  expect(errors).toEqual(['rtcompare_unbalanced']);
  expect(error).toMatchObject({ message: '7 B have no owner' });
});

test.each([
  [{ connect: 'wss' }, /scenario "": unknown transport "wss"/],
  [{ connect: { transport: 'ws', sizes: 3 } }, /connect: unknown key sizes; known: transport, target/],
  [{ echo: { messages: 0 } }, /echo\.messages: 0 is not a whole number from 1 to 1000000/],
  [{ shout: {} }, /a step is one of connect, echo, say, push, listen, think, loop, log, function, not/],
])(
  'a scenario that asks for what there is not is refused before its first user: %j',
  async (step, message) => {
    await expect(visit('http://127.0.0.1:1', [step])).rejects.toThrow(message);
  },
);

test.each([
  [[{ echo: 1 }], 'the first step of a scenario must be connect', 'http://127.0.0.1:1'],
  [[{ connect: 'ws' }], 'connect: the target nowhere is not a URL such as http://127.0.0.1:8080', 'nowhere'],
])('%j: %s', async (flow, message, target) => {
  const { error, errors } = await visit(target, flow);
  expect([(error as Error).message, errors]).toEqual([message, ['rtcompare_misasked']]);
});

test('texts of templates and variables become what a key takes', () => {
  expect(asked('echo', { messages: '20', rate: '2.5' })).toEqual({ messages: 20, rate: 2.5, timeout: 10 });
  expect(asked('connect', { transport: 'ws', binary: 'true' })).toMatchObject({ binary: true, size: 64 });
  expect(() => asked('echo', 'many')).toThrow('echo.messages: "many" is not a whole number');
});
