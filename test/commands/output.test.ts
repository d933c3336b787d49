/** Where the output goes: a reader that leaves, a device that is full, and an uncaught error. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { cliFile, smallLoad, start, toItsEnd } from '../support/cli.ts';

/** In a shell, because only it can close a pipe early; stdout's first line, stderr, and the command's own code. */
async function piped(args: string, into: string, cwd?: string, before = '') {
  const command = `${before} ${process.execPath} ${cliFile} ${args} ${into}; echo "code \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', command], {
    cwd,
    env: { ...process.env, LANG: 'C', ...smallLoad },
  });
  // On a busy machine a run may say that it was noisy; it must say nothing else.
  const said = stderr.replace(/^rtcompare: warning: this run is noisy; the notes say why\n/, '');
  return { code: Number(/code (\d+)\n$/.exec(stdout)?.[1]), stderr: said };
}

test('piping into a reader that leaves early ends quietly', async () => {
  expect(await piped('run --transport tcp --scenario echo --closed --quiet', '| head -1')).toEqual({
    code: 0,
    stderr: '',
  });
});

test('what a reader that leaves early did not want is no reason to lose the files, or the code', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-pipe-'));
  writeFileSync(join(folder, 'c.json'), '{"thresholds":["tcp perMessage.up <= 1 B"]}');
  const args =
    'run --transport tcp --scenario echo --closed --quiet --json --out . --record tape --config c.json';
  const { code, stderr } = await piped(args, '| head -c 5', folder);
  // A busy machine must not fail this test, which is about the pipe.
  expect([code, stderr.replace(/^rtcompare: warning: this run is noisy.*\n/m, '')]).toEqual([1, '']);
  expect(readdirSync(folder).filter((name) => !/^\d/.test(name))).toEqual([
    ...['c.json', 'latest.json', 'latest.md', 'tape'],
  ]);
  rmSync(folder, { recursive: true });
});

test('a tape may go into a pipe, named or not, and a pipe stays one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-pipe-'));
  const recorded = 'run --transport tcp --scenario echo --closed --quiet --record';
  const named = `${recorded} pipe > /dev/null & cat pipe > named; wait`;
  expect((await piped(named, '', folder, 'mkfifo pipe;')).stderr).toBe('');
  expect((await piped(`${recorded} >(cat > unnamed)`, '> /dev/null', folder)).stderr).toBe('');
  for (const name of ['named', 'unnamed']) {
    const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n');
    expect(JSON.parse(lines[0]!)).toMatchObject({ trial: 0, scenario: 'echo' });
    expect(JSON.parse(lines.at(-1)!)).toHaveProperty('bytes');
  }
  expect(readdirSync(folder)).toEqual(['named', 'pipe', 'unnamed']);
  rmSync(folder, { recursive: true });
});

test.each(['--record', '--pcap'])('%s into a folder is refused before anything starts', async (option) => {
  const command = option === '--pcap' ? ['inspect', 'http://127.0.0.1:9'] : ['run', '--transport', 'tcp'];
  const { code, stdout, stderr } = await toItsEnd([...command, option, tmpdir()]);
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toBe(`rtcompare: cannot write ${tmpdir()}: it is a folder; name a file\n`);
});

test('who only speaks stops when nobody listens', async () => {
  // `true` has left before the first line comes; `head -1` may leave after the last.
  const { code, stderr } = await piped('serve ws --port 0', '| true');
  expect([code, stderr]).toEqual([0, '']);
});

test('an output that cannot be written: one line, exit 3', async () => {
  const { code, stderr } = await piped('run --transport tcp --scenario echo --closed --quiet', '> /dev/full');
  expect([code, stderr]).toEqual([
    3,
    expect.stringMatching(/^rtcompare: cannot write the output: ENOSPC.*\n$/),
  ]);
});

test('a bug that nobody waits for is told as one: exit 3', async () => {
  // Thrown as soon as the program has a listener for uncaught exceptions.
  const bug = 'setInterval(()=>{if(process.listenerCount(`uncaughtException`))throw(Error(`lost`))},20)';
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${bug}` };
  const { code, stderr } = await start(['run', '--transport', 'tcp', '--quiet'], { env }).ended;
  expect(code).toBe(3);
  expect(stderr).toMatch(/^rtcompare: this is a bug, please report it\nError: lost\n/);
});
