import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import type { Block, Chart } from '../../src/report/blocks/block.ts';
import { drawChart } from '../../src/report/skins/text-chart.ts';
import { type BytesFit, breakEven, byteSentences } from '../../src/report/views/run/bytes-fit.ts';
import { growth } from '../../src/report/views/run/growth.ts';
import {
  idleTrials,
  linkNamed,
  report,
  saturateTrials,
  sweepTrials,
  trial,
  typicalReport,
} from './fixture.ts';

const english = readerOfFiles('en');
const blocks = (trials: Parameters<typeof report>[0]) => growth(report(trials), english);
const tablesOf = (told: readonly Block[]) =>
  told.flatMap((block) => (block.kind === 'table' ? block.table : []));
const listsOf = (told: readonly Block[]) => told.flatMap((block) => (block.kind === 'list' ? block : []));
const bytesOf = (setup: number, perMessage: number): BytesFit => ({ transport: 'x', setup, perMessage });

test('nothing swept, nothing grows: two scenarios of different load are no sweep', () => {
  expect(growth(typicalReport(), english)).toEqual([]);
  expect(
    blocks([trial({ transport: 'ws' }), trial({ transport: 'ws', scenario: 'burst', load: { clients: 1 } })]),
  ).toEqual([]);
});

test('rows are transports, columns the swept values, and each cost has its own table', () => {
  const tables = tablesOf(blocks(sweepTrials()));
  expect(tables.map(({ title }) => title)).toEqual([
    'echo, by clients: p50, ms',
    'echo, by clients: bytes per message delivered, payload included',
    'echo, by clients: HTTP requests in all',
  ]);
  expect(tables[1]?.head).toEqual(['transport', '1', '5', '20']);
  expect(tables[1]?.rows[0]).toEqual(['ws', '136', '136', '136']);
  expect(tables[2]?.references).toEqual([
    ['http', '30', '150', '600'],
    ['tcp', '0', '0', '0'],
  ]);
});

test('an invalid trial leaves a gap, too few samples say so', () => {
  const [one] = tablesOf(
    blocks([
      trial({ transport: 'ws', load: { clients: 1 }, verdict: 'invalid' }),
      trial({ transport: 'ws', load: { clients: 2 }, p50: null }),
      trial({ transport: 'ws', load: { clients: 3 }, p50: 2 }),
    ]),
  );
  expect(one?.rows).toEqual([['ws', '-', 'too few', '2.00']]);
});

test('more values than fit side by side continue in a second table', () => {
  const trials = Array.from({ length: 9 }, (_, index) =>
    trial({ transport: 'ws', load: { size: 1 + index } }),
  );
  expect(
    tablesOf(blocks(trials))
      .slice(0, 2)
      .map(({ head }) => head.length),
  ).toEqual([8, 3]);
});

test('a sweep of the round trip is told by the link’s delays', () => {
  const over = (ms: number) =>
    trial({
      transport: 'ws',
      more: { link: { ...linkNamed(`rtt=${ms}ms`), upDelayMs: ms / 2, downDelayMs: ms / 2 } },
    });
  expect(tablesOf(blocks([over(100), over(0)]))[0]?.head).toEqual(['transport', '0\u00a0ms', '100\u00a0ms']);
});

test('two things swept at once are left to the tables: nobody can tell which made a cost grow', () => {
  expect(
    blocks([trial({ transport: 'ws' }), trial({ transport: 'ws', load: { clients: 2, size: 1 } })]),
  ).toEqual([]);
});

test('idle grows in bytes of an hour and in memory, and has no latency to show', () => {
  const few = idleTrials().map((one) => ({ ...one, load: { ...one.load, clients: 5 } }));
  expect(tablesOf(blocks([...few, ...idleTrials()])).map(({ title }) => title.split(': ')[1])).toEqual([
    'bytes per client and hour, extrapolated',
    'HTTP requests in all',
    'server memory per connection, bytes',
  ]);
});

test('bytes are set-up and so many a message, with the break-even in words', () => {
  const [bytes] = listsOf(blocks(sweepTrials()));
  expect(bytes?.title).toContain('(clients: 20)');
  expect(bytes?.items).toEqual([
    'ws: 285 B + n × 136 B; cheaper than http from the first message on.',
    'sse: 299 B + n × 399 B; cheaper than http from the 13th message on.',
    'http: 0 B + n × 423 B.',
    'tcp: 0 B + n × 128 B.',
  ]);
});

test('ordinals are the language’s: the 2nd message, 2번째 메시지', () => {
  const ws = trial({ transport: 'ws', setupBytes: 3_000, steady: { websocket: { up: 2_400, down: 0 } } });
  const http = trial({
    transport: 'http',
    reference: true,
    requests: 300,
    steady: { http: { up: 88_500, down: 0 } },
  });
  expect(byteSentences([ws, http], english)[0]).toContain('cheaper than http from the 2nd message on');
  expect(byteSentences([ws, http], readerOfFiles('ko'))[0]).toContain('2번째 메시지부터');
  expect(byteSentences([ws], english)).toEqual(['ws: 300 B + n × 136 B.']);
});

test('break-even: from where, until where, always or never', () => {
  expect(breakEven(bytesOf(300, 100), bytesOf(0, 400))).toEqual({ kind: 'from', message: 2 });
  expect(breakEven(bytesOf(299, 100), bytesOf(0, 400))).toEqual({ kind: 'always' });
  expect(breakEven(bytesOf(0, 100), bytesOf(0, 400))).toEqual({ kind: 'always' });
  expect(breakEven(bytesOf(0, 400), bytesOf(900, 100))).toEqual({ kind: 'until', message: 2 });
  expect(breakEven(bytesOf(0, 400), bytesOf(300, 100))).toEqual({ kind: 'never' });
  expect(breakEven(bytesOf(0, 400), bytesOf(0, 100))).toEqual({ kind: 'never' });
  expect(breakEven(bytesOf(0, 400), bytesOf(1, 400))).toEqual({ kind: 'always' });
  expect(breakEven(bytesOf(1, 400), bytesOf(1, 400))).toEqual({ kind: 'never' });
});

test('break-even agrees with counting message by message', () => {
  const values = [0, 1, 7, 100];
  for (const [a, b, c, d] of values.flatMap((a) =>
    values.flatMap((b) => values.flatMap((c) => values.map((d) => [a, b, c, d] as const))),
  )) {
    const even = breakEven(bytesOf(a, b), bytesOf(c, d));
    for (let n = 1; n <= 120; n++) {
      const expected =
        even.kind === 'always' ||
        (even.kind === 'from' && n >= even.message) ||
        (even.kind === 'until' && n <= even.message);
      expect([a, b, c, d, n, a + n * b < c + n * d]).toEqual([a, b, c, d, n, expected]);
    }
  }
});

test('the knee is where nine tenths of the most are reached', () => {
  const told = listsOf(blocks(saturateTrials([1, 2, 5, 10])));
  expect(told.at(-1)?.items).toEqual([
    'ws: at most 32,500/s; 90 % of that from clients: 5 on.',
    'http: at most 16,000/s; 90 % of that from clients: 5 on.',
  ]);
  expect(listsOf(blocks(saturateTrials([1, 2]))).at(-1)?.items[0]).toBe(
    'ws: 13,000/s, and no knee up to clients: 2.',
  );
});

test('messages per second are what a closed loop is drawn by', () => {
  const chart = blocks(saturateTrials([1, 5])).find((block) => block.kind === 'chart');
  expect(chart?.kind === 'chart' && chart.chart.yLabel).toBe('messages answered per second');
});

const chart: Chart = {
  xLabel: 'clients',
  yLabel: 'p50, ms',
  logarithmic: 'log',
  ticks: [
    [1, '1'],
    [10, '10'],
    [100, '100'],
  ],
  series: [
    {
      name: 'polling',
      points: [
        [1, 50],
        [10, 50],
        [100, 60],
      ],
    },
    {
      name: 'ws',
      points: [
        [1, 0.2],
        [10, 0.5],
        [100, 2],
      ],
    },
  ],
  shared: '* several',
};

test('a chart of far apart costs is drawn by factors on both axes', () => {
  expect(drawChart(chart, { width: 40, ascii: true })).toMatchInlineSnapshot(`
    [
      "p50, ms (log)",
      "100 +",
      "    |a                a                a",
      "    |",
      " 10 +",
      "    |",
      "    |",
      "    |                                  b",
      "  1 +",
      "    |                 b",
      "    |b",
      "0.1 +",
      "    +-----------------------------------",
      "     1                10             100",
      "                           clients (log)",
    ]
  `);
});

test('one value, zeros and negative values are still a chart', () => {
  for (const value of [0, 5, -3]) {
    const lines = drawChart(
      { ...chart, series: [{ name: 'a', points: [[0, value]] }] },
      { width: 60, ascii: false },
    );
    expect(lines.join('\n')).not.toMatch(/NaN|Infinity/);
    expect(lines.join('\n')).toContain('a');
  }
});
