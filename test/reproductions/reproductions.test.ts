/** Published results: the arithmetic to the last digit, exact counts, and a table that never prints what was not published. */
import { expect, test } from 'vitest';
import { reproductionBlocks } from '../../src/report/reproduction.ts';
import { renderBlocks } from '../../src/report/terminal.ts';
import { wordsOf } from '../../src/report/words.ts';
import { displayWidth } from '../../src/report/wrap.ts';
import { reproductions } from '../../src/reproductions/index.ts';
import { johannessen } from '../../src/reproductions/johannessen.ts';
import { kaazing } from '../../src/reproductions/kaazing.ts';
import { weighPoll } from '../../src/reproductions/kaazing-listing.ts';
import type { Outcome, Reproduction } from '../../src/reproductions/reproduction.ts';
import { tangen } from '../../src/reproductions/tangen.ts';
import { again } from '../support/again.ts';
import { rtcompare } from '../support/cli.ts';

const small = (reproduction: Reproduction, scale: number): Promise<Outcome> =>
  reproduction.run({ scale, signal: new AbortController().signal, onStage: () => {} });

test('kaazing: a poll with the headers of the listing weighs 716 + 193 bytes of heads, and the body', async () => {
  expect(await weighPoll()).toEqual({ up: 716, down: 193, body: 21 });
});

test('kaazing: all twelve figures of its table as published, predicted and measured', async () => {
  const { code, stdout } = await rtcompare('reproduce', 'kaazing', '--json');
  expect(code).toBe(0);
  const { rows, findings } = JSON.parse(stdout) as {
    rows: { metric: string; published: number | null; predicted: number; measured: number }[];
    findings: { holds: boolean }[];
  };
  const table = rows.filter(({ metric }) => /^[ABC]: /.test(metric));
  expect(table.map(({ published }) => published)).toEqual([
    ...[871_000, 6.6, 2000, 0.015],
    ...[8_710_000, 66, 20_000, 0.153],
    ...[87_100_000, 665, 200_000, 1.526],
  ]);
  const digits = (value: number) => String(value).split('.')[1]?.length ?? 0;
  for (const { metric, published, predicted } of table)
    expect(Number(predicted.toFixed(digits(published!))), metric).toBe(published);
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
  const ages = ({ rows }: Outcome) =>
    ['long-polling', 'ws'].map(
      (way) => rows.find(({ metric }) => metric.en.startsWith(`${way}, N = 50`))!.measured!,
    ) as [number, number];
  const isQuicker = (outcome: Outcome) => ages(outcome)[0] < ages(outcome)[1];
  // Half a second each, of which a machine that stands still once takes all.
  const outcome = await again(() => small(tangen, 0.25), isQuicker);
  const [longPolling, ws] = ages(outcome);
  expect(longPolling).toBeLessThan(ws);
  expect(outcome.rows.find(({ metric }) => metric.en.startsWith('push, N = 50'))?.predicted).toBe(2);
});

test.each(reproductions.map((one) => [one.name, one] as const))(
  '%s names its source, and says what differs in both languages',
  (_name, { source, title, differs }) => {
    expect(source).toMatch(/20(10|11|12|14|15)/);
    for (const text of [title, differs]) expect(text.ko).toMatch(/[가-힣]/);
  },
);

test('a table of a reproduction fits 80 columns, with a dash for what was not published', async () => {
  const outcome = await small(kaazing, 1);
  for (const language of ['en', 'ko'] as const) {
    const telling = { reproduction: kaazing, outcome, scale: 1 };
    const text = renderBlocks(reproductionBlocks(telling, wordsOf(language)), { width: 80, ascii: false });
    expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
    expect(text).toMatch(/B +– +BY3 +716 +716/);
    expect(text).toContain('0.153');
  }
});

test('without a name the list, with a wrong one the nearest', async () => {
  const list = await rtcompare('reproduce');
  expect(list.stdout.split('\n').filter(Boolean)).toHaveLength(reproductions.length);
  const wrong = await rtcompare('reproduce', 'kazing');
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('did you mean kaazing?');
});
