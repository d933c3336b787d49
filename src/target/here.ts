/**
 * A server in the process of its clients. They share an event loop, so bytes and counts are the same as for a server in
 * a process of its own, but times are not. The process's resources and memory count once, as the clients'; the server's
 * share is not known.
 */
import type { RunningBehaviour } from '../servers/behaviours.ts';
import type { Server, ServerOptions } from '../servers/server.ts';
import { startWatched } from '../servers/watched-server.ts';
import type { Target } from './target.ts';

export async function serveHere(
  server: Pick<Server, 'start'>,
  behaviour: RunningBehaviour,
  options: ServerOptions,
  weighs = false,
): Promise<Target> {
  const watched = await startWatched(server, behaviour, options, weighs);
  const { running, weighing, counts } = watched;
  const { tick, answering } = watched.behaviour;
  return {
    endpoint: { host: options.host, port: running.port },
    authority: options.tls?.cert,
    stats: {
      mark: async () => {},
      read: async () => ({ spent: null, ...counts() }),
    },
    outgoing: async () => running.outgoing?.() ?? [],
    ...(weighing && { weighed: async () => weighing.read() }),
    ...(tick && { tick: async (load) => tick(load) }),
    ...(answering && {
      answers: {
        prepare: async (load) => answering.prepare(load),
        ended: async () => answering.ended(),
      },
    }),
    [Symbol.asyncDispose]: () => running.close(),
  };
}
