/** Completion for each shell: the script is generated from the commands, and bash itself is asked what it offers. */
import { spawn, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { laws } from '../../src/laws/index.ts';
import { presets } from '../../src/network/link.ts';
import { claims } from '../../src/questions/claims/index.ts';
import { glossary } from '../../src/questions/glossary.ts';
import { lessons } from '../../src/questions/lessons/index.ts';
import { transports } from '../../src/transports/index.ts';
import { metrics } from '../../src/trial/metrics.ts';
import { scenarios } from '../../src/trial/scenarios/index.ts';
import { cliFile, rtcompare, toItsEnd } from '../support/cli.ts';

const script = (await rtcompare('completion', 'bash')).stdout;
const hasShell = (name: string) => spawnSync(name, ['-c', 'true']).status === 0;

/** What bash would offer for a line, as it cuts it: the cursor is at its end. */
function offered(line: string): string[] {
  const typed = `rtcompare ${line}`;
  const set = `COMP_LINE='${typed}'; COMP_POINT=${typed.length}`;
  const { stdout, stderr } = spawnSync(
    'bash',
    ['-c', `${script}\n${set}\n_rtcompare\nprintf '%s\\n' "\${COMPREPLY[@]}"`],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);

test('commands, options and the few values that are possible', () => {
  expect(offered('re').toSorted()).toEqual(['recommend', 'report', 'reproduce']);
  expect(offered('run --lin')).toEqual(['--link']);
  expect(offered('run --payload ')).toEqual(['text', 'binary']);
  expect(offered('run --payload b')).toEqual(['binary']);
  expect(offered('check -u').concat(offered('check --up'))).toEqual(['--update']);
  expect(offered('list --lang ')).toEqual(['en', 'ko']);
  // A number, or a file: for the shell.
  expect(offered('run --clients ')).toEqual([]);
  expect(offered('run --out ')).toEqual([]);
});

test('every name that a command or an option takes', () => {
  expect(offered('wire ')).toEqual(['all', ...names(transports)]);
  expect(offered('run --transport ')).toEqual(['all', ...names(transports)]);
  expect(offered('predict --scenario ')).toEqual(names(scenarios));
  expect(offered('lesson ')).toEqual(lessons.map(({ id }) => String(id)));
  expect(offered('claims --id ')).toEqual(claims.map(({ id }) => id));
  expect(offered('run --link ')).toEqual(expect.arrayContaining([...names(presets), 'rtt=']));
  expect(offered('run --proxy b')).toEqual(['buffering', 'buffering=']);
  expect(offered('run --sweep cl')).toEqual(['clients=']);
  expect(offered('check --report ')).toEqual(['json', 'md', 'junit']);
  expect(offered('reproduce k')).toEqual(['kaazing']);
  expect(offered('serve ws')).toEqual(['ws']);
  expect(offered('completion ')).toEqual(['bash', 'zsh', 'fish']);
  expect(offered('help les')).toEqual(['lesson']);
  expect(offered('run --help ')).toEqual(['all']);
  const words = glossary.map(({ word }) => word.replaceAll(' ', '-'));
  const ids = laws.map(({ id }) => id);
  expect(offered('explain ')).toEqual(expect.arrayContaining([...words, ...ids, ...names(metrics)]));
});

test('lists with commas, an option with its sign, names with a colon: as bash cuts them', () => {
  expect(offered('run --transport ws,sse:')).toEqual(
    names(transports)
      .filter((name) => name.startsWith('sse:'))
      .map((name) => name.slice('sse:'.length)),
  );
  expect(offered('run --transport ws,ss')).toContain('ws,sse');
  expect(offered('run --transport=ws,poll')).toEqual(['ws,polling']);
  expect(offered('wire socket.io:po')).toEqual(['polling']);
});

test('every command of the help is offered, and every option of each', async () => {
  const { stdout } = await rtcompare('--help', 'all');
  const all = [...stdout.split('Commands:')[1]!.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, name]) => name!);
  expect(all.length).toBeGreaterThan(12);
  expect(all.filter((name) => !offered('').includes(name))).toEqual([]);
  const help = (await rtcompare('check', '--help', 'all')).stdout;
  const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option]) => option!);
  expect(options.length).toBeGreaterThan(5);
  expect(options.filter((option) => !offered('check --').includes(option))).toEqual([]);
});

/** Types a line into an interactive bash, then Tab; returns the screen. */
async function completedByBash(line: string, until: RegExp): Promise<string> {
  const child = spawn('script', ['-qec', 'bash --norc --noprofile -i', '/dev/null'], {
    env: { ...process.env, PS1: '$ ', TERM: 'dumb', INPUTRC: '/dev/null' },
  });
  let screen = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
  });
  const seen = async (pattern: RegExp) => {
    for (let tries = 0; tries < 300 && !pattern.test(screen); tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
  };
  try {
    child.stdin.write(`eval "$(${process.execPath} ${cliFile} completion bash)"; echo is-$((40 + 2))\n`);
    await seen(/is-42/);
    child.stdin.write(line);
    await seen(until);
    return screen;
  } finally {
    child.stdin.end('\u0003exit\n');
    child.kill('SIGKILL');
  }
}

test.skipIf(!hasShell('bash') || spawnSync('script', ['--version']).status !== 0)(
  'a bash that somebody sits at completes a name behind a colon, and a second one behind a comma',
  { timeout: 60_000 },
  async () => {
    expect(await completedByBash('rtcompare wire socket.io:po\t', /io:polling/)).toContain(
      'wire socket.io:polling',
    );
    expect(await completedByBash('rtcompare run --transport ws,polli\t', /ws,polling/)).toContain(
      'ws,polling',
    );
  },
);

test.skipIf(!hasShell('zsh'))('zsh reads its script', async () => {
  const zsh = (await rtcompare('completion', 'zsh')).stdout;
  const { status, stderr } = spawnSync('zsh', ['-fc', `autoload -U compinit && compinit -D\n${zsh}`], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});

test.skipIf(!hasShell('fish'))('fish offers the same names', async () => {
  const fish = (await rtcompare('completion', 'fish')).stdout;
  const { stdout } = spawnSync('fish', ['-c', `${fish}\ncomplete -C 'rtcompare wire socket.io:po'`], {
    encoding: 'utf8',
  });
  expect(stdout).toContain('socket.io:polling');
});

test('zsh and fish get the same names, whatever shell is here', async () => {
  const [zsh, fish] = await Promise.all(
    ['zsh', 'fish'].map(async (shell) => (await rtcompare('completion', shell)).stdout),
  );
  expect(zsh).toContain('compdef _rtcompare rtcompare');
  for (const { name } of transports) {
    expect(zsh).toContain(name);
    expect(fish).toContain(name);
  }
  expect(fish).toMatch(/__fish_seen_subcommand_from check' -l update -s u -d '/);
  // A quotation mark in a description must not end the string.
  expect(
    fish!.split('\n').filter((line) => (line.replaceAll("\\'", '').match(/'/g) ?? []).length % 2 === 1),
  ).toEqual([]);
});

test('without a shell: the line that installs it, for the shell that is used', async () => {
  const how = async (SHELL: string) => (await toItsEnd(['completion'], { env: { SHELL } })).stdout;
  expect(await how('/bin/bash')).toMatch(/~\/\.bashrc:\n {2}eval "\$\(node \S+cli\.js completion bash\)"\n/);
  expect(await how('/usr/bin/fish')).toMatch(
    /completion fish > ~\/\.config\/fish\/completions\/rtcompare\.fish\n/,
  );
  expect(await how('/bin/sh')).toMatch(/bash[\s\S]*zsh[\s\S]*fish/);
});
