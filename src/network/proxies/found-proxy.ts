/**
 * Whether a real proxy is installed, and in which version. Checked before anything starts, because a run without it
 * would be useless.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CannotRun } from '../../base/failure.ts';
import { installedPackage } from '../../base/installed-package.ts';
import { isWindows } from '../../base/platform.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import type { ProgramProxy, RealProxy } from './proxy.ts';

const noProgram = text(
  '{name} is not installed here: install the package {package} (Debian: `apt install {package}`), or leave it out',
  '이 컴퓨터에 {name}이(가) 없습니다. {package} 패키지를 설치하거나(Debian: `apt install {package}`) 빼야 합니다',
);
const noLibrary = text(
  '{name} is not installed beside rtcompare: `npm install {package}`, or leave it out',
  'rtcompare와 함께 설치된 {name}이(가) 없습니다. `npm install {package}`로 설치하거나 빼야 합니다',
);
const onWindows = text(
  '{name} is started by rtcompare on Linux and macOS only; http-proxy-3 and httpxy run wherever Node does',
  'rtcompare는 Linux와 macOS에서만 {name}을(를) 시작합니다. http-proxy-3와 httpxy는 Node가 있는 곳이면 됩니다',
);

/** `path` is the program's; empty for a library. */
export interface FoundProxy {
  readonly version: string;
  readonly path: string;
}

/** The system's folders for daemons, which are not on the PATH of an ordinary user. */
const besidesPath = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin', '/usr/local/bin'];

/** Undefined if it is not installed. */
export function lookForProxy(proxy: RealProxy): FoundProxy | undefined {
  if (proxy.kind === 'program') return isWindows() ? undefined : programFound(proxy);
  const version = installedPackage(proxy.package, createRequire(import.meta.url))?.version;
  return version === undefined ? undefined : { version, path: '' };
}

/** Throws `CannotRun` with what to install if it is missing. */
export function findProxy(proxy: RealProxy): FoundProxy {
  const { name, kind } = proxy;
  const told = { name, package: proxy.package };
  if (kind === 'program' && isWindows()) throw new CannotRun(inEveryLanguage(onWindows, told));
  const found = lookForProxy(proxy);
  if (found) return found;
  throw new CannotRun(inEveryLanguage(kind === 'program' ? noProgram : noLibrary, told));
}

/** The first that starts and prints its version, from PATH and then the other folders. */
function programFound({ program, version }: ProgramProxy): FoundProxy | undefined {
  for (const path of [program, ...besidesPath.map((folder) => join(folder, program))]) {
    const { error, stdout, stderr } = spawnSync(path, [...version], { encoding: 'utf8', timeout: 5000 });
    if (!error) return { path, version: /\d+\.\d+(\.\d+)?/.exec(`${stdout}${stderr}`)?.[0] ?? '?' };
  }
  return undefined;
}
