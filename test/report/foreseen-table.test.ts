/** What the laws predict before a run, as a table: the words and figures of the run's own, in both languages. */

import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { foreseenBlock } from '../../src/report/views/run/foreseen-table.ts';
import { typicalReport } from './fixture.ts';

const { load, link, over } = typicalReport().trials[0]!;

const one = (metric: string, unit: string, predicted: number | number[], scenario = 'push') => ({
  transport: 'polling',
  scenario,
  law: 'L',
  metric,
  unit,
  predicted,
  load,
  link,
  over,
});

function told(language: 'en' | 'ko', ...foreseen: ReturnType<typeof one>[]) {
  const block = foreseenBlock(
    foreseen,
    [...new Set(foreseen.map(({ scenario }) => scenario))],
    readerOfFiles(language),
  );
  return block.kind === 'table' ? block.table : null;
}

test('figures carry the units that people read, and times stay in milliseconds', () => {
  const rows = told(
    'en',
    one('mean age of an event', 'ms', 1040),
    one('share of empty polls', 'share', 0.25),
    one('requests to connect', 'requests', [4, 5]),
    one('frame header up', 'B/message', 6),
    one('messages per non-empty poll', 'messages', 1.625),
  )?.rows;
  expect(rows).toEqual([
    ['polling', 'L', 'mean age of an event', '1,040 ms'],
    ['polling', 'L', 'share of empty polls', '25.0 %'],
    ['polling', 'L', 'requests to connect', '4 or 5'],
    ['polling', 'L', 'frame header up, B/message', '6'],
    ['polling', 'L', 'messages per non-empty poll', '1.625'],
  ]);
});

test('in Korean no unit stays English but those that every language writes so', () => {
  const rows = told(
    'ko',
    one('polls made and skipped', 'polls', 20),
    one('share of empty polls', 'share', 0),
    one('requests to connect', 'requests', [4, 5]),
    one('messages per response', 'messages', 1.5),
    one('frame header down', 'B/message', 2),
  )?.rows.map((row) => row.slice(2).join(': '));
  expect(rows).toEqual([
    '보낸 폴링과 건너뛴 폴링 수: 20',
    '빈 폴링 비율: 0 %',
    '연결할 때의 요청 수: 4 또는 5',
    '응답당 메시지 수: 1.5',
    '받을 때 프레임 헤더, B/메시지: 2',
  ]);
});

test('scenarios and values of a sweep that a law says the same of share a row, which names them', () => {
  const swept = [10, 40].flatMap((ms) => {
    const over = { link: { ...link, upDelayMs: ms, downDelayMs: ms } };
    return [
      { ...one('frame header up', 'B/message', 6, 'echo'), ...over },
      { ...one('frame header up', 'B/message', 6, 'push'), ...over },
      { ...one('median age or echo', 'ms', ms, 'push'), ...over },
    ];
  });
  const table = told('en', ...swept);
  expect(table?.head.slice(0, 4)).toEqual(['transport', 'scenario', 'RTT', 'law']);
  expect(table?.rows).toEqual([
    ['polling', 'echo, push', '20.0 ms, 80.0 ms', 'L', 'frame header up, B/message', '6'],
    ['polling', 'push', '20.0 ms', 'L', 'median age or echo', '10.0 ms'],
    ['polling', 'push', '80.0 ms', 'L', 'median age or echo', '40.0 ms'],
  ]);
});

test('where only one of several scenarios has laws, its rows still say which it is', () => {
  const block = foreseenBlock(
    [one('frame header up', 'B/message', 6)],
    ['push', 'connect'],
    readerOfFiles('en'),
  );
  expect(block.kind === 'table' && block.table.rows).toEqual([
    ['polling', 'push', 'L', 'frame header up, B/message', '6'],
  ]);
});

test('where no law speaks it says so, instead of an empty table', () => {
  expect(foreseenBlock([], ['push'], readerOfFiles('en'))).toEqual({
    kind: 'paragraph',
    text: expect.stringMatching(/^No law has anything to say/),
  });
});
