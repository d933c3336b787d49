/**
 * The tarball of `rtcompare bundle`: the package and all it needs, laid out in a temporary folder and packed by npm.
 * Also for `packaging/`, which has written the repository's address into its package.
 */

import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CannotRun } from '../../base/failure.ts';
import { startOfProgram } from '../../base/platform.ts';
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import { bundledManifest, isNeeded, packedNames } from '../../classroom/bundle/contents.ts';
import { type Manifest, manifestOf, type Placed, treeOf } from '../../classroom/bundle/tree.ts';
import { jsonText } from '../screen/print.ts';
import { checkFolder, writeWhole } from './writing.ts';

const complaints = {
  noNpm: text(
    'npm cannot be started ({reason}); it comes with Node: install Node again, or add its folder to PATH',
    'npm을 시작할 수 없습니다({reason}). npm은 Node와 함께 설치됩니다. Node를 다시 설치하거나 그 폴더를 PATH에 넣으십시오',
  ),
  notPacked: text(
    'npm could not pack the bundle: {reason}',
    'npm으로 묶음 파일을 만들지 못했습니다: {reason}',
  ),
  notBuilt: text(
    '{folder} has no dist/: run `npm run build` there first',
    '{folder}: dist/ 폴더가 없습니다. 먼저 그곳에서 `npm run build`를 실행하십시오',
  ),
} as const;

const steps = {
  copying: text('copying {count} packages', '패키지 {count}개를 복사하는 중'),
  packing: text('packing them', '묶음 파일을 만드는 중'),
} as const;

export interface Bundling {
  /** The package that is packed, as it is installed or built. */
  readonly folder: string;
  /** Where its dependencies are looked up; its own folder by default. */
  readonly installedIn?: string;
  /** The folder of the tarball; made if it is missing. */
  readonly into: string;
  readonly tell?: (step: Text) => void;
  readonly signal?: AbortSignal;
}

export interface Bundle {
  readonly path: string;
  readonly bytes: number;
  readonly version: string;
  readonly packages: readonly Pick<Manifest, 'name' | 'version'>[];
}

/** Throws `CannotRun` if something is missing or a folder cannot be written (before copying), or if npm fails. */
export async function writeBundle(bundling: Bundling): Promise<Bundle> {
  const { folder, installedIn = folder, into, tell = () => {}, signal } = bundling;
  if (!existsSync(join(folder, 'dist')))
    throw new CannotRun(inEveryLanguage(complaints.notBuilt, { folder }));
  checkFolder(into);
  await npm(['--version'], tmpdir(), complaints.noNpm, signal);
  const packages = treeOf(installedIn);
  const temporary = mkdtempSync(join(tmpdir(), 'rtcompare-bundle-'));
  try {
    tell(inEveryLanguage(steps.copying, { count: String(packages.size) }));
    const laidOut = join(temporary, 'package');
    const manifest = layOut(folder, laidOut, packages);
    signal?.throwIfAborted();
    tell(steps.packing);
    const packed = join(temporary, 'packed');
    mkdirSync(packed);
    // The name is read from the folder, because what npm prints depends on its configuration.
    const words = ['pack', '--ignore-scripts', '--silent', '--pack-destination', packed];
    await npm(words, laidOut, complaints.notPacked, signal);
    const [name = ''] = readdirSync(packed);
    const path = join(into, name.replace(/\.tgz$/, '-bundle.tgz'));
    writeWhole(path, readFileSync(join(packed, name)));
    const told = [...packages.values()].map(({ manifest: one }) => ({
      name: one.name,
      version: one.version,
    }));
    return { path, bytes: statSync(path).size, version: manifest.version, packages: told };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Copies everything to its place below the new folder: npm would leave links out. */
function layOut(folder: string, into: string, packages: ReadonlyMap<string, Placed>): Manifest {
  const manifest = manifestOf(folder);
  const { files = [] } = manifest as { files?: readonly string[] };
  mkdirSync(into);
  for (const name of packedNames(files, readdirSync(folder)))
    cpSync(join(folder, name), join(into, name), { recursive: true });
  for (const [place, { folder: from }] of packages) copyPackage(from, join(into, ...place.split('/')));
  writeFileSync(join(into, 'package.json'), jsonText(bundledManifest(manifest)));
  return manifest;
}

/** Copies a package without the packages below it, which have places of their own. */
const copyPackage = (from: string, into: string): void =>
  cpSync(from, into, {
    recursive: true,
    filter: (path) => path === from || (basename(path) !== 'node_modules' && isNeeded(basename(path))),
  });

/** Runs npm to its end. Throws `CannotRun` with npm's last line. */
async function npm(
  words: readonly string[],
  folder: string,
  complaint: typeof complaints.noNpm,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { file, args, shell } = startOfProgram(['npm', ...words]);
  const child = spawn(file, [...args], {
    cwd: folder,
    shell,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(signal && { signal }),
  });
  let said = '';
  // This output is dropped: a shell that finds no npm complains in the code page of its console, not in UTF-8.
  if (complaint === complaints.noNpm) child.stderr?.resume();
  else
    child.stderr?.setEncoding('utf8').on('data', (words: string) => {
      said = (said + words).slice(-2000);
    });
  const reason = await new Promise<string | null>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('close', (code) =>
      resolve(code === 0 ? null : said.trim().split('\n').at(-1) || `exit code ${code}`),
    );
  });
  signal?.throwIfAborted();
  if (reason !== null) throw new CannotRun(inEveryLanguage(complaint, { reason }));
}
