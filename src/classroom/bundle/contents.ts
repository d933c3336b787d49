/**
 * What of a package goes along. Left out is only what nothing reads where it runs; declarations stay, because ours name
 * types of `ws`, `undici` and Node, and a package that misses one it names would be asked of a registry.
 */
import type { Manifest } from './tree.ts';

/** Files that no package needs at run time, by their names without a folder. */
const unread: readonly RegExp[] = [
  // For a debugger.
  /\.map$/,
  // Node refuses to run TypeScript below `node_modules`.
  /(?<!\.d)\.[cm]?ts$/,
  // Pages to read, which the package's own site has as well. A licence has to go along.
  /^(?!.*(licen[cs]e|notice|copying)).*\.(md|markdown)$/i,
];

export const isNeeded = (file: string): boolean => !unread.some((pattern) => pattern.test(file));

/** The names in a package's own folder that it is packed from: the first part of each pattern in `files`, and what npm adds. */
export function packedNames(files: readonly string[], names: readonly string[]): string[] {
  const first = new Set(files.map((pattern) => pattern.replace(/^\.?\//, '').split('/')[0]));
  return names.filter(
    (name) => first.has(name) || name === 'package.json' || /^(readme|licen[cs]e)(\.|$)/i.test(name),
  );
}

/**
 * The manifest of the bundle. Without scripts, which would build anew; without development packages, which npm would ask a
 * registry for.
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
