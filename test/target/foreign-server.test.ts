/** A foreign server with a format of docs/wire-formats.md: it is measured by its bytes, and the books balance. */
import { createServer } from 'node:http';
import { createServer as createBareServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allowances, checkAllowance } from '../../src/run/elsewhere.ts';
import { foreignTarget, look, stillThere } from '../../src/target/foreign-server.ts';
import { isNear, locate } from '../../src/target/target-address.ts';
import { measure } from '../../src/trial/measure.ts';
import { chat } from '../../src/trial/scenarios/chat.ts';
import { echo } from '../../src/trial/scenarios/echo.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { saturate } from '../../src/trial/scenarios/saturate.ts';
import { listening } from '../support/inspected.ts';
import { trialPlan } from '../support/plans.ts';
import { examples, runServers } from '../support/wire-formats.ts';

const names = ['ws-echo', 'ws-chat', 'sse', 'long-polling', 'socket.io'] as const;
let servers: Awaited<ReturnType<typeof runServers>>;
beforeAll(async () => {
  servers = await runServers(names.map((name) => examples[`${name}.cjs`]!));
});
afterAll(() => servers[Symbol.asyncDispose]());

const portOf = (name: (typeof names)[number]) => servers.ports[names.indexOf(name)]!;

async function trialOf(name: (typeof names)[number], transport: string, scenario: typeof echo | typeof chat) {
  const server = await locate(`http://127.0.0.1:${portOf(name)}/`);
  const plan = trialPlan(transport, { scenario, load: { clients: 3, messages: 4 } });
  return measure(plan, await foreignTarget(server, plan.transport.server));
}

test.each([
  ['ws-echo', 'ws', echo],
  ['ws-chat', 'ws', chat],
  // The server sends to all clients; with the scenario echo, each client counts only its own messages.
  ['ws-chat', 'ws', echo],
  ['sse', 'sse', echo],
  ['sse', 'sse', chat],
  ['long-polling', 'long-polling', chat],
  ['socket.io', 'socket.io', echo],
  ['socket.io', 'socket.io:websocket', chat],
] as const)(
  '%s is measured with %s: all arrives, bytes add up, nothing of the server is made up',
  async (name, transport, scenario) => {
    const trial = await trialOf(name, transport, scenario);
    // A busy machine may keep its schedule or not; what was counted has to agree.
    const kinds = trial.notes.map(({ kind }) => kind);
    for (const kind of ['unbalanced', 'unseen', 'nothing-arrived']) expect(kinds).not.toContain(kind);
    const sent = scenario === chat ? 3 * 3 * 4 : 3 * 4;
    expect(trial.delivery).toMatchObject({ sent, delivered: sent, lost: 0, duplicated: 0 });
    const owned = trial.wire.layers.reduce((sum, { bytes }) => sum + bytes, 0);
    expect([owned, trial.wire.up + trial.wire.down]).toEqual([
      trial.wire.socketBytes,
      trial.wire.socketBytes,
    ]);
    expect(trial).toMatchObject({ target: 'foreign', resources: { server: null }, overDistance: null });
    expect(trial.predictions.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
  },
);

test('a path in the URL is where it is mounted, and its name is what clients call it', async () => {
  const hosts: (string | undefined)[] = [];
  const server = createServer(({ headers, url }, response) => {
    hosts.push(`${headers.host} ${url}`);
    response.writeHead(404).end();
  });
  const port = await listening(server);
  const located = await locate(`http://a.test:${port}/app/`, async () => [{ address: '127.0.0.1' }]);
  expect(located).toMatchObject({ host: 'a.test', address: '127.0.0.1', prefix: '/app', isRemote: false });
  const plan = trialPlan('sse');
  const target = await foreignTarget(located, 'sse');
  await expect(measure(plan, target)).rejects.toThrow(/the event stream answered 404/);
  server.close();
  expect(hosts[0]).toBe(`a.test:${port} /app/events?client=0000`);
  expect(hosts[1]).toBe(`a.test:${port} /app/events`);
});

test('a name is looked up once, and every address of it counts', async () => {
  const both = async () => [{ address: '127.0.0.1' }, { address: '203.0.113.7' }];
  expect((await locate('http://both.test', both)).isRemote).toBe(true);
  const near = [
    '127.9.9.9',
    '::1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.1.1',
    'fd00::1',
    'fe80::1',
  ];
  expect(near.filter((address) => !isNear(address))).toEqual([]);
  const far = [
    '8.8.8.8',
    '172.32.0.1',
    '100.64.0.1',
    '0.0.0.0',
    '2001:db8::1',
    '::ffff:8.8.8.8',
    '192.169.0.1',
  ];
  expect(far.filter(isNear)).toEqual([]);
  // However it is written.
  expect((await locate('http://2130706433:80/')).address).toBe('127.0.0.1');
  await expect(locate('http://a:b@127.0.0.1/')).rejects.toThrow(/write the URL of a server/);
  await expect(locate('ftp://127.0.0.1/')).rejects.toThrow(/write the URL of a server/);
  const nowhere = () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }));
  await expect(locate('http://gone.test', nowhere)).rejects.toThrow(
    /the name gone\.test leads nowhere \(ENOTFOUND\)/,
  );
});

test('nobody there, somebody who speaks otherwise, and somebody who has gone are told apart', async () => {
  const silent = createBareServer((socket) => {
    socket.on('error', () => {});
    socket.end('220 mail.test\r\n', () => socket.destroy());
  });
  const port = await listening(silent);
  const server = await locate(`http://127.0.0.1:${port}`);
  await expect(look(server)).rejects.toThrow(/does not speak HTTP as its URL says/);
  await expect(look(await locate(`https://127.0.0.1:${port}`))).rejects.toThrow(
    /does not speak HTTP as its URL says/,
  );
  await stillThere(server);
  await new Promise((resolve) => silent.close(resolve));
  await expect(look(server)).rejects.toThrow(/nobody listens at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)/);
  await expect(stillThere(server)).rejects.toThrow(/^target-gone: nobody listens at/);
});

test('what asks more of a target than is allowed is refused with what to lower', () => {
  const over =
    (plan: Parameters<typeof trialPlan>[1], most = allowances.near) =>
    () =>
      checkAllowance([trialPlan('ws', plan)], most);
  expect(over({ load: { clients: 100, rate: 100 } })).not.toThrow();
  expect(over({ load: { clients: 101, rate: 100 } })).toThrow(
    /asks for 10100 messages a second .* 10000 at most: lower --clients or --rate/,
  );
  expect(over({ load: { clients: 101 } }, allowances.remote as never)).toThrow(
    /101 clients are more than the 100/,
  );
  expect(over({ scenario: saturate, load: { closed: true } })).toThrow(/sends as fast as it is answered/);
  expect(over({ load: { messages: 200_000, rate: 100 } })).toThrow(
    /would take about 34 min, .* 30 min at most/,
  );
  const polling = trialPlan('polling', {
    scenario: push,
    load: { clients: 300, messages: 1, rate: 1, pollIntervalMs: 20 },
  });
  expect(() => checkAllowance([polling], allowances.near)).toThrow(/asks for 15300 messages a second/);
});
