/** A recommendation follows from costs, costs from laws and from what was weighed, and it flips where it says. */
import { expect, test } from 'vitest';
import { choose } from '../../src/recommendation/choice.ts';
import { costsOf, type Need, type UnitCosts } from '../../src/recommendation/costs.ts';
import { measureUnitCosts } from '../../src/recommendation/unit-costs.ts';
import { rtcompare } from '../support/cli.ts';

const units: UnitCosts = {
  ...{ post: 258, postAndAnswer: 297, emptyPoll: 242, fullPoll: 296, socketIoPost: 417, socketIoPoll: 371 },
  setup: {
    polling: 208,
    'long-polling': 208,
    sse: 330,
    ws: 285,
    'socket.io': 1727,
    'socket.io:polling': 1467,
  },
};
const need: Need = {
  ...{ rate: 1, direction: 'down', size: 100, binary: false, rttMs: 40 },
  ...{ pollIntervalMs: 2000, withinMs: 1000, upgrades: true },
};
const costOf = (transport: string, changed: Partial<Need> = {}) =>
  costsOf({ ...need, ...changed }, units).find((cost) => cost.transport === transport)!;
const heartbeats = 3600 / 25;

test('frames cost their payload and their head, and a heartbeat every 25 s', () => {
  expect(costOf('ws').bytesPerHour).toBe(3600 * 102 + heartbeats * 8);
  expect(costOf('ws', { direction: 'both' }).bytesPerHour).toBe(3600 * (102 + 106) + heartbeats * 8);
  expect(costOf('socket.io').bytesPerHour).toBe(3600 * 115 + heartbeats * 10);
  // 8 for the event, 6 for a chunk of 108 bytes.
  expect(costOf('sse').bytesPerHour).toBe(3600 * 114 + heartbeats * 8);
});

test('an SSE event of bytes is base64 with a type; ws carries bytes as they are', () => {
  // 136 of base64, 8 and 14 for the lines, 6 for the chunk.
  expect(costOf('sse', { binary: true }).bytesPerHour).toBe(3600 * (136 + 8 + 14 + 6) + heartbeats * 8);
  expect(costOf('ws', { binary: true })).toEqual(costOf('ws'));
});

test('polling asks whether there is news or not: half an interval late, 1,800 requests an hour', () => {
  const { requestsPerHour, ageMs, bytesPerHour } = costOf('polling');
  expect([requestsPerHour, ageMs]).toEqual([1800, 1020]);
  const empty = Math.exp(-2);
  expect(bytesPerHour).toBeCloseTo(1800 * (empty * 242 + (1 - empty) * 296) + 3600 * 105, 6);
});

test('a POST after a long silence pays for a new connection', () => {
  expect(costOf('http', { direction: 'up', rate: 1 }).delayMs).toBe(20);
  expect(costOf('http', { direction: 'up', rate: 0.1 }).delayMs).toBe(60);
});

test('what cannot be is not offered: plain HTTP cannot push, ws cannot pass a proxy that refuses upgrades', () => {
  const names = (changed: Partial<Need>) =>
    costsOf({ ...need, ...changed }, units).map(({ transport }) => transport);
  expect(names({})).toEqual(['sse', 'ws', 'long-polling', 'polling', 'socket.io']);
  expect(names({ direction: 'up' })).toEqual(['http', 'ws', 'socket.io']);
  expect(names({ upgrades: false })).toEqual(['sse', 'long-polling', 'polling', 'socket.io:polling']);
});

test('quick enough comes first, then the fewest bytes; nothing is recommended where nothing is quick enough', () => {
  expect(choose(need, units).chosen?.transport).toBe('ws');
  expect(choose(need, units).tooSlow.map(({ transport }) => transport)).toEqual(['polling']);
  expect(choose({ ...need, withinMs: 10 }, units).chosen).toBeNull();
  expect(choose({ ...need, rate: 0.0005, direction: 'up' }, units).chosen?.transport).toBe('http');
});

test.each<[string, Partial<Need>]>([
  ['down', {}],
  ['up, rarely', { direction: 'up', rate: 0.0005 }],
  ['both, in bytes, behind a proxy', { direction: 'both', rate: 5, binary: true, upgrades: false }],
])('%s: the answer is another one just beyond each flip, and the same just before it', (_name, changed) => {
  const asked = { ...need, ...changed };
  const { chosen, flips } = choose(asked, units);
  expect(flips.length).toBeGreaterThan(1);
  for (const { input, value, towards, to } of flips) {
    const beyond = towards === 'more' ? 1.02 : 0.98;
    const at = (factor: number) => {
      const moved = input === 'size' ? Math.round(value * factor) : value * factor;
      return choose({ ...asked, [input]: moved }, units).chosen?.transport ?? null;
    };
    expect(at(beyond), `${input} ${towards}`).toBe(to);
    expect(at(1 / beyond), `${input} ${towards}`).toBe(chosen!.transport);
  }
});

test('a cookie weighs in every request what it says, and nothing else changes', {
  timeout: 60_000,
}, async () => {
  const weigh = (cookieBytes: number) =>
    measureUnitCosts({ cookieBytes, signal: new AbortController().signal, onStage: () => {} });
  const [plain, sweet] = [await weigh(0), await weigh(50)];
  // `cookie: ` and the line end come with it.
  for (const name of [
    'post',
    'postAndAnswer',
    'emptyPoll',
    'fullPoll',
    'socketIoPost',
    'socketIoPoll',
  ] as const)
    expect(sweet[name] - plain[name], name).toBe(60);
  expect([sweet.setup.ws! - plain.setup.ws!, sweet.setup.sse! - plain.setup.sse!]).toEqual([60, 60]);
  expect(plain).toEqual({ ...units, setup: { ...plain.setup } });
});

test('--json is one document, and a wrong value is told in one line', async () => {
  const { code, stdout } = await rtcompare('recommend', '--rate', '0.01', '--direction', 'up', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ recommended: 'ws', need: { rate: 0.01, direction: 'up' } });
  const wrong = await rtcompare('recommend', '--direction', 'sideways');
  expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  expect(wrong.stderr).toMatch(/Allowed choices are up, down, both/);
});
