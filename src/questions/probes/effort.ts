/**
 * What it takes to set up: lines of the matching server and client of this project, packages and bytes that an
 * install brings, and what a page must load. Everything is read from the files that are installed here.
 */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Fact, fact } from './fact.ts';

/** Lines of a module beside this one that are neither blank nor comment. */
function linesOf(module: string): number {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const text = readFileSync(fileURLToPath(new URL(`../../${module}.${extension}`, import.meta.url)), 'utf8');
  return codeLines(text);
}

export const codeLines = (text: string): number =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*\/\//.test(line)).length;

/** The folder of an installed package, looked up as Node does: from the asking folder upward. */
function packageFolder(name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (dirname(folder) === folder) return null;
  }
}

/** A package and all it depends on, each once. */
function installedWith(name: string, from: string, found = new Map<string, string>()): Map<string, string> {
  const folder = packageFolder(name, from);
  if (!folder || found.has(folder)) return found;
  found.set(folder, name);
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  for (const needed of Object.keys(dependencies)) installedWith(needed, folder, found);
  return found;
}

/** Bytes of a folder's files; packages nested in it are packages of their own. */
function bytesOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .reduce((sum, entry) => {
      const path = join(folder, entry.name);
      return sum + (entry.isDirectory() ? bytesOf(path) : lstatSync(path).size);
    }, 0);
}

export async function effort(from = dirname(fileURLToPath(import.meta.url))): Promise<Fact[]> {
  const install = (transport: string, name: string, side: 'server' | 'client'): Fact[] => {
    const folders = [...installedWith(name, from).keys()];
    return [
      fact(`packages-${side}`, transport, folders.length),
      fact(
        `installed-bytes-${side}`,
        transport,
        folders.reduce((sum, folder) => sum + bytesOf(folder), 0),
      ),
    ];
  };
  const folder = packageFolder('socket.io-client', from);
  const page = folder ? readFileSync(join(folder, 'dist', 'socket.io.min.js')) : null;
  return [
    fact('lines-server', 'ws', linesOf('servers/ws')),
    fact('lines-server', 'socket.io', linesOf('servers/socket-io')),
    fact('lines-client', 'ws', linesOf('transports/ws')),
    fact('lines-client', 'socket.io', linesOf('transports/socket-io')),
    ...install('ws', 'ws', 'server'),
    ...install('socket.io', 'socket.io', 'server'),
    ...install('socket.io', 'socket.io-client', 'client'),
    // A page has WebSocket built in (WHATWG WebSockets §3): nothing is loaded.
    fact('page-bytes', 'ws', 0),
    fact('page-bytes', 'socket.io', page?.length ?? null),
    fact('page-bytes-gzip', 'ws', 0),
    fact('page-bytes-gzip', 'socket.io', page ? gzipSync(page, { level: 9 }).length : null),
  ];
}
