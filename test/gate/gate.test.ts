/** The gate: the same bytes every time, and when something becomes heavier, its name and its bytes. */

import { ServerResponse } from 'node:http';
import { Socket } from 'socket.io-client';
import { Client, type Dispatcher } from 'undici';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { readerOfFiles } from '../../src/base/text.ts';
import type { StageWeight, TransportWeight } from '../../src/document/weighing.ts';
import { addedBytes, alike, differences, isHeavier, type WireChange } from '../../src/gate/differences.ts';
import { changedVersions, compareWeighings, weighAll } from '../../src/gate/gate.ts';
import { eventName, paths } from '../../src/protocols/contract.ts';
import { findingText } from '../../src/report/views/comparison/finding-lines.ts';
import { type Changes, steadyBytes, weighTransport } from '../../src/script/exact-weights.ts';
import { transportByName, transports } from '../../src/transports/index.ts';
import { standStill } from '../support/stand-still.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const weigh = (name: string, changes?: Changes) => weighTransport(transportByName(name)!, changes);
const told = (findings: readonly WireChange[]) =>
  findings.map((finding) => findingText(finding, readerOfFiles('en')));

/** What an unchanged and a changed weighing differ by; the change is made between the two. */
async function changed(name: string, change: () => void, before: Changes = {}, after: Changes = before) {
  const was = await weigh(name, before);
  change();
  return differences(was, await weigh(name, after));
}

test('a second weighing of everything is the same to the byte', { timeout: 60_000 }, async () => {
  const options = { signal: new AbortController().signal, onStage: () => {} };
  const baseline = await weighAll(transports, { ...options, baseline: null });
  const again = await weighAll(transports, { ...options, baseline });
  expect(compareWeighings(baseline, again)).toEqual({
    compared: baseline.transports.length,
    findings: [],
    notCompared: [],
    added: [],
    missing: [],
    environment: [],
    alike: [],
    times: null,
  });
  const names = transports.map(({ name }) => name);
  const overHttp2 = transports.filter(({ traits }) => !traits.notOverHttp2);
  expect(baseline.transports.map(({ transport }) => transport)).toEqual([
    ...names,
    ...names.map((name) => `${name} over https`),
    ...overHttp2.map(({ name }) => `${name} over h2`),
  ]);
  // The race is decided both ways, so that the baseline knows both possible set-ups.
  const upgraded = baseline.transports.find(({ transport }) => transport === 'socket.io')!;
  expect(upgraded.stages.setup!.map(({ requests }) => requests)).toEqual([4, 5]);
});

test('what is weighed is what the laws say: ws 6 up and 2 down, SSE 14, a heartbeat 6 and 2', async () => {
  const weightOf = (weight: TransportWeight, stage: keyof TransportWeight['stages']) =>
    weight.stages[stage]![0]!;
  const [ws, sse] = [await weigh('ws'), await weigh('sse')];
  expect(weightOf(ws, 'message')).toMatchObject({ up: 64 + 6, down: 64 + 2, requests: 0 });
  expect(weightOf(ws, 'heartbeat')).toMatchObject({ up: 6, down: 2 });
  expect(weightOf(ws, 'close')).toMatchObject({ up: 8, down: 4 });
  expect(weightOf(sse, 'event')).toMatchObject({ up: 0, down: 64 + 14 });
});

test('an empty poll weighs 93 up and 150 down: what its answer says moves this, the baseline, and README', async () => {
  expect((await weigh('polling')).stages.poll![0]).toMatchObject({ requests: 1, up: 93, down: 150 });
});

test('a heartbeat that comes while a busy machine is still connecting is not weighed as a half', async () => {
  const transport = transportByName('socket.io:polling')!;
  const busy: typeof transport = {
    ...transport,
    async connect(options) {
      const connection = await transport.connect(options);
      // Blocks the event loop for longer than the first heartbeat takes.
      standStill(160);
      return connection;
    },
  };
  const { heartbeat } = (await weighTransport(transport)).stages;
  expect((await weighTransport(busy)).stages.heartbeat).toEqual(heartbeat);
});

test('a second heartbeat that a busy machine lets come before the first is over is not weighed with it', async () => {
  const transport = transportByName('ws')!;
  const { heartbeat } = (await weighTransport(transport)).stages;
  const pong = WebSocket.prototype.pong as (...args: unknown[]) => void;
  vi.spyOn(WebSocket.prototype, 'pong').mockImplementationOnce(function (
    this: WebSocket,
    ...args: unknown[]
  ) {
    pong.apply(this, args);
    standStill(200);
  } as never);
  expect((await weighTransport(transport)).stages.heartbeat).toEqual(heartbeat);
});

describe('each cause is named with its bytes', () => {
  test('a header more in every response of a server', async () => {
    const findings = await changed('polling', () => {
      const writeHead = ServerResponse.prototype.writeHead as (...args: unknown[]) => ServerResponse;
      vi.spyOn(ServerResponse.prototype, 'writeHead').mockImplementation(function (
        this: ServerResponse,
        ...args: unknown[]
      ) {
        this.setHeader('x-powered-by', 'Express');
        return writeHead.apply(this, args);
      } as never);
    });
    expect(told(findings)).toContain(
      'polling: +23 B per empty poll down: new header `x-powered-by: Express`',
    );
    expect(told(findings)).toContain(
      'polling: +46 B per message and echo down: new header `x-powered-by: Express`',
    );
    expect(findings.every(({ name }) => name === 'x-powered-by')).toBe(true);
    expect(findings.every(isHeavier)).toBe(true);
  });

  test('a second cookie of a client', async () => {
    const before = { connectOptions: { headers: { cookie: 'a=1' } } };
    const after = { connectOptions: { headers: { cookie: 'a=1; b=2' } } };
    const findings = await changed('http', () => {}, before, after);
    expect(told(findings)).toContain(
      'http: +5 B per message and echo up: header `cookie: a=1; b=2` weighs 18 B, was 13',
    );
    expect(findings.every(({ name, cause }) => name === 'cookie' && cause === 'size')).toBe(true);
  });

  test('compression that is switched on', async () => {
    const after = { connectOptions: { compression: true }, serverOptions: { compression: true } };
    const findings = await changed('ws', () => {}, {}, after);
    const setup = findings.filter(({ stage }) => stage === 'setup');
    expect(setup.map(({ name, direction }) => `${name} ${direction}`)).toEqual([
      'sec-websocket-extensions up',
      'sec-websocket-extensions down',
    ]);
    expect(setup.map(addedBytes)).toEqual([70, 46]);
  });

  test('an argument more of an event', async () => {
    const findings = await changed('socket.io:websocket', () => {
      const emit = Socket.prototype.emit as (...args: unknown[]) => Socket;
      vi.spyOn(Socket.prototype, 'emit').mockImplementation(function (this: Socket, ...args: unknown[]) {
        return emit.apply(this, args[0] === eventName ? [...args, 7] : args);
      } as never);
    });
    const up = findings.filter(({ stage, direction }) => stage === 'message' && direction === 'up');
    // A comma and a digit.
    expect(up.reduce((sum, finding) => sum + addedBytes(finding), 0)).toBe(2);
    expect(up.map(({ layer }) => layer).toSorted()).toEqual(['payload', 'socket.io']);
    expect(findings.some(isHeavier)).toBe(true);
  });

  test('a poll that has become two requests', async () => {
    const findings = await changed('polling', () => {
      const dispatch = Client.prototype.dispatch;
      vi.spyOn(Client.prototype, 'dispatch').mockImplementation(function (this: Client, request, handler) {
        if (request.method === 'GET' && String(request.path).startsWith(paths.mailbox))
          dispatch.call(this, request, ignoring);
        return dispatch.call(this, request, handler);
      });
    });
    const [poll] = findings.filter(({ stage }) => stage === 'poll');
    expect(poll).toMatchObject({
      cause: 'requests',
      count: { before: 1, after: 2 },
      bytes: { before: 243, after: 486 },
    });
    expect(told(findings)).toContain('polling: +243 B per empty poll in all: 2 requests, was 1');
  });
});

const ignoring: Dispatcher.DispatchHandler = {
  onRequestStart() {},
  onResponseStart() {},
  onResponseData() {},
  onResponseEnd() {},
  onResponseError() {},
};

const stage = (fields: StageWeight['fields']): StageWeight => ({
  units: 1,
  up: 0,
  down: fields.reduce((sum, { bytes }) => sum + bytes, 0),
  requests: 0,
  connections: 0,
  fields,
});
const header = (name: string, bytes: number, count = 1) =>
  ({ layer: 'http', name, direction: 'down', bytes, count }) as const;
const weight = (fields: StageWeight['fields']): TransportWeight => ({
  transport: 'polling',
  stages: { poll: [stage(fields)] },
});

test('an improvement is told as one, and does not fail', () => {
  const findings = differences(
    weight([header('etag', 30), header('date', 37)]),
    weight([header('date', 37)]),
  );
  expect(findings.map((finding) => [finding.cause, addedBytes(finding), isHeavier(finding)])).toEqual([
    ['gone', -30, false],
  ]);
});

test('one field for another of the same size is a finding for each, and fails', () => {
  const findings = differences(weight([header('a', 10)]), weight([header('b', 10)]));
  expect(findings.map(({ cause }) => cause).toSorted()).toEqual(['gone', 'new']);
  expect(findings.some(isHeavier)).toBe(true);
});

test('an outcome is held against the admissible one with as many requests', () => {
  const race = (requests: number, bytes: number) => ({
    ...stage([header('head', bytes, requests)]),
    requests,
  });
  const known: TransportWeight = { transport: 'socket.io', stages: { setup: [race(4, 400), race(5, 500)] } };
  const now = (requests: number, bytes: number): TransportWeight => ({
    transport: 'socket.io',
    stages: { setup: [race(requests, bytes)] },
  });
  expect(differences(known, now(5, 500))).toEqual([]);
  expect(differences(known, now(5, 510)).map(addedBytes)).toEqual([10]);
  expect(differences(known, now(6, 600)).map(({ cause }) => cause)).toEqual(['requests']);
  // One request more is one more, however light all of them have become.
  expect(differences(known, now(6, 60)).filter(isHeavier)).toMatchObject([{ cause: 'requests' }]);
  expect(differences(known, now(3, 30)).some(isHeavier)).toBe(false);
});

test('a stage that is new or gone is a finding, and versions that changed are named', () => {
  const [was, is] = [weight([header('a', 10)]), { transport: 'polling', stages: {} }];
  expect(differences(was, is)).toMatchObject([{ cause: 'stage', bytes: { before: 10, after: 0 } }]);
  expect(differences(was, is).map(isHeavier)).toEqual([true]);
  expect(differences(is, was).map(isHeavier)).toEqual([true]);
  expect(
    changedVersions(
      { node: '20.20.2', dependencies: { ws: '8.22.0', undici: '7.30.2' } },
      { node: '22.1.0', dependencies: { ws: '8.23.0', undici: '7.30.2' } },
    ),
  ).toEqual(['node 20.20.2 → 22.1.0', 'ws 8.22.0 → 8.23.0']);
});

describe('what weighs the same and reads differently', () => {
  const stageOf = (sample: string, order: string[]): StageWeight => ({
    units: 1,
    up: 0,
    down: 24,
    requests: 1,
    connections: 0,
    fields: [{ layer: 'http', name: 'cache-control', direction: 'down', count: 1, bytes: 24, sample }],
    order: { up: [], down: order },
  });
  const weightOf = (transport: string, ...stage: Parameters<typeof stageOf>): TransportWeight => ({
    transport,
    stages: { poll: [stageOf(...stage)] },
  });

  test('a value of the same length, and the case of a name, are told once for all transports', () => {
    const before = ['polling', 'sse'].map((name) =>
      weightOf(name, 'cache-control: no-cache', ['cache-control']),
    );
    const after = ['polling', 'sse'].map((name) =>
      weightOf(name, 'Cache-Control: no-store', ['cache-control']),
    );
    expect(differences(before[0]!, after[0]!)).toEqual([]);
    expect(alike(before, after)).toEqual([
      {
        name: 'polling, sse',
        scenarios: ['down'],
        what: 'line',
        before: 'cache-control: no-cache',
        after: 'Cache-Control: no-store',
      },
    ]);
  });

  test('the order of the headers that both have', () => {
    const [before, after] = [
      ['date', 'etag', 'vary'],
      ['etag', 'new-one', 'date', 'vary'],
    ].map((order) => weightOf('polling', 'cache-control: no-cache', order));
    expect(alike([before!], [after!])).toMatchObject([{ what: 'order', after: 'etag, date, vary' }]);
  });
});

test('a request line of which a part grows by the millisecond is weighed at its shortest', () => {
  const weightOf = (value: string) => {
    const clear = Buffer.from(`GET /socket.io/?EIO=4&t=${value} HTTP/1.1\r\n`);
    return steadyBytes({ name: 'request-line', length: clear.length, clear });
  };
  expect(weightOf('PabcdeF.0&sid=a')).toBe(weightOf('PabcdeF&sid=a'));
  expect(weightOf('PabcdeF.10')).toBe(weightOf('PabcdeF'));
  expect(weightOf('PabcdeFg')).toBe(weightOf('PabcdeF') + 1);
});
