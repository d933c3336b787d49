/**
 * Stream: every transport that can answer in pieces, over real sockets. It asserts bytes, counts and which side learns
 * of what; times only if they are compared with the pieces themselves.
 */
import { beforeAll, expect, test } from 'vitest';
import type { Trial } from '../../src/document/report.ts';
import { chunkOverhead, lastChunkBytes } from '../../src/laws/http-bytes.ts';
import { sseEventBytes } from '../../src/laws/sse.ts';
import { lostByCut } from '../../src/laws/stream.ts';
import { transportByName, transports } from '../../src/transports/index.ts';
import { obstacle } from '../../src/trial/limits.ts';
import { stream } from '../../src/trial/scenarios/stream.ts';
import { measureNextDoor } from '../support/next-door.ts';
import { trialPlan } from '../support/plans.ts';
import { together } from '../support/together.ts';
import { undisturbed } from '../support/undisturbed.ts';

const clients = 3;
const load = {
  clients,
  messages: 24,
  rate: 20,
  size: 20,
  arrivals: 'periodic',
  warmup: 2,
  pollIntervalMs: 60,
};

const able = transports.filter(({ traits }) => traits.pieces);
const named = (wanted: (traits: (typeof able)[number]['traits']) => boolean) =>
  able.filter(({ traits }) => wanted(traits)).map(({ name }) => name);
const all = able.map(({ name }) => name);

const trials = new Map<string, Trial>();
beforeAll(async () => {
  const measure = () => {
    const begin = together(all.length);
    return Promise.all(
      all.map(async (name) =>
        trials.set(name, await measureNextDoor(trialPlan(name, { scenario: begin(stream), load }))),
      ),
    );
  };
  await undisturbed(500, measure, () => [...trials.values()]);
}, 60_000);

const streamOf = (name: string) => trials.get(name)!.stream!;

test.each(all)('every piece of %s is accounted for, and its books balance', (name) => {
  const { delivery, wire, verdict, notes } = trials.get(name)!;
  expect(verdict).not.toBe('invalid');
  expect(notes.filter(({ kind }) => kind === 'unbalanced')).toEqual([]);
  expect(wire.up + wire.down).toBe(wire.socketBytes);
  expect(wire.layers.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(wire.socketBytes);
  expect(wire.layers.filter(({ layer }) => layer === 'unparsed')).toEqual([]);
  const { cancelled, cut, answers, pieces, first, gaps } = streamOf(name);
  expect([answers, pieces, first!.count]).toEqual([clients, load.messages, clients]);
  // Of the one that read on, all; of the others, those until they broke off.
  expect(gaps!.count).toBe(load.messages + cancelled!.heard + cut!.heard - clients);
  expect(delivery).toMatchObject({ duplicated: 0, reordered: 0, lost: cut!.lost });
  expect(delivery.sent).toBe(2 * load.messages + cancelled!.heard);
  expect(delivery.delivered + delivery.lost).toBe(delivery.sent);
});

test.each(all)('the exact laws of %s hold beside pieces, cuts and cancels', (name) => {
  const exact = trials.get(name)!.predictions.filter(({ tolerance }) => tolerance === 0);
  expect(exact.map(({ law }) => law)).toContain('STR4');
  expect(exact.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
});

/** Until the server knows of the cancel, it sends what is due: one piece for each period of that time. */
const inVain = (knewMs: number) => Math.ceil((knewMs * load.rate) / 1000);

test.each(all)('STR3: a cancelled answer of %s ends at the server within the piece that is due', (name) => {
  const { serverKnewMs, saidAfterMost, heard, clients: count } = streamOf(name).cancelled!;
  expect(count).toBe(1);
  expect(saidAfterMost).toBeLessThanOrEqual(inVain(serverKnewMs[0]!));
  expect(saidAfterMost).toBeLessThan(load.messages - heard);
});

test('who has a request of its own cancels by closing: no bytes, and the connection; everybody else by a message', () => {
  const cost = (name: string) => {
    const { by, bytes, requests, connections } = streamOf(name).cancelled!;
    return { by, bytes, requests, connections };
  };
  expect(cost('fetch-sse')).toEqual({ by: 'closing', bytes: 0, requests: 0, connections: 1 });
  for (const name of all.filter((one) => one !== 'fetch-sse'))
    expect(cost(name), name).toMatchObject({ by: 'message', connections: 0 });
  // A masked frame of 20 bytes; the same with the event around it; nothing at all around it.
  expect(cost('ws')).toMatchObject({ bytes: 2 + 4 + load.size, requests: 0 });
  expect(cost('socket.io')).toMatchObject({ bytes: 2 + 4 + '42["echo",""]'.length + load.size, requests: 0 });
  expect(cost('tcp')).toMatchObject({ bytes: load.size, requests: 0 });
  for (const name of ['sse', 'ndjson', 'polling', 'long-polling', 'socket.io:polling']) {
    expect(cost(name)).toMatchObject({ requests: 1 });
    expect(cost(name).bytes).toBeGreaterThan(200);
  }
});

test.each(named(({ replays }) => replays))(
  'STR4: %s keeps what it says: a cut loses nothing, and the server says all the rest to nobody',
  (name) => {
    const cut = streamOf(name).cut!;
    expect(cut).toMatchObject({ clients: 1, lost: 0, continued: 1 });
    // When the client was cut off, the server had more pieces, and sent them.
    expect(cut.saidAfter).toBeGreaterThan(0);
  },
);

// Not among them: xmlhttprequest-ssl repeats a request that met a reset on a reused connection, and never ends the
// repetition. When the server learns of it is that library's affair.
test.each(named(({ replays }) => !replays).filter((name) => name !== 'socket.io:polling'))(
  'STR4: %s ends the answer with its connection: a cut loses the rest, and the server stops',
  (name) => {
    const { heard, lost, continued, saidAfterMost, serverKnewMs } = streamOf(name).cut!;
    expect(lost).toBe(lostByCut({ pieces: load.messages, heard, replays: false }));
    expect(continued).toBe(0);
    expect(saidAfterMost).toBeLessThanOrEqual(inVain(serverKnewMs[0]!));
    expect(saidAfterMost).toBeLessThan(load.messages - heard);
  },
);

test('the owners of a piece add up to what came down, and its payload is its own', () => {
  for (const [name, { stream: one, wire, messages }] of trials) {
    const down = wire.layers.filter((row) => row.direction === 'down' && row.phase === 'steady');
    const all = one!.perPiece.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(all * messages.down, name).toBeCloseTo(
      down.reduce((sum, { bytes }) => sum + bytes, 0),
      6,
    );
  }
  // Chunk and event (laws BY3 and SSE3), frame (WS1), nothing at all.
  const of = (name: string, layer: string) =>
    streamOf(name).perPiece.find((one) => one.layer === layer)?.bytes ?? 0;
  expect(of('ws', 'websocket')).toBe(2);
  expect(of('tcp', 'payload')).toBe(load.size);
  expect(of('fetch-sse', 'sse')).toBe(8);
});

test('a fetch that was aborted leaves no error, and a cut one does', () => {
  expect(trials.get('fetch-sse')!.delivery.errors).toEqual({ 'stream-ended': 1 });
});

test('who answers a message once takes no part, and is told why', () => {
  const plan = trialPlan('http', { scenario: stream, load });
  expect(obstacle(plan)?.en).toBe('http answers a message once, and not piece by piece');
  expect(obstacle({ ...plan, transport: transportByName('fetch-sse')! })).toBeNull();
});

test('SSE3, BY3: an answer of fetch-sse is events in chunks, and the chunk that ends it', async () => {
  const trial = await measureNextDoor(
    trialPlan('fetch-sse', { load: { clients: 2, messages: 5, size: 20 } }),
  );
  const down = trial.wire.layers.filter((row) => row.direction === 'down' && row.phase === 'steady');
  const bytesOf = (layer: string) => down.find((row) => row.layer === layer)?.bytes;
  // Each message is answered by one event in an answer of its own.
  expect(bytesOf('sse')).toBe(10 * (sseEventBytes({ payloadBytes: 20 }) - 20));
  expect(bytesOf('chunk')).toBe(10 * (chunkOverhead(28) + lastChunkBytes));
});
