/**
 * How a recommendation is printed: in 80 columns, in both languages, with what was measured and what was not, and all
 * of it as JSON.
 */

import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { type Fact, fact } from '../../src/questions/probes/fact.ts';
import { choose } from '../../src/questions/recommendation/choice.ts';
import { flipsOf } from '../../src/questions/recommendation/flips.ts';
import type { Need } from '../../src/questions/recommendation/need.ts';
import type { ServerCost } from '../../src/questions/recommendation/server-costs.ts';
import { renderBlocks } from '../../src/report/skins/terminal.ts';
import { displayWidth } from '../../src/report/skins/wrap.ts';
import {
  recommendationBlocks,
  recommendationDocument,
} from '../../src/report/views/recommendation/recommendation-blocks.ts';
import type { RecommendationTelling } from '../../src/report/views/recommendation/recommendation-tables.ts';
import { serverFigures } from '../../src/report/views/recommendation/recommendation-tables.ts';
import { spoken } from '../support/spoken.ts';
import { need, units } from './fixture.ts';

const facts: readonly Fact[] = [
  ...[fact('comes-back', 'socket.io', 1), fact('comes-back', 'ws', 0)],
  ...[fact('rooms', 'socket.io', 1), fact('rooms', 'ws', 0)],
  ...[fact('messages-sent', 'socket.io', 5), fact('messages-delivered', 'socket.io', 4)],
  ...[fact('messages-sent-blocked', 'socket.io', 5), fact('messages-delivered-blocked', 'socket.io', 3)],
  ...[fact('messages-delivered-blocked', 'ws', 0)],
  ...[fact('cors-readable', 'socket.io:polling', 0), fact('cors-opened', 'socket.io:websocket', 1)],
];
const telling = (changed: Partial<Need> = {}, told: Partial<RecommendationTelling> = {}) => ({
  need: { ...need, ...changed },
  clients: 200,
  servers: 1,
  choice: choose({ ...need, ...changed }, units),
  flips: flipsOf({ ...need, ...changed }, units),
  server: [],
  facts,
  missing: [],
  way: [],
  headers: 'minimal',
  thorough: '`rtcompare recommend --thorough`',
  ...told,
});
const text = (one: RecommendationTelling, language: 'en' | 'ko' = 'en') =>
  renderBlocks(recommendationBlocks(one, readerOfFiles(language)), { width: 80, ascii: false });
const rowOf = (printed: string, table: string, transport: string) =>
  printed
    .slice(printed.indexOf(table))
    .split('\n')
    .find((line) => line.startsWith(`${transport} `)) ?? '';

test.each(['en', 'ko'] as const)(
  '%s: nothing is wider than 80 columns, and the first table begins within 24 lines',
  (language) => {
    for (const changed of [
      {},
      { direction: 'both', size: 3000 },
      { upgrades: false, streams: 'unknown' },
    ] as const) {
      const lines = text(telling(changed), language).split('\n');
      expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([]);
      expect(lines.findIndex((line) => line.includes('─'))).toBeLessThan(24);
    }
  },
);

test('features are what probes found, whatever that is; what was not asked is a dash', () => {
  const row = rowOf(text(telling()), 'What decides besides bytes', 'socket.io');
  expect(row).toMatch(/comes back +yes +4\/5 answered +3\/5 answered/);
  const turned = facts.map((one) => (one.metric === 'rooms' ? { ...one, value: 0 } : one));
  expect(
    rowOf(text(telling({}, { facts: turned })), 'What decides besides bytes', 'socket.io'),
  ).not.toContain('yes');
  const unasked = rowOf(text(telling({}, { facts: [] })), 'What decides besides bytes', 'ws');
  expect(unasked).toMatch(/^ws +– +– /);
  // EventSource always reconnects, so that is known without a measurement.
  const rows = text(telling({}, { facts: [] }));
  expect(rowOf(rows, 'What decides besides bytes', 'sse')).toMatch(/^sse +comes back/);
  expect(rowOf(rows, 'What decides besides bytes', 'polling')).toMatch(/^polling +asks again/);
  const cut = [
    fact('clients-cut', 'sse', 2),
    fact('clients-back', 'sse', 2),
    fact('messages-lost', 'sse', 38),
  ];
  expect(rowOf(text(telling({}, { facts: cut })), 'What decides besides bytes', 'sse')).toMatch(
    /^sse +comes/,
  );
  expect(text(telling({}, { facts: cut }))).toContain('lost 38');
});

test('what Socket.IO brings for its bytes is said beside ws, and only what was found', () => {
  const chat = { direction: 'both', size: 120 } as const;
  expect(text(telling(chat)).replace(/\s+/g, ' ')).toContain(
    'leaves to your code: coming back after a cut, rooms, going on where upgrades are refused',
  );
  expect(text(telling(chat, { facts: [] }))).not.toContain('leaves to your code');
});

test('CPU and memory are measured, or said not to be, with the command that measures them', () => {
  const without = text(telling());
  expect(without.replace(/\s+/g, ' ')).toContain('`rtcompare recommend --thorough` measures them');
  expect(without).not.toContain('CPU to push');
  const server: readonly ServerCost[] = [
    { transport: 'ws', cpuNsPerMessage: 20_000, memoryBytesPerConnection: 10_000 },
  ];
  const measured = telling({}, { server, thorough: null });
  // 200 messages a second at 20 µs; the last of 200 hears 20 ms and 200 writes later.
  expect(serverFigures(measured, 'ws')).toEqual({ coreShare: 0.004, lastHearsNs: 24e6, memoryBytes: 2e6 });
  expect(serverFigures(measured, 'sse')).toEqual({ coreShare: null, lastHearsNs: null, memoryBytes: null });
  expect(text(measured)).not.toContain('--thorough');
  expect(text(measured)).toContain('2.00MB');
});

test('what was measured of other origins stands in its row, as it was found', () => {
  const folded = (one: RecommendationTelling) => text(one).replace(/\s+/g, ' ');
  expect(folded(telling())).toContain('another origin’s socket opened, its page could not read an answer');
  expect(folded(telling({}, { facts: [] }))).not.toContain('measured now');
});

test('what could not be weighed is told with its reason', () => {
  const why = { en: 'nothing came', ko: '응답 없음' };
  expect(text(telling({}, { missing: [{ transport: 'sse', why }] }))).toContain('weighed: sse: nothing came');
});

test('--json has every sentence that is printed, and each figure with its unit', () => {
  const one = telling({ direction: 'both', size: 3000, tcp: 'none', tls: false });
  const document = recommendationDocument(one, readerOfFiles('en'));
  const printed = text(one).replace(/\s+/g, ' ');
  for (const sentence of [
    ...document.reasons,
    ...document.conditions,
    ...document.flips.map((flip) => flip.text),
  ])
    expect(printed).toContain(sentence.replace(/\s+/g, ' '));
  expect(document).toMatchObject({
    recommended: 'ws',
    decidedBy: 'demands',
    level: ['ws', 'socket.io', 'sse'],
  });
  for (const cost of document.costs)
    for (const key of Object.keys(cost))
      expect(key).toMatch(
        /PerHour|Ms$|Bytes$|^(transport|connections(Open)?|demands|is(Cut|Unsure)|laws|allClients)$/,
      );
});

test('the command: one document, the options of a run, a wrong value in one line', {
  timeout: 60_000,
}, async () => {
  const typed = ['recommend', '--rate', '0.0033', '--direction', 'up', '--rtt', '300ms', '--size', '200'];
  const heavy = [
    '--headers',
    'chromium',
    '--cookie',
    '100',
    '--heartbeat',
    'none',
    '--proxy',
    'idle-timeout=30s',
  ];
  const { code, stdout } = await spoken([...typed, ...heavy, '--json', '--quiet']);
  expect(code).toBe(0);
  const said = JSON.parse(stdout);
  expect(said).toMatchObject({
    recommended: 'http',
    cutOff: ['ws', 'socket.io'],
    need: { rate: 0.0033, direction: 'up', heartbeatMs: null, headers: 'chromium + 100 B cookie' },
    notWeighed: [],
  });
  expect(said.unitCosts.post.up).toBeGreaterThan(units.post.up + 100 + 'cookie: \r\n'.length);
  expect(said.evidence.map(({ metric }: Fact) => metric)).toContain('rooms');
  expect(said.conditions.join()).toContain(
    'recommend --rate 0.0033 --direction up --size 200 --rtt 300ms --proxy idle-timeout=30s --headers chromium --cookie 100 --heartbeat none --thorough',
  );
});

test.each([
  [['--direction', 'sideways'], /Allowed choices are up, down, both/],
  [['--proxy', 'squidd'], /--proxy: nothing is called "squidd"; did you mean squid\?/],
  [['--rate-up', '3'], /--rate-up does nothing here: add --direction both/],
  [['--heartbeat', 'often'], /Write a duration with its unit/],
])('%j is refused in one line, before anything starts', async (wrong, remedy) => {
  const { code, stdout, stderr } = await spoken(['recommend', ...wrong]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(remedy);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('several servers: who needs sticky sessions, and what a Redis passes on', () => {
  const among = (changed: Partial<Need>, transport: string, servers: number) => {
    const choice = choose({ ...need, ...changed }, units);
    const chosen = choice.costs.find((cost) => cost.transport === transport)!;
    return text(telling(changed, { servers, choice: { ...choice, chosen } })).replace(/\s+/g, ' ');
  };
  expect(among({ direction: 'both' }, 'ws', 1)).not.toMatch(/[Ss]ticky|Redis/);
  expect(among({ direction: 'both' }, 'ws', 4)).toContain('No sticky sessions: ws is one connection');
  expect(among({ direction: 'both' }, 'ws', 4)).toContain('it goes in once and comes out 4 times (law CLU2)');
  expect(among({ direction: 'up' }, 'ws', 4)).not.toContain('Redis');
  // Two connections after the first have to lead to the same one of two, and of three.
  expect(among({}, 'socket.io', 2)).toContain('Without them 25.0 % of first attempts come in');
  expect(among({}, 'socket.io', 3)).toContain('Without them 11.1 % of first attempts');
  expect(among({}, 'sse', 4)).toContain('reaches another one than before in 75.0 % of the cases');
});

test('a thousand clients and more: how they come back, and what one costs that stops reading', () => {
  const crowd = (clients: number, transport: string) => {
    const choice = choose(need, units);
    const chosen = choice.costs.find((cost) => cost.transport === transport)!;
    return text(telling({}, { clients, choice: { ...choice, chosen } })).replace(/\s+/g, ' ');
  };
  expect(crowd(999, 'sse')).not.toMatch(/HERD|SLOW/);
  // Every EventSource waits 3 s, and 3 s again.
  expect(crowd(50_000, 'sse')).toContain(
    'at most 50,000 of them within 100 ms, 95 of 100 after 1.0 s (law HERD1)',
  );
  expect(crowd(1000, 'socket.io')).toMatch(
    /at most [4-9]\d of them within 100 ms, 95 of 100 after 4\.\d s \(law HERD3\)/,
  );
  expect(crowd(1000, 'ws')).toContain('ws comes back as your code does');
  expect(crowd(1000, 'ws')).toMatch(/stops reading costs the server 2\d\.\d kB a minute with ws/);
});
