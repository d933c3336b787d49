/**
 * `rtcompare check` and `compare` through the built command: exit codes, the cause in the output, a guarded baseline.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { Weighing } from '../../src/document/weighing.ts';
import { changedVersions } from '../../src/gate/gate.ts';
import { toItsEnd, typedIn } from '../support/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const baselineFile = fileURLToPath(new URL('../../reports/baseline.json', import.meta.url));
/** Runs without `CI`, unless the test sets it. */
const rtcompare = (args: readonly string[], env: Record<string, string> = {}) =>
  toItsEnd(args, { cwd: folder, env: { CI: '', ...env } });

/** The baseline with its polls changed, under a name of its own. */
function changedBaseline(
  name: string,
  change: (fields: Weighing['transports'][number]['stages']['poll']) => void,
) {
  const baseline = JSON.parse(readFileSync(baselineFile, 'utf8')) as Weighing;
  change(baseline.transports.find(({ transport }) => transport === 'polling')!.stages.poll);
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(baseline));
  return path;
}

const { environment } = JSON.parse(readFileSync(baselineFile, 'utf8')) as Weighing;
/** OpenSSL, which comes with Node, decides what a handshake offers: another Node's is not compared. */
const same = () =>
  process.versions.openssl.startsWith(environment.openssl!.replace(/\d+$/, ''))
    ? 'The wire weighs what the baseline says, to the byte.'
    : 'What was compared weighs the same, to the byte.';

test('against the baseline of this repository nothing is heavier: exit 0', async () => {
  const { code, stdout, stderr } = await rtcompare(['check', '--baseline', baselineFile]);
  expect(stdout, stderr).toContain(same());
  expect(code).toBe(0);
});

test('a header that is gone is an improvement: exit 0, and said', async () => {
  const path = changedBaseline('heavier.json', (polls) => {
    polls![0]!.fields.push({ layer: 'http', name: 'etag', direction: 'down', count: 1, bytes: 40 });
  });
  const { code, stdout } = await rtcompare(['check', '--baseline', path, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).findings).toMatchObject([
    { cause: 'gone', name: 'etag', added: -40, heavier: false },
  ]);
});

test('a baseline of before, without TLS and HTTP/2, is valid: what it does not have is new, in one line, exit 0', async () => {
  const baseline = JSON.parse(readFileSync(baselineFile, 'utf8')) as Weighing;
  baseline.transports = baseline.transports.filter(({ transport }) => !transport.includes(' over '));
  delete baseline.environment.openssl;
  const path = join(folder, 'of-before.json');
  writeFileSync(path, JSON.stringify(baseline));
  const { code, stdout } = await rtcompare(['check', '--baseline', path]);
  expect(stdout).toContain('What was compared weighs the same, to the byte.');
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /- New, not compared: polling over https, .*, http over h2 What/,
  );
  expect(code).toBe(0);
});

test('a header that the baseline does not have: exit 1; in GitHub Actions it annotates and writes the job summary, and stdout stays JSON', async () => {
  const path = changedBaseline('annotated.json', (polls) => {
    const [poll] = polls!;
    poll!.fields = poll!.fields.filter(({ name }) => name !== 'keep-alive');
  });
  const summary = join(folder, 'summary.md');
  writeFileSync(summary, '');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
  const { code, stdout, stderr } = await rtcompare(['check', '--baseline', path, '--json', '--quiet'], env);
  expect(code).toBe(1);
  expect(JSON.parse(stdout).findings).toHaveLength(1);
  expect(stderr).toBe(
    '::error title=Heavier than the baseline::polling: +24 B per empty poll down: new header `Keep-Alive: timeout=60`\n',
  );
  const written = readFileSync(summary, 'utf8');
  expect(written).toContain('## rtcompare check');
  expect(written).toContain('+24 B per empty poll down');
});

test('a transport that the baseline has and this version has not: exit 1, and an annotation says which', async () => {
  const baseline = JSON.parse(readFileSync(baselineFile, 'utf8'));
  baseline.transports.push({ ...baseline.transports[0], transport: 'carrier-pigeon' });
  const path = join(folder, 'missing.json');
  writeFileSync(path, JSON.stringify(baseline));
  const { code, stderr } = await rtcompare(['check', '--baseline', path, '--quiet'], {
    GITHUB_ACTIONS: 'true',
  });
  expect([code, stderr]).toEqual([
    1,
    '::error title=Gone since the baseline::carrier-pigeon is in the baseline, not any more\n',
  ]);
});

test('without a baseline, or with one that cannot be read: exit 2 and the remedy', async () => {
  const missing = await rtcompare(['check']);
  expect([missing.code, missing.stdout]).toEqual([2, '']);
  expect(missing.stderr).toContain(
    `there is no baseline reports/baseline.json; write one with \`${typedIn(folder)} check --update\``,
  );
  const seen = await rtcompare(['check'], { GITHUB_ACTIONS: 'true' });
  expect(seen.stderr).toMatch(
    /^::error title=rtcompare::there is no baseline reports\/baseline\.json; write/m,
  );
  writeFileSync(join(folder, 'broken.json'), '{"kind":');
  expect((await rtcompare(['check', '--baseline', 'broken.json'])).stderr).toMatch(/broken\.json is no JSON/);
  writeFileSync(join(folder, 'other.json'), '{"schemaVersion":1,"trials":[]}');
  const other = await rtcompare(['check', '--baseline', 'other.json']);
  expect(other.code).toBe(2);
  expect(other.stderr).toMatch(/other\.json is a report, not a weighing; write one with .*--update/);
});

test('--update writes it and says what changed; under CI it is refused unless forced', async () => {
  const path = join(folder, 'mine', 'baseline.json');
  const refused = await rtcompare(['check', '--update-baseline', '--baseline', path], { CI: 'true' });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('refused where CI is set');
  const written = await rtcompare(['check', '-u', '--baseline', path]);
  expect(written.code).toBe(0);
  expect(written.stdout).toContain('New, not compared: polling, ');
  const checked = await rtcompare(['compare', baselineFile, path]);
  // If Node's version is not the baseline's, a line before says so.
  const { node, openssl } = process.versions;
  const otherVersions = changedVersions(environment, { ...environment, node, openssl });
  for (const version of otherVersions) expect(checked.stdout).toContain(`- ${version}\n`);
  expect([checked.code, checked.stdout.trimEnd().split('\n').at(-1)]).toEqual([0, same()]);
  const forced = await rtcompare(['check', '--update-baseline', '--force', '--baseline', path], {
    CI: 'true',
  });
  expect(forced.code).toBe(0);
});

test('compare names what moved in both languages', async () => {
  copyFileSync(baselineFile, join(folder, 'after.json'));
  const path = changedBaseline('before.json', (polls) => {
    const [poll] = polls!;
    poll!.fields = poll!.fields.filter(({ name }) => name !== 'date');
  });
  const { code, stdout } = await rtcompare(['compare', path, 'after.json', '--lang', 'ko']);
  expect(code).toBe(1);
  expect(stdout).toContain('polling: 빈 폴링 받을 때 +37 B: 새 헤더 `date`');
});

test('compare takes two reports of `run` as well, and two files of different kinds are refused', async () => {
  // One after the other: on a busy machine messages that are due may overlap, and take a connection more.
  const asked = ['run', '--transport', 'sse', '--scenario', 'echo', '--closed', '--json'];
  const run = (cookie: string) => rtcompare([...asked, '--cookie', cookie]);
  for (const [name, cookie] of Object.entries({ plain: '0', heavy: '23' }))
    writeFileSync(join(folder, `${name}.json`), (await run(cookie)).stdout);
  const { code, stdout } = await rtcompare(['compare', 'plain.json', 'heavy.json']);
  expect(code).toBe(1);
  expect(stdout).toContain('- sse, http: +33 B per request up: new header `cookie`');
  expect((await rtcompare(['compare', 'heavy.json', 'plain.json'])).code).toBe(0);
  const mixed = await rtcompare(['compare', 'plain.json', baselineFile]);
  expect([mixed.code, mixed.stderr]).toEqual([2, expect.stringContaining('compare two reports of')]);
});

test('--timings against a baseline without times: exit 2 and the remedy, before anything is weighed', async () => {
  const { code, stdout, stderr } = await rtcompare(['check', '--timings', '--baseline', baselineFile]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/has no timings; add them with `\S+ \S+ check --timings --update`\n$/);
});

test('--report writes the findings as JUnit, Markdown and JSON; an unknown format is refused first', async () => {
  const path = changedBaseline('reported.json', (polls) => {
    const [poll] = polls!;
    poll!.fields = poll!.fields.filter(({ name }) => name !== 'keep-alive');
  });
  const args = ['check', '--baseline', path, '--report', 'junit,md,json', '--out', join(folder, 'out')];
  expect((await rtcompare(args)).code).toBe(1);
  const read = (ending: string) => readFileSync(join(folder, 'out', `rtcompare-check.${ending}`), 'utf8');
  const xml = read('junit.xml');
  expect(xml).toContain('<testsuite name="polling" tests="6" failures="1" errors="0" skipped="0">');
  expect(xml).toContain(
    '<testcase classname="polling" name="poll"><failure message="polling: +24 B per empty poll',
  );
  expect(xml).toContain('<testcase classname="ws" name="setup"/>');
  expect(read('md')).toContain('+24 B per empty poll down');
  expect(JSON.parse(read('json')).findings).toHaveLength(1);
  const unknown = await rtcompare(['check', '--baseline', path, '--report', 'junitt']);
  expect([unknown.code, unknown.stdout]).toEqual([2, '']);
  expect(unknown.stderr).toContain('did you mean junit?');
});
