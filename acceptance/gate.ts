/**
 * The gate in a separate project, from the packed tarball: it weighs that project's libraries, reports nothing in
 * thirty runs without a change, half of them beside busy loops, writes the same file each time, and names what an
 * update changed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { busyMachine } from './busy.ts';
import { asOutside, tally } from './command.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const before = ['ws@8.18.3', 'socket.io@4.7.5', 'socket.io-client@4.7.5'];
const after = ['ws@8.23.0', 'socket.io@4.8.4', 'socket.io-client@4.8.4'];
const repeats = 15;

export async function projectGate(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-gate-'));
  const { say, held } = tally();
  const install = (...names: string[]) =>
    execFileSync('npm', ['install', '--loglevel', 'error', '--no-audit', '--no-fund', ...names], {
      cwd: folder,
      env: asOutside,
    });
  const check = (...more: string[]) =>
    spawnSync(join(folder, 'node_modules/.bin/rtcompare'), ['check', '--quiet', ...more], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, CI: '', RTCOMPARE_LANG: 'en', RTCOMPARE_BASELINE: 'baseline.json' },
    });
  try {
    execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
      cwd: root,
    });
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    writeFileSync(join(folder, 'package.json'), '{"name":"project"}');
    install(`./${tarball}`, ...before);
    const file = () => readFileSync(join(folder, 'baseline.json'), 'utf8');
    const written = check('--update-baseline');
    const first = file();
    say(written.status === 0, `written: ${written.stdout.split('\n\n')[0]?.replace(/\s+/g, ' ')}`);
    say(check('--update-baseline').status === 0 && file() === first, 'the same file when written again');
    for (const isBusy of [false, true]) {
      using _machine = isBusy ? busyMachine() : { [Symbol.dispose]: () => {} };
      const codes = Array.from({ length: repeats }, () => check().status);
      const silent = codes.filter((code) => code === 0).length;
      say(silent === repeats, `${isBusy ? 'busy' : 'alone'}: exit 0 ${silent} times of ${repeats}`);
    }
    install(...after);
    const moved = check();
    say(
      /ws 8\.18\.3 → 8\.23\.0/.test(moved.stdout),
      `after the update: exit ${moved.status}\n${moved.stdout}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return held();
}
