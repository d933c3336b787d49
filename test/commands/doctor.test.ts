/** The doctor: what it looks at, what it says where something is wrong. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { cliFile, rtcompare } from '../support/cli.ts';

test('it looks at everything and says what it found, in both languages and as JSON', async () => {
  const { code, stdout, stderr } = await rtcompare('doctor', '--json');
  expect(code, stderr).toBe(0);
  const { checks, commands } = JSON.parse(stdout) as {
    checks: { name: string; state: string; found: string }[];
    commands: string[];
  };
  expect(checks.map(({ name }) => name)).toEqual([
    ...['node', 'libraries', 'cores', 'memory', 'files', 'timers', 'child', '127.0.0.1', '::1', 'ports'],
  ]);
  expect(checks.find(({ name }) => name === 'node')!.found).toBe(process.versions.node);
  const help = (await rtcompare('--help', 'all')).stdout;
  const named = [...help.matchAll(/^ {2}([a-z]+) {2,}.*$/gm)].map(([, name]) => name);
  expect(named.filter((name) => name !== undefined && commands.includes(name))).toEqual(commands);
  expect(commands).toEqual(expect.arrayContaining(['run', 'doctor', 'completion', 'inspect']));
  const korean = await rtcompare('doctor', '--classroom', '--lang', 'ko');
  expect(korean.stdout).toContain('이 버전의 명령: run, lesson, ');
  expect(korean.stdout).toContain('로컬 네트워크');
  for (const line of korean.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('--json speaks the language that is asked for; names and states stay what a program reads', async () => {
  const checksIn = async (...args: string[]) =>
    JSON.parse((await rtcompare('doctor', '--json', ...args)).stdout).checks as Record<string, string>[];
  const [english, korean] = await Promise.all([checksIn(), checksIn('--lang', 'ko')]);
  const titleOf = (checks: typeof korean) => checks.find(({ name }) => name === 'memory')!.title;
  expect([titleOf(english), titleOf(korean)]).toEqual(['memory', '메모리']);
  expect(korean.map(({ name }) => name)).toEqual(english.map(({ name }) => name));
});

test('few open files are a warning with the remedy, not a problem', () => {
  const command = `ulimit -n 256 && exec ${process.execPath} ${cliFile} doctor --json`;
  const { status, stdout } = spawnSync('bash', ['-c', command], {
    encoding: 'utf8',
    env: { ...process.env, LANG: 'C' },
  });
  const { checks } = JSON.parse(stdout) as { checks: { name: string }[] };
  expect(checks.find(({ name }) => name === 'files')).toMatchObject({
    state: 'warning',
    found: '256 (--clients ≤ 108)',
    remedy: 'for more clients: ulimit -n 65536',
  });
  expect(status).toBe(0);
});
