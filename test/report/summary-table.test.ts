import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { summaryTables } from '../../src/report/views/run/summary-table.ts';
import { repeatedReport, typicalReport } from './fixture.ts';

const english = readerOfFiles('en');

test('a run without repeats has no summary', () => {
  expect(summaryTables(typicalReport(), english)).toEqual([]);
});

test('medians stand over their intervals, references below, ratios in a table of their own', () => {
  const [figures, ratios] = summaryTables(repeatedReport(), english);
  expect(figures?.title).toBe('echo: medians over 5 repeats');
  expect(figures?.head).toEqual(['transport', 'p50 ms', 'overhead B/msg', 'messages /s']);
  expect(figures?.rows[0]).toEqual([
    'sse',
    ['0.30', '[0.27,\u00a00.33]'],
    ['8', '[7.2,\u00a08.8]'],
    ['20.0k', '[18.0k,\u00a022.0k]'],
  ]);
  expect(figures?.references?.map(([name]) => name)).toEqual(['tcp']);
  expect(ratios?.head).toEqual(['transport', 'p50 / tcp', 'new / tcp']);
  expect(ratios?.rows[1]).toEqual(['ws', ['1.5', '[1.35,\u00a01.65]'], ['2', '[1.8,\u00a02.2]']]);
});

test('too few repeats have a median and no interval, and say so', () => {
  const [figures] = summaryTables(repeatedReport(false), english);
  expect(figures?.rows[0]).toEqual(['sse', '0.30', '8', '20.0k']);
  expect(figures?.notes).toEqual(['Too few repeats for an interval: medians only.']);
});
