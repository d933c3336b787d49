/**
 * `rtcompare grade` on more servers than a test has time for: every example of docs/wire-formats.md in both
 * languages, five servers written from that page alone, every exercise before and after its repair, and a class of
 * thirty in less than three minutes.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repaired } from '../src/questions/grading/exercises/exercise.ts';
import { exercises } from '../src/questions/grading/exercises/index.ts';
import { asOutside, rtcompare, tally } from './command.ts';
import { plantAll } from './grade-faults.ts';

const packages = { express: '5.1.0', ws: '8.18.3', 'socket.io': '4.8.1' };
const classSize = 30;
const classSeconds = 180;

/** The examples in the page, by the name above each. */
function examplesIn(): readonly (readonly [name: string, code: string])[] {
  const page = readFileSync(fileURLToPath(new URL('../docs/wire-formats.md', import.meta.url)), 'utf8');
  return [...page.matchAll(/<!-- (\S+) -->\n```\w+\n([\s\S]*?)```/g)].map(
    ([, name = '', code = '']) => [name, code] as const,
  );
}

interface Graded {
  readonly name: string;
  readonly points: number;
  readonly most?: number;
  readonly why?: string;
  readonly sentences?: readonly {
    readonly id: string;
    readonly state: string;
    readonly seen: string | null;
  }[];
}

const broken = ({ sentences = [] }: Graded) => sentences.filter(({ state }) => state !== 'holds');

const told = (one: Graded) =>
  `${one.points}/${one.most ?? '–'} ${
    one.why ??
    broken(one)
      .map(({ id, seen }) => `${id}: ${seen}`)
      .join('; ')
  }`;

async function classOf(folder: string, ...more: string[]) {
  const { code, stdout, stderr, seconds } = await rtcompare('grade', folder, '--json', '--quiet', ...more);
  if (code === null || code > 1) throw new Error(`grade: exit ${code}: ${stderr}`);
  return { submissions: (JSON.parse(stdout) as { submissions: Graded[] }).submissions, seconds };
}

export async function grade(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-grade-'));
  const { say, held } = tally();
  try {
    const { servers, python } = install(folder);
    const page = join(folder, 'page');
    mkdirSync(page);
    for (const [name, code] of examplesIn()) writeFileSync(join(page, name), code);
    await inPath(python, async () => {
      await whole(say, servers, 'written from the page alone');
      await whole(say, page, 'an example of the page');
      plantAll(servers, join(folder, 'planted'));
      await planted(say, join(folder, 'planted'));
    });
    await exercisesIn(join(folder, 'exercises'), say);
    await thirty(join(folder, 'class'), say);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return held();
}

type Say = ReturnType<typeof tally>['say'];

async function whole(say: Say, folder: string, what: string): Promise<void> {
  const { submissions } = await classOf(folder);
  for (const one of submissions)
    say(one.most !== undefined && one.points === one.most, `${what}: ${one.name} ${told(one)}`);
}

const leastFound = 18;

/** Names the kind, as a class's teacher would: otherwise an echo with the fault of broadcasting counts as a chat. */
async function planted(say: Say, folder: string): Promise<void> {
  const all: Graded[] = [];
  for (const kind of readdirSync(folder)) {
    const { submissions } = await classOf(join(folder, kind), '--kind', kind);
    all.push(...submissions);
    for (const one of submissions) console.log(`  ${kind} ${one.name}: ${told(one)}`);
  }
  const missed = all.filter((one) => one.points === one.most).map(({ name }) => name);
  const found = all.length - missed.length;
  say(found >= leastFound, `${found} of ${all.length} faults found; not: ${missed.join(', ')}`);
}

/** Installs the libraries as students do, so that rtcompare lends none. */
function install(folder: string) {
  const servers = join(folder, 'servers');
  cpSync(fileURLToPath(new URL('servers', import.meta.url)), servers, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'class', dependencies: packages }));
  const options = { cwd: folder, env: asOutside };
  execFileSync('npm', ['install', '--loglevel', 'error', '--no-audit', '--no-fund'], options);
  const python = join(folder, 'venv', 'bin');
  execFileSync('python3', ['-m', 'venv', join(folder, 'venv')], options);
  execFileSync(join(python, 'pip'), ['install', '--quiet', 'websockets==15.0.1'], options);
  return { servers, python };
}

/** As in an activated virtual environment: `python3` is the one of that folder. */
async function inPath(bin: string, action: () => Promise<void>): Promise<void> {
  const before = process.env.PATH;
  process.env.PATH = `${bin}:${before}`;
  try {
    await action();
  } finally {
    process.env.PATH = before;
  }
}

async function exercisesIn(folder: string, say: Say): Promise<void> {
  for (const exercise of exercises)
    for (const [state, content] of [
      ['given', exercise.files[0].content],
      ['repaired', repaired(exercise)],
    ] as const) {
      const place = join(folder, `${exercise.id} ${state}`);
      mkdirSync(place, { recursive: true });
      for (const { name, content: other } of exercise.files) writeFileSync(join(place, name), other);
      writeFileSync(join(place, exercise.files[0].name), content);
    }
  const { submissions } = await classOf(folder);
  for (const one of submissions) {
    const exercise = exercises[Number(one.name[0]) - 1];
    const wanted = one.name.endsWith('given') ? (exercise?.broken ?? []) : [];
    const found = (one.sentences ?? []).filter(({ state }) => state === 'broken').map(({ id }) => id);
    say(found.join() === wanted.join(), `exercise ${one.name}: ${found.join(', ') || 'everything holds'}`);
  }
}

/** Six servers of each format, some correct and some with a typical omission. */
async function thirty(folder: string, say: Say): Promise<void> {
  mkdirSync(folder);
  const servers = examplesIn().filter(([name]) => name.endsWith('.cjs'));
  for (let nth = 0; nth < classSize; nth++) {
    const [name, code] = servers[nth % servers.length] ?? ['', ''];
    const forgotten = nth % 3 === 0 ? code : forget(code, nth);
    writeFileSync(join(folder, `student ${String(nth + 1).padStart(2, '0')} ${name}`), forgotten);
  }
  const { submissions, seconds } = await classOf(folder);
  const untouched = submissions.filter((_, nth) => nth % 3 === 0);
  say(submissions.length === classSize, `a class of ${submissions.length}`);
  say(seconds < classSeconds, `graded in ${seconds.toFixed(0)} s of ${classSeconds} s`);
  say(
    untouched.every(({ points, most }) => points === most),
    `those that nothing was taken from keep everything: ${untouched.filter((one) => one.points !== one.most).map((one) => `${one.name} ${told(one)}`)}`,
  );
  for (const one of submissions) console.log(`  ${one.name}: ${told(one)}`);
}

/** Removes something from a server: a listener, a header, a check. */
function forget(code: string, nth: number): string {
  const forgettable: readonly (readonly [RegExp, string])[] = [
    [/ {2}socket\.on\('error', .*\n/, ''],
    [/, \{ binary: isBinary \}/, ''],
    [/, 'Cache-Control': 'no-store'/, ''],
    [/ {4}response\.write\(': here.*\n/, ''],
    [/if \(typeof acknowledge === 'function'\) /g, ''],
    [/io\.emit/, 'socket.broadcast.emit'],
    [/asked === null \|\| cursor < messages\.length/, 'asked === null'],
    [/writeHead\(204\)/, 'writeHead(200)'],
    [/'127\.0\.0\.1'\);/, "'127.0.0.1');\nprocess.on('SIGTERM', () => server.close());"],
  ];
  const [from, to] = forgettable.filter(([pattern]) => code.search(pattern) >= 0)[nth % 2] ?? [/$^/, ''];
  return code.replace(from, to);
}
