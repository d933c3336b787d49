import { expect, test } from 'vitest';
import { readerOfFiles, say } from '../../src/base/text.ts';
import { noFigure } from '../../src/report/blocks/table-words.ts';
import { documentTables } from '../../src/report/views/documents/document-tables.ts';
import { caption } from '../../src/report/views/run/caption.ts';
import { layersTables } from '../../src/report/views/run/layers-table.ts';
import { noteLines } from '../../src/report/views/run/note-lines.ts';
import { predictionsTable } from '../../src/report/views/run/predictions-table.ts';
import { linkNamed, report, trial, typicalReport } from './fixture.ts';

const english = readerOfFiles('en');
const noted = (...notes: { kind: string; value: number | string }[]) =>
  noteLines(report([trial({ transport: 'ws', notes })]), english);

test('layers: only those that carried bytes have a column, and the total is the socket’s', () => {
  const one = trial({ transport: 'ws', setupBytes: 289, steady: { websocket: { up: 60, down: 20 } } });
  const [table] = layersTables(report([one]), english, false);
  expect(table?.head.map((head) => String(head).replace('\u200b', ''))).toEqual([
    'transport',
    'http',
    'websocket',
    'payload',
    'total',
  ]);
  expect(table?.rows).toEqual([['ws', '289', '80', '38.4k', '38.8k']]);
  expect(one.wire.socketBytes).toBe(38_769);
});

test('layers: an invalid trial has no books to show', () => {
  const [table] = layersTables(report([trial({ transport: 'ws', verdict: 'invalid' })]), english, false);
  expect(table?.rows[0]?.slice(1)).toEqual(['-']);
});

test('layers: with room, a second table gives the bytes per message', () => {
  const one = trial({ transport: 'ws', setupBytes: 289, steady: { websocket: { up: 1_800, down: 600 } } });
  const tables = layersTables(report([one]), english, true);
  expect(tables[1]?.rows).toEqual([['ws', '', '8', '128', '136']]);
});

test('tables A and B keep the documents’ rows in their order', () => {
  const [a, b] = documentTables(typicalReport(), english);
  const titles = (table: typeof a) => table?.rows.map(([first]) => first?.[0]);
  expect(titles(a)).toEqual([
    'A1 Communication',
    'A2 Connection',
    'A3 Direction',
    'A4 Real time',
    'A5 Overhead',
    'A6 Use cases',
  ]);
  expect(titles(b)).toEqual([
    'B1 Protocol',
    'B2 Features',
    'B3 Ease of set-up',
    'B4 Compatibility',
    'B5 Overhead',
    'B6 Use',
  ]);
});

test('a run that measured nothing fills no cell of either table', () => {
  for (const language of ['en', 'ko'] as const) {
    const words = readerOfFiles(language);
    for (const table of documentTables(report([]), words)) {
      for (const row of table.rows) {
        for (const cell of row.slice(1)) expect(cell.slice(1)).toEqual([say(words, noFigure.notMeasured)]);
      }
    }
  }
});

test('no cell of the documents’ tables has more than the document’s line and five of ours', () => {
  const cells = documentTables(typicalReport(), english).flatMap((table) => table.rows.flat());
  expect(Math.max(...cells.map((cell) => (typeof cell === 'string' ? 1 : cell.length)))).toBeLessThanOrEqual(
    6,
  );
});

test('predictions: none make no table', () => {
  expect(predictionsTable(report([trial({ transport: 'ws' })]), english)).toBeNull();
});

test('predictions: a set of admissible values, a missing measurement and an odd unit are all readable', () => {
  const prediction = (predicted: number | number[], measured: number | null, unit: string) =>
    ({
      law: 'L',
      metric: 'm',
      predicted,
      measured,
      unit,
      tolerance: 0,
      verdict: measured === null ? 'not-applicable' : 'differs',
    }) as const;
  const predictions = [
    prediction([4, 5], 6, 'count'),
    prediction([1, 2, 3, 4, 9], 9, 'B'),
    prediction(1_234_567, 1_234_568, 'B'),
    prediction(2, null, 'parsecs'),
    prediction(1_500_000, 2_000_000_000, 'ns'),
  ];
  const table = predictionsTable(report([trial({ transport: 'ws', predictions })]), english);
  expect(table?.rows.map((row) => row.slice(2))).toEqual([
    ['m', '4 or 5', '6', 'DIFFERS'],
    ['m, B', '1 … or 9', '9', 'DIFFERS'],
    ['m, B', '1,234,567', '1,234,568', 'DIFFERS'],
    ['m, parsecs', '2', '-', 'n/a'],
    ['m', '1.50 ms', '2.0 s', 'DIFFERS'],
  ]);
  expect(table?.notes).toEqual(['0 of 4 predictions hold.']);
});

test('predictions: the same outcome in several repeats is one row', () => {
  const one = typicalReport().trials.find(({ transport }) => transport === 'ws')!;
  expect(predictionsTable(report([one, one]), english)?.rows).toHaveLength(3);
});

test('notes: values are worded in their unit', () => {
  expect(noted({ kind: 'late-generator', value: 12.5 })[0]).toContain('p99 12.5 ms');
  expect(noted({ kind: 'compressed', value: 1_234 })[0]).toContain('1,234 B');
});

test('notes: a kind nobody knows is printed as it is', () => {
  expect(noted({ kind: 'toString', value: 7 }, { kind: 'unknown', value: 8 })).toEqual([
    'ws (echo): toString: 7',
    'ws (echo): unknown: 8',
  ]);
});

test('notes: transports with the same note share a line', () => {
  const notes = [{ kind: 'few-samples', value: 30 }];
  const lines = noteLines(
    report([trial({ transport: 'ws', notes }), trial({ transport: 'sse', notes })]),
    english,
  );
  expect(lines).toEqual(['ws, sse (echo): few samples (30): quantiles that need more print “too few”']);
});

test('caption: conditions, load and trust are said', () => {
  const plan = { ...report([]).plan, compression: true, link: linkNamed('4g') };
  const blocks = caption(report([], { plan, verdict: 'noisy', interrupted: true }), english);
  const text = blocks.map((block) => ('text' in block ? block.text : '')).join('\n');
  for (const part of [
    'compression on',
    'link 4g',
    'Node 20.20.2',
    '10 clients × 30 messages of 64 B',
    'NOISY RUN',
    'INTERRUPTED',
  ]) {
    expect(text).toContain(part);
  }
});

test('predictions: a known metric is worded, its unit said once, and scenarios that agree share a row', () => {
  const predictions = [
    {
      law: 'WS1',
      metric: 'frame header up',
      predicted: 6,
      measured: 6,
      unit: 'B/message',
      tolerance: 0,
      verdict: 'holds' as const,
    },
    {
      law: 'POLL3',
      metric: 'polls made',
      predicted: 9,
      measured: 9,
      unit: 'polls',
      tolerance: 0,
      verdict: 'holds' as const,
    },
  ];
  const both = (['echo', 'push'] as const).map((scenario) =>
    trial({ transport: 'ws', scenario, predictions }),
  );
  expect(predictionsTable(report(both), readerOfFiles('ko'))?.rows).toEqual([
    ['ws', 'echo, push', 'WS1', '보낼 때 프레임 헤더, B/메시지', '6', '6', '맞음'],
    ['ws', 'echo, push', 'POLL3', 'polls made', '9', '9', '맞음'],
  ]);
});

const predicted = (
  change: Partial<Parameters<typeof trial>[0]> & {
    predicted?: number;
    measured?: number;
    tolerance?: number;
  },
) => {
  const { predicted: value = 50, measured = 51, tolerance = 3, ...shape } = change;
  const verdict = Math.abs(value - measured) <= tolerance ? ('holds' as const) : ('differs' as const);
  const prediction = {
    law: 'POLL1',
    metric: 'm',
    unit: 'ms',
    predicted: value,
    measured,
    tolerance,
    verdict,
  };
  return trial({ transport: 'polling', predictions: [prediction], ...shape });
};
const told = (...trials: Parameters<typeof report>[0]) =>
  predictionsTable(report(trials), english)?.rows.map((row) => row.slice(-3));

test('predictions: what may differ by chance shows by how much, an exact law shows nothing', () => {
  expect(told(predicted({}))).toEqual([['50.0 ms ± 3.00 ms', '51.0 ms', 'holds']]);
  expect(told(predicted({ tolerance: 0, measured: 50 }))).toEqual([['50.0 ms', '50.0 ms', 'holds']]);
});

test('predictions: the same law over many trials is one row with ranges', () => {
  expect(told(...[49, 50, 52].map((measured) => predicted({ measured })))).toEqual([
    ['50.0 ms ± 3.00 ms', '49.0 ms to 52.0 ms', 'holds (3×)'],
  ]);
  expect(told(predicted({ predicted: 10, measured: 11 }), predicted({ tolerance: 4 }))).toEqual([
    ['10.0 ms to 50.0 ms ± 3.00 ms to 4.00 ms', '11.0 ms to 51.0 ms', 'holds (2×)'],
  ]);
});

test('predictions: one that differs is not hidden among those that hold', () => {
  expect(told(predicted({}), predicted({ measured: 90 }), predicted({}))).toEqual([
    ['50.0 ms ± 3.00 ms', '51.0 ms', 'holds (2×)'],
    ['50.0 ms ± 3.00 ms', '90.0 ms', 'DIFFERS'],
  ]);
});

test('notes: many of one kind are one line with their range', () => {
  const notes = [5, 6, 7, 8].map((value) =>
    trial({ transport: 'ws', notes: [{ kind: 'late-generator', value }] }),
  );
  expect(noteLines(report(notes), english)).toEqual([
    'ws (echo): the generator itself was late, p99 5.00 ms to 8.00 ms, which is part of the latencies',
  ]);
  expect(noteLines(report(notes.slice(1)), english)).toHaveLength(3);
});
