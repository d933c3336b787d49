/**
 * Loads the server of a transport by name, which is also that of its file: `socket.io` is socket-io.ts. No other server
 * is loaded, so that a child process holds only the library that it needs.
 */
import { type LibraryName, type LibraryOf, type LibrarySource, loadLibraries } from '../base/libraries.ts';
import type { Server } from './server.ts';

/** What the file of a server exports. */
interface ServerFile {
  /** The libraries that it needs besides Node. */
  readonly libraries?: readonly LibraryName[];
  readonly server: Server | ((library: LibraryOf) => Server);
}

/**
 * @param name as a transport has it, never user input: it becomes a file name.
 * @param from where its library comes from; by default our own dependencies.
 */
export async function serverOf(name: string, from?: LibrarySource): Promise<Server> {
  const { libraries, server }: ServerFile = await import(
    /* @vite-ignore */ `./${name.replaceAll('.', '-')}.ts`
  );
  return typeof server === 'function' ? server(await loadLibraries(libraries, from)) : server;
}
