/** The registry of servers: a loader by name, so that a child process loads only the library it serves. */
import { type LibrarySource, loadLibraries } from '../base/libraries.ts';
import type { Server } from './server.ts';

/** @param from where its library comes from; our own dependencies unless told. */
type Load = (from?: LibrarySource) => Promise<Server>;

export const servers: Readonly<Record<string, Load>> = {
  polling: async () => (await import('./polling.ts')).polling,
  'long-polling': async () => (await import('./long-polling.ts')).longPolling,
  sse: async () => (await import('./sse.ts')).sse,
  ndjson: async () => (await import('./ndjson.ts')).ndjson,
  'fetch-sse': async () => (await import('./fetch-sse.ts')).fetchSse,
  ws: async (from) => (await import('./ws.ts')).ws(await loadLibraries(['ws'], from)),
  'socket.io': async (from) =>
    (await import('./socket-io.ts')).socketIo(await loadLibraries(['socket.io'], from)),
  http: async () => (await import('./http.ts')).http,
  tcp: async () => (await import('./tcp.ts')).tcp,
};

/** One of them, loaded. Throws for a name that no transport may have. */
export async function serverOf(name: string, from?: LibrarySource): Promise<Server> {
  const load = servers[name];
  if (!load) throw new Error(`no server ${name}`);
  return load(from);
}
