/**
 * The libraries of a folder: what Node finds there when a program of that folder imports `ws`. A gate that weighed its
 * own dependencies would never see those of the project that it guards. If the folder lacks a library, or has a version
 * too old to drive, rtcompare's own is weighed instead and the output says so.
 */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { installedPackage } from '../base/installed-package.ts';
import { type LibraryName, type LibrarySource, ownLibraries } from '../base/libraries.ts';
import type { Weighing } from '../document/weighing.ts';

/**
 * Where the weighed version was found. `too-old` and `not-there` describe the folder; rtcompare's own was weighed then.
 */
type Origin = 'project' | 'not-there' | 'too-old';

interface FoundLibrary {
  /** The version that is weighed. */
  readonly version: string;
  readonly origin: Origin;
  /** The folder's version, if that is too old. */
  readonly instead?: string;
}

interface ProjectLibraries {
  readonly source: LibrarySource;
  readonly found: ReadonlyMap<string, FoundLibrary>;
}

/** The oldest versions with the interface that our transports and servers use. */
const oldest: Readonly<Record<LibraryName, readonly [major: number, minor: number]>> = {
  ws: [8, 0],
  'socket.io': [4, 0],
  'socket.io-client': [4, 0],
  undici: [7, 0],
  'eventsource-parser': [3, 0],
};

/** The package a library depends on that also puts bytes on the wire. */
const within: Partial<Readonly<Record<LibraryName, string>>> = {
  'socket.io': 'engine.io',
  'socket.io-client': 'engine.io-client',
};

const clientSide: readonly LibraryName[] = ['ws', 'socket.io-client', 'undici', 'eventsource-parser'];
const serverSide: readonly LibraryName[] = ['ws', 'socket.io'];

export interface GateLibraries {
  readonly environment: Weighing['environment'];
  readonly libraries: LibrarySource;
  readonly serverLibraries: LibrarySource;
}

/** The libraries of the clients, and of the servers where those are in another folder. */
export function gateLibraries(folder: string, serverFolder = folder): GateLibraries {
  const clients = librariesIn(folder, clientSide);
  const servers = librariesIn(serverFolder, serverSide);
  const all = new Map([...servers.found, ...clients.found]);
  const wsOfServer = servers.found.get('ws');
  if (serverFolder !== folder && wsOfServer) all.set('ws (server)', wsOfServer);
  const sorted = [...all.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const each = <Value>(read: (found: FoundLibrary) => Value) =>
    Object.fromEntries(sorted.map(([name, found]) => [name, read(found)]));
  const tooOld = sorted.flatMap(([name, { instead }]) => (instead ? [[name, instead] as const] : []));
  return {
    environment: {
      node: process.versions.node,
      openssl: process.versions.openssl,
      dependencies: each(({ version }) => version),
      origins: each(({ origin }) => origin),
      ...(tooOld.length > 0 && { tooOld: Object.fromEntries(tooOld) }),
    },
    libraries: clients.source,
    serverLibraries: servers.source,
  };
}

/** @param folder where the libraries are looked for, as Node would for a program in it. */
function librariesIn(folder: string, names: readonly LibraryName[]): ProjectLibraries {
  const here = createRequire(join(resolve(folder), 'any.js'));
  const ours = createRequire(import.meta.url);
  const found = new Map<string, FoundLibrary>();
  const fromProject = new Set<LibraryName>();
  for (const name of names) {
    const theirs = installedPackage(name, here);
    const own = installedPackage(name, ours);
    const isUsable = theirs !== null && isRecent(theirs.version, oldest[name]);
    const chosen = isUsable ? theirs : own;
    if (isUsable) fromProject.add(name);
    const origin: Origin = isUsable ? 'project' : theirs ? 'too-old' : 'not-there';
    const about = { origin, ...(theirs && !isUsable ? { instead: theirs.version } : {}) };
    found.set(name, { version: chosen?.version ?? 'unknown', ...about });
    const inner = within[name];
    if (!inner || !chosen) continue;
    const engine = installedPackage(inner, createRequire(join(chosen.folder, 'any.js')));
    found.set(inner, { version: engine?.version ?? 'unknown', origin });
  }
  return {
    found,
    source: async (name) => (fromProject.has(name) ? interfaceOf(name, here(name)) : ownLibraries(name)),
  };
}

function isRecent(version: string, [major, minor]: readonly [number, number]): boolean {
  const [own = 0, next = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return own > major || (own === major && next >= minor);
}

/** ws exports its class, and before 8.1 its server only as that class's property `Server`. */
function interfaceOf<Library>(name: LibraryName, loaded: unknown): Library {
  const exported = loaded as Record<string, unknown>;
  return (
    name === 'ws' ? { WebSocket: loaded, WebSocketServer: exported.Server, ...exported } : exported
  ) as Library;
}
