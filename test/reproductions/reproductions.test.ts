/**
 * Published results: the arithmetic to the last digit, exact counts, and a table that never prints what was not
 * published.
 */

import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { abril } from '../../src/questions/reproductions/abril.ts';
import { reproductions } from '../../src/questions/reproductions/index.ts';
import { johannessen } from '../../src/questions/reproductions/johannessen.ts';
import { kaazing } from '../../src/questions/reproductions/kaazing.ts';
import { weighPoll } from '../../src/questions/reproductions/kaazing-listing.ts';
import { netsekure } from '../../src/questions/reproductions/netsekure.ts';
import {
  isAllowed,
  type Reproduced,
  type Reproduction,
  type ReproductionRow,
} from '../../src/questions/reproductions/reproduction.ts';
import { rfc6202 } from '../../src/questions/reproductions/rfc6202.ts';
import { rfc7541 } from '../../src/questions/reproductions/rfc7541.ts';
import { sslconfig } from '../../src/questions/reproductions/sslconfig.ts';
import { tangen } from '../../src/questions/reproductions/tangen.ts';
import { renderBlocks } from '../../src/report/skins/terminal.ts';
import { displayWidth } from '../../src/report/skins/wrap.ts';
import { reproductionBlocks } from '../../src/report/views/reproduction/reproduction-blocks.ts';
import { trial } from '../report/fixture.ts';
import { again } from '../support/again.ts';
import { rtcompare } from '../support/cli.ts';

const small = (reproduction: Reproduction, scale: number): Promise<Reproduced> =>
  reproduction.run({ scale, signal: new AbortController().signal, onStage: () => {} });

test('kaazing: a poll with the headers of the listing weighs 716 + 193 bytes of heads, and the body', async () => {
  expect(await weighPoll()).toEqual({ up: 716, down: 193, body: 21 });
});

test('kaazing: all twelve published figures, and beside them what the same heads weigh, predicted and measured', async () => {
  const { code, stdout } = await rtcompare('reproduce', 'kaazing', '--json');
  expect(code).toBe(0);
  const { rows, findings } = JSON.parse(stdout) as {
    rows: {
      metric: string;
      published: number | null;
      predicted: number;
      measured: number;
      allowed: boolean;
    }[];
    findings: { holds: boolean }[];
  };
  const table = rows.filter(({ metric }) => /^[ABC]: /.test(metric));
  expect(table.map(({ published }) => published)).toEqual([
    ...[871_000, 6.6, 2000, 0.015],
    ...[8_710_000, 66, 20_000, 0.153],
    ...[87_100_000, 665, 200_000, 1.526],
  ]);
  // The published figures are one multiplication of 871 and 2; a prediction is for what is measured here.
  const digits = (value: number) => String(value).split('.')[1]?.length ?? 0;
  const perClient = { polling: 871, ws: 2 };
  for (const { metric, published, predicted, measured } of table) {
    const [, way, clients] = /: (polling|ws), ([\d,]+) clients/.exec(metric)!;
    const bytes = perClient[way as 'polling' | 'ws'] * Number(clients!.replaceAll(',', ''));
    const said = metric.endsWith('B/s') ? bytes : (bytes * 8) / 2 ** 20;
    expect(Number(said.toFixed(digits(published!))), metric).toBe(published);
    expect(predicted, metric).toBeCloseTo(measured, 9);
  }
  for (const { metric, allowed } of rows) expect([metric, allowed]).toEqual([metric, true]);
  const ofCase = (metric: RegExp) => table.filter((row) => metric.test(row.metric));
  expect(ofCase(/polling.*B\/s$/).map(({ measured }) => measured)).toEqual([909_000, 9_090_000, 90_900_000]);
  expect(ofCase(/ws.*B\/s$/).map(({ measured }) => measured)).toEqual([2000, 20_000, 200_000]);
  expect(findings.map(({ holds }) => holds)).toEqual([true, true, true, true]);
});

test('johannessen, a sixth of it: everyone hears everyone once, and sums that are not his are not printed as his', {
  timeout: 60_000,
}, async () => {
  const { rows } = await small(johannessen, 1 / 6);
  const counts = rows.filter(({ metric }) => /messages (up|down)/.test(metric.en));
  for (const { metric, published, predicted, measured } of counts) {
    expect(published).toBeNull();
    expect(measured, metric.en).toBe(predicted);
    expect(predicted).toBe(metric.en.includes('up') ? 300 : 18_000);
  }
  expect(counts).toHaveLength(6);
});

test('tangen, a quarter of it: once push is saturated, long polling is the quicker one', {
  timeout: 120_000,
}, async () => {
  const ages = ({ rows }: Reproduced) =>
    ['long-polling', 'ws'].map(
      (way) => rows.find(({ metric }) => metric.en.startsWith(`${way}, N = 50`))!.measured!,
    ) as [number, number];
  const isQuicker = (outcome: Reproduced) => ages(outcome)[0] < ages(outcome)[1];
  // Half a second each, of which a machine that stands still once takes all.
  const outcome = await again(() => small(tangen, 0.25), isQuicker);
  const [longPolling, ws] = ages(outcome);
  expect(longPolling).toBeLessThan(ws);
  expect(outcome.rows.find(({ metric }) => metric.en.startsWith('push, N = 50'))?.predicted).toBe(2);
});

test('rfc7541: the sizes of the appendix, by arithmetic and as nghttp2 writes the same requests', async () => {
  const { rows } = await small(rfc7541, 1);
  expect(rows.map(({ published }) => published)).toEqual([20, 14, 29, 17, 12, 24]);
  for (const { metric, published, predicted, measured } of rows)
    expect([predicted, measured], metric.en).toEqual([published, published]);
});

test.concurrent.each([
  ['netsekure', netsekure] as const,
  ['sslconfig', sslconfig] as const,
  ['abril', abril] as const,
])(
  '%s: no figure is missing, what a law predicts is measured, and its findings hold',
  { timeout: 30_000 },
  async (_name, reproduction) => {
    const { rows, findings } = await small(reproduction, 1);
    for (const row of rows) expect([row.metric.en, isAllowed(row)]).not.toContain(false);
    expect(rows.filter(({ measured }) => measured === null)).toEqual([]);
    expect(findings.filter(({ holds }) => holds !== true)).toEqual([]);
  },
);

test.each(reproductions.map((one) => [one.name, one] as const))(
  '%s names its source, and says what differs in both languages',
  (_name, { source, title, differs }) => {
    expect(source).toMatch(/20(10|11|12|14|15|17|18)/);
    for (const text of [title, differs]) expect(text.ko).toMatch(/[가-힣]/);
  },
);

test('a table of a reproduction fits 80 columns, with a dash for what was not published', async () => {
  const outcome = await small(kaazing, 1);
  for (const language of ['en', 'ko'] as const) {
    const telling = { reproduction: kaazing, outcome, scale: 1 };
    const text = renderBlocks(reproductionBlocks(telling, readerOfFiles(language)), {
      width: 80,
      ascii: false,
    });
    expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
    expect(text).toMatch(/B +– +BY3 +716 +716/);
    expect(text).toContain('0.153');
  }
});

const timed = { measured: 1, published: null, law: 'LP3', unit: 'nanoseconds' } as const;
const rowOf = (more: Partial<ReproductionRow>): ReproductionRow => ({
  metric: { en: 'a row', ko: '한 줄' },
  predicted: 10,
  tolerance: 2,
  ...timed,
  ...more,
});

test.each<[Partial<ReproductionRow>, boolean | null]>([
  [{ measured: 12 }, true],
  [{ measured: 7.9 }, false],
  [{ measured: 12.1 }, false],
  [{ measured: 10, tolerance: 0 }, true],
  [{ measured: 10.5, tolerance: 0 }, false],
  [{ measured: 0.1 + 0.2, predicted: 0.3, tolerance: 0 }, true],
  [{ measured: 3, limit: 'at most' }, true],
  [{ measured: 13, limit: 'at most' }, false],
  [{ measured: 99, limit: 'at least' }, true],
  [{ measured: 7, limit: 'at least' }, false],
  [{ predicted: null }, null],
  [{ measured: null }, null],
])('a row of %o is what its law allows: %s', (row, allowed) => {
  expect(isAllowed(rowOf(row))).toBe(allowed);
});

const told = (rows: ReproductionRow[], more: Partial<Reproduced> = {}, language: 'en' | 'ko' = 'en') => {
  const outcome = { rows, findings: [], doubtful: [], ...more };
  const telling = { reproduction: rfc6202, outcome, scale: 1 };
  return renderBlocks(reproductionBlocks(telling, readerOfFiles(language)), { width: 80, ascii: false });
};

test('a law on times is printed with its tolerance or as a limit, and what lies outside is named', () => {
  const ms = 1e6;
  const text = told([
    rowOf({ predicted: 40 * ms, tolerance: 3 * ms, measured: 41 * ms }),
    rowOf({ metric: { en: 'late', ko: '늦음' }, predicted: 40 * ms, tolerance: 3 * ms, measured: 50 * ms }),
    rowOf({ predicted: 3 * ms, tolerance: 0.5 * ms, limit: 'at most', measured: 2 * ms }),
  ]);
  expect(text).toMatch(/40\.0 ms ± 3\.00 ms +41\.0 ms/);
  expect(text).toMatch(/at most 3\.00 ms ± 0\.50 ms/);
  expect(text).toMatch(/Not what the law allows: late\.\n/);
  expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
  expect(told([rowOf({ measured: 11 })])).not.toContain('Not what the law allows');
});

test('a finding on times is withheld where a trial was disturbed, one on bytes is not', () => {
  const findings = [true, false].map((onTimes) => ({
    text: { en: onTimes ? 'quicker' : 'heavier', ko: '더 무겁다' },
    holds: false,
    onTimes,
  }));
  const doubtful = [trial({ transport: 'ws', verdict: 'noisy' })];
  expect(told([], { findings, doubtful })).toMatch(
    /\(withheld: the machine was busy\) quicker\n- \(DOES NOT HOLD HERE\) heavier/,
  );
  expect(told([], { findings })).toMatch(/\(DOES NOT HOLD HERE\) quicker/);
});

test('every row on times of a reproduction that runs in seconds has its tolerance', {
  timeout: 60_000,
}, async () => {
  const { rows } = await small(rfc6202, 0.25);
  for (const { metric, tolerance } of rows) expect(tolerance, metric.en).toBeGreaterThan(0);
  expect(rows.map(({ limit }) => limit)).toEqual([undefined, 'at most']);
});

test('without a name the list, with a wrong one the nearest', async () => {
  const list = await rtcompare('reproduce');
  expect(list.stdout.split('\n').filter(Boolean)).toHaveLength(reproductions.length);
  const wrong = await rtcompare('reproduce', 'kazing');
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('did you mean kaazing?');
});
