/** Completion, as bash sees it: the script is made of the commands, and bash itself says what it would offer. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { rtcompare } from '../support/cli.ts';

const script = (await rtcompare('completion', 'bash')).stdout;

/** What bash would offer for a line; its last word is being typed. */
function offered(...words: string[]): string[] {
  const line = `COMP_WORDS=(${['rtcompare', ...words].map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}`;
  const { stdout, stderr } = spawnSync(
    'bash',
    ['-c', `${script}\n${line}\n_rtcompare\necho "\${COMPREPLY[@]}"`],
    {
      encoding: 'utf8',
    },
  );
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split(' ')
    .filter((word) => word !== '');
}

test('commands, options and the few values that are possible', () => {
  expect(offered('re')).toEqual(['report', 'reproduce', 'recommend']);
  expect(offered('run', '--lin')).toEqual(['--link']);
  expect(offered('run', '--payload', '')).toEqual(['text', 'binary']);
  expect(offered('run', '--payload', 'b')).toEqual(['binary']);
  // A number, or a file: for the shell.
  expect(offered('run', '--clients', '')).toEqual([]);
});

test('every command of the help is offered, and every option of each', async () => {
  const { stdout } = await rtcompare('--help');
  const names = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<| {2})/gm)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(12);
  expect(names.filter((name) => !offered('').includes(name))).toEqual([]);
  const help = (await rtcompare('check', '--help')).stdout;
  const options = [...help.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option!);
  expect(options.filter((option) => !offered('check', '--').includes(option))).toEqual([]);
});

test('zsh gets the same through its own bash completion; another shell is refused', async () => {
  expect((await rtcompare('completion', 'zsh')).stdout).toBe(
    `autoload -U +X bashcompinit && bashcompinit\n${script}`,
  );
  const fish = await rtcompare('completion', 'fish');
  expect([fish.code, fish.stdout]).toEqual([2, '']);
  expect(fish.stderr).toMatch(/bash, zsh/);
});
