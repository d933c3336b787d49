/**
 * The Action, step by step: its scripts are taken from action.yml and run as the runner would. What takes minutes, an
 * installation from a release or from source, is `npm run acceptance -- action`.
 */
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Weighing } from '../src/gate/weighing.ts';
import { type Given, job, root, stepsOf } from './support/steps.ts';

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
    [...read(path).matchAll(/uses: (\S+)(.*)/g)].map(([, name = '', rest = '']) => ({ path, name, rest })),
  );
  const others = used.filter(({ name }) => !/^(\.\/|OWNER\/)/.test(name));
  expect(others.length).toBeGreaterThan(10);
  for (const { path, name, rest } of others)
    expect(`${name}${rest}`, path).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  const commits = new Map(others.map(({ name }) => [repositoryOf(name), name.split('@')[1]]));
  expect(others.filter(({ name }) => commits.get(repositoryOf(name)) !== name.split('@')[1])).toEqual([]);
});

const repositoryOf = (action: string) => action.split('@')[0]!.split('/').slice(0, 2).join('/');

test('the action takes no other Node onto the PATH of later steps', () => {
  expect(stepsOf('action.yml').filter(({ uses = '' }) => uses.includes('setup-node'))).toEqual([]);
});

/** A job whose workspace has this repository's baseline, and in which the action is already installed. */
async function installed(given: Given = {}, change: (baseline: Weighing) => void = () => {}) {
  const made = job(given);
  const baseline = JSON.parse(read('reports/baseline.json')) as Weighing;
  change(baseline);
  const file = join(made.workspace, given.inputs?.baseline ?? 'reports/baseline.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(baseline));
  const asked = await made.run('ask');
  expect([asked.code, asked.stdout, asked.stderr]).toEqual([0, '', '']);
  mkdirSync(join(asked.outputs.place!, 'node_modules'), { recursive: true });
  return { made, asked, program: join(asked.outputs.place!, 'node_modules/rtcompare') };
}

/** The header that every answer to a poll has, as a baseline from before it. */
function withoutKeepAlive(baseline: Weighing) {
  const [poll] = baseline.transports.find(({ transport }) => transport === 'polling')!.stages.poll!;
  poll!.fields = poll!.fields.filter(({ name }) => name !== 'keep-alive');
}

test('a header more: red, annotated, summed up, with outputs and files, and nothing left for later steps', async () => {
  const { made, program } = await installed({ inputs: { baseline: 'our base lines/it’s.json' } }, withoutKeepAlive);
  using _made = made;
  symlinkSync(root, program);
  const { code, stderr, summary, outputs, leaves } = await made.run('check');
  expect(code, stderr).toBe(1);
  expect(stderr).toMatch(/^::error title=Heavier::polling: \+24 B per empty poll down: new header `Keep-Alive/m);
  expect(summary).toContain('Keep-Alive');
  expect(made.outputs()).toEqual({ 'exit-code': '1', findings: '1', report: outputs.report });
  expect(readdirSync(outputs.report!).sort()).toEqual(
    ['json', 'junit.xml', 'md'].map((ending) => `rtcompare-check.${ending}`),
  );
  expect(outputs.report!.startsWith(made.temp)).toBe(true);
  expect(readdirSync(made.workspace)).toEqual(['our base lines']);
  expect(leaves).toBe('');
});

/** In the place of the program: says what it was given, and ends as told. */
const double = (code: number, findings: number) => `
const at = (name) => process.argv[process.argv.indexOf(name) + 1];
const document = { findings: Array(${findings}).fill({}), missing: [], times: null };
console.log(JSON.stringify(process.argv.slice(2)));
if (${code} < 2) require('node:fs').writeFileSync(at('--out') + '/rtcompare-check.json', JSON.stringify(document));
process.exit(${code});
`;

async function ended(code: number, findings: number, inputs: Given['inputs'] = {}) {
  const { made, program } = await installed({ inputs });
  using _made = made;
  mkdirSync(join(program, 'dist'), { recursive: true });
  writeFileSync(join(program, 'package.json'), '{}');
  writeFileSync(join(program, 'dist/cli.js'), double(code, findings));
  const outcome = await made.run('check');
  return { ...outcome, seen: made.outputs() };
}

test.each([
  { failOn: 'heavier', code: 0, findings: 2, ends: 0 },
  { failOn: 'heavier', code: 1, findings: 2, ends: 1 },
  { failOn: 'changed', code: 0, findings: 0, ends: 0 },
  { failOn: 'changed', code: 0, findings: 2, ends: 1 },
  { failOn: 'never', code: 1, findings: 2, ends: 0 },
  { failOn: 'never', code: 3, findings: 0, ends: 3 },
])('fail-on $failOn, exit code $code, $findings findings: ends with $ends', async ({ ends, ...one }) => {
  const { code, seen, stdout } = await ended(one.code, one.findings, { 'fail-on': one.failOn });
  expect([code, seen['exit-code']]).toEqual([ends, String(one.code)]);
  // Where nothing was written there is nothing to count, and no artefact.
  expect(seen.findings).toBe(one.code < 2 ? String(one.findings) : '');
  expect(stdout.includes('::error title=Changed::')).toBe(one.failOn === 'changed' && ends === 1);
});

test('a folder of libraries is handed on, and only where it is given', async () => {
  const given = async (inputs: Given['inputs']) =>
    JSON.parse((await ended(0, 0, inputs)).stdout.split('\n')[0]!) as string[];
  expect(await given({})).not.toContain('--libraries');
  expect((await given({ libraries: '.' })).slice(-2)).toEqual(['--libraries', '.']);
});

test('no two artefacts have one name, unless it is given', async () => {
  const name = async (inputs: Given['inputs']) => (await ended(0, 0, inputs)).outputs.artifact!;
  const names = [await name({}), await name({})];
  expect(names[0]).toMatch(/^rtcompare-check-wire-3-2-\w{6}$/);
  expect(names[0]).not.toBe(names[1]);
  expect(await name({ 'artifact-name': 'mine' })).toBe('mine');
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

test.each(['lts/*', '../24', '24;id', 'v24'])('node-version %s is refused', async (value) => {
  using made = job({ inputs: { 'node-version': value, baseline: '.' } });
  writeFileSync(join(made.workspace, 'b.json'), '{}');
  const given = { inputs: { 'node-version': value, baseline: join(made.workspace, 'b.json') } };
  expect(await refused(given)).toContain('title=Unknown node-version::');
});

test('a job without Node, or with an old one, is told what to do', async () => {
  using made = job();
  const [baseline, bin] = [join(made.workspace, 'b.json'), join(made.workspace, 'bin')];
  writeFileSync(baseline, '{}');
  mkdirSync(bin);
  for (const name of ['bash', 'sed']) symlinkSync(`/usr/bin/${name}`, join(bin, name));
  const asked = { inputs: { baseline }, env: { PATH: bin } };
  expect(await refused(asked)).toContain('title=No Node::');
  const old = '#!/bin/bash\n[ "$1" = --version ] && echo v18.20.0\nexit 1\n';
  for (const name of ['node', 'npm']) {
    writeFileSync(join(bin, name), old);
    chmodSync(join(bin, name), 0o755);
  }
  expect(await refused(asked)).toContain('title=Node is too old::this job has Node v18.20.0');
});

test('what is installed has a name of its own for each content and each Node', async () => {
  const actionPath = job();
  using _folder = actionPath;
  const copy = actionPath.workspace;
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json'])
    cpSync(join(root, name), join(copy, name));
  mkdirSync(join(copy, 'src/deep'), { recursive: true });
  writeFileSync(join(copy, 'src/deep/a.ts'), '1');
  const key = async (inputs: Given['inputs'] = {}) => {
    const { made, asked } = await installed({ actionPath: copy, inputs });
    made[Symbol.dispose]();
    return asked.outputs.key!;
  };
  const first = await key();
  expect(first).toMatch(new RegExp(`^rtcompare-${version}-Linux-X64-[0-9a-f]{20}$`));
  expect(await key({ 'node-version': '24' })).toBe(`${first}-node-24`);
  expect(await key()).toBe(first);
  writeFileSync(join(copy, 'src/deep/a.ts'), '2');
  const second = await key();
  expect(second).not.toBe(first);
  rmSync(join(copy, 'src/deep/a.ts'));
  writeFileSync(join(copy, 'src/b.ts'), '2');
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
