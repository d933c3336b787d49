/**
 * What `rtcompare bundle` refuses before it copies anything. readme.test.ts checks that it writes the file, and
 * `npm run acceptance -- classroom` that the file installs without a network.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CannotRun } from '../../src/base/failure.ts';
import { writeBundle } from '../../src/commands/files/bundle-file.ts';
import { spoken } from '../support/spoken.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-bundle-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('without npm it says where npm comes from, and leaves nothing', async () => {
  const refused = async (language: 'en' | 'ko') =>
    spoken(['bundle', '--quiet'], { language, folder, env: { PATH: folder } });
  const [english, korean] = [await refused('en'), await refused('ko')];
  expect([english.code, english.stdout]).toEqual([3, '']);
  expect(english.stderr).toMatch(/^npm cannot be started \(.*\); it comes with Node: .*\n$/);
  expect(korean.stderr).toMatch(/^npm을 시작할 수 없습니다/);
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that cannot be written, and a package that was not built', async () => {
  writeFileSync(join(folder, 'file'), '');
  const { code, stderr } = await spoken(['bundle', '--out', join(folder, 'file', 'below')]);
  expect([code, stderr]).toEqual([3, expect.stringContaining('choose a folder you may write to')]);
  const unbuilt = writeBundle({ folder, into: join(folder, 'out') });
  await expect(unbuilt).rejects.toThrow(CannotRun);
  await expect(unbuilt).rejects.toThrow('run `npm run build` there first');
});

test('an argument is no folder: --out is', async () => {
  const { code, stderr } = await spoken(['bundle', 'stick']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('see `rtcompare bundle --help`')]);
});
