/** What could not connect, in every form in which a report is told. */

import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { type Report, reportSchema, type Unconnected } from '../../src/document/report.ts';
import { compareReports } from '../../src/gate/report-differences.ts';
import { renderBlocks } from '../../src/report/skins/terminal.ts';
import { renderCsv } from '../../src/report/views/run/figure-rows.ts';
import { firstLook } from '../../src/report/views/run/first-look.ts';
import { measuredTables } from '../../src/report/views/run/measured-table.ts';
import { renderJunit } from '../../src/report/views/run/run-junit.ts';
import { renderMarkdown } from '../../src/report/views/run/run-markdown.ts';
import { renderHtml } from '../../src/report/views/run/run-page.ts';
import { renderTerminal } from '../../src/report/views/run/run-terminal.ts';
import { report, typicalReport } from './fixture.ts';

const typical = typicalReport();
const told = { en: 'no upgrade; leave it out', ko: '업그레이드가 거절되었습니다. 빼십시오' };

/** As if these had not been able to connect. */
function without(transports: readonly string[], outcome: Partial<Unconnected> = {}): Report {
  const unconnected = typical.trials
    .filter(({ transport }) => transports.includes(transport))
    .map(({ transport, reference, scenario, load, link, repeat, over }) => ({
      transport,
      reference,
      scenario,
      load,
      link,
      repeat,
      over,
      outcome: 'refused' as const,
      status: 403,
      told,
      ...outcome,
    }));
  const trials = typical.trials.filter(({ transport }) => !transports.includes(transport));
  return { ...typical, trials, unconnected };
}

const refused = without(['ws']);
const lookOf = (one: Report, language: 'en' | 'ko') =>
  renderBlocks(firstLook(one, readerOfFiles(language)), { width: 80, ascii: false });

test.each([
  ['en', /^ws +refused 403|^ws +refused\b/m, 'ws (echo, push): refused 403: no upgrade; leave it out'],
  ['ko', /^ws +거부됨/m, 'ws(echo, push): 거부됨 403. 업그레이드가 거절되었습니다. 빼십시오'],
] as const)('%s: a row with a short word, and one line with why', (language, row, line) => {
  const flat = (text: string) => text.replace(/\s+/g, ' ');
  for (const told of [lookOf(refused, language), renderTerminal(refused, { language })]) {
    expect(told).toMatch(row);
    expect(flat(told)).toContain(line);
    expect(flat(told).split(line)).toHaveLength(2);
  }
  const markdown = renderMarkdown(refused, { language }).replaceAll('\\', '');
  expect(markdown).toContain(`- ${line}`);
  expect(markdown).toMatch(language === 'en' ? /\| ws \| refused 403 \|/ : /\| ws \| 거부됨 403 \|/);
  const html = renderHtml(refused, { language });
  expect(html).toContain(line);
  expect(html).toMatch(/<th scope="row">ws<\/th><td[^>]*>(refused|거부됨) 403/);
});

test('its row stands where it would have stood', () => {
  const namesIn = (one: Report) =>
    measuredTables(one, readerOfFiles('en')).map(({ rows }) =>
      rows.map(([name]) => String(name).split('\u00a0')[0]),
    );
  expect(namesIn(refused)).toEqual(namesIn(typical));
  expect(namesIn(refused)[0]!.length).toBeGreaterThan(3);
});

test('several with the same fate share a line', () => {
  const held = without(['sse', 'long-polling'], { outcome: 'nothing-came', status: null });
  expect(renderMarkdown(held, { language: 'en' }).replaceAll('\\', '')).toContain(
    '- long-polling, sse (echo, push): nothing came: no upgrade; leave it out',
  );
});

test('the first look is no longer than 60 lines', () => {
  expect(lookOf(refused, 'en').split('\n').length).toBeLessThanOrEqual(60);
  expect(lookOf(without(['sse', 'ws']), 'ko').split('\n').length).toBeLessThanOrEqual(60);
});

test('CSV has a row with the outcome and the status, JUnit a case that passes with a remark', () => {
  const rows = renderCsv(refused)
    .split('\r\n')
    .filter((row) => row.startsWith('ws,'));
  expect(rows).toEqual([
    'ws,echo,loopback,10,1,refused,connect.status,403,HTTP status',
    'ws,push,loopback,10,1,refused,connect.status,403,HTTP status',
  ]);
  const xml = renderJunit(refused);
  expect(xml.match(/name="it connects"><system-out>ws \((echo|push)\): refused 403/g)).toHaveLength(2);
  expect(xml).toMatch(/name="echo ws [^"]*" tests="1" failures="0" errors="0"/);
});

test('repeats: their table has the row as well', () => {
  const { scenario, load, link, over } = typical.trials[0]!;
  const summary = [
    {
      transport: 'sse',
      scenario,
      load,
      link,
      over,
      metric: 'perMessage.overhead',
      median: 270,
      low: null,
      high: null,
    },
  ];
  expect(renderMarkdown({ ...refused, summary }, { language: 'en' })).toMatch(/\| ws \| refused 403 \|/);
});

test('where nothing was measured every form still has something to say', () => {
  const none: Report = { ...refused, trials: [], verdict: 'invalid' };
  for (const language of ['en', 'ko'] as const) {
    const texts = [
      lookOf(none, language),
      renderTerminal(none, { language }),
      renderMarkdown(none, { language }),
      renderHtml(none, { language }),
    ];
    for (const said of texts) expect(said).toContain('403');
  }
  expect(renderJunit(none)).toContain('it connects');
});

test('compare takes such a report on either side', () => {
  expect(() => [compareReports(typical, refused), compareReports(refused, typical)]).not.toThrow();
});

test('an older report has none of it, and is read', () => {
  const { unconnected: _, ...older } = report([]);
  expect(reportSchema.parse(older).unconnected).toEqual([]);
});
