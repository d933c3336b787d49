/** What stands between client and server in the world: proxies that hold a head back, and caches that keep answers. */
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import { CannotRun } from '../../src/base/failure.ts';
import { behaviours } from '../../src/servers/behaviours.ts';
import { serverOf } from '../../src/servers/index.ts';
import type { Target } from '../../src/target/target.ts';
import { serverNames } from '../../src/transports/index.ts';
import { measure } from '../../src/trial/measure.ts';
import type { TrialPlan } from '../../src/trial/plan.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { serverOptions } from '../../src/trial/server-of.ts';
import { headHoldingProxy } from '../support/head-holding-proxy.ts';
import { serveHere } from '../support/in-process.ts';
import { listening } from '../support/inspected.ts';
import { trialPlan } from '../support/plans.ts';

test.each(['sse', 'sse:resume', 'ndjson'])(
  '%s connects, and events flow, behind a proxy that holds the head until the body begins',
  async (name) => {
    const plan = trialPlan(name, { scenario: push, load: { messages: 5 }, timeoutMs: 2000 });
    const server = await serveHere(plan);
    await using proxy = await headHoldingProxy(server.endpoint.port);
    const trial = await measure(plan, { ...server, endpoint: { host: plan.host, port: proxy.port } });
    expect(trial.delivery).toMatchObject({ sent: 10, delivered: 10, lost: 0, errors: {} });
    expect(trial.wire.layers.filter(({ layer }) => layer === 'unparsed')).toEqual([]);
  },
);

/** What a cache may keep without having been told how long (RFC 9110 §15.1). */
const heuristicallyCacheable = [200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501];

/** Whether a shared cache may store what answers this GET (RFC 9111 §3). */
const mayBeStored = ({ status, headers }: Response) =>
  !/\bno-store\b/.test(headers.get('cache-control') ?? '') &&
  (heuristicallyCacheable.includes(status) || headers.has('expires') || headers.has('cache-control'));

async function serving(name: string) {
  const server = await serverOf(name);
  const options = { ...serverOptions(trialPlan(name)), holdMs: 20 };
  const { port, close } = await server.start(behaviours.echo!(realClock), options);
  return { origin: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close };
}

/** What a client of each asks with GET, in its order, after `hello` was sent where it may be. */
const questions: Record<string, readonly (readonly [path: string, status: number])[]> = {
  polling: [
    ['/mailbox?client=me', 204],
    ['/mailbox?client=me&cursor=0', 200],
  ],
  'long-polling': [
    ['/mailbox?client=me', 204],
    ['/mailbox?client=me&cursor=0', 200],
    ['/mailbox?client=me&cursor=1', 204],
  ],
  sse: [['/events?client=me', 200]],
  ndjson: [['/stream?client=me', 200]],
  'socket.io': [['/socket.io/?EIO=4&transport=polling', 200]],
  ws: [],
  // They answer a POST, which no cache may keep unless it is told to.
  'fetch-sse': [],
  http: [],
};

test.each(Object.entries(questions))(
  'no answer of %s to a GET may be stored by a shared cache',
  async (name, asked) => {
    await using server = await serving(name);
    for (const [path, status] of [...asked, ['/nowhere', name === 'ws' ? 426 : 404] as const]) {
      const answer = await fetch(server.origin + path);
      expect([path, answer.status, mayBeStored(answer)]).toEqual([path, status, false]);
      // A stream would go on for ever.
      if (status === 200 && /events|stream/.test(path)) await answer.body?.cancel();
      else await answer.arrayBuffer();
      if (path.endsWith('client=me') && path.startsWith('/mailbox'))
        await fetch(`${server.origin}/message?client=me`, { method: 'POST', body: 'hello' });
    }
  },
);

test('every server that speaks HTTP is asked about its caching', () => {
  expect(Object.keys(questions).sort()).toEqual(serverNames.filter((name) => name !== 'tcp').sort());
});

test.each([
  ['sse', '/events?client=me'],
  ['ndjson', '/stream?client=me'],
])('the stream of %s asks proxies not to hold it back, and to keep nothing of it', async (name, path) => {
  await using server = await serving(name);
  const { headers, body } = await fetch(server.origin + path);
  expect(headers.get('x-accel-buffering')).toBe('no');
  expect(headers.get('cache-control')).toBe('no-store');
  await body?.cancel();
});

test('an answer of fetch-sse asks proxies not to hold its pieces back, and ends', async () => {
  await using server = await serving('fetch-sse');
  const answer = await fetch(`${server.origin}/answer`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'hello',
  });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  expect(answer.headers.get('x-accel-buffering')).toBe('no');
  expect(await answer.text()).toBe('data: hello\n\n');
});

async function failureOf(plan: TrialPlan, portOf: (server: Target) => number): Promise<CannotRun> {
  const server = await serveHere(plan);
  const failure = await measure(plan, {
    ...server,
    endpoint: { host: plan.host, port: portOf(server) },
  }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CannotRun);
  return failure as CannotRun;
}

test('a stream whose answer never begins fails with who waited for what', async () => {
  // What takes a request and says nothing is the same to the client as a proxy that holds everything back.
  const silent = createServer(() => {});
  const port = await listening(silent);
  const { message, told } = await failureOf(trialPlan('sse', { timeoutMs: 300 }), () => port);
  silent.closeAllConnections();
  silent.close();
  expect(message).toMatch(
    /^connecting 2 sse clients: after \d+ ms 2 of them have asked and got no byte of an answer; something on the way holds/,
  );
  expect(told.ko).toMatch(/2개는 요청을 보냈지만 응답을 한 바이트도 받지 못했습니다/);
});

test('where --proxy buffering holds a stream back, the failure says so', async () => {
  const plan = trialPlan('ndjson', { timeoutMs: 300, middleboxes: { buffering: true } });
  const { message } = await failureOf(plan, ({ endpoint }) => endpoint.port);
  expect(message).toMatch(/--proxy buffering holds an answer back until it ends.*: leave it out$/);
});
