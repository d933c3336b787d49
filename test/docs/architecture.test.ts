/** docs/architecture.md is true: the one order of the rooms is held against every import, and no entry goes unnamed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** A room imports rooms before it and itself. A type counts like a value. */
const order = [
  'base',
  'laws',
  'wire',
  'protocols',
  'document',
  'tap',
  'ledger',
  'metrics',
  'servers',
  'transports',
  'target',
  'network',
  'browsers',
  'script',
  'trial',
  'run',
  'inspection',
  'gate',
  'questions',
  'report',
  'classroom',
  'index',
  'commands',
  'cli',
];

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const architecture = read('docs/architecture.md');
const contributing = read('CONTRIBUTING.md');
const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(join(root, 'src'), join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

const code = (file: string) => read(`src/${file}`).replace(/\/\*[\s\S]*?\*\//g, '');

const roomOf = (file: string): string => file.split('/')[0]!.replace(/\.ts$/, '');

/** Files below src/ that a file names in an import, an export or an `import()`. */
const importsOf = (file: string, text = code(file)): string[] =>
  [...text.matchAll(/(?:^import\s+|^(?:import|export)\s[^;]*?\sfrom\s+|\bimport\(\s*)'(\.[^']+)'/gm)].map(
    ([, specifier = '']) => posix.normalize(`${dirname(file)}/${specifier}`),
  );

const imports = new Map(files.map((file) => [file, importsOf(file)]));

test('a room imports only rooms that stand before it', () => {
  const place = (file: string) => order.indexOf(roomOf(file));
  expect(files.filter((file) => place(file) < 0)).toEqual([]);
  const upwards = [...imports].flatMap(([file, targets]) =>
    targets.filter((target) => place(target) > place(file)).map((target) => `${file} imports ${target}`),
  );
  expect(upwards).toEqual([]);
});

test('blocks know no skin, skins know no view: a skin lays out whatever it is given', () => {
  const parts = ['blocks', 'skins', 'views'];
  const part = (file: string) => parts.indexOf(/^report\/(\w+)\//.exec(file)?.[1] ?? '');
  const upwards = [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => part(file) >= 0 && part(target) > part(file))
      .map((target) => `${file} imports ${target}`),
  );
  expect(upwards).toEqual([]);
});

const staticImport = /^(?:import|export)\s+(?!type\b)(?:[^;'=]*?\sfrom\s+)?'(\.[^']+)'/gm;

test('a run loads no schema: their library takes longer to load than the smallest run measures', () => {
  const loaded = new Set(['commands/run.ts', 'run/run.ts', 'report/views/run/run-terminal.ts']);
  for (const file of loaded)
    for (const [, target = ''] of code(file).matchAll(staticImport))
      loaded.add(posix.normalize(`${dirname(file)}/${target}`));
  expect(loaded.size).toBeGreaterThan(200);
  expect(loaded).toContain('report/views/run/browser-blocks.ts');
  expect([...loaded].filter((file) => /^import (?!type).*'zod'/m.test(code(file)))).toEqual([]);
});

test('no files import each other in a circle', () => {
  expect(circlesIn(imports)).toEqual([]);
  const seen = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', []],
  ]);
  expect(circlesIn(seen)).toEqual([['a', 'b', 'c']]);
});

/** Files that are reached from themselves, in groups that reach each other. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const reached = (from: string) => {
    const found = new Set<string>();
    const open = [...(graph.get(from) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(...(graph.get(next) ?? []));
    }
    return found;
  };
  const reach = new Map([...graph.keys()].map((file) => [file, reached(file)]));
  const isCircular = (file: string) => reach.get(file)!.has(file);
  const groups = [...graph.keys()]
    .filter(isCircular)
    .map((file) =>
      [...graph.keys()].filter((other) => reach.get(file)!.has(other) && reach.get(other)!.has(file)),
    );
  return groups.filter(([first], index) => groups.findIndex((group) => group[0] === first) === index);
}

test('the imports of a file are found, however they are written', () => {
  const all = [...imports.values()].flat();
  expect(all).toContain('commands/program.ts');
  expect(all).toContain('report/views/lesson/lesson-list.ts');
  const written = files.reduce(
    (sum, file) => sum + (code(file).match(/'\.\.?\/[^']*\.ts'/g)?.length ?? 0),
    0,
  );
  expect(all).toHaveLength(written);
});

test('docs/architecture.md and CONTRIBUTING.md tell the rooms in this order, in the same words', () => {
  const entries = order.map((room) => (files.includes(`${room}.ts`) ? `${room}.ts` : `${room}/`));
  const rows = [...architecture.matchAll(/^\| `([a-z]+(?:\/|\.ts))` \| (.+) \|$/gm)];
  expect(rows.map(([, entry]) => entry)).toEqual(entries);
  const tree = contributing.split('\n').filter((line) => /^ {2}\S/.test(line));
  expect(tree.map((line) => line.trim().split(/ {2,}| (?=\S)/)[0])).toEqual(entries);
  expect(tree.map((line) => line.slice(18))).toEqual(rows.map(([, , words]) => words));
});

test('every folder of a room is named in docs/architecture.md, or the room is a folder a layer or a skin', () => {
  const folders = new Set(
    files
      .map((file) => file.split('/').slice(0, -1))
      .filter(({ length }) => length > 1)
      .map(([room, folder]) => `${room}/${folder}`),
  );
  const saysItself = /^(protocols|report)\//;
  const unnamed = [...folders].filter(
    (folder) => !saysItself.test(folder) && !architecture.includes(`\`${folder}/\``),
  );
  expect(unnamed).toEqual([]);
});

test('what pages name of the sources is there', () => {
  const pages = [
    'README.md',
    'README.ko.md',
    'CONTRIBUTING.md',
    'docs/architecture.md',
    'docs/methodology.md',
  ];
  // CONTRIBUTING tells how to add a transport called smoke.
  const gone = pages.flatMap((page) =>
    [...read(page).matchAll(/\bsrc\/[\w./-]*[\w/]/g)]
      .map(([path]) => path)
      .filter((path) => !path.includes('smoke') && !existsSync(join(root, path)))
      .map((path) => `${page}: ${path}`),
  );
  expect(gone).toEqual([]);
  const named = [...architecture.matchAll(/`([\w-]+(?:\/[\w-]+)*\.ts)`/g)].map(([, path = '']) => path);
  const isThere = (path: string) =>
    files.some((file) => file === path || file.endsWith(`/${path}`)) ||
    existsSync(join(root, 'test', path)) ||
    existsSync(join(root, path));
  expect(named.filter((path) => !isThere(path))).toEqual([]);
});

test('no type name is exported from two rooms', () => {
  const named = new Map<string, Set<string>>();
  for (const file of files)
    for (const [, name = ''] of code(file).matchAll(/^export (?:interface|type|class) (\w+)/gm))
      named.set(name, (named.get(name) ?? new Set()).add(roomOf(file)));
  expect([...named].filter(([, rooms]) => rooms.size > 1)).toEqual([]);
});

/**
 * What the whole house calls by one name, and what may therefore have a file of that name in several rooms: commands, layers,
 * scenarios, families of laws, and what is said between one server and one client of ours.
 */
test('no two files of one name are about different things', () => {
  const namesIn = (folder: string) =>
    files.filter((file) => dirname(file) === folder).map((file) => basename(file));
  const layers = files.flatMap((file) => /^protocols\/([\w-]+)\//.exec(file)?.[1] ?? []);
  const nouns = new Set([
    'index.ts',
    ...['commands', 'trial/scenarios', 'laws'].flatMap(namesIn),
    ...layers.map((layer) => `${layer}.ts`),
    ...namesIn('servers').filter((name) => namesIn('transports').includes(name)),
  ]);
  const partOfEachLayer = /^protocols\/[\w-]+\/explanation\.ts$/;
  const named = files.filter((file) => !nouns.has(basename(file)) && !partOfEachLayer.test(file));
  const isTaken = (file: string) =>
    named.some((other) => other !== file && basename(other) === basename(file));
  expect(named.filter(isTaken)).toEqual([]);
});

test('src/ has at most 25 entries, and no folder more than 50 files', () => {
  expect(readdirSync(join(root, 'src')).length).toBeLessThanOrEqual(25);
  const full = [...new Set(files.map(dirname))]
    .map((folder) => [folder, files.filter((file) => dirname(file) === folder).length] as const)
    .filter(([, count]) => count > 50);
  expect(full).toEqual([]);
});

test('every dependency has its reason in docs/architecture.md', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const names = Object.keys({ ...dependencies, ...devDependencies });
  expect(names.filter((name) => !architecture.includes(`\`${name}\``))).toEqual([]);
});

test('only cli.ts and the child processes exit', () => {
  const exiting = files.filter((file) => /process\.exit\b/.test(code(file)));
  const allowed = ['cli.ts', 'base/child/inside.ts', 'browsers/page/speaking-process.ts'];
  expect(exiting.filter((file) => !allowed.includes(file))).toEqual([]);
});

test('only the command line reads arguments and the environment; colour may ask the terminal', () => {
  const reading = files.filter((file) => /process\.(argv|env)\b/.test(code(file)));
  // The servers of exercises are texts, which a student runs.
  const allowed =
    /^(cli\.ts|browsers\/page\/speaking-process\.ts|commands\/.*|report\/terminal\.ts|questions\/grading\/exercises\/.*)$/;
  expect(reading.filter((file) => !allowed.test(file))).toEqual([]);
});

test('randomness is seeded and wall-clock time measures nothing', () => {
  expect(files.filter((file) => /Math\.random|Date\.now/.test(code(file)))).toEqual([]);
});

test('laws know no process, no clock and no chance', () => {
  const knowing = /\b(process|Buffer|setTimeout|Date|Math\.random)\b[.(]/;
  expect(files.filter((file) => roomOf(file) === 'laws' && knowing.test(code(file)))).toEqual([]);
});

test('every file says in its first lines what it is', () => {
  const silent = files.filter((file) => !/^(#!.*\n)?\/\*\*/.test(read(`src/${file}`)));
  expect(silent).toEqual([]);
});
