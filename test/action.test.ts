/**
 * The Action, step by step: its scripts are taken from action.yml and run as the runner would. What takes minutes, an
 * installation from a release or from source, is `npm run acceptance -- action`.
 */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Weighing } from '../src/document/weighing.ts';
import { action, type Given, job, root, stepsOf } from './support/steps.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { version } = JSON.parse(read('package.json'));
const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const yamls = ['action.yml', ...workflows, 'examples/ci/wire.yml'];

test.each(yamls)('%s: no expression stands in a script', (path) => {
  const scripts = stepsOf(path).flatMap(({ run = '' }) => run);
  expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
});

test('every script of the action says which shell reads it', () => {
  const scripts = stepsOf('action.yml').filter(({ run }) => run !== undefined);
  expect(scripts.map(({ shell }) => shell)).toEqual(scripts.map(() => 'bash'));
});

test('other people’s actions are pinned by commit, each at one commit everywhere, with the version beside it', () => {
  const used = [...yamls, 'docs/ci.md'].flatMap((path) =>
    [...read(path).matchAll(/uses: ([^\s`]+)(.*)/g)].map(([, name = '', rest = '']) => ({
      path,
      name,
      rest,
    })),
  );
  const ours = used.filter(({ name }) => name.startsWith('OWNER/'));
  expect(ours.map(({ name }) => name)).toEqual(ours.map(() => `OWNER/rtcompare@v${version}`));
  const others = used.filter(({ name }) => !/^(\.\/|OWNER\/)/.test(name));
  expect(others.length).toBeGreaterThan(10);
  for (const { path, name, rest } of others)
    expect(`${name}${rest}`, path).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  const commits = new Map(others.map(({ name }) => [repositoryOf(name), name.split('@')[1]]));
  expect(others.filter(({ name }) => commits.get(repositoryOf(name)) !== name.split('@')[1])).toEqual([]);
});

const repositoryOf = (action: string) => action.split('@')[0]!.split('/').slice(0, 2).join('/');

test('docs/ci.md has every input with its default, and every output', () => {
  const rows = [...read('docs/ci.md').matchAll(/^\| `([a-z-]+)` \| (.+?) \|/gm)].map(([, name, usual]) => [
    name,
    usual,
  ]);
  const said = {
    libraries: 'the workspace',
    'node-version': "the job's Node",
    'artifact-name': 'one of its own',
  };
  const inputs = Object.entries(action.inputs).map(([name, one]) => [
    name,
    said[name as keyof typeof said] ?? `\`${one.default}\``,
  ]);
  expect(rows).toEqual(inputs);
  expect(Object.keys(action.outputs).filter((name) => !read('docs/ci.md').includes(`\`${name}\``))).toEqual(
    [],
  );
});

test('the action takes no other Node onto the PATH of later steps', () => {
  expect(stepsOf('action.yml').filter(({ uses = '' }) => uses.includes('setup-node'))).toEqual([]);
});

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-action-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A baseline from before polls were answered with a header that they have. */
function olderBaseline(): string {
  const baseline = JSON.parse(read('reports/baseline.json')) as Weighing;
  const [poll] = baseline.transports.find(({ transport }) => transport === 'polling')!.stages.poll!;
  poll!.fields = poll!.fields.filter(({ name }) => name !== 'keep-alive');
  return JSON.stringify(baseline);
}

test('a header more: red, annotated, summed up, with outputs and files, and nothing left for later steps', async () => {
  const place = join(folder, 'ours');
  mkdirSync(join(place, 'node_modules'), { recursive: true });
  symlinkSync(root, join(place, 'node_modules/rtcompare'));
  using made = job({ inputs: { baseline: 'our base line.json' }, before: { ask: { place } } });
  writeFileSync(join(made.workspace, 'our base line.json'), olderBaseline());
  const { code, stderr, summary, outputs, leaves } = await made.run('check');
  expect(code, stderr).toBe(1);
  expect(stderr).toMatch(
    /^::error title=Heavier than the baseline::polling: \+24 B per empty poll down: new header `Keep-Alive/m,
  );
  expect(summary).toContain('Keep-Alive');
  expect(made.outputs()).toEqual({ 'exit-code': '1', findings: '1', report: outputs.report });
  expect(readdirSync(outputs.report!).sort()).toEqual(
    ['json', 'junit.xml', 'md'].map((ending) => `rtcompare-check.${ending}`),
  );
  expect(outputs.report!.startsWith(made.temp)).toBe(true);
  expect(readdirSync(made.workspace)).toEqual(['our base line.json']);
  expect(leaves).toBe('');
});

/** Stands in for the program: prints its arguments, and exits as its environment variables say. */
const double = `
const { CODE, FOUND } = process.env;
const out = process.argv[process.argv.indexOf('--out') + 1];
const document = { findings: Array(Number(FOUND)).fill({}), missing: [], times: null };
console.log(JSON.stringify(process.argv.slice(2)));
if (CODE < 2) require('node:fs').writeFileSync(out + '/rtcompare-check.json', JSON.stringify(document));
process.exitCode = Number(CODE);
`;

async function checked(code: number, found: number, inputs: Given['inputs'] = {}) {
  const place = join(folder, 'double');
  const program = join(place, 'node_modules/rtcompare/dist');
  mkdirSync(program, { recursive: true });
  writeFileSync(join(program, 'cli.js'), double);
  const env = { CODE: String(code), FOUND: String(found) };
  using made = job({ inputs, env, before: { ask: { place } } });
  const outcome = await made.run('check');
  const given = JSON.parse(outcome.stdout.split('\n')[0]!) as string[];
  return { ...outcome, given, seen: made.outputs() };
}

test.each([
  { failOn: 'heavier', code: 0, found: 2, ends: 0 },
  { failOn: 'heavier', code: 1, found: 2, ends: 1 },
  { failOn: 'changed', code: 0, found: 0, ends: 0 },
  { failOn: 'changed', code: 0, found: 2, ends: 1 },
  { failOn: 'never', code: 1, found: 2, ends: 0 },
  { failOn: 'never', code: 3, found: 0, ends: 3 },
])('fail-on $failOn, exit code $code, $found findings: ends with $ends', async ({ ends, ...one }) => {
  const { code, seen, stdout } = await checked(one.code, one.found, { 'fail-on': one.failOn });
  expect([code, seen['exit-code']]).toEqual([ends, String(one.code)]);
  // If no file was written, there is nothing to count, and no artefact.
  expect(seen.findings).toBe(one.code < 2 ? String(one.found) : '');
  expect(stdout.includes('::error title=Changed::')).toBe(one.failOn === 'changed' && ends === 1);
});

test('no two artefacts have one name, and libraries are asked for only where they are given', async () => {
  const [usual, again] = [await checked(0, 0), await checked(0, 0)];
  expect(usual.outputs.artifact).toMatch(/^rtcompare-check-wire-3-2-\w{6}$/);
  expect(usual.outputs.artifact).not.toBe(again.outputs.artifact);
  expect(usual.given).not.toContain('--libraries');
  const { given, outputs } = await checked(0, 0, { libraries: 'packages/a b', 'artifact-name': 'mine' });
  expect(outputs.artifact).toBe('mine');
  expect(given.slice(-2)).toEqual(['--libraries', 'packages/a b']);
});

/** What is refused before anything is fetched. */
async function refused(given: Given) {
  using made = job(given);
  const { code, stdout, leaves } = await made.run('ask');
  expect([code, leaves]).toEqual([2, '']);
  expect(made.outputs()).toEqual({ 'exit-code': '2', findings: '', report: '' });
  expect(readdirSync(made.temp)).toEqual([]);
  // One annotation, and nothing that the runner could take for another command.
  expect(stdout).toMatch(/^::error [^\n]+\n$/);
  return stdout.trimEnd();
}

test('a missing baseline: the file, and the command that writes it', async () => {
  const command = `npx rtcompare@${version} check --update --baseline`;
  expect(await refused({})).toBe(
    `::error title=No baseline,file=reports/baseline.json::There is no reports/baseline.json to compare with. Write it with \`${command} reports/baseline.json\`, outside of CI, and commit it.`,
  );
  expect(await refused({ inputs: { baseline: 'a b.json', libraries: '.' } })).toContain(
    `\`${command} a\\ b.json --libraries .\``,
  );
  expect(await refused({ inputs: { baseline: '50%,x:\n::set-output name=a::b' } })).toContain(
    ',file=50%25%2Cx%3A%0A%3A%3Aset-output name=a%3A%3Ab::',
  );
});

test.each([
  ['fail-on', 'everything', 'Unknown fail-on'],
  ['libraries', 'nowhere', 'No such folder'],
])('%s %s is refused: %s', async (name, value, title) => {
  expect(await refused({ inputs: { [name]: value } })).toContain(`title=${title}::${name} is "${value}"`);
});

test.each(['lts/*', '24;id', 'v24'])('node-version %s is refused', async (value) => {
  const inputs = { 'node-version': value, baseline: join(root, 'reports/baseline.json') };
  expect(await refused({ inputs })).toContain('title=Unknown node-version::');
});

/** The action's own checkout, as small as can be. */
function checkout(name: string, engine: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, 'src/deep'), { recursive: true });
  writeFileSync(
    join(path, 'package.json'),
    JSON.stringify({ version: '9.9.9', engines: { node: engine } }, null, 2),
  );
  for (const file of ['package-lock.json', 'tsconfig.json', 'src/deep/a.ts'])
    writeFileSync(join(path, file), '1');
  return path;
}

test('a job without Node, or with an old one, is told what to do', async () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['bash', 'sed']) symlinkSync(`/usr/bin/${name}`, join(bin, name));
  const inputs = { baseline: join(root, 'reports/baseline.json') };
  expect(await refused({ inputs, env: { PATH: bin } })).toContain('title=No Node::');
  for (const engine of ['>=999.0', `>=${process.versions.node.split('.')[0]}.999`])
    expect(await refused({ inputs, actionPath: checkout('new', engine) })).toContain(
      `title=Node is too old::this job has Node ${process.version};`,
    );
});

test('what is installed has a name of its own for each content and each Node', async () => {
  const actionPath = checkout('content', '>=20.19');
  const key = async (inputs: Given['inputs'] = {}) => {
    using made = job({ actionPath, inputs: { baseline: join(root, 'reports/baseline.json'), ...inputs } });
    const { outputs } = await made.run('ask');
    expect(outputs).toMatchObject({ version: '9.9.9', place: join(made.temp, outputs.key!) });
    return outputs.key!;
  };
  const first = await key();
  expect(first).toMatch(/^rtcompare-9\.9\.9-Linux-X64-[0-9a-f]{20}$/);
  expect(await key({ 'node-version': '24' })).toBe(`${first}-node-24`);
  writeFileSync(join(actionPath, 'src/deep/a.ts'), '2');
  const second = await key();
  expect(second).not.toBe(first);
  renameSync(join(actionPath, 'src/deep/a.ts'), join(actionPath, 'src/b.ts'));
  expect(await key()).not.toBe(second);
});

test('a release is refused but from the repository and under the tag that package.json says', async () => {
  const guard = stepsOf('.github/workflows/release.yml').find(({ id }) => id === 'guard')!;
  const url = 'git+https://github.com/somebody/rtcompare.git';
  const guarded = async (manifest: object, tag = 'v1.2.3') => {
    using made = job({
      github: { event: { release: { tag_name: tag } } },
      env: { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'somebody/rtcompare' },
    });
    writeFileSync(join(made.workspace, 'package.json'), JSON.stringify({ version: '1.2.3', ...manifest }));
    const { code, stdout } = await made.runStep(guard);
    return [code, stdout.split('\n').filter((line) => line.startsWith('::error')).length];
  };
  expect(await guarded({ repository: { url } })).toEqual([0, 0]);
  expect(await guarded({ repository: { url } }, 'v1.2.4')).toEqual([1, 1]);
  expect(await guarded({ repository: { url: url.replace('somebody', 'another') } })).toEqual([1, 1]);
  expect(await guarded({}, 'x')).toEqual([1, 2]);
});
