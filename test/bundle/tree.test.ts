/** What goes into the bundle: found in folders as npm and pnpm lay them out, and the same on every machine. */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { CannotRun } from '../../src/base/failure.ts';
import { bundledManifest, isNeeded, packedNames } from '../../src/classroom/bundle/contents.ts';
import { manifestOf, treeOf } from '../../src/classroom/bundle/tree.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), '묶음 rtcompare-tree-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Needs = Readonly<Record<string, string>>;

function put(place: string, version: string, dependencies: Needs = {}, more: object = {}): string {
  const path = join(folder, place);
  mkdirSync(path, { recursive: true });
  const name = place.split('node_modules/').at(-1);
  writeFileSync(join(path, 'package.json'), JSON.stringify({ name, version, dependencies, ...more }));
  return path;
}

const shown = (from: string) =>
  Object.fromEntries([...treeOf(from)].map(([place, { manifest }]) => [place, manifest.version]));

test('two versions of one package: each needer keeps its own, as npm laid them out', () => {
  const app = put('flat/app', '1', { a: '*', ws: '*' });
  put('flat/node_modules/a', '1', { ws: '*', b: '*' });
  put('flat/node_modules/a/node_modules/ws', '8.1');
  put('flat/node_modules/b', '1', { ws: '*' });
  put('flat/node_modules/ws', '8.2');
  put('flat/node_modules/unused', '1');
  expect(shown(app)).toEqual({
    'node_modules/a': '1',
    'node_modules/ws': '8.2',
    'node_modules/b': '1',
    'node_modules/a/node_modules/ws': '8.1',
  });
});

test('behind links, as pnpm lays them out', () => {
  const store = 'pnpm/node_modules/.pnpm';
  put(`${store}/app@1/node_modules/app`, '1', { '@s/a': '*', c: '*' });
  put(`${store}/a@1/node_modules/@s/a`, '1', { c: '*' });
  put(`${store}/c@1/node_modules/c`, '1');
  put(`${store}/c@2/node_modules/c`, '2');
  const link = (from: string, to: string) => {
    mkdirSync(dirname(join(folder, from)), { recursive: true });
    symlinkSync(join(folder, store, to), join(folder, from), 'junction');
  };
  link(`${store}/app@1/node_modules/@s/a`, 'a@1/node_modules/@s/a');
  link(`${store}/app@1/node_modules/c`, 'c@2/node_modules/c');
  link(`${store}/a@1/node_modules/c`, 'c@1/node_modules/c');
  link('pnpm/node_modules/app', 'app@1/node_modules/app');
  expect(shown(join(folder, 'pnpm/node_modules/app'))).toEqual({
    'node_modules/@s/a': '1',
    'node_modules/c': '2',
    'node_modules/@s/a/node_modules/c': '1',
  });
});

test('what is optional may be missing; what is needed may not, and is named', () => {
  const app = put('missing/app', '1', { here: '*' }, { optionalDependencies: { fast: '*' } });
  expect(() => treeOf(app)).toThrow(CannotRun);
  expect(() => treeOf(app)).toThrow(/^here, which .*app needs, is not installed/);
  put('missing/node_modules/here', '1');
  expect(shown(app)).toEqual({ 'node_modules/here': '1' });
});

/** Where Node would look from a place of the bundle. */
function seenFrom(place: string, name: string, tree: ReturnType<typeof treeOf>): string | undefined {
  const parts = place === '' ? [] : place.split('/');
  for (let length = parts.length; length >= 0; length--) {
    if (parts[length - 1] === 'node_modules') continue;
    const found = tree.get([...parts.slice(0, length), 'node_modules', name].join('/'));
    if (found) return found.folder;
  }
  return undefined;
}

test('ours: as many packages as docs/architecture.md says, and each finds there what it finds here', () => {
  const tree = treeOf(root);
  expect(readFileSync(join(root, 'docs/architecture.md'), 'utf8')).toContain(
    `installs ${tree.size} packages with it`,
  );
  for (const [page, words] of [
    ['README.md', 'packages it needs'],
    ['README.ko.md', '필요한 패키지'],
  ] as const)
    expect(readFileSync(join(root, page), 'utf8')).toMatch(
      new RegExp(`${tree.size} ${words}|${words} ${tree.size}`),
    );
  const all = [['', { folder: root }] as const, ...tree];
  for (const [place, { folder: from }] of all)
    for (const name of Object.keys(manifestOf(from).dependencies ?? {})) {
      const here = [place, ...ancestors(place)]
        .map((one) => join(one === '' ? root : join(root, one), 'node_modules', name))
        .map((path) => real(path))
        .find((path) => path !== undefined);
      expect([place, name, seenFrom(place, name, tree)]).toEqual([place, name, here]);
    }
});

const ancestors = (place: string): string[] =>
  place === ''
    ? []
    : [place.slice(0, Math.max(0, place.lastIndexOf('node_modules/') - 1))].flatMap((up) => [
        up,
        ...ancestors(up),
      ]);

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

test('left out is what nothing reads where it runs; licences and declarations stay', () => {
  const [needed, unread] = [
    [
      'index.js',
      'index.d.ts',
      'index.d.cts',
      'index.d.mts',
      'LICENSE',
      'license.md',
      'NOTICE.md',
      'a.map.js',
    ],
    ['index.js.map', 'index.d.ts.map', 'schemas.ts', 'a.mts', 'README.md', 'History.md'],
  ];
  expect(needed.filter((name) => !isNeeded(name))).toEqual([]);
  expect(unread.filter(isNeeded)).toEqual([]);
});

test('the folder it is packed from holds what `files` says and nothing else; no script runs at the other end', () => {
  const { files, ...manifest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const names = [
    'dist',
    'docs',
    'src',
    'schema',
    'node_modules',
    '.git',
    'LICENSE',
    'README.md',
    'package.json',
  ];
  expect(packedNames(files, names)).toEqual([
    'dist',
    'docs',
    'schema',
    'LICENSE',
    'README.md',
    'package.json',
  ]);
  const bundled = bundledManifest(manifest);
  expect(bundled).toMatchObject({ name: 'rtcompare', dependencies: manifest.dependencies });
  expect(bundled.bundleDependencies).toEqual(Object.keys(manifest.dependencies));
  expect(Object.keys(bundled)).not.toEqual(expect.arrayContaining(['scripts']));
});
