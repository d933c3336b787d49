/** What a user sees in a terminal: few lines, none broken, the result and the verdict on the last screen. */

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { type Report, reportSchema } from '../../src/document/report.ts';
import { renderBlocks } from '../../src/report/skins/terminal.ts';
import { displayWidth } from '../../src/report/skins/wrap.ts';
import { firstLook } from '../../src/report/views/run/first-look.ts';
import { transports } from '../../src/transports/index.ts';
import { again } from '../support/again.ts';
import { rtcompare } from '../support/cli.ts';
import { onTerminal } from '../support/pseudo-terminal.ts';

const file = join(mkdtempSync(join(tmpdir(), 'rtcompare-test-')), 'run.json');
const said = { en: 'In short', ko: '요약' } as const;
const verdict = { en: /^Verdict of this run: /, ko: /^이번 실행의 판정: / } as const;
const rowNames = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'B1', 'B2', 'B3', 'B4', 'B5', 'B6'];

let printed = '';
beforeAll(async () => {
  const { code, stdout, stderr } = await rtcompare('run', '--transport', 'all', '--json');
  expect(code, stderr).toBe(0);
  printed = stdout;
  writeFileSync(file, stdout);
}, 60_000);

test('--json prints one document of the report format, and its books balance', () => {
  const report: Report = reportSchema.parse(JSON.parse(printed));
  const wanted = transports.filter(({ traits }) => traits.inAll || traits.reference).map(({ name }) => name);
  const echoes = report.trials.filter(({ scenario }) => scenario === 'echo');
  expect(echoes.map(({ transport }) => transport)).toEqual(wanted);
  for (const { wire, transport, notes } of report.trials) {
    const sum = wire.layers.reduce((total, { bytes }) => total + bytes, 0);
    expect([wire.up + wire.down, sum], transport).toEqual([wire.socketBytes, wire.socketBytes]);
    expect(wire.layers.some(({ layer }) => layer === 'unparsed')).toBe(false);
    expect(notes.some(({ kind }) => kind === 'unbalanced')).toBe(false);
  }
});

/** Of the table of a first look: what stands beside a message and its echo, and what an event weighs. */
const weights = (text: string, transport: string) => {
  const [, , , overhead, , , , event] =
    new RegExp(`^${transport} .*$`, 'm').exec(text)?.[0].split(/ {2,}/) ?? [];
  return { overhead, event };
};

test.each(['README.md', 'README.ko.md'])(
  '%s shows what messages weigh that no interval decides about, to the byte',
  (readme) => {
    const shown = readFileSync(new URL(`../../${readme}`, import.meta.url), 'utf8');
    const look = firstLook(JSON.parse(printed) as Report, readerOfFiles('en'));
    const now = renderBlocks(look, { width: 80, ascii: false, colour: false });
    for (const transport of ['sse', 'ws', 'socket.io', 'http', 'tcp']) {
      expect(weights(now, transport).overhead).toMatch(/^\d+$/);
      expect(weights(shown, transport), transport).toEqual(weights(now, transport));
    }
  },
);

describe.concurrent.each([
  { columns: 80, rows: 24 },
  { columns: 80, rows: 40 },
  { columns: 60, rows: 40 },
  { columns: 40, rows: 24 },
])('$columns × $rows', (size) => {
  test.concurrent.each(['en', 'ko'] as const)('%s', async (language) => {
    const { lines, code } = await onTerminal(['report', file, '--lang', language], size);
    const drawn = lines
      .map((line) => line.trimEnd())
      .filter((line, index) => line !== '' || index < lines.length - 1);
    expect(code).toBe(0);
    expect(drawn.filter((line) => displayWidth(line) > size.columns)).toEqual([]);
    if (size.columns === 80) expect(drawn.length).toBeLessThanOrEqual(60);
    const lastScreen = drawn.slice(1 - size.rows);
    expect(lastScreen.filter((line) => line === said[language])).toHaveLength(1);
    // It may take three lines of a narrow screen.
    expect(lastScreen.slice(-3).filter((line) => verdict[language].test(line))).toHaveLength(1);
    const told = drawn.map((line) => /^[AB]\d /.exec(line)?.[0].trim()).filter(Boolean);
    expect(told).toEqual(rowNames);
    expect(drawn.join('\n')).not.toMatch(/not measured|측정하지 않음|p99/);
  });
});

/** The worst run that still counts: one trial invalid, all others noisy, and no law on times holds. */
const disturbed = (report: Report): Report => ({
  ...report,
  verdict: 'invalid',
  trials: report.trials.map((trial, index) => ({
    ...trial,
    verdict: index === 0 ? 'invalid' : 'noisy',
    notes: index === 0 ? [{ kind: 'saturated', value: 0.9 }] : trial.notes,
    predictions: trial.predictions.map((one) => ({ ...one, verdict: 'differs' })),
  })),
});

test.each(['en', 'ko'] as const)('however disturbed a run was, it fits 60 lines: %s', (language) => {
  const lines = (report: Report) =>
    renderBlocks(firstLook(report, readerOfFiles(language)), {
      width: 80,
      ascii: false,
      colour: false,
    }).split('\n');
  const report: Report = JSON.parse(printed);
  const [calm, worst] = [lines(report), lines(disturbed(report))];
  expect(worst.join('\n')).toMatch(/^- and \d+ more|^- 이 밖에 \d+개/m);
  expect(worst.length).toBeLessThanOrEqual(60);
  // What it comes to, in six lines at most.
  const [from, to] = [said[language], /^(More|더 보기):/].map((mark) =>
    calm.findIndex((line) => (typeof mark === 'string' ? line === mark : mark.test(line))),
  );
  expect(calm.slice(from! + 1, to).filter((line) => line !== '').length).toBeLessThanOrEqual(6);
});

test('a pipe, --verbose and --wide keep everything', async () => {
  const { stdout: piped } = await rtcompare('report', file);
  const { lines } = await onTerminal(['report', file, '--verbose'], { columns: 80, rows: 24 });
  expect(`${lines.join('\n').trimEnd()}\n`).toBe(piped);
  expect(piped).toContain('p99');
  expect(piped.split('\n').length).toBeGreaterThan(100);
});

test('while a run goes on its rows appear, and nothing of them is left in the end', async () => {
  const run = () => onTerminal(['run', '--transport', 'ws', '--lang', 'ko'], { columns: 80, rows: 40 });
  // If the machine stands still, a trial does not count, and the exit code is 3.
  const isFair = ({ code, lines }: Awaited<ReturnType<typeof run>>) =>
    code !== 3 || !lines.join(' ').replace(/\s+/g, ' ').includes('부하 생성기가');
  const { raw, lines, code } = await again(run, isFair);
  expect(code).toBe(0);
  const [beforeErasing = ''] = raw.split('[7/', 1);
  // The row of ws was printed while others were still being measured.
  expect(beforeErasing).toMatch(/\n\s*ws\s+[~!]?\s*[\d-]/);
  expect(lines.filter((line) => line.startsWith('ws '))).toHaveLength(1);
  expect(lines.filter((line) => /\[\d+\/\d+\]/.test(line))).toEqual([]);
}, 60_000);
