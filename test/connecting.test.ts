/** Clients that cannot connect, or bypass the tapped sockets: what the trial reports, and that no client is left. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect as dialItself } from 'node:net';
import { expect, test } from 'vitest';
import { realClock } from '../src/base/clock.ts';
import { type CannotConnect, CannotRun } from '../src/base/failure.ts';
import { run } from '../src/run/run.ts';
import { createTape } from '../src/tap/tape.ts';
import type { Target } from '../src/target/target.ts';
import type { Connection, Transport } from '../src/transports/transport.ts';
import { closeAll, createClients } from '../src/trial/clients.ts';
import { measure } from '../src/trial/measure.ts';
import type { TrialPlan } from '../src/trial/plan.ts';
import { idle } from '../src/trial/scenarios/idle.ts';
import { measureHere, serveHere } from './support/in-process.ts';
import { listening } from './support/inspected.ts';
import { trialPlan } from './support/plans.ts';

const silent: Connection = {
  send: () => null,
  quiet: () => null,
  polls: () => null,
  pollGrid: null,
  close: async () => {},
};

const withConnect = (plan: TrialPlan, connect: Transport['connect']): TrialPlan => ({
  ...plan,
  transport: { ...plan.transport, connect },
});

const failureOf = async (plan: TrialPlan, server: Target): Promise<unknown> =>
  measure(plan, server).catch((error: unknown) => error);

test('who is still connecting when another cannot is cut at once, dials no more, and is closed if it arrives', async () => {
  const plan = trialPlan('tcp');
  const told: string[] = [];
  let arrive = (_: Connection) => {};
  let dialAgain = () => {};
  const connecting = withConnect(plan, async ({ client, dialer }) => {
    if (client !== '0001') {
      const socket = dialer.dial();
      socket.once('close', () => told.push('cut'));
      dialAgain = () => void dialer.dial().once('close', () => told.push('cut again'));
      return new Promise((resolve) => {
        arrive = resolve;
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    throw new Error('no');
  });
  const failure = await failureOf(connecting, await serveHere(plan));
  expect((failure as CannotConnect).found).toMatchObject({ outcome: 'refused', status: null });
  await expect.poll(() => told).toEqual(['cut']);
  dialAgain();
  arrive({ ...silent, close: async () => void told.push('closed') });
  await expect.poll(() => told.toSorted()).toEqual(['closed', 'cut', 'cut again']);
});

test('it is cut before anybody waits', async () => {
  const server = createServer(() => {});
  const plan = trialPlan('sse', { load: { clients: 2 } });
  const clients = createClients(
    plan.load.clients,
    { host: plan.host, port: await listening(server) },
    realClock,
    createTape(() => {}),
  );
  const sockets = clients.map(({ dialer }) => dialer.dial());
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  // One is connected and may close in order, the other is not.
  clients[0]!.connection = silent;
  const closed = closeAll(clients, new Map(), 1000, realClock);
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false, true]);
  expect(clients.map(({ dialer }) => dialer.dial().destroyed)).toEqual([false, true]);
  sockets[0]!.destroy();
  await closed;
  server.close();
});

test('who was given up before its turn does not dial', async () => {
  const plan = trialPlan('tcp', { load: { clients: 101 }, timeoutMs: 50 });
  const arrive: (() => void)[] = [];
  const late = withConnect(plan, () => new Promise((resolve) => arrive.push(() => resolve(silent))));
  const failure = await failureOf(late, await serveHere(plan));
  expect((failure as CannotConnect).found.outcome).toBe('too-slow');
  // The first hundred arrive when it is too late for all of them.
  for (const one of [...arrive]) one();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(arrive).toHaveLength(100);
});

test('the status is that of the answer, however a library words it', async () => {
  const server = createServer((_, response) => response.writeHead(503).end());
  const port = await listening(server);
  for (const name of ['ws', 'sse', 'socket.io', 'socket.io:websocket', 'polling']) {
    const plan = trialPlan(name);
    const failure = await failureOf(plan, {
      ...(await serveHere(plan)),
      endpoint: { host: plan.host, port },
    });
    expect([name, (failure as CannotConnect).found]).toMatchObject([
      name,
      { outcome: 'refused', status: 503 },
    ]);
  }
  server.closeAllConnections();
  server.close();
});

test('an answer after which nothing begins was swallowed', async () => {
  const server = createServer((_, response) => response.writeHead(200).write('x'));
  const port = await listening(server);
  // Socket.IO's first poll has a head and no end.
  const plan = trialPlan('socket.io', { timeoutMs: 300 });
  const failure = await failureOf(plan, { ...(await serveHere(plan)), endpoint: { host: plan.host, port } });
  expect((failure as CannotConnect).found).toMatchObject({ outcome: 'swallowed', status: null });
  expect((failure as CannotConnect).message).toMatch(
    /^connecting 2 socket\.io clients: after \d+ ms they have an answer/,
  );
  server.closeAllConnections();
  server.close();
});

test('a server that died refuses everybody, and that is no result of a transport', async () => {
  const plan = trialPlan('ws');
  const gone = new AbortController();
  const server = await serveHere(plan);
  const dead = {
    ...server,
    endpoint: { host: plan.host, port: 1 },
    gone: gone.signal,
    stats: {
      ...server.stats!,
      mark: async () => {
        gone.abort(new CannotRun('server-gone: it ended'));
        throw gone.signal.reason;
      },
    },
  };
  await expect(measure(plan, dead)).rejects.toThrow(/^server-gone/);
});

test('a run goes on with the others, and says what could not connect', async () => {
  const refusing = withConnect(trialPlan('ws'), async () => {
    throw new Error('not today');
  });
  const { signal } = refusing;
  const rows: string[][] = [];
  const report = await run({
    plan: { transports: ['ws', 'tcp'] } as never,
    trials: [refusing, trialPlan('tcp')],
    signal,
    onTrial: ({ unconnected, trials }) =>
      rows.push([...unconnected, ...trials].map(({ transport }) => transport)),
  });
  expect(report.trials.map(({ transport }) => transport)).toEqual(['tcp']);
  expect(report.unconnected).toMatchObject([
    { transport: 'ws', scenario: 'echo', outcome: 'refused', status: null, told: { en: 'not today' } },
  ]);
  expect(rows).toEqual([['ws'], ['ws', 'tcp']]);
  // A transport that could not connect makes nothing invalid: the verdict is that of the trial that was made.
  expect(report.verdict).toBe(report.trials[0]!.verdict);
});

test('a transport that dials itself is invalid, with its reason, and in silence, too', async () => {
  const plan = trialPlan('tcp', { scenario: idle, load: { messages: 0, warmup: 0, durationMs: 100 } });
  const ownSockets = withConnect(plan, async ({ host, port }) => {
    const socket = dialItself({ host, port });
    await once(socket, 'connect');
    return { ...silent, close: async () => void socket.destroy() };
  });
  const { verdict, notes, wire } = await measureHere(ownSockets);
  expect([verdict, wire.socketBytes]).toEqual(['invalid', 0]);
  expect(notes[0]).toEqual({ kind: 'unseen', value: 2 });
  expect((await measureHere(plan)).verdict).not.toBe('invalid');
});

test('who dials only when there is something to say is seen in silence', async () => {
  const plan = trialPlan('http', { scenario: idle, load: { messages: 0, warmup: 0, durationMs: 100 } });
  expect((await measureHere(plan)).notes.map(({ kind }) => kind)).not.toContain('unseen');
});
