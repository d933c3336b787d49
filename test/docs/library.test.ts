/**
 * docs/library.md is true: each of its programs is compiled and run as it stands, against the package as its users see
 * it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { again } from '../support/again.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/library.md'), 'utf8');
const programs = [...page.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, program = '']) => program);

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-library-'));
mkdirSync(join(folder, 'node_modules'));
symlinkSync(root, join(folder, 'node_modules', 'rtcompare'), 'junction');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(program: string, name: string) {
  writeFileSync(join(folder, name), program);
  const child = spawn(process.execPath, [name], { cwd: folder });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].on('data', (text: Buffer) => {
      said[stream] += text.toString();
    });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, ...said };
}

const expected = [
  /^8 B beside the payload, median \S+ ms, (valid|noisy)\n$/,
  /^sse: set-up \d+ B a client, then 271 B a message\nws: set-up \d+ B a client, then 8 B a message\n$/,
  /^tcp: median \S+ ms, (valid|noisy)\ntcp:nagle: median \S+ ms, (valid|noisy)\n$/,
  /^300 of 300 came back, 44800 B in all\n$/,
  /^the youngest [\d.]+ ms old; 320 B up, 320 B down, difference null\n$/,
];

test('the page has the programs that are expected here', () => {
  expect(programs).toHaveLength(expected.length);
});

/** What the compiler complains of, with every check that a careful user switches on. */
function complaints(named: Readonly<Record<string, string>>): string[] {
  for (const [name, program] of Object.entries(named)) writeFileSync(join(folder, name), program);
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'];
  const node = ['--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
  const types = ['--typeRoots', join(root, 'node_modules', '@types')];
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [compiler, '--noEmit', '--pretty', 'false', ...strict, ...node, ...types];
  const { stdout } = spawnSync(process.execPath, [...args, ...Object.keys(named)], {
    cwd: folder,
    encoding: 'utf8',
  });
  return stdout.split('\n').filter((line) => line !== '');
}

test('every program compiles as TypeScript, strictly; one that reads an invalid trial does not', () => {
  const careless = `import { measure } from 'rtcompare';
console.log((await measure({ transport: 'ws' })).wire);`;
  const pages = Object.fromEntries(programs.map((program, index) => [`${index}.mts`, program]));
  expect(complaints({ ...pages, 'careless.mts': careless })).toEqual([
    expect.stringMatching(/^careless\.mts\(2,.*Property 'wire' does not exist on type 'MeasuredTrial'/),
    expect.stringContaining("Property 'wire' does not exist on type 'InvalidTrial'"),
  ]);
}, 90_000);

test('the JSON Schema can be imported', async () => {
  const program = `import schema from 'rtcompare/schema/report-1.json' with { type: 'json' };
console.log(schema.title);`;
  const { stdout, stderr } = await run(program, 'schema.mjs');
  expect(stdout, stderr).toBe('rtcompare report, version 1\n');
});

test.concurrent.each(programs.map((program, index) => [index, program] as const))(
  'program %i runs as it stands, and ends by itself',
  async (index, program) => {
    // Where the machine stood still the program says so.
    const { code, stdout, stderr } = await again(
      () => run(program, `${index}.mjs`),
      (said) => !/saturated/.test(said.stderr),
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(expected[index]!);
  },
);

test('a name that nobody knows is a UsageError, with where to look', async () => {
  const program = `import { measure, UsageError } from 'rtcompare';
await measure({ transport: 'carrier-pigeon' }).catch((error) => console.log(error instanceof UsageError, error.message));`;
  expect((await run(program, 'unknown.mjs')).stdout).toEqual(
    expect.stringMatching(/^true unknown transport "carrier-pigeon"\. Known: polling, long-polling, /),
  );
});
