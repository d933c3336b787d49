/** The tape returns what was recorded: every chunk, in order, once, of any length, even if its buffer was reused. */
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type Chunk, createTape } from '../../src/tap/tape.ts';
import { phases } from '../../src/wire/span.ts';

const chunk = (bytes: Uint8Array, changes: Partial<Chunk> = {}): Chunk => ({
  at: 1,
  connection: 0,
  direction: 'up',
  phase: 'setup',
  bytes,
  ...changes,
});

/** A tape, and the chunks that it has handed over. */
function recorder(budgetBytes?: number) {
  const read: Chunk[] = [];
  const tape = createTape((one) => read.push({ ...one, bytes: Uint8Array.from(one.bytes) }), budgetBytes);
  return { tape, read };
}

const anyChunk: fc.Arbitrary<Chunk> = fc.record({
  at: fc.double({ noNaN: true }),
  connection: fc.nat(2 ** 32 - 1),
  direction: fc.constantFrom('up' as const, 'down' as const),
  phase: fc.constantFrom(...phases),
  bytes: fc.uint8Array({ maxLength: 40 }),
});

test('plays what was recorded, in order and once', () => {
  fc.assert(
    fc.property(fc.array(anyChunk), fc.array(anyChunk), (first, second) => {
      const { tape, read } = recorder();
      for (const chunks of [first, second]) {
        for (const one of chunks) tape.add(one);
        tape.drain();
        expect(read.splice(0)).toEqual(chunks);
      }
      tape.drain();
      expect(read).toEqual([]);
    }),
  );
});

test('keeps a copy: a buffer may be used again', () => {
  const { tape, read } = recorder();
  const bytes = new Uint8Array([1, 2, 3]);
  tape.add(chunk(bytes));
  bytes.fill(9);
  tape.drain();
  expect(read[0]?.bytes).toEqual(new Uint8Array([1, 2, 3]));
});

test('goes on across reels: many small chunks, then one longer than a reel', () => {
  const { tape, read } = recorder();
  const many = 40_000;
  for (let at = 0; at < many; at++) tape.add(chunk(new Uint8Array([at & 255]), { at }));
  const long = new Uint8Array(3 * 1024 * 1024).fill(7);
  tape.add(chunk(long));
  tape.add(chunk(new Uint8Array([5])));
  tape.drain();
  expect(read).toHaveLength(many + 2);
  expect(read.slice(0, many).every(({ at, bytes }, index) => at === index && bytes[0] === (at & 255))).toBe(
    true,
  );
  expect(Buffer.compare(read[many]?.bytes ?? Buffer.alloc(0), long)).toBe(0);
  expect(read.at(-1)?.bytes).toEqual(new Uint8Array([5]));
});

const overBudget = new Uint8Array(2 * 1024 * 1024);

test('past its budget it is read in the next turn, and says how often', async () => {
  const { tape, read } = recorder(1024 * 1024);
  for (const round of [1, 2]) {
    tape.add(chunk(overBudget));
    tape.add(chunk(overBudget));
    // Not in the caller's own turn of the event loop, because its time is being measured.
    expect(read).toEqual([]);
    await turn();
    expect(read.splice(0)).toHaveLength(2);
    expect(tape.drainedEarly()).toBe(round);
  }
});

test('read by hand before that turn, it was not early', async () => {
  const { tape, read } = recorder(1024 * 1024);
  tape.add(chunk(overBudget));
  tape.drain();
  await turn();
  expect(read).toHaveLength(1);
  expect(tape.drainedEarly()).toBe(0);
});

/** What a reel weighs: 1 MiB of bytes, and 17 bytes for each of 16 Ki rows. */
const reelWeight = 2 ** 20 + 17 * 2 ** 14;

test.each([
  [reelWeight, 0],
  [reelWeight - 1, 1],
])('with a budget of %i bytes the first reel is read early %i times', async (budget, times) => {
  const { tape } = recorder(budget);
  tape.add(chunk(new Uint8Array([1])));
  await turn();
  expect(tape.drainedEarly()).toBe(times);
});

test('a reel ends with its last row or its last byte: then another is weighed', async () => {
  const { tape } = recorder(reelWeight);
  for (let row = 0; row < 2 ** 14; row++) tape.add(chunk(new Uint8Array(0)));
  await turn();
  expect(tape.drainedEarly()).toBe(0);
  tape.add(chunk(new Uint8Array(0)));
  await turn();
  expect(tape.drainedEarly()).toBe(1);
  tape.add(chunk(new Uint8Array(2 ** 20 - 1)));
  tape.add(chunk(new Uint8Array(1)));
  await turn();
  expect(tape.drainedEarly()).toBe(1);
  tape.add(chunk(new Uint8Array(1)));
  await turn();
  expect(tape.drainedEarly()).toBe(2);
});

test('what was read early weighs no more: the budget is for what is held', async () => {
  const { tape } = recorder(reelWeight);
  for (const early of [0, 0, 0]) {
    tape.add(chunk(new Uint8Array([1])));
    await turn();
    expect(tape.drainedEarly()).toBe(early);
    tape.drain();
  }
});

test('a reel that is just the budget waits, also in a turn that was asked for before', async () => {
  const { tape } = recorder(reelWeight);
  tape.add(chunk(new Uint8Array([1])));
  tape.add(chunk(new Uint8Array(2 ** 20)));
  tape.drain();
  tape.add(chunk(new Uint8Array([2])));
  await turn();
  expect(tape.drainedEarly()).toBe(0);
});

test('one turn is asked for, however far past the budget, and none before: recording must cost nothing', async () => {
  const asked = vi.spyOn(globalThis, 'setImmediate');
  const { tape } = recorder(reelWeight);
  tape.add(chunk(new Uint8Array([1])));
  expect(asked).not.toHaveBeenCalled();
  for (let more = 0; more < 3; more++) tape.add(chunk(new Uint8Array(2 ** 20)));
  expect(asked).toHaveBeenCalledTimes(1);
  asked.mockRestore();
  await turn();
  expect(tape.drainedEarly()).toBe(1);
});

test('the budget that nobody changes holds many reels', async () => {
  const { tape } = recorder();
  for (let reel = 0; reel < 20; reel++) tape.add(chunk(new Uint8Array(2 ** 20)));
  await turn();
  expect(tape.drainedEarly()).toBe(0);
});
