/** A server on another machine: it is directed over its control, and ages are told by the clients' clock. */
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { realClock } from '../../src/base/clock.ts';
import { startRelay } from '../../src/network/relay.ts';
import { startFarServer } from '../../src/trial/far-start.ts';
import { measure } from '../../src/trial/measure.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { stream } from '../../src/trial/scenarios/stream.ts';
import { controlHere, testToken } from '../support/controlled.ts';
import { trialPlan } from '../support/plans.ts';
import { skewedClock } from '../support/skewed-clock.ts';

const control = (port: number, token = testToken) => ({ host: '127.0.0.1', port, token });
const link = {
  name: '40 ms',
  upDelayMs: 20,
  downDelayMs: 20,
  upBitsPerSecond: null,
  downBitsPerSecond: null,
  jitterMs: 0,
};

test('its clock is 123 s ahead and 50 ppm fast, over a link of 40 ms: an event is half the round trip old, within the error', async () => {
  await using far = await controlHere(skewedClock(realClock, { aheadNs: 123e9, ppm: 50 }));
  await using way = await startRelay({ targetHost: '127.0.0.1', targetPort: far.port, link, seed: 1 });
  const plan = trialPlan('ws', { scenario: push, link, load: { messages: 6, rate: 40, warmup: 0 } });
  const trial = await measure(plan, await startFarServer(plan, control(way.port)));
  const { clock, latency, delivery } = trial;
  expect(trial.verdict).not.toBe('invalid');
  expect(delivery).toMatchObject({ sent: 12, delivered: 12, lost: 0 });
  expect(clock!.offsetNs).toBeGreaterThan(122e9);
  expect(clock!.errorNs).toBeGreaterThanOrEqual(20e6);
  expect(latency!.errorNs).toBe(clock!.errorNs);
  expect(Math.abs(latency!.min - 20e6)).toBeLessThan(clock!.errorNs);
  expect(trial.target).toBe('far');
  expect(trial.resources.server).toBeNull();
});

test('answers that come piece by piece are told by our clock, too', async () => {
  await using far = await controlHere(skewedClock(realClock, { aheadNs: -5e12, ppm: 0 }));
  const plan = trialPlan('sse', { scenario: stream, load: { messages: 4, rate: 200 } });
  const trial = await measure(plan, await startFarServer(plan, control(far.port)));
  // By the other machine's clock, a piece's age would be wrong by the whole difference of the clocks.
  expect(trial.delivery.delivered).toBeGreaterThan(0);
  expect(trial.notes.map(({ kind }) => kind)).not.toContain('clock');
  expect(trial.clock!.offsetNs).toBeLessThan(-4e12);
  expect(trial.latency!.max).toBeLessThan(-trial.clock!.offsetNs / 2);
});

test('without the token nobody gets in, nothing but the control is there, and one run measures at a time', async () => {
  await using far = await controlHere(realClock);
  const plan = trialPlan('ws');
  await expect(startFarServer(plan, control(far.port, 'another'))).rejects.toThrow(
    /does not know this token/,
  );
  await using _first = await startFarServer(plan, control(far.port));
  await expect(startFarServer(plan, control(far.port))).rejects.toThrow(/another run measures at/);
  const said = await fetch(`http://127.0.0.1:${far.port}/`);
  expect(await said.text()).toBe('rtcompare serve --control\n');
  const elsewhere = request({
    port: far.port,
    host: '127.0.0.1',
    path: '/ws',
    headers: { connection: 'Upgrade', upgrade: 'websocket' },
  }).end();
  const status = await new Promise((resolve) =>
    elsewhere.once('response', (response) => resolve(response.statusCode)),
  );
  expect(status).toBe(404);
});

test('a question that is none ends the conversation, and its server with it', async () => {
  await using far = await controlHere(realClock);
  const plan = trialPlan('ws');
  const socket = new WebSocket(`ws://127.0.0.1:${far.port}/control`, {
    headers: { authorization: `Bearer ${testToken}` },
  });
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ id: 1, type: 'start', server: '../../x', behaviour: 'echo' }));
  const code = await new Promise((resolve) => socket.once('close', resolve));
  expect(code).toBe(1008);
  await using after = await startFarServer(plan, control(far.port));
  expect(after.endpoint.port).toBeGreaterThan(0);
});

test('a control that ends takes the trial with it, and says so', async () => {
  const far = await controlHere(realClock);
  const plan = trialPlan('ws', { scenario: push, load: { messages: 1000, rate: 100 } });
  const target = await startFarServer(plan, control(far.port));
  const measured = measure(plan, target);
  setTimeout(() => void far[Symbol.asyncDispose](), 150);
  await expect(measured).rejects.toThrow(
    /target-gone: the connection to the control at 127\.0\.0\.1:\d+ ended/,
  );
});
