/** Bytes are exact: the figures of the specifications, and the same in every run, however busy the machine is. */
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Trial } from '../src/document/report.ts';
import { openingBytes } from '../src/laws/sse.ts';
import { push } from '../src/trial/scenarios/push.ts';
import { measureHere } from './support/in-process.ts';
import { trialPlan } from './support/plans.ts';

const per = (trial: Trial, direction: 'up' | 'down') => trial.perMessage[direction];

test('a 20-byte text message over ws costs 6 bytes up and 2 down beyond its payload', async () => {
  const trial = await measureHere(trialPlan('ws'));
  expect([per(trial, 'up'), per(trial, 'down'), trial.perMessage.overhead]).toEqual([26, 22, 8]);
  expect(trial.setup).toMatchObject({ requests: 2, connections: 2 });
});

test.each(['socket.io', 'socket.io:websocket'])(
  'a 20-byte text message over %s costs 19 bytes up and 15 down',
  async (name) => {
    const trial = await measureHere(trialPlan(name));
    expect([per(trial, 'up'), per(trial, 'down'), trial.perMessage.overhead]).toEqual([39, 35, 34]);
  },
);

test('the offset that recovery adds to each event from the server is Socket.IO’s, and the payload is exact', async () => {
  const trial = await measureHere(trialPlan('socket.io:recovery', { scenario: push, load: { messages: 6 } }));
  const { fields, wire, messages, perMessage, notes } = trial;
  expect(notes.filter(({ kind }) => kind === 'unbalanced')).toEqual([]);
  const offsets = fields.find(({ name, phase }) => name === 'offset' && phase === 'steady')!;
  expect(offsets).toMatchObject({ layer: 'socket.io', direction: 'down', count: messages.down });
  const payload = wire.layers.filter(({ layer, phase }) => layer === 'payload' && phase === 'steady');
  expect(payload).toMatchObject([{ direction: 'down', bytes: 20 * messages.down }]);
  // The event of SIO1, and a comma, two quotes and seven digits more; nine or more for a second one in a millisecond.
  expect(perMessage.overhead).toBeCloseTo(15 + 3 + offsets.bytes / messages.down, 9);
  expect(perMessage.overhead).toBeGreaterThanOrEqual(25);
});

test('a pushed 20-byte event over SSE costs 14 bytes beyond its payload, and with an id 5 and its digits more', async () => {
  const trial = await measureHere(trialPlan('sse', { scenario: push }));
  expect([per(trial, 'up'), per(trial, 'down'), trial.perMessage.overhead]).toEqual([null, 34, 14]);
  const resumed = await measureHere(
    trialPlan('sse:resume', { scenario: push, load: { messages: 3, warmup: 1 } }),
  );
  expect(resumed.perMessage.overhead).toBe(14 + 5 + 1);
});

test.each([
  ['sse', 'comment', ':\n\n'],
  ['ndjson', 'empty-line', '\n'],
] as const)('SSE6: what a stream of %s begins with belongs to its set-up', async (layer, field, nothing) => {
  const { wire, fields } = await measureHere(trialPlan(layer, { load: { clients: 3 } }));
  const nothings = fields.filter((one) => one.layer === layer && one.name === field);
  expect(nothings).toMatchObject([{ phase: 'setup', count: 3 }]);
  const setup = wire.layers.filter(({ phase, direction }) => phase === 'setup' && direction === 'down');
  const bytes = setup.filter((one) => one.layer === layer || one.layer === 'chunk').map((one) => one.bytes);
  expect(bytes.reduce((sum, one) => sum + one)).toBe(3 * openingBytes({ sayingBytes: nothing.length }));
});

test('the set-up of Socket.IO takes 4 or 5 requests a client, that of ws one', async () => {
  const trial = await measureHere(trialPlan('socket.io', { load: { clients: 1 } }));
  expect([4, 5]).toContain(trial.setup.requests);
});

test('without keep-alive every request takes a connection of its own', async () => {
  const plan = trialPlan('http', { keepAlive: false, load: { clients: 1, messages: 5, warmup: 0 } });
  const trial = await measureHere(plan);
  expect([trial.requests, trial.connections]).toEqual([5, 5]);
  // One after the other: a request that overlaps the one before takes a connection of its own.
  const kept = await measureHere({ ...plan, keepAlive: true, load: { ...plan.load, closed: true } });
  expect([kept.requests, kept.connections]).toEqual([5, 1]);
});

test('compression is off unless asked for; asked for, frames are told apart as compressed and the books balance', async () => {
  const load = { size: 4000, messages: 2 };
  const plain = await measureHere(trialPlan('ws', { load }));
  const deflated = await measureHere(trialPlan('ws', { load, compression: true }));
  expect(plain.fields.filter(({ name }) => name.includes('extensions'))).toEqual([]);
  expect(deflated.notes.map(({ kind }) => kind)).toContain('compressed');
  expect(deflated.wire.up).toBeLessThan(plain.wire.up / 2);
  expect(deflated.wire.up + deflated.wire.down).toBe(deflated.wire.socketBytes);
  expect(deflated.predictions.filter(({ law }) => law === 'WS3').map(({ verdict }) => verdict)).toEqual([
    'holds',
    'holds',
  ]);
});

/**
 * What time cannot change: set-up and per-message bytes of stream transports, the cost of each kind of exchange of the
 * others.
 */
function exact(trial: Trial): unknown {
  const { setup, exchanges } = trial;
  // How many reads they came in is the machine's doing.
  const { segments: _, ...perMessage } = trial.perMessage;
  const sizes = exchanges.map(({ kind, sizes: found }) => ({
    kind,
    sizes: found.map(({ up, down }) => [up, down]),
  }));
  switch (trial.transport) {
    case 'tcp':
    case 'http':
    case 'ws':
    case 'socket.io:websocket':
      return { setup, perMessage };
    case 'sse':
      return { setup, down: perMessage.down };
    case 'socket.io':
      return { perMessage };
    default:
      // An empty poll, a poll with one message, a POST: several messages in one poll are a matter of time.
      return {
        setup,
        empty: sizes.find(({ kind }) => kind === 'GET /mailbox 204')?.sizes.toSorted(bySize)[0],
        one: smallest(sizes.filter(({ kind }) => kind === 'GET /mailbox 200')),
        post: smallest(sizes.filter(({ kind }) => kind === 'POST /message 204')),
      };
  }
}

const bySize = (a: readonly number[], b: readonly number[]) => a[0]! + a[1]! - b[0]! - b[1]!;
const smallest = (kinds: { sizes: number[][] }[]) => kinds.flatMap(({ sizes }) => sizes).sort(bySize)[0];

const burner = join(tmpdir(), `rtcompare-burner-${process.pid}.mjs`);
writeFileSync(
  burner,
  'process.on("disconnect", () => process.exit()); setInterval(() => { for (const end = Date.now() + 50; Date.now() < end; ); }, 0);',
);

describe.each(['tcp', 'http', 'ws', 'socket.io:websocket', 'socket.io', 'sse', 'polling', 'long-polling'])(
  '%s',
  (name) => {
    test('weighs the same in 20 runs, half of them with both cores busy', async () => {
      // Two clients, slow enough that a poll carries one message more often than not.
      const load = { clients: 2, messages: 3, rate: 100, warmup: 1, pollIntervalMs: 4 };
      const seen = new Set<string>();
      const run = async (times: number) => {
        for (let i = 0; i < times; i++)
          seen.add(JSON.stringify(exact(await measureHere(trialPlan(name, { load, seed: i })))));
      };
      await run(10);
      const burners = [fork(burner), fork(burner)];
      await run(10);
      for (const child of burners) child.kill('SIGKILL');
      expect([...seen]).toHaveLength(1);
    });
  },
);
