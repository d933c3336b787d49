/**
 * A student's laptop without a network: in a network namespace that has loopback alone, `rtcompare bundle`'s file is
 * installed into an empty home, and `run`, `lesson 1` and `demo` work; also if the folders have Hangul and spaces in
 * their names. Needs the right to make a namespace; prints so if that is missing.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asOutside, rtcompare, tally } from './command.ts';

const homes = ['home', join('홍길동', '내 문서')];
const longestS = 60;
const visit = fileURLToPath(new URL('classroom/visit.mjs', import.meta.url));

/** As root, or as root of a user namespace of one's own. */
const ways = [
  ['unshare', '--net'],
  ['unshare', '--map-root-user', '--net'],
] as const;
const loopback = 'ip link set lo up && exec "$@"';

interface Laptop {
  readonly home: string;
  readonly way: readonly string[];
}

function on({ home, way }: Laptop, ...words: readonly string[]) {
  const started = performance.now();
  const [program = '', ...args] = [...way, 'sh', '-c', loopback, 'sh', ...words];
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: home,
    encoding: 'utf8',
    env: {
      // Without the npm cache and configuration of the user who runs this check.
      HOME: home,
      LANG: 'C.UTF-8',
      NO_COLOR: '1',
      RTCOMPARE_LANG: 'en',
      npm_config_prefix: join(home, 'npm'),
      TMPDIR: home,
      PATH: [join(home, 'npm', 'bin'), dirname(process.execPath), asOutside.PATH].join(':'),
    },
  });
  const seconds = (performance.now() - started) / 1000;
  return { code: status, stdout: stdout ?? '', stderr: stderr ?? '', seconds };
}

export async function classroom(): Promise<boolean> {
  const way = ways.find(([program, ...args]) => spawnSync(program, [...args, 'ip', 'link']).status === 0);
  if (!way) {
    console.log('SKIPPED: neither root nor allowed to make a network namespace; nothing was tried');
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-classroom-'));
  const { say, held } = tally();
  try {
    const made = await rtcompare('bundle', '--out', folder, '--json');
    say(made.code === 0, `bundle: ${made.seconds.toFixed(1)} s ${made.code === 0 ? '' : made.stderr}`);
    if (made.code !== 0) return false;
    const { file, bytes, packages } = JSON.parse(made.stdout) as Bundle;
    const stated = `${(bytes / 1e6).toFixed(1)} MB`;
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    say(readme.includes(`one file of ${stated}`), `${basename(file)}: ${stated}, as README.md says`);
    console.log(
      `with ${packages.length} packages: ${packages.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
    );
    for (const name of homes) {
      const home = join(folder, name);
      mkdirSync(home, { recursive: true });
      copyFileSync(file, join(home, basename(file)));
      tryLaptop({ home, way }, name, basename(file), say);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return held();
}

interface Bundle {
  readonly file: string;
  readonly bytes: number;
  readonly packages: readonly { readonly name: string; readonly version: string }[];
}

function tryLaptop(laptop: Laptop, name: string, file: string, say: ReturnType<typeof tally>['say']): void {
  const dial = "require('net').connect(443, '192.0.2.1').on('error', (e) => console.log(e.code))";
  const dialled = on(laptop, 'node', '-e', dial).stdout.trim();
  say(dialled === 'ENETUNREACH', `${name}: no network (${dialled})`);
  const install = on(laptop, 'npm', 'install', '-g', `./${file}`);
  const installed = join(laptop.home, 'npm', 'lib', 'node_modules', 'rtcompare');
  say(
    install.code === 0 && install.seconds < longestS,
    `${name}: installed in ${install.seconds.toFixed(1)} s, ${weightOf(installed)} ${install.code === 0 ? '' : install.stderr}`,
  );
  const ran = tried(() => on(laptop, 'rtcompare', 'run', '--out', '결과 reports', '--report', 'json,html'));
  say(
    ran.code === 0 && existsSync(join(laptop.home, '결과 reports', 'latest.json')),
    `${name}: run, ${ran.seconds.toFixed(1)} s: ${ran.code === 0 ? ran.stdout.trim().split('\n').at(-1) : ran.stderr}`,
  );
  const lesson = tried(() => on(laptop, 'rtcompare', 'lesson', '1', '--answer', '2'));
  say(
    lesson.code === 0,
    `${name}: lesson 1, ${lesson.seconds.toFixed(1)} s ${lesson.code === 0 ? '' : lesson.stderr}`,
  );
  const demo = on(laptop, 'node', visit);
  say(demo.code === 0, `${name}: demo, ${demo.stdout.trim()} ${demo.code === 0 ? '' : demo.stderr}`);
}

/** Measures again, three times at most in all, if this machine was too busy for a trial to count. */
function tried(measure: () => ReturnType<typeof on>): ReturnType<typeof on> {
  for (let left = 2; ; left--) {
    const ran = measure();
    if (ran.code === 0 || left === 0 || !/saturated/.test(ran.stderr)) return ran;
  }
}

function weightOf(folder: string): string {
  if (!existsSync(folder)) return 'nothing';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .filter((one) => one.isFile());
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return `${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`;
}
