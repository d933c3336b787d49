/** `rtcompare report` through the built command: any format from one result file, and clear words for a wrong one. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { renderMarkdown } from '../../src/report/views/run/run-markdown.ts';
import { renderHtml } from '../../src/report/views/run/run-page.ts';
import { renderTerminal } from '../../src/report/views/run/run-terminal.ts';
import { typicalReport } from '../report/fixture.ts';
import { rtcompare } from '../support/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'run.json');
writeFileSync(file, JSON.stringify(typicalReport()));

test('without a format it prints the tables', async () => {
  const { code, stdout } = await rtcompare('report', file);
  expect(code).toBe(0);
  expect(stdout).toBe(renderTerminal(typicalReport(), { language: 'en' }));
});

test('with formats it writes each, and says where', async () => {
  const { code, stdout, stderr } = await rtcompare(
    'report',
    file,
    '--report',
    'html,md,csv',
    '--out',
    folder,
    '--lang',
    'ko',
  );
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr.match(/파일을 썼습니다/g)).toHaveLength(3);
  const written = (ending: string) => readFileSync(join(folder, `rtcompare-report.${ending}`), 'utf8');
  expect(written('html')).toBe(renderHtml(typicalReport(), { language: 'ko' }));
  expect(written('md')).toBe(renderMarkdown(typicalReport(), { language: 'ko' }));
});

test.each([
  [['report', 'nowhere.json'], /cannot read nowhere\.json/],
  [['report', file, '--report', 'htm'], /unknown format "htm"; did you mean html\? Known: json, md, html/],
  [['run', '--report', 'pdf'], /unknown format "pdf"/],
])('%j is a mistake that is told before anything starts', async (args, message) => {
  const { code, stdout, stderr } = await rtcompare(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
});

test('a file that is no report says what is wrong with it, and where', async () => {
  const wrong = join(folder, 'wrong.json');
  writeFileSync(wrong, JSON.stringify({ ...typicalReport(), verdict: 'splendid' }));
  const { code, stderr } = await rtcompare('report', wrong);
  expect(code).toBe(2);
  expect(stderr).toMatch(/wrong\.json is a report, but a damaged one: verdict: /);
});
