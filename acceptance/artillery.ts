/**
 * The engine under a real Artillery, packed and installed as its users get it: four workers, every transport, each
 * behind a relay that counts. The engine's counts equal those of the relays, to the byte; a broken engine fails the
 * run.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack } from '../packaging/pack.ts';
import { transports } from '../src/transports/index.ts';
import { installArtillery, pushedEvent, runExample } from './artillery/running.ts';
import { tally } from './command.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Packs both packages; returns the tarballs. */
function packed(folder: string): string[] {
  const engine = join(root, 'engines/artillery');
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: engine });
  const name = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    cwd: engine,
    encoding: 'utf8',
  });
  return [pack(folder), join(folder, name.trim())];
}

/**
 * Whether the unread bytes are those that may be unread. A client that leaves an event stream closes its socket, and
 * does not read the events still on their way: whole events of 16 B each. A WebSocket is closed by both sides, and in
 * an echo no server message is on its way.
 */
const isAllRead = (name: string, example: string, unread: number): boolean =>
  name === 'sse' && example === 'push.yml' ? unread >= 0 && unread % pushedEvent === 0 : unread === 0;

const examples = [
  { example: 'echo.yml', spoken: transports.length },
  { example: 'push.yml', spoken: 2 },
] as const;

/** How the engine is broken: a file of an installed package, and the text that replaces another in it. */
const breakages = [
  {
    what: 'a tap that loses a byte of each chunk',
    file: 'rtcompare/dist/tap/tap.js',
    from: "this.#seen('down', chunk, false)",
    to: "this.#seen('down', chunk.subarray(1), false)",
  },
  {
    what: 'an engine that cannot be loaded',
    file: 'artillery-engine-rtcompare/dist/index.js',
    from: 'export default engineOver(rtcompare);',
    to: 'export default nothing;',
  },
] as const;

export async function artillery(): Promise<boolean> {
  const { say, held } = tally();
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-artillery-'));
  const tarballs = mkdtempSync(join(tmpdir(), 'rtcompare-packed-'));
  try {
    installArtillery(folder, packed(tarballs));
    cpSync(join(root, 'examples/artillery'), folder, { recursive: true });
    for (const { example, spoken } of examples) {
      const { code, rows, output, told } = await runExample(folder, example);
      say(rows.length === spoken, `${example}: ${rows.length} transports of ${spoken}`);
      say(code === 0, `${example}: exit ${code}${code === 0 ? '' : `\n${output.slice(-3000)}`}`);
      for (const { name, counted, carried } of rows)
        say(
          counted.up === carried.up &&
            isAllRead(name, example, carried.down - counted.down) &&
            carried.up > 0,
          `${example}: ${name}: ${counted.up} B up and ${counted.down} B down counted, ${carried.up} and ${carried.down} carried`,
        );
      say(/^Balanced: /m.test(told), `${example}: told by rtcompare report: ${told.split('\n').at(-2)}`);
    }
    for (const { what, file, from, to } of breakages) {
      const path = join(folder, 'node_modules', file);
      const whole = readFileSync(path, 'utf8');
      writeFileSync(path, whole.replace(from, to));
      const { code } = await runExample(folder, 'echo.yml');
      say(whole.includes(from) && code !== 0, `${what} (${basename(file)}): exit ${code}`);
      writeFileSync(path, whole);
    }
  } finally {
    for (const one of [folder, tarballs]) rmSync(one, { recursive: true, force: true });
  }
  return held();
}
