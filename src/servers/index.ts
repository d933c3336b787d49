/**
 * The server of a transport by its name, which is the name of its file: `socket.io` is socket-io.ts. Loaded alone, so that a
 * child process holds only the library that it serves.
 */
import { type LibraryName, type LibraryOf, type LibrarySource, loadLibraries } from '../base/libraries.ts';
import type { Server } from './server.ts';

/** What the file of a server exports. */
interface ServerFile {
  /** What it is made of, if of more than Node has. */
  readonly libraries?: readonly LibraryName[];
  readonly server: Server | ((library: LibraryOf) => Server);
}

/**
 * @param name as a transport says it; never what somebody typed.
 * @param from where its library comes from; our own dependencies unless told.
 */
export async function serverOf(name: string, from?: LibrarySource): Promise<Server> {
  const { libraries, server }: ServerFile = await import(
    /* @vite-ignore */ `./${name.replaceAll('.', '-')}.ts`
  );
  return typeof server === 'function' ? server(await loadLibraries(libraries, from)) : server;
}
