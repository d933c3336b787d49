/** Where a run took place: enough to tell whether two reports may be compared. */
import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../document/report.ts';

/** The libraries whose bytes and time are measured, or that do the measuring. */
const watched = [
  'ws',
  'socket.io',
  'socket.io-client',
  'engine.io',
  'engine.io-client',
  'undici',
  'eventsource-parser',
];

export function readEnvironment(): Report['environment'] {
  return {
    node: process.versions.node,
    platform: platform(),
    arch: arch(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    dependencies: Object.fromEntries(watched.map((name) => [name, installedVersion(name)])),
  };
}

const ours = createRequire(import.meta.url);

const installedVersion = (name: string): string => installedPackage(name, ours)?.version ?? 'unknown';

/**
 * Looks a package up as Node would, also where its `exports` hide its package.json; null where there is none.
 *
 * @param require of whoever would load it.
 */
export function installedPackage(
  name: string,
  require: NodeJS.Require,
): { readonly folder: string; readonly version: string } | null {
  for (const path of require.resolve.paths(name) ?? []) {
    try {
      const folder = realpathSync(join(path, name));
      const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        version: string;
      };
      return { folder, version };
    } catch {
      // Not in this folder; the next one up may have it.
    }
  }
  return null;
}
