/**
 * Which packages a program needs at run time, found as Node finds them where it is installed (by npm, flat, or by pnpm,
 * behind links), and where each belongs in a new folder, so that every package finds the same ones there.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotRun } from '../../base/failure.ts';
import { inEveryLanguage, text } from '../../base/text.ts';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package that goes into the bundle. */
export interface Placed {
  readonly manifest: Manifest;
  /** Where it is now. */
  readonly folder: string;
}

const missing = text(
  '{name}, which {needer} needs, is not installed; install rtcompare again, or run `npm ci` in its repository',
  '{needer}에 필요한 {name} 패키지가 설치되어 있지 않습니다. rtcompare를 다시 설치하거나 저장소에서 `npm ci`를 실행하십시오',
);

export const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/**
 * The packages by their place below the new folder: `node_modules/ws`, `node_modules/a/node_modules/ws`. A package
 * lies at the top or, if another version lies there already, below the package that needs it. All packages below a
 * package are placed before their own dependencies are looked up, so a later one never hides an earlier one.
 */
export function treeOf(root: string): ReadonlyMap<string, Placed> {
  const placed = new Map<string, Placed>();
  const waiting: [place: string, folder: string][] = [['', realpathSync(root)]];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [place, folder] = next;
    for (const found of neededBy(folder)) {
      const seen = placeSeenFrom(place, found.manifest.name, placed);
      if (seen !== null && placed.get(seen)?.folder === found.folder) continue;
      const at = below(seen === null ? '' : place, found.manifest.name);
      placed.set(at, found);
      waiting.push([at, found.folder]);
    }
  }
  return placed;
}

const below = (place: string, name: string): string =>
  `${place === '' ? '' : `${place}/`}node_modules/${name}`;

/** Where the package at this place finds the name, looking upwards as Node does. */
function placeSeenFrom(place: string, name: string, placed: ReadonlyMap<string, Placed>): string | null {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const candidate = below(at, name);
    if (placed.has(candidate)) return candidate;
    if (at === '') return null;
  }
}

function neededBy(folder: string): Placed[] {
  const { name: needer, dependencies = {}, optionalDependencies = {} } = manifestOf(folder);
  return Object.keys({ ...dependencies, ...optionalDependencies }).flatMap((name) => {
    const found = installed(name, folder);
    if (found !== null) return [{ folder: found, manifest: { ...manifestOf(found), name } }];
    if (name in optionalDependencies) return [];
    throw new CannotRun(inEveryLanguage(missing, { name, needer }));
  });
}

/** The folder of the package that a program in `from` finds by this name. */
function installed(name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (dirname(folder) === folder) return null;
  }
}
