/** The registry of servers: a loader by name, so that a child process loads only the library it serves. */
import type { Server } from './server.ts';

export const servers: Readonly<Record<string, () => Promise<Server>>> = {
  polling: async () => (await import('./polling.ts')).polling,
  'long-polling': async () => (await import('./long-polling.ts')).longPolling,
  sse: async () => (await import('./sse.ts')).sse,
  ndjson: async () => (await import('./ndjson.ts')).ndjson,
  ws: async () => (await import('./ws.ts')).ws,
  'socket.io': async () => (await import('./socket-io.ts')).socketIo,
  http: async () => (await import('./http.ts')).http,
  tcp: async () => (await import('./tcp.ts')).tcp,
};

/** One of them, loaded. Throws for a name that no transport may have. */
export async function serverOf(name: string): Promise<Server> {
  const load = servers[name];
  if (!load) throw new Error(`no server ${name}`);
  return load();
}
