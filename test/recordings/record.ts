/**
 * Makes the fixtures anew: `npx tsx test/recordings/record.ts NAME|all`, where NAME is a file of `record/`. The packages
 * that the script pins are installed into a folder of their own, and every recording is made there by a process of its
 * own (`take.mjs`). It needs a registry, so no test runs it.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Script {
  /** Exact versions, as `dependencies` of a package.json. */
  readonly packages: Readonly<Record<string, string>>;
  /** By the fixture's name. */
  readonly recordings: Readonly<Record<string, unknown>>;
}

const here = fileURLToPath(new URL('.', import.meta.url));
const fixtures = join(here, 'fixtures');
const scripts = readdirSync(join(here, 'record')).map((file) => file.replace(/\.mjs$/, ''));

async function make(script: string) {
  const { packages, recordings }: Script = await import(`./record/${script}.mjs`);
  const folder = mkdtempSync(join(tmpdir(), 'recording-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: packages }));
    // No script of a package is run: none of them needs to be built.
    const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    execFileSync('npm', install, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
    cpSync(join(here, 'stage.mjs'), join(folder, 'stage.mjs'));
    cpSync(join(here, 'take.mjs'), join(folder, 'take.mjs'));
    cpSync(join(here, 'record'), join(folder, 'record'), { recursive: true });
    for (const name of Object.keys(recordings)) {
      const file = join(fixtures, `${name}.jsonl`);
      execFileSync(process.execPath, ['take.mjs', script, name, file], { cwd: folder, stdio: 'inherit' });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [wanted = ''] = process.argv.slice(2);
if (wanted !== 'all' && !scripts.includes(wanted)) {
  console.error(`record: name one of all, ${scripts.join(', ')}`);
  process.exit(2);
}
for (const script of wanted === 'all' ? scripts : [wanted]) await make(script);
