/**
 * The READMEs and the help are true: every command they show is run as shown, through the built command line in an
 * empty folder, only with a lighter load than the default (from the environment: what a command says itself wins).
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { scenarios } from '../../src/scenarios/index.ts';
import { transports } from '../../src/transports/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'dist/cli.js');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const readmes = ['README.md', 'README.ko.md'] as const;
const folder = mkdtempSync(join(tmpdir(), 'rtcompare-readme-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const foreign = Object.entries(process.env).filter(([name]) => !name.startsWith('RTCOMPARE_'));
const environment = {
  ...Object.fromEntries(foreign),
  NODE: process.execPath,
  CLI: cli,
  RTCOMPARE_MESSAGES: '3',
  RTCOMPARE_RATE: '100',
  RTCOMPARE_CLIENTS: '2',
  RTCOMPARE_WARMUP: '1',
};

/** Lines of `sh` blocks, taken apart at `&&`, and commands that stand in a sentence or a table. */
function commandsOf(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```sh\n([^]*?)^```/gm)].map(([, block = '']) => block);
  const lines = blocks.flatMap((block) => block.split('\n')).map((line) => line.replace(/\s+#.*$/, ''));
  const prose = markdown.replace(/^```[^]*?^```/gm, '');
  const inline = [...prose.matchAll(/`((?:npx )?rtcompare [a-z-][^`]*|npm [^`]+)`/g)].map(
    ([, text = '']) => text,
  );
  const all = [...lines, ...inline].flatMap((line) => line.split('&&')).map((line) => line.trim());
  return [...new Set(all)].filter((line) => /^(npx )?rtcompare |^npm /.test(line)).sort();
}

const help = (command: string) =>
  execFileSync(process.execPath, [cli, ...(command ? [command] : []), '--help'], { encoding: 'utf8' });

/** Help sets a remark apart from its example by two spaces or more. */
const examplesOf = (command: string) =>
  [...help(command).matchAll(/^ {2}(rtcompare .+?)(?: {2,}.*)?$/gm)].map(([, line = '']) => line);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A port a page names may be taken on this machine; any other will do. */
const shellLine = async (command: string) =>
  command
    .replace(/^(npx )?rtcompare /, 'exec "$NODE" "$CLI" ')
    .replace(/--port [1-9]\d*/, `--port ${await freePort()}`);

/** Runs to the end; a command that stays up is interrupted once it says that it is ready. */
async function outcome(command: string) {
  const child = spawn('sh', ['-c', await shellLine(command)], { cwd: folder, env: environment });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => {
    stdout += text;
    if (staysUp(command) && stdout.includes('Ctrl-C')) child.kill('SIGINT');
  });
  child.stderr.on('data', (text: Buffer) => {
    stderr += text;
  });
  const code = await exitOf(child);
  return { code, stdout, stderr };
}

const staysUp = (command: string) => /^(npx )?rtcompare serve\b/.test(command);

function exitOf(child: ChildProcess) {
  const timer = setTimeout(() => child.kill('SIGKILL'), 80_000);
  return new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve(code);
    }),
  );
}

const shown = readmes.flatMap((name) => commandsOf(read(name)));
const commands = new Set([...shown, ...examplesOf('run'), ...examplesOf('serve')]);
const ours = [...commands].filter((command) => !command.startsWith('npm '));

test.each([...new Set(ours.map((command) => command.replace(/^npx /, '')))])(
  '%s',
  { timeout: 90_000 },
  async (command) => {
    const { code, stdout, stderr } = await outcome(command);
    expect(code, stderr).toBe(staysUp(command) ? 130 : 0);
    if (/--json$/.test(command)) JSON.parse(stdout);
    else if (!command.includes('>')) expect(stdout).not.toBe('');
  },
);

test('there are commands in the READMEs and examples in the help', () => {
  expect(shown).toContain('npx rtcompare run --transport all');
  expect(examplesOf('run').length).toBeGreaterThan(1);
  expect(examplesOf('serve').length).toBeGreaterThan(1);
});

test('both READMEs show the same commands', () => {
  expect(commandsOf(read('README.ko.md'))).toEqual(commandsOf(read('README.md')));
});

test('the npm commands they show exist', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const own = ['ci', ...Object.keys(scripts)];
  const asked = shown
    .filter((command) => command.startsWith('npm '))
    .map((command) => /^npm (?:run )?(\S+)/.exec(command)?.[1]);
  expect(asked.filter((name) => !own.includes(name!))).toEqual([]);
});

test.each(readmes)('%s has every option of `run`, its variable and its default', (name) => {
  const rows = read(name).split('\n');
  const options = help('run')
    .replace(/\n {10,}/g, ' ')
    .matchAll(/^ {2}(--[a-z-]+).*?env: (RTCOMPARE_\w+)/gm);
  const missing = [...options].filter(
    ([, flag, variable]) =>
      !rows.some((row) => row.startsWith(`| \`${flag}`) && row.includes(`\`${variable}\``)),
  );
  expect(missing.map(([, flag]) => flag)).toEqual([]);
});

test.each(readmes)('%s names every transport and every scenario', (name) => {
  const names = [...transports, ...scenarios].map((entry) => entry.name);
  expect(names.filter((one) => !read(name).includes(`\`${one}\``))).toEqual([]);
});

test.each(readmes)('%s has every exit code of the help', (name) => {
  const codes = [...help('').matchAll(/^ {2}(\d+) {2,}/gm)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(3);
  for (const code of codes) expect(read(name)).toMatch(new RegExp(`^\\| \`${code}\``, 'm'));
});
