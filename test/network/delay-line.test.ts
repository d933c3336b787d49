import fc from 'fast-check';
import { expect, test } from 'vitest';
import { virtualClock } from '../../src/base/clock.ts';
import { type DelayLineOptions, delayLine, lineBytes } from '../../src/network/delay-line.ts';
import { type Item, segmentBytes } from '../../src/network/timetable.ts';

const ms = 1e6;

/** A line on a clock that moves when told to; `out` is what came out, and when. */
function lab(options: Partial<DelayLineOptions> = {}) {
  const clock = virtualClock();
  const out: { atNs: number; item: Item }[] = [];
  const room: boolean[] = [];
  const line = delayLine({
    clock,
    delayMs: 0,
    bitsPerSecond: null,
    jitterMs: 0,
    seed: 1,
    name: 'line',
    deliver: (item) => out.push({ atNs: clock.now(), item }),
    room: (isRoom) => room.push(isRoom),
    ...options,
  });
  const times = () => out.map(({ atNs }) => atNs / ms);
  const bytes = () => Buffer.concat(out.flatMap(({ item }) => (typeof item === 'string' ? [] : [item])));
  return { clock, line, out, room, times, bytes };
}

/** Pushes each piece at its time, and lets everything come out. */
async function run(pushes: readonly { atMs: number; item: Item }[], options: Partial<DelayLineOptions>) {
  const { clock, line, out, bytes } = lab(options);
  for (const { atMs, item } of pushes) clock.at(atMs * ms, () => line.push(item));
  await clock.advance(1e6 * ms);
  return { out, bytes: bytes() };
}

test('bytes come out exactly after the delay, not before', async () => {
  const { clock, line, times } = lab({ delayMs: 40 });
  line.push(Buffer.from('a'));
  await clock.advance(15 * ms);
  line.push(Buffer.from('b'));
  await clock.advance(40 * ms - 1);
  expect(times()).toEqual([]);
  await clock.advance(100 * ms);
  expect(times()).toEqual([40, 55]);
});

test('a line without delay lets its bytes out while they go in', () => {
  const { line, times } = lab();
  line.push(Buffer.from('a'));
  expect(times()).toEqual([0]);
});

test('each chunk occupies the line for its size over the bandwidth: 125 bytes at 1 Mbit/s are 1 ms', async () => {
  const { clock, line, times } = lab({ delayMs: 10, bitsPerSecond: 1e6 });
  for (let i = 0; i < 3; i++) line.push(Buffer.alloc(125));
  await clock.advance(50 * ms);
  line.push(Buffer.alloc(250));
  await clock.advance(100 * ms);
  expect(times()).toEqual([11, 12, 13, 62]);
});

test('on a slow line a long chunk travels in segments', async () => {
  const { clock, line, times, out } = lab({ delayMs: 10, bitsPerSecond: segmentBytes * 8 * 1000 });
  line.push(Buffer.alloc(2 * segmentBytes + segmentBytes / 2));
  await clock.advance(100 * ms);
  expect(times()).toEqual([11, 12, 12.5]);
  expect(out.map(({ item }) => item.length)).toEqual([1460, 1460, 730]);
});

const script = fc.array(
  fc.record({ atMs: fc.integer({ min: 0, max: 200 }), size: fc.integer({ min: 1, max: 4000 }) }),
  {
    minLength: 1,
    maxLength: 20,
  },
);

test('order is kept and nothing is early, whatever the jitter and the bandwidth', async () => {
  const options = fc.record({
    delayMs: fc.integer({ min: 0, max: 50 }),
    jitterMs: fc.integer({ min: 0, max: 50 }),
    bitsPerSecond: fc.option(fc.integer({ min: 1e5, max: 1e8 }), { nil: null }),
    seed: fc.integer(),
  });
  await fc.assert(
    fc.asyncProperty(script, options, async (plan, link) => {
      const pushes = plan
        .toSorted((a, b) => a.atMs - b.atMs)
        .map(({ atMs, size }, i) => ({ atMs, item: Buffer.alloc(size, i) }));
      const { out, bytes } = await run(pushes, link);
      expect(bytes.equals(Buffer.concat(pushes.map(({ item }) => item)))).toBe(true);
      for (const { atNs, item } of out) {
        const sent = pushes[(item as Buffer)[0]!]!;
        const onLineMs = link.bitsPerSecond ? (item.length * 8000) / link.bitsPerSecond : 0;
        // A nanosecond for the rounding of sums.
        expect(atNs + 1).toBeGreaterThanOrEqual((sent.atMs + link.delayMs + onLineMs) * ms);
      }
    }),
    { numRuns: 40 },
  );
});

test('the same seed gives the same times; another seed, or another name, does not', async () => {
  const pushes = Array.from({ length: 20 }, (_, i) => ({ atMs: i * 100, item: Buffer.alloc(50, i) }));
  const times = async (options: Partial<DelayLineOptions>) =>
    (await run(pushes, { jitterMs: 30, ...options })).out.map(({ atNs }) => atNs);
  expect(await times({ seed: 5 })).toEqual(await times({ seed: 5 }));
  expect(await times({ seed: 6 })).not.toEqual(await times({ seed: 5 }));
  expect(await times({ seed: 5, name: 'other' })).not.toEqual(await times({ seed: 5 }));
});

test('a chunk that the kernel cut in two does not change the jitter of what follows', async () => {
  const after = { atMs: 500, item: Buffer.from('after') };
  const whole = await run([{ atMs: 0, item: Buffer.alloc(100) }, after], { jitterMs: 30 });
  const cut = [40, 60].map((size) => ({ atMs: 0, item: Buffer.alloc(size) }));
  const inTwo = await run([...cut, after], { jitterMs: 30 });
  expect(inTwo.out.at(-1)).toEqual(whole.out.at(-1));
});

test('jitter is uniform: its mean is half of it, and it fills the whole range', async () => {
  const n = 2000;
  const pushes = Array.from({ length: n }, (_, i) => ({ atMs: i * 100, item: Buffer.alloc(20) }));
  const { out } = await run(pushes, { delayMs: 5, jitterMs: 40 });
  const draws = out.map(({ atNs }, i) => atNs / ms - i * 100 - 5);
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / n;
  expect(Math.abs(mean - 20)).toBeLessThan((4 * 40) / Math.sqrt(12 * n));
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draws)).toBeLessThan(40);
  expect(Math.max(...draws) - Math.min(...draws)).toBeGreaterThan(39);
});

test('a FIN travels behind the bytes', async () => {
  const { clock, line, out } = lab({ delayMs: 10, bitsPerSecond: 1e6 });
  line.push(Buffer.alloc(1250));
  line.push('fin');
  await clock.advance(100 * ms);
  expect(out.map(({ atNs, item }) => [atNs / ms, item.length])).toEqual([
    [20, 1250],
    [20, 'fin'.length],
  ]);
});

test('a stall holds every byte, and loses none', async () => {
  const { clock, line, times, bytes } = lab({ delayMs: 10 });
  line.push(Buffer.from('on the way, '));
  await clock.advance(5 * ms);
  line.hold('stalled');
  line.push(Buffer.from('during, '));
  await clock.advance(100 * ms);
  expect(times()).toEqual([]);
  line.push(Buffer.from('just before, '));
  await clock.advance(105 * ms);
  line.release('stalled');
  line.push(Buffer.from('after'));
  await clock.advance(200 * ms);
  // What has reached the far end passes at once, the rest after its delay.
  expect(times()).toEqual([105, 105, 110, 115]);
  expect(bytes().toString()).toBe('on the way, during, just before, after');
});

test('what a stall has gathered passes no faster than the bandwidth, and so does what follows', async () => {
  const { clock, line, times } = lab({ delayMs: 1, bitsPerSecond: 1e6 });
  line.hold('stalled');
  for (let i = 0; i < 3; i++) line.push(Buffer.alloc(125));
  await clock.advance(100 * ms);
  line.release('stalled');
  line.push(Buffer.alloc(1250));
  await clock.advance(200 * ms);
  expect(times()).toEqual([101, 102, 103, 113]);
});

test('a receiver that does not read holds the line too, and both must let go', async () => {
  const { clock, line, times } = lab({ delayMs: 10 });
  line.hold('stalled');
  line.hold('full');
  line.push(Buffer.from('a'));
  await clock.advance(20 * ms);
  line.release('stalled');
  await clock.advance(30 * ms);
  expect(times()).toEqual([]);
  line.release('full');
  expect(times()).toEqual([30]);
});

test('what is on a line that is cut never comes out, nor what is pushed afterwards', async () => {
  const { clock, line, out } = lab({ delayMs: 10 });
  line.push(Buffer.from('a'));
  line.drop();
  line.push(Buffer.from('b'));
  await clock.advance(100 * ms);
  expect(out).toEqual([]);
  expect(line.bytes()).toBe(0);
});

test('a full line asks its source to pause, and to go on when half is out', async () => {
  const quarter = Buffer.alloc(lineBytes / 4);
  const { clock, line, room } = lab({ delayMs: 10 });
  for (let i = 0; i < 4; i++) {
    expect(room).toEqual([]);
    line.push(quarter);
    await clock.advance((i + 1) * ms);
  }
  expect(line.bytes()).toBe(lineBytes);
  expect(room).toEqual([false]);
  await clock.advance(10 * ms);
  await clock.advance(11 * ms - 1);
  expect(room).toEqual([false]);
  await clock.advance(20 * ms);
  expect(room).toEqual([false, true]);
});
