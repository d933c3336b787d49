/** A time that does not fit its law is first compared with the machine's own delays: was any process delayed longer? */
import { expect, test } from 'vitest';
import { predict } from '../../src/trial/predictions/index.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { stream } from '../../src/trial/scenarios/stream.ts';
import { trialPlan } from '../support/plans.ts';

const plan = trialPlan('sse', { scenario: push });
const { transport } = plan;
/** SSE1 alone: on loopback an event is 0 ms old, give or take 3. */
const inputs = {
  ...plan,
  port: 0,
  transport: { ...transport, traits: { ...transport.traits, laws: ['SSE1'] } },
};
const waited = (loopDelayP99Ms: number) => ({ loopDelayP99Ms });

const told = (ageMs: number, changed: object) => {
  const resources = { client: waited(1), server: waited(1) };
  const trial = { verdict: 'valid', latency: { p50: ageMs * 1e6 }, resources, ...changed };
  return predict(inputs, { trial } as never).map(({ verdict, withheld }) => [verdict, withheld]);
};

test('a law is broken only by a machine that was quick enough to say so', () => {
  expect(told(1, {})).toEqual([['holds', undefined]]);
  expect(told(4.6, {})).toEqual([['differs', undefined]]);
  const withheld = [['not-applicable', true]];
  expect(told(4.6, { verdict: 'noisy' })).toEqual(withheld);
  for (const process of ['client', 'server', 'relay'])
    expect(
      told(4.6, { resources: { client: waited(1), server: waited(1), [process]: waited(3.5) } }),
    ).toEqual(withheld);
  // A law that holds on a busy machine counts as holding.
  expect(told(2, { resources: { client: waited(30), server: waited(1) } })).toEqual([['holds', undefined]]);
});

test('waits add up on the way of a message, process by process', () => {
  const resources = { client: waited(1.4), server: waited(1.4) };
  expect(told(4.6, { resources })).toEqual([['differs', undefined]]);
  expect(told(4.6, { resources: { ...resources, relay: waited(1.4) } })).toEqual([['not-applicable', true]]);
});

/**
 * STR3 on loopback: no piece is said after a cancel; one may be, and at 50 pieces a second a wait of 20 ms makes one
 * more.
 */
const saidInVain = (pieces: number, waitsMs: number) => {
  const streaming = trialPlan('ws', { scenario: stream, load: { arrivals: 'periodic', rate: 50 } });
  const laws = { ...streaming.transport, traits: { ...streaming.transport.traits, laws: ['STR3'] } };
  const cancelled = { clients: 1, saidAfter: pieces, serverKnewMs: [0] };
  const resources = { client: waited(waitsMs / 2), server: waited(waitsMs / 2) };
  const trial = { verdict: 'valid', stream: { cancelled }, resources };
  const found = predict({ ...streaming, port: 0, transport: laws }, { trial } as never);
  const { verdict, withheld } = found.find(({ unit }) => unit === 'pieces')!;
  return [verdict, withheld];
};

test('a count that grows with a wait is withheld where the machine waited for as many', () => {
  expect(saidInVain(1, 38)).toEqual(['holds', undefined]);
  expect(saidInVain(2, 2)).toEqual(['differs', undefined]);
  expect(saidInVain(2, 38)).toEqual(['not-applicable', true]);
});

test('behind a real proxy what differs is no verdict about our servers: the prediction names the proxy', () => {
  const proxy = { name: 'nginx', flavour: 'stock', kind: 'program', path: '', own: undefined, version: '1' };
  const behind = { ...inputs, proxies: [{ proxy }] } as typeof inputs;
  const told = (ageMs: number) => {
    const resources = { client: waited(1), server: waited(1) };
    const trial = { verdict: 'valid', latency: { p50: ageMs * 1e6 }, resources };
    return predict(behind, { trial } as never).map(({ verdict, proxy: name }) => [verdict, name]);
  };
  expect(told(1)).toEqual([['holds', undefined]]);
  expect(told(200)).toEqual([['not-applicable', 'nginx']]);
});
