/**
 * Every transport over TLS: the same messages, every byte of the handshake, the records and what they carry with its
 * owner.
 */
import { describe, expect, test } from 'vitest';
import type { Trial } from '../../src/document/report.ts';
import { transports } from '../../src/transports/index.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { measureHere } from '../support/in-process.ts';
import { trialPlan } from '../support/plans.ts';
import { bytesOf, expectWhole, load } from './whole.ts';

const fieldOf = ({ fields }: Trial, name: string) => fields.filter((field) => field.name === name);
const countOf = (trial: Trial, name: string) =>
  fieldOf(trial, name).reduce((sum, { count }) => sum + count, 0);

/** If Node bypassed the tap, every byte of the socket would be missing here. */
describe.each(transports)('$name', ({ name }) => {
  test('over TLS 1.3 its books balance, and it weighs what it does in the clear and its records', async () => {
    const [clear, sealed] = [
      await measureHere(trialPlan(name, { load })),
      await measureHere(trialPlan(name, { load, over: 'https', certificate: 'rsa' })),
    ];
    expectWhole(sealed);
    expect(countOf(sealed, 'finished')).toBe(2 * sealed.connections);
    for (const layer of ['websocket', 'sse', 'chunk', 'socket.io', 'payload'])
      expect([layer, bytesOf(sealed, layer)]).toEqual([layer, bytesOf(clear, layer)]);
  });
});

test.each([
  ['rsa', '1.3', 22],
  ['ecdsa', '1.3', 22],
  ['rsa', '1.2', 29],
  ['ecdsa', '1.2', 29],
] as const)('with %s and TLS %s a message of ws costs 8 bytes and two records of %i', async (...kind) => {
  const [certificate, tlsVersion, record] = kind;
  const trial = await measureHere(trialPlan('ws', { load, over: 'https', certificate, tlsVersion }));
  expectWhole(trial);
  expect(trial.perMessage.overhead).toBe(8 + 2 * record);
  expect(countOf(trial, 'certificate')).toBe(1);
  expect(countOf(trial, 'nonce') > 0).toBe(tlsVersion === '1.2');
});

test.each([
  ['ws', 24],
  ['sse', 36],
  ['socket.io', 37],
  ['tcp', 22],
])('an event that %s pushes over TLS 1.3 costs %i bytes beside its payload', async (name, bytes) => {
  const trial = await measureHere(trialPlan(name, { load, over: 'https', scenario: push }));
  expectWhole(trial);
  expect(trial.perMessage.overhead).toBe(bytes);
});

test('a message longer than a record takes one record more each way', async () => {
  const long = { ...load, size: 16_384 };
  const trial = await measureHere(trialPlan('ws', { load: long, over: 'https' }));
  expectWhole(trial);
  expect(trial.perMessage.overhead).toBe(8 + 4 + 4 * 22);
});
