/**
 * Processes that die, stop, or share a folder, disks that are full and clocks that jump: exit code, one clear line,
 * what was measured kept, and no process left.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Report, reportSchema } from '../../src/document/report.ts';
import { transports } from '../../src/transports/index.ts';
import { cliFile, rtcompare, start, unlessTooBusy } from '../support/cli.ts';
import { isGone } from '../support/processes.ts';

const root = mkdtempSync(join(tmpdir(), 'rtcompare-faults-'));
/** The folder for temporary files of the runs here: nothing is ever left in it. */
const scratch = join(root, 'tmp');
mkdirSync(scratch);
afterAll(() => rmSync(root, { recursive: true, force: true }));

let runs = 0;
/**
 * A run whose server gets the signal in the middle of the steady phase, to its end; and the id of that server's
 * process.
 */
async function midway(signal: NodeJS.Signals, server: string, ...more: string[]) {
  const pid = join(root, `${++runs}.pid`);
  const dying = join(import.meta.dirname, 'dying-server.mjs');
  const env = {
    TMPDIR: scratch,
    NODE_OPTIONS: `--import ${dying}`,
    TEST_SERVER: server,
    TEST_SIGNAL: signal,
    TEST_PID: pid,
  };
  const long = ['--scenario', 'echo', '--messages', '150', '--rate', '50', '--clients', '2'];
  const { code, stdout, stderr } = await start(['run', ...long, ...more], { env }).ended;
  return { code, stdout, stderr, server: Number(readFileSync(pid, 'utf8')) };
}

describe.each(transports.filter(({ traits }) => traits.inAll))('$name', ({ name }) => {
  test.concurrent('a server that dies mid-run: exit 3, one kind, its reason, and no process left', async () => {
    const { code, stderr, server } = await midway('SIGKILL', name, '--transport', name);
    expect(code).toBe(3);
    expect(stderr).toContain(`rtcompare: server-gone: the ${name} server process ended (SIGKILL)`);
    expect(stderr).not.toContain('    at ');
    expect(isGone(server)).toBe(true);
    expect(readdirSync(scratch)).toEqual([]);
  });
});

test.concurrent('a server that stops answering without dying: found, exit 3, and killed', {
  timeout: 60_000,
}, async () => {
  const { code, stderr, server } = await midway('SIGSTOP', 'ws', '--transport', 'ws', '--timeout', '3s');
  expect(code).toBe(3);
  expect(stderr).toMatch(/rtcompare: the ws server process did not answer "\w+" in \d+ ms/);
  expect(isGone(server)).toBe(true);
});

test.concurrent('what was measured before a server died is kept: report, tape and thresholds, and said to be a part', async () => {
  const tape = join(root, 'died.jsonl');
  const asked = ['--transport', 'sse,ws', '--json', '--record', tape];
  const { code, stdout } = await midway('SIGKILL', 'ws', ...asked);
  expect(code).toBe(3);
  const report: Report = reportSchema.parse(JSON.parse(stdout));
  expect([report.interrupted, report.trials.map(({ transport }) => transport)]).toEqual([true, ['sse']]);
  expect(readFileSync(tape, 'utf8')).toMatch(/^\{"trial":0,"transport":"sse"/);
  rmSync(tape);
});

test.concurrent('two runs at once into one folder: both reports whole, the latest is one of them', async () => {
  const out = join(root, 'shared');
  // A closed loop cannot be too slow to count, and be run again.
  const asked = ['run', '--transport', 'ws', '--scenario', 'echo', '--closed', '--out', out, '--quiet'];
  const run = () => start(asked).ended;
  const outcomes = await Promise.all([run(), run()]);
  expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
  const files = readdirSync(out);
  expect(files.filter((file) => file.endsWith('.json'))).toHaveLength(3);
  expect(files.filter((file) => !/\.(json|md)$/.test(file))).toEqual([]);
  for (const file of files.filter((name) => name.endsWith('.json')))
    reportSchema.parse(JSON.parse(readFileSync(join(out, file), 'utf8')) as Report);
});

test.concurrent.each([
  ['--record', '/dev/full'],
  ['--out', '/dev/full/reports'],
])('a disk that is full, by %s %s: exit 3 and one line; a device stays a device', async (option, path) => {
  const args = ['run', '--transport', 'ws', '--scenario', 'echo', '--quiet', option, path];
  const { code, stdout, stderr } = await rtcompare(...args);
  expect(code).toBe(3);
  expect(stderr).toMatch(/^rtcompare: cannot write \/dev\/full.*choose a folder you may write to\n$/);
  // The results are printed before the disk turns out to be full.
  if (option === '--record') expect(stdout).toContain('Verdict of this run');
  expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  expect(readdirSync('/dev').filter((name) => name.startsWith('full.'))).toEqual([]);
});

test('a process that may open hardly any file: one line with the remedy, exit 3, and no word of a bug', () => {
  const withFiles = (most: number) => {
    const command = `ulimit -n ${most} && exec ${process.execPath} ${cliFile} check --baseline reports/baseline.json`;
    return spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  };
  // Enough files for our first module, which reports the failure, but too few for the modules that are read after it.
  let most = 40;
  while (withFiles(most).status === 1) most += 4;
  const { status, stderr } = withFiles(most);
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
    /^rtcompare: no more files may be opened \(EMFILE: .*\); raise the limit with `ulimit -n 4096`/,
  );
  expect([status, stderr.includes('bug')]).toEqual([3, false]);
});

test.concurrent('a clock that jumps by hours changes no latency: times are monotonic', async () => {
  const jump = join(import.meta.dirname, 'jumping-clock.mjs');
  const args = ['run', '--transport', 'ws', '--scenario', 'echo', '--json', '--quiet'];
  const env = { NODE_OPTIONS: `--import ${jump}` };
  const { code, stdout, stderr } = await unlessTooBusy(() => start(args, { env }).ended);
  expect(code, stderr).toBe(0);
  const [trial] = (JSON.parse(stdout) as Report).trials;
  expect(trial!.delivery).toMatchObject({ sent: 6, delivered: 6 });
  // An age of an hour, or a negative one, would show here.
  expect(trial!.latency!.min).toBeGreaterThan(0);
  expect(trial!.latency!.max).toBeLessThan(60e9);
});

test.concurrent('a starved server shows, and so does a starved relay: the loop delay of its process makes the trial noisy', async () => {
  const env = { NODE_OPTIONS: `--import ${join(import.meta.dirname, 'starved-children.mjs')}` };
  const args = [
    'run',
    '--transport',
    'ws',
    '--scenario',
    'echo',
    '--json',
    '--messages',
    '30',
    '--rate',
    '20',
    '--link',
    'rtt=10ms',
  ];
  const { code, stdout, stderr } = await unlessTooBusy(() => start(args, { env }).ended);
  expect(code, stderr).toBe(0);
  const report = JSON.parse(stdout) as Report;
  expect(report.verdict).toBe('noisy');
  for (const kind of ['loop-delay-server', 'loop-delay-relay'])
    expect(report.trials[0]!.notes).toContainEqual({ kind, value: expect.any(Number) });
  expect(stderr).toContain('warning: this run is noisy');
});
