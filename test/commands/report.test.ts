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

/** Of `artillery run --output`, what a run of two users over ws left. */
const artillery = (counters: Record<string, number>) => ({
  aggregate: {
    counters: { 'vusers.created': 2, 'vusers.completed': 1, 'vusers.failed': 1, ...counters },
    summaries: {
      'rtcompare.ws.echo.age_us': {
        count: 40,
        min: 210.4,
        max: 5012,
        mean: 600,
        p50: 400,
        p95: 900,
        p99: 5000,
      },
    },
    firstMetricAt: 1_796_056_293_103,
    lastMetricAt: 1_796_056_295_598,
  },
  intermediate: [],
});

const counted = {
  'errors.rtcompare_unanswered': 1,
  'rtcompare.ws.clients': 2,
  'rtcompare.ws.messages.sent': 1_234_567,
  'rtcompare.ws.trouble.closed': 3,
  'rtcompare.ws.bytes.payload.up': 9_007_199_254_740_000,
  'rtcompare.ws.bytes.websocket.up': 991,
  'rtcompare.ws.socket.up': 9_007_199_254_740_991,
  'rtcompare.ws.socket.down': 0,
};

const reportOf = async (name: string, value: object, ...more: string[]) => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return rtcompare('report', path, ...more);
};

test('a report of Artillery with our counters is told as ours: sums to the byte, quantiles with their error', async () => {
  const { code, stdout } = await reportOf('artillery.json', artillery(counted));
  expect(code).toBe(0);
  expect(stdout).toMatch(/users 2, of these completed 1, failed 1/);
  expect(stdout).toMatch(/- rtcompare_unanswered: 1\n[\s\S]*- ws: closed: 3\n/);
  expect(stdout).toMatch(/^ws +2 +1,234,567 +0 +0 /m);
  expect(stdout).toMatch(/9,007,199,254,740,991/);
  // Of 40 samples there is a median, and no 99th percentile.
  expect(stdout).toMatch(/^ws +echo, from due +40 +0\.21 +0\.40 +too few +too few +5\.01$/m);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(/sketch, ±1 %.*Balanced: each of the 9,007,199,254,740,991 B/);
  const files = await reportOf(
    'artillery.json',
    artillery(counted),
    '--report',
    'html,md,csv,json',
    '--out',
    folder,
  );
  expect([files.code, files.stderr.match(/wrote/g)?.length]).toEqual([0, 4]);
  expect(readFileSync(join(folder, 'rtcompare-report.csv'), 'utf8')).toContain(
    'ws,wire.up,9007199254740991,B',
  );
});

test('a report of Artillery whose layers and sockets disagree says so; one without our counters is a mistake', async () => {
  const off = await reportOf('off.json', artillery({ ...counted, 'rtcompare.ws.bytes.websocket.up': 990 }));
  expect(off.stdout).toMatch(/\*\*\* ws: the sockets counted 9,007,199,254,740,991 B, and/);
  const { code, stdout, stderr } = await reportOf('without.json', artillery({ 'http.requests': 3 }));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(
    /without\.json is a report of Artillery without any counter of ours; run the script with/,
  );
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
