/** How a person starts the program, and that a printed command works as it stands: each way is really gone. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { type Started, startOf } from '../../src/commands/started/started.ts';
import { cliFile } from '../support/cli.ts';

const on = (program: string, more: Partial<Started> = {}): string =>
  startOf({
    program,
    folder: '/home/me/app',
    env: { PATH: '/usr/bin:/usr/local/bin/' },
    windows: false,
    ...more,
  });

const onWindows = (program: string, Path = 'C:\\Windows;C:\\Users\\me\\AppData\\Roaming\\npm\\'): string =>
  startOf({ program, folder: 'C:\\work\\app', env: { Path }, windows: true });

test('where it is a word of the shell, that word', () => {
  expect(on('/usr/local/bin/rtcompare')).toBe('rtcompare');
  expect(onWindows('c:\\users\\me\\appdata\\roaming\\npm\\node_modules\\rtcompare\\dist\\cli.js')).toBe(
    'rtcompare',
  );
  const env = { PATH: '/usr/bin:/home/me/.local/share/pnpm' };
  const global = '/home/me/.local/share/pnpm/global/5/node_modules/rtcompare/dist/cli.js';
  expect(on(global, { env })).toBe('rtcompare');
});

test('where it is installed in a folder, npx, also in a script of npm', () => {
  expect(on('/home/me/app/node_modules/.bin/rtcompare')).toBe('npx rtcompare');
  const env = { PATH: '/home/me/app/node_modules/.bin:/usr/bin', npm_lifecycle_event: 'lab' };
  expect(on('/home/me/app/node_modules/.bin/rtcompare', { env })).toBe('npx rtcompare');
  expect(onWindows('C:\\work\\app\\node_modules\\rtcompare\\dist\\cli.js')).toBe('npx rtcompare');
});

test('else node and its path, from where the person stands', () => {
  expect(on('/home/me/app/dist/cli.js')).toBe('node dist/cli.js');
  expect(on('/home/me/other one/cli.js')).toBe('node "../other one/cli.js"');
  expect(onWindows('C:\\work\\app\\dist\\cli.js')).toBe('node dist\\cli.js');
  expect(onWindows('D:\\tools\\cli.js')).toBe('node D:\\tools\\cli.js');
  // A link of this name that no shell looks for.
  expect(on('/opt/x/rtcompare')).toBe('node ../../../opt/x/rtcompare');
});

test('a script of npm that was started from another folder: a path that works there too', () => {
  const env = { PATH: '', npm_lifecycle_event: 'start', INIT_CWD: '/home/me/app/src' };
  expect(on('/home/me/app/dist/cli.js', { env })).toBe('node /home/me/app/dist/cli.js');
  expect(on('/home/me/app/dist/cli.js', { env: { ...env, INIT_CWD: '/home/me/app' } })).toBe(
    'node dist/cli.js',
  );
});

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-started-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const repository = fileURLToPath(new URL('../..', import.meta.url));
mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
symlinkSync(repository, join(folder, 'node_modules', 'rtcompare'), 'dir');
symlinkSync('../rtcompare/dist/cli.js', join(folder, 'node_modules', '.bin', 'rtcompare'));
mkdirSync(join(folder, 'bin'));
symlinkSync(cliFile, join(folder, 'bin', 'rtcompare'));
writeFileSync(
  join(folder, 'package.json'),
  JSON.stringify({ name: 'app', scripts: { lab: 'rtcompare lesson 99' } }),
);

/** A shell of this folder, whose environment knows nothing of the npm that runs the tests. */
function shell(line: string, PATH = process.env.PATH) {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD)/i.test(name));
  const env = { ...Object.fromEntries(own), PATH, LANG: 'C', NO_COLOR: '1' };
  return spawnSync('bash', ['-c', line], { cwd: folder, env, encoding: 'utf8' });
}

const withGlobal = `${join(folder, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`;

test.each([
  ['npx --offline rtcompare lesson 99', 'npx rtcompare lesson', undefined],
  ['rtcompare lesson 99', 'rtcompare lesson', withGlobal],
  [`node ${cliFile} lesson 99`, null, undefined],
  ['node_modules/.bin/rtcompare lesson 99', 'npx rtcompare lesson', undefined],
])('%s: the command it prints works as printed', { timeout: 120_000 }, (line, printed, PATH) => {
  const wrong = shell(line, PATH);
  expect(wrong.stderr).toContain('no lesson "99"');
  const hint = /see `([^`]+)`/.exec(wrong.stderr)?.[1] ?? '';
  if (printed) expect(hint).toBe(printed);
  const followed = shell(hint.replace(/^npx /, 'npx --offline '), PATH);
  expect([followed.status, followed.stderr]).toEqual([0, '']);
  expect(followed.stdout).toMatch(/^ 1 {2}/m);
});

test('in a script of npm: what works outside of it', { timeout: 120_000 }, () => {
  expect(shell('npm run --silent lab').stderr).toContain('see `npx rtcompare lesson`');
});

test('a hint asks for the language only where the person would not get it anyway', () => {
  const hintOf = (line: string, env: string) =>
    /`([^`]+)`/.exec(shell(`${env} node ${cliFile} ${line}`).stderr)?.[1] ?? '';
  expect(hintOf('lesson 99 --lang ko', 'LANG=C')).toMatch(/ lesson --lang ko$/);
  expect(hintOf('lesson 99', 'LANG=ko_KR.UTF-8')).toMatch(/ lesson$/);
  expect(hintOf('lesson 99', 'RTCOMPARE_LANG=ko')).toMatch(/ lesson$/);
  expect(hintOf('lesson 99 --lang en', 'LANG=ko_KR.UTF-8')).toMatch(/ lesson --lang en$/);
});

test('node itself finds the program by a link', () => {
  expect(execFileSync(join(folder, 'bin', 'rtcompare'), ['--version'], { encoding: 'utf8' })).toMatch(/^\d/);
});
