/** The contract: the same sentences hold for every transport in the registry. A new one is accepted here. */
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Payload } from '../../src/protocols/contract.ts';
import { connectionsOf } from '../../src/tap/dialer.ts';
import { transports } from '../../src/transports/index.ts';
import { measure } from '../../src/trial/measure.ts';
import { startServer } from '../../src/trial/server-of.ts';
import { measureHere, serveHere } from '../support/in-process.ts';
import { trialPlan } from '../support/plans.ts';
import { countingRelay } from '../support/relay.ts';
import { talk } from '../support/talk.ts';
import { undisturbed } from '../support/undisturbed.ts';

const sizes = [0, 1, 125, 126, 65_535, 65_536, 1024 * 1024];
const hard = '안녕하세요 😀 "quoted" \\ back\nnew\r\nline\u001e\u2028\u0000 {"a":[1]} 끝';

const bytesOf = (data: Payload) => (typeof data === 'string' ? Buffer.from(data) : Buffer.from(data));
const binary = (size: number) => Buffer.from(Array.from({ length: size }, (_, i) => (i * 151) & 0xff));

describe.each(transports)('$name', (transport) => {
  const { traits } = transport;

  test.each(sizes.filter((size) => size > 0 || traits.emptyMessages))(
    'echoes text and binary of %i bytes',
    async (size) => {
      for (const [sent, isBinary] of [
        ['ab\n"e'.repeat(size).slice(0, size), false],
        [binary(size), true],
      ] as const) {
        await using peer = await talk(transport, { messageBytes: size, binary: isBinary });
        await peer.connection.send(sent);
        await peer.until(1);
        expect(typeof peer.received[0]).toBe(typeof sent);
        expect(bytesOf(peer.received[0]!).equals(bytesOf(sent))).toBe(true);
      }
    },
  );

  test('echoes Korean, emoji, quotes, every kind of newline, NUL and the record separator', async () => {
    await using peer = await talk(transport, { messageBytes: Buffer.byteLength(hard) });
    await peer.connection.send(hard);
    await peer.until(1);
    expect(peer.received).toEqual([hard]);
  });

  test('keeps the order of messages that are sent one after the other, on the connections its traits state', async () => {
    await using peer = await talk(transport);
    const sent = Array.from({ length: 30 }, (_, i) => `message ${String(i).padStart(8, '0')}`);
    for (const message of sent) await peer.connection.send(message);
    await peer.until(sent.length);
    expect(peer.received).toEqual(sent);
    expect(connectionsOf(peer.dialer).length).toBeGreaterThanOrEqual(traits.connections[0]);
    expect(connectionsOf(peer.dialer).length).toBeLessThanOrEqual(traits.connections[1]);
    expect(peer.errors).toEqual([]);
  });

  test('loses and doubles nothing with 50 clients, and its books balance', async () => {
    const load = { clients: 50, messages: 4, rate: 20, size: 40 };
    const measure = () => measureHere(trialPlan(transport.name, { load }));
    const trial = await undisturbed(Infinity, measure, (one) => [one]);
    expect(trial.delivery).toMatchObject({ sent: 200, delivered: 200, lost: 0, duplicated: 0, errors: {} });
    expect(trial.wire.up + trial.wire.down).toBe(trial.wire.socketBytes);
    expect(trial.wire.layers.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(trial.wire.socketBytes);
    expect(trial.wire.layers.filter(({ layer }) => layer === 'unparsed')).toEqual([]);
    for (const direction of ['up', 'down'] as const) {
      const payload = trial.wire.layers.filter(
        (row) => row.layer === 'payload' && row.direction === direction && row.phase === 'steady',
      );
      expect(payload).toMatchObject([{ units: 200, bytes: 200 * 40 }]);
    }
    expect(traits.setupRequests.map((n) => n * 50)[0]).toBeLessThanOrEqual(trial.setup.requests);
    expect(traits.setupRequests.map((n) => n * 50).at(-1)).toBeGreaterThanOrEqual(trial.setup.requests);
    // Laws of bytes and counts; those of time are for a machine that is not testing.
    const exact = trial.predictions.filter(({ tolerance }) => tolerance === 0);
    expect(exact.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
    expect(trial.verdict).not.toBe('invalid');
  });

  test('carries binary through a whole trial, and the payload is exact', async () => {
    const trial = await measureHere(trialPlan(transport.name, { load: { payload: 'binary', size: 100 } }));
    expect(trial.delivery).toMatchObject({ sent: 6, delivered: 6, lost: 0 });
    expect(trial.notes.filter(({ kind }) => kind === 'unbalanced')).toEqual([]);
  });

  test('carries messages too small to say who they are, one at a time', async () => {
    const trial = await measureHere(trialPlan(transport.name, { load: { size: 3 } }));
    expect(trial.delivery).toMatchObject({ sent: 6, delivered: 6, lost: 0, duplicated: 0 });
  });

  test('weighs what an independent counting relay weighs', async () => {
    const plan = trialPlan(transport.name, { load: { clients: 3 } });
    const server = await serveHere(plan);
    const relay = await countingRelay(server.endpoint.port);
    const trial = await measure(plan, { ...server, endpoint: { host: plan.host, port: relay.port } });
    relay.close();
    expect(relay.counted).toEqual({ up: trial.wire.up, down: trial.wire.down });
  });

  test('closes with nothing left listening and no child alive', async () => {
    const plan = trialPlan(transport.name);
    const server = await startServer(plan);
    const trial = await measure(plan, server);
    expect(trial.delivery.delivered).toBe(6);
    expect(server.gone.aborted).toBe(false);
    expect(() => process.kill(server.pid, 0)).toThrow(/ESRCH/);
    await expect(
      new Promise((resolve, reject) => {
        connect(server.endpoint.port, '127.0.0.1').once('connect', resolve).once('error', reject);
      }),
    ).rejects.toThrow(/ECONNREFUSED/);
  });
});
