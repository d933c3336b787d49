import { expect, test } from 'vitest';
import { markdownTable } from '../../src/report/skins/markdown.ts';
import { renderMarkdown } from '../../src/report/views/run/run-markdown.ts';
import {
  everyScenario,
  repeatedReport,
  report,
  sweepReport,
  trial,
  typicalReport,
  widestReport,
} from './fixture.ts';

test('pipes in a cell do not end the cell', () => {
  const table = markdownTable({
    title: 'a|b',
    notes: [],
    shape: 'figures',
    head: ['x|y'],
    align: ['left'],
    rows: [[['one|two', 'three']]],
  });
  expect(table).toBe('### a\\|b\n\n| x\\|y |\n| --- |\n| one\\|two<br>three |');
});

test('HTML and emphasis of a report stay text', () => {
  const text = renderMarkdown(report([trial({ transport: '<img src=x>*_`[l](u)\u001b' })]), {
    language: 'en',
  });
  expect(text).not.toContain('<img');
  expect(text).toContain('&lt;img src=x&gt;\\*\\_\\`\\[l\\](u)\\\\x1b');
});

for (const language of ['en', 'ko'] as const) {
  test(`every row of a table in ${language} has as many cells as its head`, () => {
    for (const make of [typicalReport, widestReport, everyScenario, sweepReport, repeatedReport]) {
      const blocks = renderMarkdown(make(), { language }).split('\n\n');
      for (const table of blocks.filter((block) => block.startsWith('| '))) {
        const cells = table.split('\n').map((line) => line.replace(/\\\|/g, '').split('|').length);
        expect(new Set(cells).size).toBe(1);
      }
    }
  });
}

test('references stand in italics, because Markdown rules off nothing inside a table', () => {
  expect(renderMarkdown(typicalReport(), { language: 'en' })).toContain('| *http* | *0.41* |');
});

test('findings stand first: what was missed and what differs, before any table', () => {
  const differs = { law: 'WS1', metric: 'frame header up', unit: 'B/message', tolerance: 0 } as const;
  const predictions = [{ ...differs, predicted: 6, measured: 9, verdict: 'differs' as const }];
  const text = renderMarkdown(report([trial({ transport: 'ws', predictions })]), { language: 'en' });
  const line = '- echo over ws differs from law WS1, frame header up, B/message: predicted 6, measured 9';
  expect(text.indexOf(line)).toBeGreaterThan(0);
  expect(text.indexOf(line)).toBeLessThan(text.indexOf('| ---'));
  expect(text).toContain('<details>');
});

test('the same tables and sentences as in the terminal are there', () => {
  const text = renderMarkdown(typicalReport(), { language: 'ko' });
  for (const part of ['표 A', '표 B', '요약', '법칙의 예측', '참고', '이번 실행의 판정: 유효'])
    expect(text).toContain(part);
});

test('a chart is fenced, so that its columns stay columns, and a name cannot close the fence', () => {
  const trials = [1, 2].map((clients) => trial({ transport: '```<b>', load: { clients } }));
  const text = renderMarkdown(report(trials), { language: 'en' });
  expect(text).toMatch(/```text\np50, ms\n[^`]*```\n\na/);
  expect(text).not.toContain('<b>');
});
