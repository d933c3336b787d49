/** docs/architecture.md is true: its import rules are read out of every file in src/, and no entry goes unnamed. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const architecture = read('docs/architecture.md');
const contributing = read('CONTRIBUTING.md');
const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(join(root, 'src'), join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

/** What everybody but `laws` may import. */
const shared = [
  'base',
  'laws',
  'protocol',
  'endpoints',
  'clock',
  'schedule',
  'resources',
  'failure',
  'libraries',
  'did-you-mean',
  'own',
  'child',
  'platform',
];

/** Files at the top of src/ that together make a trial and a run: one room. */
const trial = [
  ...[
    'run',
    'measure',
    'measure-again',
    'clients',
    'lab',
    'asking',
    'streamed',
    'waiting',
    'steady',
    'weigh',
    'balance',
    'findings',
    'notes',
    'sequence',
    'serve',
  ],
  ...['knobs', 'limits', 'environment', 'version', 'usual-plan'],
];

/**
 * Beside itself and what is shared, a room may import these. `types of` = the import must vanish when compiled;
 * a name with a slash is that one file; `anything` is meant.
 */
const rules: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(shared.map((name) => [name, []])),
  wire: [],
  servers: [],
  network: ['wire'],
  transports: ['types of wire', 'wire/dialer'],
  metrics: ['types of wire', 'wire/span'],
  scenarios: ['types of transports', 'types of metrics'],
  probes: ['wire', 'servers', 'network'],
  claims: ['types of metrics', 'types of probes'],
  predictions: [
    'types of trial',
    'types of metrics',
    'types of wire',
    'types of scenarios',
    'transports/transport',
    'metrics/verdict',
  ],
  evidence: [
    'trial',
    'claims/evidence',
    'claims/index',
    'types of metrics',
    'metrics/verdict',
    'probes',
    'network/link',
    'scenarios',
    'transports',
  ],
  anatomy: ['types of wire', 'wire/mask', 'types of gate', 'types of claims'],
  gate: [
    ...['types of metrics', 'metrics/figures', 'metrics/summary', 'metrics/verdict'],
    ...['types of inspection', 'wire', 'servers', 'scenarios', 'transports', 'environment', 'version'],
  ],
  recommendation: ['trial', 'types of metrics', 'metrics/verdict', 'scenarios', 'transports'],
  reproductions: [
    ...['trial', 'types of metrics', 'claims/cost', 'types of claims', 'probes', 'servers/listening'],
    ...['network/link', 'predictions/times', 'scenarios', 'transports'],
  ],
  lessons: [
    ...['types of metrics', 'metrics/verdict', 'claims/cost', 'claims/lines', 'types of claims', 'probes'],
    'gate/weigh',
    ...['types of gate', 'types of reproductions', 'reproductions/trials', 'network/link', 'transports'],
    'anatomy/devtools',
  ],
  report: [
    'types of metrics',
    'metrics/figures',
    'metrics/verdict',
    'claims',
    'types of probes',
    'types of reproductions',
    'reproductions/reproduction',
    'types of recommendation',
    'recommendation/assumptions',
    'types of inspection',
    'types of grading',
    'grading/ground',
    'types of lessons',
    'lessons/guess',
    'lessons/lesson',
    'lessons/score',
    'gate',
    'anatomy',
    'wire/span',
    'scenarios',
  ],
  trial: [
    ...['wire', 'metrics', 'network', 'predictions'],
    ...['types of transports', 'types of servers', 'types of scenarios'],
  ],
  web: [],
  demo: [
    ...[
      'web/talk',
      'types of web',
      'types of trial',
      'measure',
      'types of metrics',
      'wire',
      'servers',
      'network',
    ],
    ...[
      'transports',
      'claims',
      'evidence',
      'types of probes',
      'inspection/later',
      'anatomy',
      'report/document-tables',
      'report/table',
      'report/verdict-words',
      'report/words',
    ],
    ...['report/wire/field-rows', 'report/wire/look'],
  ],
  bundle: [],
  doctor: ['trial', 'types of claims', 'scenarios', 'transports'],
  inspection: ['wire', 'metrics', 'network'],
  grading: [
    ...['wire', 'network/link', 'network/relay', 'anatomy/units', 'types of anatomy', 'lessons/chat'],
  ],
  library: [
    ...[
      'trial',
      'types of metrics',
      'metrics/verdict',
      'network/link',
      'scenarios',
      'servers/behaviours',
      'types of servers',
    ],
    ...['transports', 'serve-here'],
  ],
  'serve-here': ['types of trial', 'servers/behaviours', 'types of servers'],
  index: ['library', 'metrics', 'scenarios', 'types of servers', 'transports'],
  commands: ['anything'],
  cli: ['anything'],
};

interface Import {
  /** Path below src/, without its extension. */
  readonly target: string;
  readonly typesOnly: boolean;
}

const code = (file: string) => read(`src/${file}`).replace(/\/\*[\s\S]*?\*\//g, '');

function roomOf(path: string): string {
  const entry = path.split('/')[0]!.replace(/\.ts$/, '');
  return trial.includes(entry) ? 'trial' : entry;
}

function importsOf(file: string): Import[] {
  const text = code(file);
  const target = (specifier: string) => posix.normalize(`${dirname(file)}/${specifier}`).replace(/\.ts$/, '');
  const named = [...text.matchAll(/^(?:import|export)\s([^;]*?)\sfrom\s+'(\.[^']+)'/gm)].map(
    ([, names = '', specifier = '']) => {
      const list = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1]?.split(',') ?? [''];
      const allTypes = list.filter((name) => name.trim() !== '').every((name) => /^\s*type\s/.test(name));
      return {
        target: target(specifier),
        typesOnly: /^type\s/.test(names) || (list[0] !== '' && allTypes),
      };
    },
  );
  const bare = [...text.matchAll(/(?:^import\s+|\bimport\(\s*)'(\.[^']+)'/gm)].map(([, specifier = '']) => ({
    target: target(specifier),
    typesOnly: false,
  }));
  return [...named, ...bare];
}

function isAllowed(from: string, { target, typesOnly }: Import): boolean {
  const to = roomOf(target);
  if (to === from || (from !== 'laws' && shared.includes(to))) return true;
  return (rules[from] ?? []).some(
    (rule) =>
      rule === 'anything' || rule === to || rule === target || (rule === `types of ${to}` && typesOnly),
  );
}

test.each(Object.keys(rules))('%s imports only what its rule allows', (room) => {
  const broken = files
    .filter((file) => roomOf(file) === room)
    .flatMap((file) =>
      importsOf(file)
        .filter((found) => !isAllowed(room, found))
        .map(({ target, typesOnly }) => `${file} imports ${typesOnly ? 'types of ' : ''}${target}`),
    );
  expect(broken).toEqual([]);
});

test('the imports of a file are found, however they are written', () => {
  const all = files.flatMap((file) => importsOf(file));
  expect(all).toContainEqual({ target: 'commands/program', typesOnly: false });
  expect(all).toContainEqual({ target: 'servers/socket-io', typesOnly: false });
  expect(importsOf('serve.ts')).toContainEqual({ target: 'servers/server', typesOnly: true });
  const written = files.reduce(
    (sum, file) => sum + (code(file).match(/'\.\.?\/[^']*\.ts'/g)?.length ?? 0),
    0,
  );
  expect(all).toHaveLength(written);
});

test('every room has a rule, and docs/architecture.md has the same ones', () => {
  const rooms = [...new Set(files.map(roomOf))];
  expect(rooms.filter((room) => !(room in rules))).toEqual([]);
  const named = (rule: string) =>
    rule === 'anything'
      ? rule
      : rule.replace(/^(types of )?(.+)$/, (_, types = '', name) => `${types}\`${name}\``);
  const rows = rooms
    .filter((room) => room in rules && !shared.includes(room))
    .map((room) => `| \`${room}\` | ${rules[room]!.map(named).join(', ') || 'nothing else'} |`);
  expect(rows.filter((row) => !architecture.includes(row))).toEqual([]);
});

test.each(readdirSync(join(root, 'src')))('src/%s is named in architecture.md and in the tree', (name) => {
  const entry = name.includes('.') ? name : `${name}/`;
  expect(architecture.includes(`\`${entry}\``)).toBe(true);
  expect(contributing.split('\n').some((line) => line.startsWith(`  ${entry} `))).toBe(true);
});

test('every dependency has its reason in docs/architecture.md', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const names = Object.keys({ ...dependencies, ...devDependencies });
  expect(names.filter((name) => !architecture.includes(`\`${name}\``))).toEqual([]);
});

test('only cli.ts and the child processes exit', () => {
  const exiting = files.filter((file) => /process\.exit\b/.test(code(file)));
  const allowed = ['cli.ts', 'child/inside.ts'];
  expect(exiting.filter((file) => !allowed.includes(file))).toEqual([]);
});

test('only the command line reads arguments and the environment; colour may ask the terminal', () => {
  const reading = files.filter((file) => /process\.(argv|env)\b/.test(code(file)));
  // The servers of exercises are texts, which a student runs.
  const allowed = /^(cli\.ts|commands\/.*|report\/terminal\.ts|grading\/exercises\/.*)$/;
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
