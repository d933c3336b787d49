/** The configuration file through the built command: who wins, every problem at once, and programs that misbehave. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { UsageError } from '../../src/base/failure.ts';
import { parseJson } from '../../src/commands/options/strict-json.ts';
import { toItsEnd, unlessTooBusy } from '../support/cli.ts';
import { spoken } from '../support/spoken.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Runs in a folder of its own, which has these files. */
function rtcompare(files: Record<string, string>, args: readonly string[]) {
  const cwd = folderWith(files);
  return unlessTooBusy(() => toItsEnd(args, { cwd }));
}

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-config-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const json = (value: unknown) => ({ 'rtcompare.config.json': JSON.stringify(value) });
const originOf = (stdout: string, name: string) =>
  stdout
    .split('\n')
    .find((line) => line.startsWith(`${name} `))
    ?.split(/\s{2,}/)
    .slice(1);

test('the command line wins over the environment, that over the file, and that over defaults', async () => {
  const file = json({ clients: 7, messages: 9, rate: 33, size: 100, link: 'wifi', compression: true });
  const { code, stdout } = await rtcompare(file, ['run', '--print-config', '--clients', '5']);
  expect(code).toBe(0);
  expect(originOf(stdout, 'clients')).toEqual(['5', 'command line']);
  expect(originOf(stdout, 'messages')).toEqual(['3', 'RTCOMPARE_MESSAGES']);
  expect(originOf(stdout, 'size')).toEqual(['100', 'rtcompare.config.json']);
  expect(originOf(stdout, 'compression')).toEqual(['true', 'rtcompare.config.json']);
  expect(originOf(stdout, 'seed')).toEqual(['1', 'default']);
});

test('a threshold that is missed: exit 1, told in the table, in JUnit and in the JSON; a warning passes', async () => {
  const file = json({
    thresholds: [
      'ws perMessage.overhead <= 8 B',
      'ws perMessage.overhead < 8 B',
      { rule: 'ws throughput < 1 /s', level: 'warn' },
    ],
  });
  // A closed loop has no schedule that a busy machine could miss.
  const args = ['run', '--closed', '--transport', 'ws', '--scenario', 'echo', '--report', 'junit,json,md'];
  const { code, stdout, stderr } = await rtcompare(file, args);
  expect(code, stderr).toBe(1);
  expect(stdout).toMatch(/ws perMessage\.overhead <= 8 B +ws +8 B +8 B +met/);
  expect(stdout).toMatch(/ws perMessage\.overhead < 8 B +ws +8 B +8 B +MISSED/);
  expect(stdout).toMatch(/ws throughput < 1 \/s +ws +[\d.,]+ +1 +(MISSED|UNDECIDED) \(warning\)/);
  const only = json({ thresholds: [{ rule: 'ws perMessage.overhead < 8 B', level: 'warn' }] });
  expect((await rtcompare(only, ['run', '--closed', '--transport', 'ws', '--scenario', 'echo'])).code).toBe(
    0,
  );
});

test('every problem is told at once, with path, got and expected, and nothing starts: exit 2', async () => {
  const content = `{"clients":"10","mesages":3,"rate":1e309,"__proto__":{"a":1},"arrivals":"often",
    "thresholds":["ws p59 <= 3 ms",{"rule":"ws p95 <= 1 s","levl":"warn"},7,
    "ws p95 =< 3 ms","ws p95 <= -3 ms",{"rule":"ws p95 <= 1 s","level":"strikt"}]}`;
  const { code, stdout, stderr } = await rtcompare({ 'rtcompare.config.json': content }, ['run']);
  expect([code, stdout]).toEqual([2, '']);
  expect(
    stderr
      .replace(/`node \S+ list`/, '`rtcompare list`')
      .split('\n')
      .slice(0, -1),
  ).toEqual([
    'rtcompare: rtcompare.config.json is wrong:',
    '  clients: got "10", expected a number',
    '  mesages: unknown key; did you mean messages?',
    '  rate: got Infinity. Write a number above 0, at most 100000.',
    '  __proto__: unknown key.',
    '  arrivals: got "often", expected one of jittered, periodic, poisson',
    '  thresholds[0]: unknown metric "p59"; did you mean latency.p50? `rtcompare list` has them all',
    '  thresholds[1].levl: unknown key; did you mean level?',
    '  thresholds[2]: got 7, expected a rule such as "ws p95 <= 1.2 x tcp"',
    '  thresholds[3]: "=<" is no comparison; did you mean <=?',
    '  thresholds[4]: "ws p95 <= -3 ms" can never be met: latency.p95 is never below 0',
    '  thresholds[5].level: got "strikt", expected one of error, strict, warn',
  ]);
});

test.each([
  ['a list', 'rtcompare.config.json', '[]', /got \[\], expected an object/],
  ['no JSON', 'rtcompare.config.json', '{', /rtcompare\.config\.json is no JSON/],
  ['a file that names a file', 'rtcompare.config.json', '{"config":"a.json"}', /config: unknown key\./],
  [
    'a key twice',
    'rtcompare.config.json',
    '{"seed":1,"a":{"seed":2},"seed":3}',
    /the key "seed" stands twice/,
  ],
  [
    'thresholds that are no list',
    'rtcompare.config.json',
    '{"thresholds":"ws"}',
    /got "ws", expected a list/,
  ],
  [
    'a baseline that nobody names',
    'rtcompare.config.json',
    '{"thresholds":["ws p50 < 2 x baseline"]}',
    /add --baseline FILE/,
  ],
  [
    'NaN',
    'rtcompare.config.mjs',
    'export default { clients: NaN }',
    /clients: got NaN\. Write a whole number/,
  ],
  [
    'a program that throws',
    'rtcompare.config.mjs',
    'throw new Error("not today")',
    /cannot use .*: not today/,
  ],
  ['a program that hangs', 'rtcompare.config.mjs', 'for (;;);', /it did not end within 5 s/],
  [
    'a program that exits',
    'rtcompare.config.mjs',
    'process.exit(0)',
    /it ended before it had exported anything/,
  ],
  ['a function', 'rtcompare.config.mjs', 'export default { seed: () => 1 }', /could not be cloned/],
  ['nothing exported', 'rtcompare.config.mjs', 'export const a = 1', /it has no default export/],
])('%s: exit 2 and one clear line', { timeout: 30_000 }, async (_, name, content, message) => {
  const { code, stdout, stderr } = await spoken(['run'], { folder: folderWith({ [name]: content }) });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain('    at ');
});

test('a folder is no configuration, whatever its name', async () => {
  const folder = folderWith({});
  mkdirSync(join(folder, 'rtcompare.json'));
  for (const path of ['.', 'rtcompare.json'])
    expect(await spoken(['run', '--config', path], { folder })).toEqual({
      code: 2,
      stdout: '',
      stderr: `cannot read ${path}: it is a folder; name a file in it\n`,
    });
});

test('a program, a byte order mark and a file by name work; two files are one too many', async () => {
  const module = { 'rtcompare.config.mjs': 'console.log("hello"); export default { seed: 5 }' };
  const { stdout } = await rtcompare(module, ['run', '--print-config']);
  expect(stdout).not.toContain('hello');
  expect(originOf(stdout, 'seed')).toEqual(['5', 'rtcompare.config.mjs']);
  const named = await rtcompare({ 'mine.json': '\ufeff{"seed":6}' }, [
    'run',
    '--print-config',
    '--config',
    'mine.json',
  ]);
  expect(originOf(named.stdout, 'seed')).toEqual(['6', 'mine.json']);
  const both = await rtcompare({ ...module, 'rtcompare.config.json': '{}' }, ['run']);
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('are both here; keep one')]);
  expect((await rtcompare({}, ['run', '--config', 'none.json'])).code).toBe(2);
});

test('predict takes the same file, and leaves alone what only a run has', async () => {
  const file = json({ size: 1000, record: 'tape.jsonl', thresholds: ['ws p50 < 1 s'] });
  const { code, stdout } = await rtcompare(file, ['predict', '--transport', 'ws', '--json']);
  expect(code).toBe(0);
  // A thousand bytes need two bytes more of length: 8 with the mask.
  expect(JSON.parse(stdout).predictions).toContainEqual(
    expect.objectContaining({ law: 'WS1', predicted: 8 }),
  );
});

test('any JSON is what JSON.parse says, and any text either JSON or one clear complaint', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseJson(text, 'x')).toEqual(JSON.parse(text));
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseJson(text, 'x');
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
  );
});
