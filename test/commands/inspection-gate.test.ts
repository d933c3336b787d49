/** The gate of one's own application: a command that talks through the relay, a baseline, and whose exit code it is. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listening } from '../support/inspected.ts';
import { spoken } from '../support/spoken.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-gate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const baseline = join(folder, 'baseline.json');

/** What the next responses have in addition. */
let headers: Record<string, string> = {};
const application = createServer((_, response) => response.writeHead(200, headers).end('hello'));
const url = `http://127.0.0.1:${await listening(application)}`;
afterAll(() => application.close());

const asking = (times: number, code = 0) => [
  ...['--', process.execPath, '--input-type=module', '-e'],
  `for (let k = 0; k < ${times}; k++) await (await fetch(process.env.RTCOMPARE_URL + '/hi')).text(); process.exit(${code})`,
];
const check = (...more: string[]) => spoken(['check', url, '--inspection', baseline, ...more]);

test('written, it is silent when the application says the same, and the same file when written again', async () => {
  headers = {};
  const written = await check('--update', ...asking(2));
  expect([written.code, written.stderr]).toEqual([0, '']);
  const first = readFileSync(baseline, 'utf8');
  const again = await check(...asking(2));
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('says what it said before')]);
  // A race may leave other traces each time: what is no change leaves the file alone, whatever it looks like.
  const compact = JSON.stringify(JSON.parse(first));
  writeFileSync(baseline, compact);
  expect((await check('--update', ...asking(2))).code).toBe(0);
  expect(readFileSync(baseline, 'utf8')).toBe(compact);
});

test('a header more, and a request more: exit 1, each with its bytes, in every format', async () => {
  headers = { 'x-served-by': 'blue' };
  const { code, stdout } = await check('--report', 'json,md,junit', '--out', folder, ...asking(3));
  headers = {};
  expect(code).toBe(1);
  expect(stdout).toContain('+19 B each: new header `x-served-by: blue` in GET /hi 200');
  expect(stdout).toMatch(/B in all: GET \/hi 200 comes 3 times instead of 2/);
  for (const ending of ['json', 'md', 'junit.xml'])
    expect(readFileSync(join(folder, `rtcompare-inspection-check.${ending}`), 'utf8')).toContain(
      'x-served-by',
    );
});

test('the exit code of the command, unless it is 0; what it said is no baseline then', async () => {
  const path = join(folder, 'never.json');
  const failed = await spoken(['check', url, '--inspection', path, '--update', ...asking(1, 7)]);
  expect(failed.code).toBe(7);
  expect(() => readFileSync(path)).toThrow();
  expect((await spoken(['inspect', url, '--quiet', ...asking(1, 9)])).code).toBe(9);
});

test('a threshold that is missed fails, whatever the baseline says; each is told, in every format', async () => {
  headers = {};
  const rules = ['--threshold', 'requests <= 1', '--threshold', 'messages.down>=2'];
  const gate = await check(...rules, '--report', 'json,junit', '--out', folder, ...asking(2));
  expect([gate.code, gate.stdout]).toEqual([1, expect.stringContaining('says what it said before')]);
  expect(gate.stdout).toContain('requests <= 1: MISSED, 2');
  expect(gate.stdout).toContain('messages.down>=2: met, 2');
  const report = (ending: string) =>
    readFileSync(join(folder, `rtcompare-inspection-check.${ending}`), 'utf8');
  expect(report('junit.xml')).toContain('<failure message="requests &lt;= 1: MISSED, 2"/>');
  expect(JSON.parse(report('json')).thresholds).toEqual([
    { rule: 'requests <= 1', metric: 'requests', unit: 'count', measured: 2, limit: 1, verdict: 'missed' },
    expect.objectContaining({ rule: 'messages.down>=2', verdict: 'met' }),
  ]);
  const inspect = (...more: string[]) => spoken(['inspect', url, '--quiet', ...more], { language: 'ko' });
  const missed = await inspect('--threshold', 'wire.http <= 0.1 kB', ...asking(1));
  expect([missed.code, missed.stdout]).toEqual([1, expect.stringMatching(/kB: 어김, \d+ B/)]);
  expect((await inspect(...rules, ...asking(1, 7))).code).toBe(7);
  expect((await inspect('--threshold', 'requests <= 1', ...asking(1))).code).toBe(0);
});

test('two documents of `inspect --json` are compared as well, in Korean, too', async () => {
  const record = async (name: string) => {
    const { stdout } = await spoken(['inspect', url, '--json', '--quiet', ...asking(1)]);
    writeFileSync(join(folder, name), stdout);
    return join(folder, name);
  };
  headers = {};
  const before = await record('before.json');
  headers = { 'x-served-by': 'blue' };
  const after = await record('after.json');
  headers = {};
  expect((await spoken(['compare', before, before])).code).toBe(0);
  const { code, stdout } = await spoken(['compare', before, after], { language: 'ko' });
  expect([code, stdout]).toEqual([1, expect.stringContaining('새 헤더 `x-served-by: blue`')]);
});

const server = `require('node:http').createServer((_, r) => r.end('up')).listen(process.argv[1], '127.0.0.1')`;

test('--start starts the server, and ends it and what it has started', async () => {
  const holder = createServer();
  const port = await listening(holder);
  afterAll(() => holder.close());
  const there = `http://127.0.0.1:${port}`;
  // The port is held by the server that only found it.
  const taken = await spoken(['inspect', there, '--start', 'true', ...asking(1)]);
  expect([taken.code, taken.stderr]).toEqual([3, expect.stringContaining('answers already')]);
  const free = await freePort();
  const program = `"${process.execPath}" -e "${server.replaceAll('"', '\\"')}" ${free}`;
  const { code, stdout } = await spoken([
    'inspect',
    `http://127.0.0.1:${free}`,
    '--start',
    program,
    '--json',
    ...asking(1),
  ]);
  expect([code, JSON.parse(stdout).requests]).toEqual([0, 1]);
  await expect(fetch(`http://127.0.0.1:${free}`)).rejects.toThrow();
});

async function freePort(): Promise<number> {
  const holder = createServer();
  const port = await listening(holder);
  await new Promise((resolve) => holder.close(resolve));
  return port;
}

test.each<[string[], number, string]>([
  [['check', url, ...asking(1)], 2, 'an address does nothing here: add --inspection FILE'],
  [['check', '--inspection', baseline], 2, '--inspection needs the address of the application'],
  [['check', url, '--inspection', join(folder, 'none.json'), ...asking(1)], 2, 'there is no baseline'],
  [['check', '--start', 'true'], 2, '--start does nothing here: add --inspection FILE'],
  [['check', '--threshold', 'requests < 2'], 2, '--threshold does nothing here: add --inspection FILE'],
  [['inspect', url, '--threshold', 'request < 2'], 2, 'did you mean requests?'],
  [['inspect', url, '--threshold', 'requests =< 2'], 2, '"=<" is no comparison; did you mean <=?'],
  [['inspect', url, '--threshold', 'requests < 2 ms'], 2, '"2 ms" is no limit for requests'],
  [['inspect', url, '--threshold', 'requests >= 0'], 2, 'can never be missed'],
  [['inspect', url, '--threshold', 'ws requests < 2'], 2, 'is no rule; write it as: requests <= 3'],
  [['inspect', url, '--', 'no-such-program-here'], 3, 'cannot start `no-such-program-here`'],
  [['inspect', 'http://127.0.0.1:9', '--start', 'exit 4', ...asking(1)], 3, 'ended (exit code 4) before'],
])('%j: exit %i and one clear line', async (args, expected, line) => {
  const { code, stdout, stderr } = await spoken(args);
  expect([code, stdout]).toEqual([expected, '']);
  expect(stderr).toContain(line);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
