/**
 * Every transport over HTTP/2: the same messages on one connection, every frame and every field of a head with its
 * owner.
 */
import { once } from 'node:events';
import { type ClientHttp2Stream, connect } from 'node:http2';
import { describe, expect, test } from 'vitest';
import { serverOf } from '../../src/servers/index.ts';
import { patient } from '../../src/servers/server.ts';
import { transports } from '../../src/transports/index.ts';
import { obstacle } from '../../src/trial/limits.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { measureHere } from '../support/in-process.ts';
import { trialPlan } from '../support/plans.ts';
import { expectWhole, load } from './whole.ts';

const able = transports.filter(({ traits }) => !traits.notOverHttp2);

describe.each(able)('$name', ({ name }) => {
  test.each(['h2', 'h2c'] as const)(
    'over %s its books balance, and a client has one connection',
    async (over) => {
      const trial = await measureHere(trialPlan(name, { load: { ...load, clients: 2 }, over }));
      expectWhole(trial);
      expect(trial.connections).toBe(2);
      const held = trial.predictions.filter(({ law }) => law.startsWith('H2')).map(({ law }) => law);
      expect(held).toEqual(expect.arrayContaining(['H2A', 'H2C']));
    },
  );
});

test.each([
  ['ws', 'h2', 70],
  ['ws', 'h2c', 26],
] as const)('a message of %s over %s costs %i bytes with its echo', async (name, over, bytes) => {
  const trial = await measureHere(trialPlan(name, { load, over }));
  expectWhole(trial);
  expect(trial.perMessage.overhead).toBe(bytes);
});

test.each([
  ['sse', 39],
  ['ws', 33],
  ['ndjson', 34],
])('an event that %s pushes over h2 costs %i bytes beside its payload', async (name, bytes) => {
  const trial = await measureHere(trialPlan(name, { load, over: 'h2', scenario: push }));
  expectWhole(trial);
  expect(trial.perMessage.overhead).toBe(bytes);
});

test('an exchange weighs 97 bytes up; down 90, and some 24 more when the date is another', async () => {
  const trial = await measureHere(trialPlan('http', { load, over: 'h2c' }));
  const [post] = trial.exchanges.filter(({ phase }) => phase === 'steady');
  expect(post).toMatchObject({ kind: 'POST /echo 200', count: 3 });
  for (const { up, down } of post!.sizes) {
    expect(up).toBe(97);
    // Digits of a date are five or six bits long.
    if (down !== 90) expect(Math.abs(down - 114)).toBeLessThanOrEqual(3);
  }
});

test('what cannot go over HTTP/2 is refused before anything starts, with its reason', () => {
  const refused = transports.filter(
    (transport) => obstacle(trialPlan(transport.name, { over: 'h2' })) !== null,
  );
  expect(refused.map(({ name }) => name)).toEqual(
    transports.filter(({ name }) => name === 'tcp' || name.startsWith('socket.io')).map(({ name }) => name),
  );
  expect(obstacle(trialPlan('socket.io', { over: 'h2' }))?.en).toMatch(/HTTP\/1\.1/);
  const costly = trialPlan('ws', { over: 'h2', load: { writeCostUs: 10 } });
  expect(obstacle(costly)?.en).toMatch(/--write-cost/);
  expect(obstacle(trialPlan('sse', { over: 'https', middleboxes: { buffering: true } }))?.en).toMatch(
    /middlebox/,
  );
  expect(obstacle(trialPlan('sse', { over: 'https', middleboxes: { idleTimeoutMs: 1000 } }))).toBe(null);
});

test('a WebSocket server over HTTP/2 tells who comes without one what is needed, and goes on', async () => {
  const options = { ...patient, host: '127.0.0.1', port: 0, messageBytes: 16, over: 'h2c' } as const;
  const nobody = { joined: () => {}, left: () => {}, message: () => {} };
  const running = await (await serverOf('ws')).start(nobody, options);
  const session = connect(`http://127.0.0.1:${running.port}`);
  const statusOf = async (stream: ClientHttp2Stream) =>
    ((await once(stream, 'response'))[0] as { ':status': number })[':status'];
  for (let turn = 0; turn < 2; turn++) expect(await statusOf(session.request({ ':path': '/ws' }))).toBe(426);
  session.destroy();
  await running.close();
});
