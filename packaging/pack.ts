/**
 * `tsx packaging/pack.ts FOLDER`: the package as it is released, from an existing build, and the same with all it
 * needs, for machines without a network. npm packs it; then the project's address, if known, is written into its
 * pages and its manifest, and npm packs it again.
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startOfProgram } from '../src/base/platform.ts';
import { writeBundle } from '../src/commands/files/bundle-file.ts';
import { type Address, addressOf, type Manifest } from './address.ts';
import { relinked } from './links.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Packs the package; returns the tarball's path. */
export function pack(into: string): string {
  using released = unpacked();
  mkdirSync(into, { recursive: true });
  return join(into, packed(released.folder, resolve(into)));
}

/** Packs the bundle; returns the path of the tarball that needs no network. */
export async function packBundle(into: string): Promise<string> {
  using released = unpacked();
  return (await writeBundle({ folder: released.folder, installedIn: root, into })).path;
}

/** The package as it will be released, in a temporary folder. */
function unpacked(): Disposable & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-pack-'));
  const forget = () => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync('tar', ['-xzf', packed(root, folder)], { cwd: folder });
    tellAddress(join(folder, 'package'));
  } catch (error) {
    forget();
    throw error;
  }
  return { folder: join(folder, 'package'), [Symbol.dispose]: forget };
}

/** Without scripts: they would rebuild `dist/` while other processes use it. */
function packed(folder: string, into: string): string {
  const words = ['npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', into];
  const { file, args, shell } = startOfProgram(words);
  return execFileSync(file, args, { cwd: folder, encoding: 'utf8', shell }).trim();
}

/**
 * Writes, in an unpacked package, the links of its pages and the fields of its manifest that follow from
 * `repository`.
 */
export function tellAddress(folder: string): void {
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const address = addressOf(manifest);
  const isPacked = (path: string) => existsSync(join(folder, path));
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const page = name.split(sep).join('/');
    if (!page.endsWith('.md') || page.startsWith('node_modules/')) continue;
    const markdown = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, name), relinked(markdown, { page, isPacked, address }));
  }
  writeFileSync(file, `${JSON.stringify({ ...manifest, ...fieldsOf(address) }, null, 2)}\n`);
}

const fieldsOf = (address: Address | null) =>
  address && { homepage: address.homepage, bugs: { url: address.bugs } };

const [, program, into] = process.argv;
if (program === fileURLToPath(import.meta.url)) {
  if (into === undefined) throw new Error('pack: say into which folder');
  console.log(pack(into));
  console.log(await packBundle(into));
}
