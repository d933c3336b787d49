/**
 * Slow: one of two clients stops reading; bytes are asserted exactly, the system's share against a bare pair of
 * sockets.
 */
import { expect, test } from 'vitest';
import { slowTolerance } from '../../src/laws/slow-reader.ts';
import { slow } from '../../src/trial/scenarios/slow.ts';
import { trialPlan } from '../support/plans.ts';
import { witnessHere } from '../support/witness.ts';

const messages = 1200;
const size = 8000;
const goThrough = (name: string, own: Readonly<Record<string, number | boolean>> = {}, rate = 3000) =>
  witnessHere(
    trialPlan(name, {
      scenario: slow,
      load: { clients: 2, messages, size, rate, warmup: 1, arrivals: 'periodic', own },
      timeoutMs: 20_000,
    }),
  );
const figure = (name: string, { trial }: Awaited<ReturnType<typeof goThrough>>) =>
  trial.figures?.[`slow.${name}`] ?? Number.NaN;

test('what a reader does not take is with the system or in the server, to the byte, and is heard when it reads on', {
  timeout: 60_000,
}, async () => {
  const seen = await goThrough('ws');
  const { delivery, latency, predictions } = seen.trial;
  const bare = figure('bare', seen);
  const taken = figure('taken', seen);
  expect(Math.abs(taken - bare)).toBeLessThan(slowTolerance * bare);
  // Of each frame 4 B are its head (RFC 6455 §5.2).
  expect(taken + figure('waiting', seen)).toBe(messages * (size + 4));
  expect(delivery).toMatchObject({ sent: 2 * messages, delivered: 2 * messages, lost: 0, duplicated: 0 });
  // The latency is that of the other client only.
  expect(latency?.count).toBe(messages);
  expect(figure('oldest', seen)).toBeGreaterThan((latency?.p50 ?? Number.NaN) / 1e6);
  expect(predictions.find(({ law }) => law === 'SLOW1')).toMatchObject({ predicted: bare, measured: taken });
});

test('where all read, nothing waits, and all ages are latency', { timeout: 60_000 }, async () => {
  const seen = await goThrough('sse', { slowReaders: 0 });
  expect(figure('taken', seen)).toBeNaN();
  expect(figure('oldest', seen)).toBeNaN();
  expect(seen.trial.latency?.count).toBe(2 * messages);
});

test('SLOW3: of volatile events a reader that stops hears what the system took, and no more', {
  timeout: 60_000,
}, async () => {
  const seen = await goThrough('socket.io:websocket', { volatile: true }, 300);
  // Slow enough that two are rarely sent in one turn, of which the second would be dropped.
  const laws = Object.fromEntries(
    seen.trial.predictions
      .filter(({ law }) => law === 'SLOW3')
      .map(({ metric, measured }) => [metric, Number(measured)]),
  );
  const heard = laws['heard by who stopped reading'] ?? Number.NaN;
  const taken = figure('taken', seen);
  // What its connection took are whole messages: 8,000 B, 15 B of the event (SIO1) and 4 B of the frame, the one that
  // waits besides.
  if (!Number.isNaN(taken)) expect(Math.abs(heard - taken / (size + 19))).toBeLessThan(3);
  // A busy machine sends so many in one turn that the buffers are never full: then both clients get the same.
  else expect(Math.abs(heard - (seen.trial.delivery.delivered - heard))).toBeLessThan(3);
  expect(heard).toBeLessThan(messages * 0.75);
  // What waits in the server's socket is the one message that it was busy with.
  expect(figure('waiting', seen)).toBeLessThanOrEqual(size + 19);
  expect(seen.trial.delivery.lost).toBeGreaterThanOrEqual(messages - heard);
  const kept = await goThrough('socket.io:websocket');
  expect(figure('heard', kept)).toBe(messages);
  expect(kept.trial.predictions.map(({ law }) => law)).not.toContain('SLOW3');
  expect(kept.trial.delivery.lost).toBe(0);
});

test('SLOW3: where a late server says most in turns that drop them for everybody, nobody hears more than was sent', {
  timeout: 60_000,
}, async () => {
  const seen = await goThrough('socket.io:websocket', { volatile: true }, 100_000);
  const heard = seen.trial.predictions.find(({ law, unit }) => law === 'SLOW3' && unit === 'messages');
  expect(seen.trial.delivery.delivered).toBeLessThan((2 * figure('bare', seen)) / size);
  expect(heard?.measured).toBe(figure('heard', seen));
  expect(Math.abs(Number(heard?.measured) - Number(heard?.predicted))).toBeLessThanOrEqual(
    heard?.tolerance ?? 0,
  );
});
