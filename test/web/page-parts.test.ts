/** The pure parts of the page: words, quantiles, netstrings, the site's clock, what a lane has lost. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { laneNames } from '../../src/classroom/page/control-talk.ts';
import { type HeldOutcome, outcomeText } from '../../src/classroom/page/held-request.ts';
import { fewest, medianInterval, mostVoted, youngest } from '../../src/classroom/page/leaders.ts';
import { predictedAgeMs } from '../../src/classroom/page/predictions.ts';
import { timesOf } from '../../src/classroom/page/quantile.ts';
import { createSiteClock } from '../../src/classroom/page/site-clock.ts';
import { openTrack } from '../../src/classroom/page/track.ts';
import { layersText, marks, setLayerTitles } from '../../src/classroom/page/words.ts';
import { styleSheet } from '../../src/classroom/site/style.ts';
import { pollAge } from '../../src/laws/polling.ts';
import { encodeMailbox } from '../../src/protocols/contract.ts';
import { readNetstrings } from '../../src/transports/netstrings.page.ts';

test('the browser reads the mailbox that the protocol writes, whatever the messages', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (messages) => {
      expect(readNetstrings(encodeMailbox(messages))).toEqual(messages);
    }),
  );
  expect(() => readNetstrings(Buffer.from('3:ab'))).toThrow(/no netstring/);
});

test('quantiles are samples; a 95th percentile needs twenty', () => {
  expect(timesOf([])).toEqual({ count: 0, mean: null, p50: null, p95: null });
  expect(timesOf([3, 1, 2])).toEqual({ count: 3, mean: 2, p50: 2, p95: null });
  expect(timesOf(Array.from({ length: 100 }, (_, index) => index + 1))).toMatchObject({ p50: 50, p95: 95 });
});

test('the interval of a median: its whole range for few samples, narrower for more, and it covers the truth', () => {
  expect(medianInterval([])).toBeNull();
  expect(medianInterval([3, 1, 2])).toEqual({ low: 1, median: 2, high: 3 });
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(medianInterval(hundred)).toEqual({ low: 41, median: 50, high: 61 });
  // A fixed stream of random samples, whose median is 0.5: about one interval in twenty may miss it.
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const trials = Array.from({ length: 1000 }, () => medianInterval(Array.from({ length: 50 }, random))!);
  const covered = trials.filter(({ low, high }) => low <= 0.5 && 0.5 <= high).length;
  expect(covered).toBeGreaterThan(930);
  expect(covered).toBeLessThan(990);
});

test('lanes that the figures cannot tell apart lead together; a lane that is really older does not', () => {
  const around = (ms: number) => Array.from({ length: 40 }, (_, index) => ms + (index % 5));
  const ages = {
    polling: around(900),
    'long-polling': around(60),
    sse: around(45),
    ws: around(44),
    'socket.io': [],
  };
  expect(youngest((lane) => ages[lane])).toEqual({ lanes: ['sse', 'ws'], value: 46 });
  // The age of polling is half of the interval that was set, so it does not count, however short.
  const short = { ...ages, polling: around(1) };
  expect(youngest((lane) => short[lane])).toEqual({ lanes: ['sse', 'ws'], value: 46 });
  expect(youngest(() => [])).toBeNull();
  expect(fewest((lane) => (lane === 'ws' ? 10 : lane === 'sse' ? null : 12))).toEqual({
    lanes: ['ws'],
    value: 10,
  });
  expect(fewest(() => null)).toBeNull();
  const votes = { polling: 0, 'long-polling': 2, sse: 2, ws: 1, 'socket.io': 0 };
  expect(mostVoted(votes)).toEqual(['long-polling', 'sse']);
  expect(mostVoted({ ...votes, 'long-polling': 0, sse: 0, ws: 0 })).toEqual([]);
});

test('the site’s clock comes from the quickest ping, and is right where both ways take as long', () => {
  const clock = createSiteClock();
  expect(clock.at(0)).toBeNull();
  // The site is 1,000 ms ahead; the way takes 40 ms each.
  clock.take({ sentMs: 0, siteMs: 1040, heardMs: 80 });
  // A slow answer would give another offset.
  clock.take({ sentMs: 100, siteMs: 1140, heardMs: 900 });
  expect(clock.at(500)).toBe(1500);
});

test('a lane loses what is missing below what has come; what came before it was there is no loss', () => {
  const track = openTrack();
  for (const n of [5, 6, 9, 10]) track.take({ n, dueMs: n, atMs: n + 1 });
  expect([...track.lost]).toEqual([7, 8]);
  expect([track.first(), track.last(), track.ages()]).toEqual([5, 10, [1, 1, 1, 1]]);
  track.become('reconnecting', 20);
  expect(track.backMs()).toBeNull();
  track.become('open', 30);
  expect(track.backMs()).toBe(30);
});

test('whose bytes they are is told in the words that the site sends; a layer without a word keeps its name', () => {
  setLayerTitles({ http: { en: 'http', ko: 'http' }, ndjson: { en: 'JSON lines', ko: 'JSON 줄' } });
  expect(layersText({ http: 1234, ndjson: 6, sse: 7, payload: 0 })).toBe('http 1,234, JSON lines 6, sse 7');
});

test('what the experiment with six streams says follows from its seconds, whatever they are', () => {
  const numbers = (outcome: HeldOutcome) =>
    outcomeText(outcome)
      .match(/\d+(\.\d+)?/g)!
      .map(Number);
  const held = { open: 6, heldMs: 4060, closedMs: 4010, isAnswered: true };
  expect(numbers(held)).toEqual([6, 6, 4.06, 4.01, 0.05]);
  expect(outcomeText(held)).toContain('later');
  // A browser that has more connections answers while the streams are open.
  const passed = { ...held, heldMs: 90 };
  expect(numbers(passed)).toEqual([6, 6, 0.09, 3.92, 4.01]);
  expect(outcomeText(passed)).toContain('had another connection');
  // Something else keeps connections busy: fewer streams open, and it says so.
  expect(numbers({ ...held, open: 4 }).slice(0, 2)).toEqual([4, 6]);
  expect(outcomeText({ ...held, open: 4 })).toContain('not all six could open');
  expect(outcomeText({ ...held, isAnswered: false })).toContain('failed');
});

/** CIE lightness of a colour without its hue. */
function lightness(hex: string): number {
  const digits =
    hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : hex.slice(1).match(/../g)!;
  const [red, green, blue] = digits.map((pair) => {
    const value = Number.parseInt(pair, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 116 * Math.cbrt(0.2126 * red! + 0.7152 * green! + 0.0722 * blue!) - 16;
}

test.each(['light', 'dark'])(
  '%s: colours stay apart in grey, of lanes and of neighbours in a bar',
  (theme) => {
    const block = styleSheet.split('prefers-color-scheme: dark')[theme === 'light' ? 0 : 1]!;
    const grey = (name: string) => lightness(new RegExp(`--${name}: (#[0-9a-f]+);`).exec(block)![1]!);
    const lanes = laneNames.map((lane) => grey(`lane-${lane.replace('.', '')}`)).toSorted((a, b) => a - b);
    for (const [index, one] of lanes.slice(1).entries()) expect(one - lanes[index]!).toBeGreaterThan(8);
    const bars = [
      ['http', 'mailbox', 'payload'],
      ['http', 'chunk', 'sse', 'payload'],
      ['http', 'chunk', 'ndjson', 'payload'],
      ['http', 'multipart', 'payload'],
      ['http', 'websocket', 'payload'],
      ['http', 'websocket', 'engine-io', 'socket-io', 'encoding', 'payload'],
    ];
    for (const bar of bars)
      for (const [index, layer] of bar.slice(1).entries())
        expect(Math.abs(grey(layer) - grey(bar[index]!)), `${bar[index]} ${layer}`).toBeGreaterThan(12);
    expect(new Set(laneNames.map((lane) => marks[lane].shape)).size).toBe(laneNames.length);
    expect(new Set(laneNames.map((lane) => String(marks[lane].dash))).size).toBe(laneNames.length);
  },
);

test('the law beside a lane, at the ends of the sliders', () => {
  const of = (lane: 'polling' | 'long-polling' | 'ws', rttMs: number, pollIntervalMs: number, rate: number) =>
    predictedAgeMs(lane, { rttMs, pollIntervalMs, rate });
  expect(of('polling', 80, 2000, 2)).toBe(1040);
  // A poll that takes longer than the interval is followed by the next point of the grid that is free.
  expect(of('polling', 600, 200, 2)).toBe(pollAge({ intervalNs: 600e6, downNs: 300e6 }).mean / 1e6);
  expect([of('ws', 600, 200, 20), of('ws', 0, 200, 20)]).toEqual([300, 0]);
  expect([of('long-polling', 80, 200, 2), of('long-polling', 600, 200, 20)]).toEqual([40, null]);
});
