/** The library refuses what the command line refuses, with the same message, before anything starts. */
import { expect, test } from 'vitest';
import { CannotConnect, UsageError } from '../src/base/failure.ts';
import { whatToMeasure } from '../src/commands/options/run-options.ts';
import { maxMessageBytes } from '../src/protocols/contract.ts';
import { compare, type InvalidTrial, measure } from '../src/run/library.ts';
import { serverOf } from '../src/servers/index.ts';
import { loadKnobs } from '../src/trial/knobs.ts';
import { measureHere } from './support/in-process.ts';
import { trialPlan } from './support/plans.ts';

/** As a program without types would call it. */
const ask = (asked: unknown) => measure(asked as Parameters<typeof measure>[0]);
const askAll = (asked: unknown) => compare(asked as Parameters<typeof compare>[0]);

const whole = (least: number, most: number) => `Write a whole number from ${least} to ${most}.`;
const clients = whole(1, 100_000);

test.each<[load: object, complaint: string]>([
  [{ clients: undefined }, `load.clients: got undefined. ${clients}`],
  [{ clients: 1.5 }, `load.clients: got 1.5. ${clients}`],
  [{ clients: 0 }, `load.clients: got 0. ${clients}`],
  [{ clients: -1 }, `load.clients: got -1. ${clients}`],
  [{ clients: '5' }, `load.clients: got "5". ${clients}`],
  [{ clients: 5n }, `load.clients: got 5. ${clients}`],
  [{ messages: Number.NaN }, `load.messages: got NaN. ${whole(1, 1_000_000)}`],
  [{ size: -1 }, `load.size: got -1. ${whole(0, maxMessageBytes)}`],
  [{ size: 5 * 1024 * 1024 }, `load.size: got 5242880. ${whole(0, maxMessageBytes)}`],
  [{ rate: 0 }, 'load.rate: got 0. Write a number above 0, at most 100000.'],
  [{ rate: Number.NaN }, 'load.rate: got NaN. Write a number above 0, at most 100000.'],
  [{ rate: Number.POSITIVE_INFINITY }, 'load.rate: got Infinity. Write a number above 0, at most 100000.'],
  [{ arrivals: 'often' }, 'load.arrivals: got "often". Write one of jittered, periodic, poisson.'],
  [{ payload: 'json' }, 'load.payload: got "json". Write one of text, binary.'],
  [
    { durationMs: 0 },
    'load.durationMs: got 0. Write milliseconds above 0, at most 2147483648. Or null: none.',
  ],
  [
    { pollIntervalMs: '100ms' },
    'load.pollIntervalMs: got "100ms". Write milliseconds above 0, at most 2147483648.',
  ],
  [{ closed: 1 }, 'load.closed: got 1. Write true or false.'],
  [{ client: 3 }, 'load.client: unknown key; did you mean clients?'],
  [{ toString: 3 }, 'load.toString: unknown key.'],
])('a load of %o is refused', async (load, complaint) => {
  await expect(ask({ transport: 'ws', load })).rejects.toMatchObject({
    name: 'UsageError',
    message: complaint,
  });
  await expect(askAll({ transports: ['ws'], load })).rejects.toMatchObject({
    name: 'UsageError',
    message: complaint,
  });
});

test.each<[asked: unknown, complaint: RegExp]>([
  [undefined, /^transport: got undefined\. Write the name of a transport, or a transport of your own\.$/],
  [{ transport: 7 }, /^transport: got 7\. Write the name/],
  [{ transport: { name: 'mine' } }, /^transport: got \{"name":"mine"\}\. Write the name/],
  [{ transport: 'wss' }, /^unknown transport "wss"; did you mean ws\? Known: polling, /],
  [
    { transport: 'ws', scenario: 'ecko' },
    /^unknown scenario "ecko"; did you mean echo\? Known: connect, echo/,
  ],
  [{ transport: 'ws', scenario: {} }, /^scenario: got \{\}\. Write the name of a scenario/],
  [{ transport: 'ws', load: 5 }, /^load: got 5\. Write an object, such as \{ clients: 5 \}\.$/],
  [{ transport: 'ws', link: 40 }, /^link: got 40\. Write a link as --link has it/],
  [{ transport: 'ws', link: 'rtt=40' }, /^--link "rtt=40": /],
  [{ transport: 'ws', host: 'localhost' }, /^host: got "localhost"\. Write a literal address/],
  [{ transport: 'ws', port: 70_000 }, /^port: got 70000\. Write a whole number from 0 to 65535\.$/],
  [{ transport: 'ws', timeoutMs: 0 }, /^timeoutMs: got 0\. Write milliseconds above 0/],
  [{ transport: 'ws', heartbeatMs: '25s' }, /^heartbeatMs: got "25s"\. .* Or null: none\.$/],
  [{ transport: 'ws', headers: { a: 1 } }, /^headers: got \{"a":1\}\. Write an object of names and texts\.$/],
  [{ transport: 'ws', server: {} }, /^server: got \{\}\. Write a server: it has start\(\)\.$/],
  [{ transport: 'ws', signal: true }, /^signal: got true\. Write an AbortSignal\.$/],
  [{ transport: 'ws', clients: 5 }, /^clients: unknown key\.$/],
  [
    { transport: 'ws', sead: 1, load: { size: -1, rat: 2 } },
    /^sead: unknown key; did you mean seed\?\nload\.size: got -1\. .*\nload\.rat: unknown key; did you mean rate\?$/,
  ],
])('%o is refused, with everything that is wrong', async (asked, complaint) => {
  await expect(ask(asked)).rejects.toThrow(UsageError);
  await expect(ask(asked)).rejects.toThrow(complaint);
});

test.each<[asked: unknown, complaint: RegExp]>([
  [undefined, /^transports: got undefined\. Write a list of at least one name/],
  [{ transports: [] }, /^transports: got \[\]\. Write a list/],
  [{ transports: 'ws' }, /^transports: got "ws"\. Write a list/],
  [{ transports: ['ws'], repeat: 0 }, /^repeat: got 0\. Write a whole number from 1 to 1000\.$/],
  [{ transports: ['ws'], transport: 'ws' }, /^transport: unknown key; did you mean transports\?$/],
  [{ transports: ['ws', 'polling'], load: { size: 1 } }, /^echo: polling cannot keep 20 messages a second/],
])('comparing %o is refused', async (asked, complaint) => {
  await expect(askAll(asked)).rejects.toThrow(UsageError);
  await expect(askAll(asked)).rejects.toThrow(complaint);
});

test('a complaint is there in Korean', async () => {
  const refused: unknown = await ask({ transport: 'ws', load: { clients: 0 } }).catch(
    (error: unknown) => error,
  );
  expect((refused as UsageError).told.ko).toBe(
    'load.clients: 0은(는) 쓸 수 없습니다. 1부터 100000까지의 정수를 적어야 합니다.',
  );
});

test('the command line has the same bounds and words', () => {
  const options = new Map(whatToMeasure().map((one) => [one.attributeName(), one]));
  const values = [
    '-1',
    '0',
    '1',
    '1.5',
    '4194304',
    '4194305',
    '1000000',
    '1000001',
    '100000',
    '100001',
    'NaN',
  ];
  for (const name of ['clients', 'messages', 'rate', 'size', 'warmup'] as const) {
    for (const value of values) {
      const { takes, expected } = loadKnobs[name];
      let said: string | null = null;
      try {
        options.get(name)!.parseArg!(value, undefined);
      } catch (error) {
        said = (error as Error).message;
      }
      expect([name, value, said]).toEqual([name, value, takes(Number(value)) ? null : expected.en]);
    }
  }
});

test('aborted before it began: a report without trials is interrupted and invalid', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  const report = await compare({ transports: ['ws', 'sse'], signal });
  expect(report).toMatchObject({ interrupted: true, verdict: 'invalid', trials: [] });
});

test('aborted meanwhile: half of a trial says so, and none of it is invalid', async () => {
  const ended = (afterMs: number, messages: number) =>
    measureHere(
      trialPlan('ws', {
        load: { messages, rate: 20, size: 12 },
        signal: afterMs === 0 ? AbortSignal.abort() : AbortSignal.timeout(afterMs),
      }),
    );
  const [none, half] = [await ended(0, 10), await ended(700, 1000)];
  expect([none.verdict, none.notes.map(({ kind }) => kind)]).toEqual(['invalid', ['interrupted']]);
  expect(half.delivery.delivered).toBeGreaterThan(0);
  expect(half.delivery.delivered).toBeLessThan(2000);
  expect(half.notes.map(({ kind }) => kind)).toContain('interrupted');
});

test('an invalid trial has no figures: what was asked for, the notes, and why', async () => {
  const { transport } = trialPlan('tcp');
  const unseen: typeof transport = {
    ...transport,
    async connect() {
      return {
        send: () => null,
        quiet: () => null,
        polls: () => null,
        pollGrid: null,
        close: async () => {},
      };
    },
  };
  const asked = { load: { clients: 1, messages: 1, warmup: 0 }, timeoutMs: 200 };
  const server = await serverOf('tcp');
  const trial = await measure({
    transport: { ...unseen, traits: { ...transport.traits, push: false } },
    server,
    ...asked,
  });
  expect(Object.keys(trial).sort()).toEqual(
    ['link', 'load', 'notes', 'reference', 'repeat', 'scenario', 'transport', 'verdict', 'why'].sort(),
  );
  expect(trial).toMatchObject({ verdict: 'invalid', scenario: 'echo', load: { clients: 1 } });
  expect((trial as InvalidTrial).why.en).toMatch(/^the sockets of 1 clients were not seen/);
});

test('comparing goes on where one cannot connect, and withholds what does not count', async () => {
  const { transport: tcp } = trialPlan('tcp');
  const shy = { ...tcp, name: 'shy', connect: () => Promise.reject(new Error('no')) };
  const blind = {
    ...tcp,
    name: 'blind',
    traits: { ...tcp.traits, push: false },
    connect: async () => ({
      send: () => null,
      quiet: () => null,
      polls: () => null,
      pollGrid: null,
      close: async () => {},
    }),
  };
  const load = { clients: 1, messages: 1, warmup: 0 };
  const report = await compare({ transports: [shy, blind, tcp], load, timeoutMs: 300 });
  expect(report.unconnected).toMatchObject([{ transport: 'shy', outcome: 'refused', told: { en: 'no' } }]);
  expect(report.trials.map((trial) => [trial.transport, 'wire' in trial])).toEqual([
    ['blind', false],
    ['tcp', true],
  ]);
  await expect(measure({ transport: shy, load })).rejects.toBeInstanceOf(CannotConnect);
});

test('of what was sent nothing arrived: invalid, unless something that may take it stands on the way', async () => {
  const deaf = (middleboxes: object) => {
    const plan = trialPlan('ws', { load: { messages: 2, warmup: 0 }, timeoutMs: 1500, middleboxes });
    const connect: typeof plan.transport.connect = (options) =>
      plan.transport.connect({ ...options, onMessage: () => {} });
    return measureHere({ ...plan, transport: { ...plan.transport, connect } });
  };
  const [alone, boxed] = await Promise.all([deaf({}), deaf({ idleTimeoutMs: 30_000 })]);
  expect(alone).toMatchObject({
    verdict: 'invalid',
    delivery: { sent: 4, delivered: 0 },
    notes: expect.arrayContaining([{ kind: 'nothing-arrived', value: 4 }]),
  });
  expect(boxed.notes.map(({ kind }) => kind)).not.toContain('nothing-arrived');
});
