/**
 * The libraries whose traffic is measured. Each is loaded just before a client or server uses it, and not earlier:
 * together they take longer to load than most commands take to do their work. A source says where they come from: our
 * own dependencies or, for the gate, the project that is to be checked.
 */

import { createRequire } from 'node:module';
import type { Duplex, Writable } from 'node:stream';
import { CannotRun, shortageIn } from './failure.ts';
import { inEveryLanguage, text } from './text.ts';

/** What `ws` reads and writes frames with; its types leave these out. */
export interface WsFrames {
  readonly Receiver: new (options: { readonly isServer: boolean; readonly maxPayload: number }) => Writable;
  readonly Sender: new (
    stream: Duplex,
  ) => {
    send(
      data: string | Uint8Array,
      options: {
        readonly binary: boolean;
        readonly mask: boolean;
        readonly fin: boolean;
        readonly compress: boolean;
      },
    ): void;
    ping(data: string, mask: boolean): void;
    pong(data: Buffer, mask: boolean): void;
    close(code: number, reason: string, mask: boolean): void;
  };
}

interface Libraries {
  readonly ws: Pick<typeof import('ws'), 'WebSocket' | 'WebSocketServer'> & WsFrames;
  readonly 'socket.io': Pick<typeof import('socket.io'), 'Server'>;
  readonly 'socket.io-client': Pick<typeof import('socket.io-client'), 'io'>;
  readonly undici: Pick<typeof import('undici'), 'Client'>;
  readonly 'eventsource-parser': Pick<typeof import('eventsource-parser'), 'createParser'>;
}

export type LibraryName = keyof Libraries;

/** Loads a library, from one place or another. */
export type LibrarySource = <Name extends LibraryName>(name: Name) => Promise<Libraries[Name]>;

/** Gives a library that has been loaded; throws for one that has not. */
export type LibraryOf = <Name extends LibraryName>(name: Name) => Libraries[Name];

/**
 * The parts of undici that are needed, put together as its index does. The index also loads `fetch`, caches and mocks,
 * which takes twice as long.
 */
const undiciClient = async (): Promise<Libraries['undici']> => {
  const load = createRequire(import.meta.url);
  Object.assign(load('undici/lib/dispatcher/dispatcher.js').prototype, load('undici/lib/api'));
  return { Client: load('undici/lib/dispatcher/client.js') };
};

const loaders: { readonly [Name in LibraryName]: () => Promise<Libraries[Name]> } = {
  ws: async () => (await import('ws')) as unknown as Libraries['ws'],
  'socket.io': () => import('socket.io'),
  'socket.io-client': () => import('socket.io-client'),
  undici: undiciClient,
  'eventsource-parser': () => import('eventsource-parser'),
};

/** Our own dependencies. */
export const ownLibraries: LibrarySource = (name) => loaders[name]();

const unloadable = text(
  '{name} cannot be loaded by Node {node}: {problem}; use the version of Node that it needs, or a version of {name} for this one',
  'Node {node}에서 {name}을(를) 불러올 수 없습니다: {problem}. 필요한 버전의 Node를 쓰거나 이 Node에 맞는 버전을 설치하십시오({name}).',
);

/** The error for a library that fails to load, usually one made for another Node: its own message would not say so. */
export const cannotLoad = (name: string, error: unknown): CannotRun =>
  shortageIn(error) ??
  new CannotRun(
    inEveryLanguage(unloadable, {
      name,
      node: process.versions.node,
      problem: String((error as Error)?.message ?? error).split('\n', 1)[0] ?? '',
    }),
    { cause: error },
  );

async function load<Name extends LibraryName>(
  name: Name,
  source: LibrarySource,
): Promise<readonly [Name, Libraries[Name]]> {
  try {
    return [name, await source(name)];
  } catch (error) {
    throw cannotLoad(name, error);
  }
}

/** Called before any client connects, so that the first client's time to connect does not include the loading. */
export async function loadLibraries(
  names: readonly LibraryName[] = [],
  source: LibrarySource = ownLibraries,
): Promise<LibraryOf> {
  const loaded: Partial<Libraries> = Object.fromEntries(
    await Promise.all(names.map((name) => load(name, source))),
  );
  return (name) => {
    const library = loaded[name];
    if (!library) throw new Error(`${name} is not loaded: its transport must name it among its libraries`);
    return library as Libraries[typeof name];
  };
}
