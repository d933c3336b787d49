/** Measured proxies on the way: which transport is chosen behind each, why, and that nothing unmeasured is used. */
import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { sseEventBytes } from '../../src/laws/sse.ts';
import { choose } from '../../src/questions/recommendation/choice.ts';
import { flipsOf } from '../../src/questions/recommendation/flips.ts';
import { readKeptPassages } from '../../src/questions/recommendation/kept-passages.ts';
import type { Need } from '../../src/questions/recommendation/need.ts';
import { passingOf, readWay } from '../../src/questions/recommendation/way.ts';
import { recommendationDocument } from '../../src/report/views/recommendation/recommendation-blocks.ts';
import { units, need as usualNeed } from './fixture.ts';

const rows = readKeptPassages();
const rare: Need = { ...usualNeed, rate: 0.2, rateUp: 0.2, direction: 'down' };

function behind(proxy: string, changed: Partial<Need> = {}) {
  const way = readWay(proxy, rows);
  const need = { ...rare, ...passingOf(way), ...changed };
  const choice = choose(need, units);
  const flips = flipsOf(need, units);
  const telling = {
    need,
    way,
    choice,
    flips,
    clients: 200,
    servers: 1,
    server: [],
    facts: [],
    missing: [],
    headers: 'minimal',
    thorough: null,
  };
  const { reasons } = recommendationDocument(telling, readerOfFiles('en'));
  const korean = recommendationDocument(telling, readerOfFiles('ko')).reasons;
  return { need, choice, flips, reasons: reasons.join('\n'), korean: korean.join('\n') };
}

test('behind stock nginx long polling is taken: an event waits until 4,096 B are together, as its rate makes it', () => {
  const { need, choice, flips, reasons, korean } = behind('nginx');
  expect(need).toMatchObject({ upgrades: false, streams: { pieceBytes: 4096 } });
  expect(choice.chosen?.transport).toBe('long-polling');
  const sse = choice.costs.find(({ transport }) => transport === 'sse')!;
  const event = sseEventBytes({ payloadBytes: need.size });
  // A comment of 3 B every 25 s fills the buffer, too.
  const waitMs = (1000 * (4096 - event)) / (0.2 * event + 3 / 25);
  expect(sse.latestMs).toBeCloseTo(20 + waitMs, 6);
  expect(sse.ageMs).toBeCloseTo(20 + waitMs / 2, 6);
  expect(waitMs / 1000).toBeGreaterThan(150);
  expect(reasons).toMatch(
    /Behind nginx:stock 1\.22\.1, .*an SSE event waits up to 18\d\.\d s, until 4,096 B are together/,
  );
  expect(reasons).toContain('X-Accel-Buffering: no and a first comment from the application it passed');
  expect(reasons).toMatch(/nginx:stock 1\.22\.1, .* lets no upgrade through/);
  expect(korean).toMatch(/4,096 B가 모일 때까지 최대 18\d\.\d s/);
  expect(flips[0]).toEqual({ input: 'streams', to: 'sse' });
  expect(behind('nginx', { streams: 'pass' }).choice.chosen?.transport).toBe('sse');
});

test('the faster it comes, the shorter it waits: where that is soon enough, the stream is taken', () => {
  expect(behind('nginx', { rate: 2, withinMs: 60_000 }).choice.costs).toContainEqual(
    expect.objectContaining({ transport: 'sse', isUnsure: false }),
  );
  const { choice } = behind('nginx:stock', { rate: 0.2, withinMs: 600_000, pollIntervalMs: 1000 });
  expect(choice.chosen?.transport).toBe('sse');
});

test.each([
  ['haproxy', { upgrades: true, streams: { lateMs: expect.closeTo(208, -1) } }],
  ['haproxy:tuned', { upgrades: true, streams: 'pass' }],
  ['lighttpd', { upgrades: false, streams: 'held' }],
  ['httpxy', { upgrades: false, streams: 'pass' }],
  ['squid-forward', { upgrades: 'unknown', streams: 'unknown' }],
  ['envoy', { upgrades: 'unknown', streams: 'unknown' }],
  ['strip-upgrade', { upgrades: false, streams: 'unknown' }],
  ['no-upgrade', { upgrades: false, streams: 'unknown' }],
  ['buffering', { upgrades: true, streams: 'held' }],
  ['buffering=4k', { upgrades: true, streams: { pieceBytes: 4096 } }],
  ['cork=200ms', { upgrades: true, streams: { lateMs: 200 } }],
  ['hold-head', { upgrades: true, streams: 'pass' }],
  ['none', { upgrades: true, streams: 'pass', idleTimeoutMs: null }],
  // The worst of them.
  [
    'idle-timeout=30s,haproxy,nginx',
    { upgrades: false, streams: { pieceBytes: 4096 }, idleTimeoutMs: 30_000 },
  ],
  ['cork=200ms,cork=50ms', { streams: { lateMs: 250 } }],
  ['squid-forward,lighttpd', { upgrades: false, streams: 'held' }],
] as const)('--proxy %s is %j', (proxy, passing) => {
  expect(passingOf(readWay(proxy, rows))).toMatchObject(passing);
});

test('what nobody has measured is told to be unknown, and nothing rests on it', () => {
  const { choice, reasons, korean, flips } = behind('squid-forward', { direction: 'both' });
  const unsure = choice.costs.filter(({ isUnsure }) => isUnsure).map(({ transport }) => transport);
  expect(unsure.sort()).toEqual(['socket.io', 'sse', 'ws']);
  expect(['long-polling', 'polling', 'socket.io:polling']).toContain(choice.chosen?.transport);
  expect(reasons).toMatch(/^squid-forward: unknown\. Over TLS .*where it opens TLS/m);
  expect(korean).toMatch(/^squid-forward: 모름\./m);
  expect(flips.map(({ input }) => input)).toContain('upgrades');
  expect(behind('envoy').reasons).toMatch(/^envoy: unknown\. The kept run .* has no row for it/m);
});

test('where another one on the way is unknown, no time is told', () => {
  expect(behind('squid-forward,nginx').reasons).toMatch(/SSE events wait until 4,096 B are together\./);
});

test('a late stream is held against what is soon enough', () => {
  expect(behind('haproxy', { withinMs: 1000 }).reasons).toMatch(
    /Behind haproxy:stock 2\.6\.12, .* is 2\d\d(\.\d+)? ms late/,
  );
  const { choice } = behind('haproxy', { withinMs: 150 });
  expect(choice.tooSlow.map(({ transport }) => transport)).toContain('sse');
  expect(choice.chosen?.transport).toBe('ws');
});

test('a name that nobody knows, or a configuration, is refused with what there is', () => {
  expect(() => readWay('nginx:fast', rows)).toThrow(/^--proxy: nothing is called "nginx:fast"/);
  expect(() => readWay('squid-forwards', rows)).toThrow(/did you mean squid-forward\?/);
});
