/**
 * Which files of a package go into the bundle: all but those that nothing reads at run time. Declarations stay,
 * because ours name types of `ws`, `undici` and Node; without these packages npm would ask a registry for them.
 */
import type { Manifest } from './tree.ts';

/** Files that no package needs at run time, by their names without a folder. */
const unread: readonly RegExp[] = [
  // Source maps: only a debugger reads them.
  /\.map$/,
  // Node refuses to run TypeScript below `node_modules`.
  /(?<!\.d)\.[cm]?ts$/,
  // Documentation, which the package's own site has as well. A licence has to go along.
  /^(?!.*(licen[cs]e|notice|copying)).*\.(md|markdown)$/i,
];

export const isNeeded = (file: string): boolean => !unread.some((pattern) => pattern.test(file));

/** The names in a package's folder that npm packs: the first part of each pattern in `files`, and what npm adds. */
export function packedNames(files: readonly string[], names: readonly string[]): string[] {
  const first = new Set(files.map((pattern) => pattern.replace(/^\.?\//, '').split('/')[0]));
  return names.filter(
    (name) => first.has(name) || name === 'package.json' || /^(readme|licen[cs]e)(\.|$)/i.test(name),
  );
}

/**
 * The manifest of the bundle. Without scripts, which would build again; without development packages, for which npm
 * would ask a registry.
 */
export function bundledManifest(manifest: Manifest): Record<string, unknown> {
  const {
    scripts: _,
    devDependencies: __,
    overrides: ___,
    ...kept
  } = manifest as unknown as Record<string, unknown>;
  return { ...kept, bundleDependencies: Object.keys(manifest.dependencies ?? {}) };
}
