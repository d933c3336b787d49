/**
 * Looks for a browser and asks its version before anything starts: the program that the environment variable names,
 * else the first on the PATH, else the one of an npm package, unpacked once beside the packages.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { CannotRun } from '../base/failure.ts';
import { installedPackage } from '../base/installed-package.ts';
import { isWindows } from '../base/platform.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import type { ChosenBrowser, Engine } from './engine.ts';

const notThere = text(
  '{title} is not installed here: `{install}`, or name its program with {variable}',
  '이 컴퓨터에 {title}이(가) 없습니다. `{install}`로 설치하거나 {variable}로 프로그램을 지정해야 합니다',
);
const doesNotStart = text(
  '{variable} names {path}, which does not start: {why}',
  '{variable}에 지정한 {path}이(가) 시작되지 않습니다: {why}',
);
const onWindows = text(
  'rtcompare drives browsers on Linux and macOS only',
  'rtcompare는 Linux와 macOS에서만 브라우저를 씁니다',
);

/** The environment variable that names its program. */
export const variableOf = ({ name }: Pick<Engine, 'name'>): string => `RTCOMPARE_${name.toUpperCase()}`;

/** @param named the program that the user names; null if none is named. Throws `CannotRun` with what to install. */
export async function findBrowser(engine: Engine, named: string | null): Promise<ChosenBrowser> {
  if (isWindows()) throw new CannotRun(onWindows);
  const { name, title, install, programs, launcher = [] } = engine;
  const variable = variableOf(engine);
  if (named !== null) {
    const found = versionOf(named, launcher);
    if ('version' in found) return { name, path: named, version: found.version };
    throw new CannotRun(inEveryLanguage(doesNotStart, { variable, path: named, why: found.why }));
  }
  for (const program of programs) {
    const found = versionOf(program, launcher);
    if ('version' in found) return { name, path: program, version: found.version };
  }
  const path = await unpackedBrowser(engine);
  const found = path === null ? null : versionOf(path);
  if (path !== null && found && 'version' in found) return { name, path, version: found.version };
  throw new CannotRun(inEveryLanguage(notThere, { title, install, variable }));
}

/** A distribution's wrapper for a program that is not installed prints a message instead of a version. */
function versionOf(
  path: string,
  launcher: readonly string[] = [],
): { readonly version: string } | { readonly why: string } {
  const [program = path, ...words] = [...launcher, path, '--version'];
  const { error, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8', timeout: 20_000 });
  const version = /\d+\.\d+(\.\d+)*/.exec(stdout ?? '')?.[0];
  if (!error && version !== undefined) return { version };
  return { why: error?.message ?? (stderr.trim().split('\n')[0] || 'it says no version') };
}

/** The path of the package's program, unpacked once per version; null if there is no such package. */
export async function unpackedBrowser({ name, package: brought }: Engine): Promise<string | null> {
  const found = brought && installedPackage(brought.name, createRequire(import.meta.url));
  if (!found) return null;
  const packages = found.folder.slice(0, found.folder.lastIndexOf('node_modules') + 'node_modules'.length);
  const folder = join(packages, '.cache', `rtcompare-${name}-${found.version}`);
  const program = join(folder, name);
  if (existsSync(program)) return program;
  // Unpacked to a temporary folder, then renamed: another process finds the program whole or not at all.
  const fresh = `${folder}.${process.pid}`;
  try {
    mkdirSync(fresh, { recursive: true });
    await pipeline(
      createReadStream(join(found.folder, brought.packed)),
      createBrotliDecompress(),
      createWriteStream(join(fresh, name)),
    );
    chmodSync(join(fresh, name), 0o755);
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(program)) throw new CannotRun(cannotUnpack(dirname(folder), error as Error));
  }
  return program;
}

const cannotUnpack = (folder: string, { message }: Error) =>
  inEveryLanguage(
    text(
      'the browser of the package cannot be unpacked into {folder}: {why}',
      '패키지에 든 브라우저를 {folder}에 풀 수 없습니다: {why}',
    ),
    { folder, why: message },
  );
