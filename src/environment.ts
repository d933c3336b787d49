/** Where a run took place: enough to tell whether two reports may be compared. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import type { Report } from './metrics/report.ts';

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

/** Looks a package up as Node would, also where its `exports` hide its package.json. */
function installedVersion(name: string): string {
  const require = createRequire(import.meta.url);
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return (JSON.parse(readFileSync(`${folder}/${name}/package.json`, 'utf8')) as { version: string })
        .version;
    } catch {
      // Not in this folder; the next one up may have it.
    }
  }
  return 'unknown';
}
