/** Where a run took place: enough to tell whether two reports may be compared. */
import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { installedPackage } from '../base/installed-package.ts';
import type { Report } from '../document/report.ts';
import type { ChosenProxy } from '../network/proxies/proxy-process.ts';

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

/** @param proxies other programs that take part, with their versions: real proxies, browsers. */
export function readEnvironment(
  proxies: readonly Pick<ChosenProxy, 'name' | 'version'>[] = [],
): Report['environment'] {
  return {
    node: process.versions.node,
    platform: platform(),
    arch: arch(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    dependencies: {
      ...Object.fromEntries(watched.map((name) => [name, installedVersion(name)])),
      ...Object.fromEntries(proxies.map(({ name, version }) => [name, version])),
    },
  };
}

const ours = createRequire(import.meta.url);

const installedVersion = (name: string): string => installedPackage(name, ours)?.version ?? 'unknown';
