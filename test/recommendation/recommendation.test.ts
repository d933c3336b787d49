/** A recommendation follows from costs, costs from laws and from what was weighed, and it flips where it says. */

import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { choose } from '../../src/questions/recommendation/choice.ts';
import { costsOf } from '../../src/questions/recommendation/costs.ts';
import { flipsOf, type NumberFlip } from '../../src/questions/recommendation/flips.ts';
import type { Need } from '../../src/questions/recommendation/need.ts';
import { recommendationDocument } from '../../src/report/views/recommendation/recommendation-blocks.ts';
import { need, units } from './fixture.ts';

const costOf = (transport: string, changed: Partial<Need> = {}) =>
  costsOf({ ...need, ...changed }, units).find((cost) => cost.transport === transport)!;
const heartbeats = 3600 / 25;
const both = { direction: 'both', rate: 0.2, rateUp: 0.2, size: 3000, rttMs: 60 } as const;
const telemetry = { direction: 'up', rate: 0.0033, rateUp: 0.0033, size: 200, rttMs: 300 } as const;

/** The reasons, as they are said. */
const told = (changed: Partial<Need>) => {
  const asked = { ...need, ...changed };
  const telling = {
    need: asked,
    clients: 200,
    servers: 1,
    choice: choose(asked, units),
    flips: [],
    server: [],
    facts: [],
    missing: [],
    way: [],
    headers: 'minimal',
    thorough: null,
  };
  return recommendationDocument(telling, readerOfFiles('en')).reasons.join('\n');
};

test('frames cost their payload and their head, and a heartbeat every 25 s', () => {
  expect(costOf('ws').bytesPerHour).toBe(3600 * 102 + heartbeats * 8);
  expect(costOf('ws', { direction: 'both' }).bytesPerHour).toBe(3600 * (102 + 106) + heartbeats * 8);
  expect(costOf('socket.io').bytesPerHour).toBe(3600 * 115 + heartbeats * 10);
  // 8 for the event, 6 for a chunk of 108 bytes.
  expect(costOf('sse').bytesPerHour).toBe(3600 * 114 + heartbeats * 8);
});

test('over HTTP/2 a frame or an event has nine bytes of a DATA frame, and one connection has all streams', () => {
  const over = 'h2';
  expect(costOf('ws', { over }).bytesPerHour).toBe(3600 * 111 + heartbeats * (2 + 6 + 2 * 9));
  // 8 for the event, 9 in place of its chunk; a comment has 3.
  expect(costOf('sse', { over }).bytesPerHour).toBe(3600 * 117 + heartbeats * 12);
  expect(costOf('polling', { over, direction: 'both' }).connections).toBe(1);
});

test('over HTTP/2 each second with an answer has a date of its own, by the clock or by chance', () => {
  const of = (over: Need['over'], rateUp: number) =>
    costOf('http', { over, direction: 'up', rateUp }).bytesPerHour;
  expect(of('h2', 0.5) - of('http', 0.5)).toBeCloseTo(23 * 3600 * (1 - Math.exp(-0.5)), 6);
  const polls = (over: Need['over']) => costOf('polling', { over }).bytesPerHour;
  expect(polls('h2') - polls('http')).toBeCloseTo(23 * 1800, 6);
});

test('--heartbeat counts as in a run: another interval, or none', () => {
  expect(costOf('ws', { heartbeatMs: 60_000 }).bytesPerHour).toBe(3600 * 102 + 60 * 8);
  expect(costOf('ws', { heartbeatMs: null }).bytesPerHour).toBe(3600 * 102);
  expect(costOf('polling', { heartbeatMs: null })).toEqual(costOf('polling'));
});

test('an SSE event of bytes is base64 with a type; ws carries bytes as they are', () => {
  // 136 of base64, 8 and 14 for the lines, 6 for the chunk.
  expect(costOf('sse', { binary: true }).bytesPerHour).toBe(3600 * (136 + 8 + 14 + 6) + heartbeats * 8);
  expect(costOf('ws', { binary: true })).toEqual(costOf('ws'));
});

test('polling asks whether there is news or not: an interval late at most, 1,800 requests an hour', () => {
  const { requestsPerHour, ageMs, latestMs, bytesPerHour } = costOf('polling');
  expect([requestsPerHour, ageMs, latestMs]).toEqual([1800, 1020, 2020]);
  const empty = Math.exp(-2);
  expect(bytesPerHour).toBeCloseTo(1800 * (empty * 242 + (1 - empty) * 296) + 3600 * 105, 6);
});

test('no interval of ours leaves polling out: where none is asked for, it is as long as the limit allows', () => {
  const free = { pollIntervalMs: null } as const;
  const within = (withinMs: number) => costOf('polling', { ...free, withinMs });
  expect([within(1000).ageMs, within(1000).latestMs]).toEqual([510, 1000]);
  expect(within(1000).requestsPerHour).toBeCloseTo(3600 / 0.98, 6);
  expect(within(60_000).requestsPerHour).toBeCloseTo(60, 0);
  expect(choose({ ...need, ...free }, units).tooSlow).toEqual([]);
  // A poll a round trip is the most: below that it cannot be quick enough.
  expect(within(50).latestMs).toBe(60);
  expect(told(free)).toContain('polling asks every 980 ms, as rarely as 1,000 ms allow.');
  expect(told({})).not.toContain('as rarely as');
});

test('a limit is one for the latest event, not for the mean', () => {
  const asked = { ...need, pollIntervalMs: 1500 };
  expect(costOf('polling', { pollIntervalMs: 1500 }).ageMs).toBeLessThan(1000);
  expect(choose(asked, units).tooSlow.map(({ transport }) => transport)).toEqual(['polling']);
  expect(costOf('long-polling').latestMs).toBe(60);
});

test('a connection that is closed after 5 s is open for a part of the time', () => {
  expect(costOf('http', telemetry).connectionsOpen).toBeCloseTo(1 - Math.exp(-0.0165), 9);
  expect(costOf('ws', telemetry).connectionsOpen).toBe(1);
  expect(costOf('polling', { pollIntervalMs: 50_000 }).connectionsOpen).toBe(0.1);
});

test('Connection: close is advised where nearly every request opens a connection, with what it spares', () => {
  const { radioSecondsPerHour, radioSecondsClosedPerHour } = costOf('http', telemetry);
  // Five seconds of each of twelve.
  expect(radioSecondsPerHour! - radioSecondsClosedPerHour!).toBeCloseTo(11.9 * 5, -1);
  expect(told({ ...telemetry, by: 'radio' })).toMatch(/Connection: close ends it .* up 2\.\d+ min an hour/);
  expect(told({ direction: 'up', rateUp: 1 })).not.toContain('Connection: close');
});

test('a question held in vain costs an empty poll: every 25 s of silence, none where messages are frequent', () => {
  const silent = costOf('long-polling', { rate: 1e-6 });
  expect(silent.requestsPerHour).toBeCloseTo(heartbeats, 1);
  expect(silent.bytesPerHour).toBeCloseTo(heartbeats * 242, -2);
  expect(costOf('long-polling', { rate: 2 }).requestsPerHour).toBeLessThan(7200);
});

test('a POST after a long silence pays for a new connection, and for its TLS', () => {
  expect(costOf('http', { direction: 'up', rateUp: 1 }).delayMs).toBe(20);
  expect(costOf('http', { direction: 'up', rateUp: 0.1, tls: false }).delayMs).toBe(60);
  expect(costOf('http', { direction: 'up', rateUp: 0.1 }).delayMs).toBe(100);
});

test('what cannot be is not offered: plain HTTP cannot push, ws cannot pass a proxy that refuses upgrades', () => {
  const names = (changed: Partial<Need>) =>
    costsOf({ ...need, ...changed }, units).map(({ transport }) => transport);
  expect(names({})).toEqual(['sse', 'ws', 'long-polling', 'polling', 'socket.io']);
  expect(names({ direction: 'up' })).toEqual(['http', 'ws', 'socket.io']);
  expect(names({ upgrades: false })).toEqual(['sse', 'long-polling', 'polling', 'socket.io:polling']);
});

test('what could not be weighed is left out, the others stay', () => {
  const { emptyPoll: _, ...others } = units;
  const costs = costsOf(need, { ...others, setup: { ...units.setup } });
  expect(costs.map(({ transport }) => transport)).toEqual(['sse', 'ws', 'socket.io']);
});

test('quick enough comes first; nothing is recommended where nothing is quick enough', () => {
  expect(choose(need, units).tooSlow.map(({ transport }) => transport)).toEqual(['polling']);
  expect(choose({ ...need, withinMs: 10 }, units).chosen).toBeNull();
});

test('level bytes are called level, and what decides then is said: requests, here', () => {
  const plain = { ...both, tcp: 'none', tls: false } as const;
  const choice = choose({ ...need, ...plain }, units);
  expect([choice.chosen?.transport, choice.steps.map(({ by }) => by)]).toEqual([
    'ws',
    ['requests', 'demands'],
  ]);
  const text = told(plain);
  expect(text).toMatch(/Level in bytes, within 5\.0 %: ws 4\.33 MB, .*sse 4\.52 MB/);
  expect(text).toContain('Then requests decide: ws, socket.io 0 an hour, against sse 720.');
  expect(text).toContain('page decides: ws an upgrade, against socket.io an upgrade and a library.');
  expect(text).not.toContain('Fewest bytes');
});

test('level in everything that is counted: what demands less of the way is taken, and it is said', () => {
  const pushed = { size: 3000, tcp: 'none', tls: false } as const;
  const choice = choose({ ...need, ...pushed }, units);
  expect([choice.chosen?.transport, choice.by]).toEqual(['sse', 'demands']);
  expect(told(pushed)).toContain('page decides: sse nothing but HTTP, against ws an upgrade, socket.io');
});

test('a superlative is true, whatever is asked: what is named fewest has the fewest bytes of those that fit', () => {
  let named = 0;
  for (const rate of [0.001, 0.02, 0.3, 4, 60])
    for (const size of [1, 200, 3000, 40_000])
      for (const direction of ['up', 'down', 'both'] as const)
        for (const tcp of ['none', 'timestamps'] as const) {
          const asked = { ...need, rate, rateUp: rate, size, direction, tcp };
          const { chosen, by, level, costs } = choose(asked, units);
          const fitting = costs.filter(
            ({ latestMs, delayMs }) => Math.max(latestMs ?? 0, delayMs ?? 0) <= asked.withinMs,
          );
          const least = Math.min(...fitting.map(({ wireBytesPerHour }) => wireBytesPerHour));
          const said = told({ rate, rateUp: rate, size, direction, tcp });
          const isNamed = said.includes(`Fewest bytes of those within 1,000 ms: ${chosen?.transport} `);
          if (isNamed) expect(chosen?.wireBytesPerHour).toBe(least);
          else expect([by, said.includes('Level in bytes')]).not.toEqual(['bytes', false]);
          for (const one of level) expect(one.wireBytesPerHour / least).toBeLessThanOrEqual(1.05);
          for (const one of level)
            expect(one.requestsPerHour).toBeGreaterThanOrEqual(chosen!.requestsPerHour);
          named += isNamed ? 1 : 0;
        }
  expect(named).toBeGreaterThan(20);
});

test('telemetry from a phone: heartbeats cost more than twelve POSTs, in bytes and in wake-ups of the radio', () => {
  const [http, ws] = [costOf('http', telemetry), costOf('ws', telemetry)];
  // As without headers: there ws has the fewer bytes.
  expect(ws.bytesPerHour).toBeLessThan(http.bytesPerHour);
  expect(ws.tcpIpBytesPerHour! + ws.bytesPerHour).toBeGreaterThan(
    1.7 * (http.tcpIpBytesPerHour! + http.bytesPerHour),
  );
  expect(ws.wakeUpsPerHour).toBeGreaterThan(140);
  expect(http.wakeUpsPerHour).toBeLessThan(12);
  expect(choose({ ...need, ...telemetry }, units).chosen?.transport).toBe('http');
  expect(told(telemetry)).toMatch(/http wakes a mobile radio 11 times an hour, ws 14\d times/);
});

test('--by radio: what is least is the time with the radio up, and the heartbeat from which a socket is as good', () => {
  const asked = { ...need, ...telemetry, by: 'radio' } as const;
  const { chosen, next } = choose(asked, units);
  const flips = flipsOf(asked, units);
  expect([chosen?.transport, next?.transport]).toEqual(['http', 'ws']);
  expect(next!.radioSecondsPerHour! / chosen!.radioSecondsPerHour!).toBeGreaterThan(9);
  const flip = flips.find((one) => one.input === 'heartbeatMs' && one.to === 'ws') as NumberFlip | undefined;
  // A minute is far too short, an hour is enough.
  expect(flip?.value).toBeGreaterThan(5 * 60_000);
  expect(flip?.value).toBeLessThan(3_600_000);
  expect(told({ ...telemetry, by: 'radio' })).toContain('Least time with a mobile radio up');
});

test('a rarer heartbeat is where that answer flips', () => {
  const flips = flipsOf({ ...need, ...telemetry }, units);
  expect(flips).toContainEqual(expect.objectContaining({ input: 'heartbeatMs', towards: 'more', to: 'ws' }));
});

test('behind a proxy that refuses upgrades a stream is not counted on, unless it was seen to pass', () => {
  const behind = { rate: 0.2, rateUp: 0.2, upgrades: false, streams: 'unknown' } as const;
  const choice = choose({ ...need, ...behind }, units);
  expect(choice.chosen?.transport).toBe('long-polling');
  expect(choice.costs.filter(({ isUnsure }) => isUnsure).map(({ transport }) => transport)).toEqual(['sse']);
  expect(told(behind)).toContain('Whether it passes a stream on is not known, so sse is not counted on');
  expect(flipsOf({ ...need, ...behind }, units)[0]).toEqual({ input: 'streams', to: 'sse' });
  const passing = { ...behind, streams: 'pass' } as const;
  expect(choose({ ...need, ...passing }, units).chosen?.transport).toBe('sse');
});

test('a response that is held to its end never brings an event; what is silent too long is cut off', () => {
  expect(costOf('sse', { streams: 'held' }).ageMs).toBe(Number.POSITIVE_INFINITY);
  const { costs, chosen } = choose({ ...need, idleTimeoutMs: 20_000, withinMs: 3000 }, units);
  const cut = costs.filter(({ isCut }) => isCut).map(({ transport }) => transport);
  expect([cut, chosen?.transport]).toEqual([['sse', 'ws', 'long-polling', 'socket.io'], 'polling']);
  const beating = choose({ ...need, idleTimeoutMs: 20_000, heartbeatMs: 15_000 }, units);
  expect(beating.costs.filter(({ isCut }) => isCut).map(({ transport }) => transport)).toEqual([
    'long-polling',
  ]);
});

test.each<[string, Partial<Need>]>([
  ['down', {}],
  ['up, rarely', telemetry],
  [
    'both, in bytes, behind a proxy',
    { direction: 'both', rate: 5, rateUp: 5, binary: true, upgrades: false },
  ],
])('%s: the answer is another one just beyond each flip, and the same just before it', (_name, changed) => {
  const asked = { ...need, ...changed };
  const { chosen } = choose(asked, units);
  const flips = flipsOf(asked, units);
  expect(flips.length).toBeGreaterThan(1);
  for (const flip of flips) {
    if (!('value' in flip)) continue;
    const { input, value, towards, to } = flip;
    const beyond = towards === 'more' ? 1.02 : 0.98;
    const at = (factor: number) => {
      const moved = input === 'size' ? Math.round(value * factor) : value * factor;
      const rates = input === 'rate' && { rateUp: (moved / asked.rate) * asked.rateUp };
      return choose({ ...asked, [input]: moved, ...rates }, units).chosen?.transport ?? null;
    };
    expect(at(beyond), `${input} ${towards}`).toBe(to);
    expect(at(1 / beyond), `${input} ${towards}`).toBe(chosen?.transport ?? null);
  }
});
