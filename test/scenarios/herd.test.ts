/** Herd: all clients are cut off at once and reconnect by a policy. Counts are exact, times compared with the law's. */
import { expect, test } from 'vitest';
import type { Load } from '../../src/document/report.ts';
import { herd } from '../../src/trial/scenarios/herd.ts';
import { trialPlan } from '../support/plans.ts';
import { witnessHere } from '../support/witness.ts';

const clients = 20;
const goThrough = (name: string, own: Readonly<Record<string, string>> = {}, load: Partial<Load> = {}) =>
  witnessHere(
    trialPlan(name, {
      scenario: herd,
      load: { clients, messages: 0, warmup: 0, outageMs: 400, own, ...load },
    }),
  );

test('by their policy all are back, each with as many attempts as its waits make', {
  timeout: 30_000,
}, async () => {
  const [fixed, doubling, socketIo] = await Promise.all([
    goThrough('ws:reconnect', { reconnect: 'fixed' }),
    goThrough('ws:reconnect', { reconnect: 'doubling' }),
    goThrough('socket.io:websocket'),
  ]);
  for (const { trial } of [fixed, doubling, socketIo]) expect(trial.figures?.['herd.back']).toBe(clients);
  // A second is longer than the outage: the first attempt succeeds.
  expect(fixed.trial.figures?.['herd.attempts']).toBe(1);
  expect(socketIo.trial.figures?.['herd.attempts']).toBe(1);
  // 50 to 100, 100 to 200, 200 to 400 ms: three or four, and fewer only where a busy machine is late with them.
  expect(doubling.trial.figures?.['herd.attempts']).toBeGreaterThan(1);
  expect(doubling.trial.figures?.['herd.attempts']).toBeLessThanOrEqual(4);
  const laws = ({ trial }: typeof fixed) =>
    trial.predictions.filter(({ law }) => law.startsWith('HERD')).map(({ law, verdict }) => [law, verdict]);
  expect(laws(fixed).map(([law]) => law)).toEqual(['HERD1', 'HERD1', 'HERD1']);
  expect(laws(doubling)[0]?.[0]).toBe('HERD4');
  expect(laws(socketIo)[0]?.[0]).toBe('HERD3');
});

test('answered 503 an EventSource gives up, let in and put out a client forgets its back-off', {
  timeout: 30_000,
}, async () => {
  const [refused, flapping] = await Promise.all([
    goThrough('sse', {}, { outage: '503', outageMs: 3300 }),
    goThrough('ws:reconnect', {}, { outage: 'accept-close', outageMs: 1000 }),
  ]);
  expect(refused.trial.figures).toMatchObject({
    'herd.gone': clients,
    'herd.back': 0,
    'herd.inVain': clients,
  });
  expect(flapping.trial.figures?.['herd.inVain']).toBeGreaterThan(clients);
  // After each return attempts count from one again, however often the client was cut off.
  expect(flapping.trial.figures).toMatchObject({ 'herd.back': clients, 'herd.attempts': 1 });
  expect(flapping.trial.predictions.find(({ law }) => law === 'HERD6')?.measured).not.toBeNull();
});

test('a server slow to admit: those whose turn comes before they give up are in, and HERD5 says how many', {
  timeout: 90_000,
}, async () => {
  const admitted = (own: Readonly<Record<string, number | string>>) =>
    witnessHere(
      trialPlan('ws:reconnect', {
        scenario: herd,
        load: {
          clients,
          messages: 0,
          warmup: 0,
          outageMs: 400,
          own: { reconnect: 'fixed', handshakeCostMs: 40, ...own },
        },
      }),
    );
  const [patient, hasty] = [await admitted({}), await admitted({ handshakeTimeoutMs: 400 })];
  const laws = ({ trial }: typeof patient) =>
    trial.predictions
      .filter(({ law }) => law === 'HERD5')
      .map(({ predicted, measured }) => ({ predicted, measured }));
  expect(laws(patient).slice(0, 2)).toEqual([
    { predicted: clients, measured: clients },
    { predicted: clients, measured: clients },
  ]);
  // Each is in 40 ms or more after the one before.
  const { 'herd.lastBack': lastMs = 0 } = patient.trial.figures ?? {};
  expect(lastMs).toBeGreaterThanOrEqual(clients * 40);
  // Ten of twenty have their turn within 400 ms; the others come again after 1.4 s, when their old handshakes are long
  // over.
  const [wave] = laws(hasty);
  expect(wave?.predicted).toBe(10);
  expect(Number(wave?.measured)).toBeGreaterThanOrEqual(8);
  expect(Number(wave?.measured)).toBeLessThanOrEqual(11);
  expect(hasty.trial.figures).toMatchObject({ 'herd.back': clients });
  expect(hasty.trial.figures?.['herd.attempts']).toBeGreaterThan(1.3);
  expect(patient.trial.predictions.map(({ law }) => law)).not.toContain('HERD1');
});
