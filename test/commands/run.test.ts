/** `rtcompare run` through the built command: output, exit codes, interruption. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type Report, reportSchema } from '../../src/document/report.ts';
import { cliFile, rtcompare, start, toItsEnd } from '../support/cli.ts';
import { childrenOf, isGone } from '../support/processes.ts';
import { spoken } from '../support/spoken.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'rtcompare-test-'));

/** A run that would take minutes, for tests that end it. */
const startLong = (transports: string) =>
  start(['run', '--transport', transports, '--scenario', 'echo', '--messages', '1000', '--rate', '5']);

/** The children of a run once it has any: between two trials it has none. */
const childrenSoon = (pid: number) =>
  vi.waitFor(
    () => {
      const children = childrenOf(pid);
      expect(children.length).toBeGreaterThan(0);
      return children;
    },
    { timeout: 20_000 },
  );

test.each([
  ['reproduce', 'rfc6202'],
  ['recommend'],
  ['lesson', '4', '--answer', '30', '--json'],
  ['check', '--update-baseline', '--baseline', join(folder(), 'b.json')],
])('interrupted, `%s` ends with one line and leaves no child', async (...args) => {
  const file = join(folder(), 'children');
  const interrupting = new URL('../faults/interrupting.mjs', import.meta.url).href;
  const asked = { TEST_PATTERN: 'weighing|rfc6202: |measuring.* ws', TEST_CHILDREN: file };
  const env = { CI: '', NODE_OPTIONS: `--import ${interrupting}`, ...asked };
  const { code, stdout, stderr } = await start(args, { env }).ended;
  expect([code, stdout]).toEqual([130, '']);
  const children = readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number);
  expect(stderr.trimEnd().split('\n').at(-1)).toBe('rtcompare: interrupted by SIGINT');
  expect(children.filter((pid) => !isGone(pid))).toEqual([]);
});

test('behind a proxy that strips upgrades Socket.IO goes on polling, and ws is a row: refused 426', {
  timeout: 90_000,
}, async () => {
  // A closed loop cannot be too slow to count, and be run again.
  const asked = ['run', '--proxy', 'strip-upgrade', '--scenario', 'echo', '--closed'];
  const [both, alone] = await Promise.all([
    rtcompare(...asked, '--transport', 'socket.io,ws', '--json'),
    rtcompare(...asked, '--transport', 'ws'),
  ]);
  expect(both.code, both.stderr).toBe(0);
  const report: Report = reportSchema.parse(JSON.parse(both.stdout));
  const trial = report.trials.find(({ transport }) => transport === 'socket.io')!;
  expect(trial.delivery).toMatchObject({ lost: 0, errors: {} });
  expect(trial.wire.layers.some(({ layer }) => layer === 'websocket')).toBe(false);
  expect(trial.stages.map(({ stage }) => stage)).toEqual(['connected', 'ready', 'closed']);
  const exact = trial.predictions.filter(({ tolerance }) => tolerance === 0);
  expect(exact.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
  expect(report.unconnected).toMatchObject([
    { transport: 'ws', scenario: 'echo', outcome: 'refused', status: 426, reference: false },
  ]);
  expect(both.stderr).toMatch(/^rtcompare: warning: ws \(echo\): refused 426: /m);
  expect(report.unconnected[0]!.told.en).toMatch(
    /426; --proxy strip-upgrade takes the request for an upgrade away: leave it out$/,
  );
  // The references were not asked for and do not count: nothing could be measured.
  expect(alone.code).toBe(3);
  expect(alone.stdout).toMatch(/^ws +refused 426/m);
  expect(alone.stderr).toMatch(
    /nothing could be measured: ws \(echo\): refused 426: .*--proxy strip-upgrade/,
  );
});

test('a stream that a proxy holds back is a row: nothing came; what can connect is measured', async () => {
  const asked = ['--proxy', 'buffering', '--scenario', 'echo', '--closed', '--timeout', '1500ms'];
  const { code, stdout, stderr } = await rtcompare('run', '--transport', 'sse,polling', ...asked);
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/^polling ~? +[\d.]+/m);
  expect(stdout).toMatch(/^sse +nothing/m);
  expect(stdout).toMatch(/sse \(echo\): nothing came: .*--proxy buffering/s);
});

test('the tables go to stdout and the progress to stderr, a plain line a trial where it is no terminal', async () => {
  const { code, stdout, stderr } = await rtcompare('run', '--transport', 'ws');
  expect(code).toBe(0);
  expect(stdout).toMatch(/ws .*\n/);
  expect(stderr.split('\n').filter(Boolean)).toEqual([
    expect.stringMatching(/^\[1\/5\] echo: ws /),
    expect.stringMatching(/^\[2\/5\] push: ws /),
    expect.stringMatching(/^\[3\/5\] echo: http /),
    expect.stringMatching(/^\[4\/5\] echo: tcp /),
    expect.stringMatching(/^\[5\/5\] push: tcp /),
  ]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must not be there
  expect(stdout + stderr).not.toMatch(/\u001b/);
});

test('--quiet is quiet', async () => {
  expect((await rtcompare('run', '--transport', 'ws', '--scenario', 'echo', '--quiet')).stderr).toBe('');
});

test('--out writes the report as JSON and Markdown, under its own name and as the latest', async () => {
  const out = join(folder(), 'deep', 'reports');
  // A closed loop cannot be too slow to count, and be run again.
  const asked = ['run', '--transport', 'tcp', '--scenario', 'echo', '--closed'];
  const { code, stderr } = await rtcompare(...asked, '--out', out);
  expect(code, stderr).toBe(0);
  const names = readdirSync(out).sort();
  expect(names).toHaveLength(4);
  expect(names).toContain('latest.json');
  expect(names).toContain('latest.md');
  reportSchema.parse(JSON.parse(readFileSync(join(out, 'latest.json'), 'utf8')));
  expect(readFileSync(join(out, 'latest.md'), 'utf8')).toMatch(/\*tcp/);
});

test('--record keeps every byte of the run, by connection, direction and phase', async () => {
  const file = join(folder(), 'tape.jsonl');
  const { stdout } = await rtcompare(
    'run',
    '--transport',
    'ws',
    '--scenario',
    'echo',
    '--record',
    file,
    '--json',
  );
  const report = JSON.parse(stdout) as Report;
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const bytes = lines.reduce(
    (sum, line) => sum + (line.bytes ? Buffer.from(line.bytes, 'base64').length : 0),
    0,
  );
  expect(bytes).toBe(report.trials.reduce((sum, { wire }) => sum + wire.socketBytes, 0));
  expect(lines.filter(({ trial }) => trial !== undefined).map(({ transport }) => transport)).toEqual([
    'ws',
    'http',
    'tcp',
  ]);
});

test('every transport also works on ::1', { timeout: 60_000 }, async () => {
  const { code, stdout, stderr } = await rtcompare('run', '--scenario', 'echo', '--host', '::1', '--json');
  expect(code, stderr).toBe(0);
  const report = JSON.parse(stdout) as Report;
  expect(report.trials.filter(({ delivery }) => delivery.lost > 0 || delivery.delivered === 0)).toEqual([]);
});

test.each([
  [['run', '--transport', 'wss'], /unknown transport "wss"; did you mean ws\?.*Known: all, polling/],
  [['run', '--transport', ''], /unknown transport ""/],
  [['run', '--scenario', 'eco'], /unknown scenario "eco"; did you mean echo\?/],
  [['run', '--clients', '0'], /--clients.*'0' is invalid.*whole number from 1/],
  [['run', '--clients', '1e9'], /--clients/],
  [['run', '--rate', '-1'], /--rate.*above 0/],
  [['run', '--rate', 'NaN'], /--rate/],
  [['run', '--duration', '5'], /--duration.*unit/],
  [['run', '--size', '4194305'], /--size.*4194304/],
  [['run', '--port', '65536'], /--port/],
  [['run', '--host', 'example.org'], /literal address/],
  [['run', '--payload', 'xml'], /--payload.*text, binary/],
  [['run', '--heartbeat', '25'], /--heartbeat/],
  [['run', '--colour'], /unknown option '--colour'/],
  [['run', '--clinets', '3'], /did you mean --clients/i],
  [['rum'], /unknown command "rum"; did you mean run\?/],
])('%j is refused with one clear line and exit code 2, before anything starts', async (args, message) => {
  const { code, stdout, stderr } = await spoken(args);
  expect(stderr).toMatch(message);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
});

test('options can come from the environment, and bad ones are refused the same way', async () => {
  const good = await toItsEnd(['run', '--transport', 'tcp', '--scenario', 'echo', '--json'], {
    env: { RTCOMPARE_SIZE: '33' },
  });
  expect((JSON.parse(good.stdout) as Report).plan.load.size).toBe(33);
  const bad = await toItsEnd(['run'], { env: { RTCOMPARE_SIZE: 'big' } });
  expect([bad.code, bad.stderr]).toEqual([
    2,
    expect.stringMatching(/'big' from env 'RTCOMPARE_SIZE' is invalid/),
  ]);
});

test('a port in use is exit code 3, names the port and the remedy', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => holder.once('listening', resolve));
  const { port } = holder.address() as { port: number };
  const { code, stdout, stderr } = await rtcompare(
    'run',
    '--transport',
    'ws',
    '--port',
    String(port),
    '--quiet',
  );
  holder.close();
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(new RegExp(`port ${port} .*in use.*--port`));
});

test('a fixed port serves every trial in turn', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => holder.once('listening', resolve));
  const { port } = holder.address() as { port: number };
  await new Promise((resolve) => holder.close(resolve));
  const { code, stderr } = await rtcompare('run', '--transport', 'ws,sse', '--port', String(port));
  expect(code, stderr).toBe(0);
});

test('too few open files is exit code 3, with the largest number of clients that fits', async () => {
  const { spawnSync } = await import('node:child_process');
  const command = `ulimit -n 200 && exec ${process.execPath} ${cliFile} run --transport ws --clients 500`;
  const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  expect(status).toBe(3);
  expect(stderr).toMatch(
    /500 clients need about \d+ open files, but the limit is 200: use --clients \d+ or fewer.*ulimit -n \d+/,
  );
});

test('a folder that cannot be written is exit code 3, before anything starts', async () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  const { code, stdout, stderr } = await rtcompare('run', '--out', join(file, 'reports'));
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/cannot write/);
});

test.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s prints and writes the partial report, exits %i and leaves no child',
  async (signal, expected) => {
    const out = folder();
    const run = start(['run', '--scenario', 'echo', '--messages', '40', '--rate', '20', '--out', out]);
    await run.until(/echo: long-polling/);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const children = await childrenSoon(run.child.pid!);
    run.child.kill(signal);
    const { code, stdout, stderr } = await run.ended;
    expect(code, stderr).toBe(expected);
    expect(stdout).toMatch(/polling/);
    const report = reportSchema.parse(JSON.parse(readFileSync(join(out, 'latest.json'), 'utf8')));
    expect(report.interrupted).toBe(true);
    expect(report.trials.length).toBeGreaterThanOrEqual(1);
    expect(children.filter((pid) => !isGone(pid))).toEqual([]);
  },
);

test('a second Ctrl-C ends it at once, and a killed parent takes its server along', async () => {
  for (const signals of [['SIGINT', 'SIGINT'], ['SIGKILL']] as const) {
    const run = startLong('ws');
    await run.until(/echo: ws/);
    await new Promise((resolve) => setTimeout(resolve, 600));
    const children = await childrenSoon(run.child.pid!);
    for (const signal of signals) run.child.kill(signal);
    await run.ended;
    await expect.poll(() => children.filter((pid) => !isGone(pid))).toEqual([]);
  }
});
