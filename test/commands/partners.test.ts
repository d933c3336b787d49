/** Options without their partner: refused when typed, left alone when set for many commands. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { typicalReport } from '../report/fixture.ts';
import { toItsEnd, unlessTooBusy } from '../support/cli.ts';
import { spoken } from '../support/spoken.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-partners-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const report = join(folder, 'run.json');
writeFileSync(report, JSON.stringify(typicalReport()));
const baseline = fileURLToPath(new URL('../../reports/baseline.json', import.meta.url));

const rtcompare = (args: readonly string[], env: Record<string, string> = {}) =>
  unlessTooBusy(() => toItsEnd(args, { cwd: folder, env: { CI: '', ...env } }));

test.each<[string[], string | RegExp]>([
  [['report', report, '--out', 'site'], '--out does nothing here: add --report, such as --report md'],
  [['check', '--baseline', baseline, '--out', 'site'], '--out does nothing here: add --report'],
  [['check', '--baseline', baseline, '--force'], '--force does nothing here: add --update'],
  [['inspect', 'http://127.0.0.1:1', '--out', 'site'], '--out does nothing here: add --report'],
  [['lesson', '--answer', '100'], /^--answer does nothing here: say which lesson, such as `.* lesson 1`$/m],
  [['reproduce', '--scale', '0.2'], /^--scale does nothing here: say what, such as `.* reproduce kaazing`$/m],
  [['serve', 'ws', '--rate', '5'], '--rate does nothing here: add --behaviour ticker'],
  [['run', '--outage', 'silent'], '--outage does nothing here: add --scenario outage'],
  [['run', '--scenario', 'echo', '--outage-time', '1s'], '--outage-time does nothing here: add --scenario'],
  [['predict', '--outage-time', '1s'], '--outage-time does nothing here: add --scenario outage'],
  [['run', '--baseline', report], '--baseline does nothing here: add a threshold that speaks of it'],
])('%j: exit 2, one line with the remedy, nothing printed', async (args, remedy) => {
  const { code, stdout, stderr } = await spoken(args, { folder });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(remedy);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('with its partner an option does what it says', async () => {
  const files = await rtcompare(['report', report, '--report', 'csv', '--out', 'site']);
  expect([files.code, files.stderr]).toEqual([0, 'rtcompare: wrote site/rtcompare-report.csv\n']);
  const outage = await rtcompare(['predict', '--scenario', 'echo, outage', '--outage-time', '1s']);
  expect(outage.code, outage.stderr).toBe(0);
});

test('what the environment or the file sets is meant for whichever command has a use for it', async () => {
  const folderForAll = await rtcompare(['report', report], { RTCOMPARE_OUT: 'site' });
  expect([folderForAll.code, folderForAll.stderr]).toEqual([0, '']);
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ outageTime: '1s', baseline: 'none.json' }));
  const shared = await rtcompare(['predict', '--config', 'config.json']);
  expect(shared.code, shared.stderr).toBe(0);
  const quick = ['--transport', 'tcp', '--scenario', 'echo', '--clients', '1', '--messages', '1', '--quiet'];
  const ran = await rtcompare(['run', '--config', 'config.json', ...quick]);
  expect(ran.code, ran.stderr).toBe(0);
});
