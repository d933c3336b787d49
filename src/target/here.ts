/**
 * A server in this process, answering as one in a process of its own would. Client and server then share an event loop:
 * bytes and counts are the same, times are not.
 */
import { watchResources, weighMemory } from '../base/resources.ts';
import { countPeers, type RunningBehaviour } from '../servers/behaviours.ts';
import type { Server, ServerOptions } from '../servers/server.ts';
import type { ServerProcess } from './server-process.ts';

export async function serveHere(
  server: Pick<Server, 'start'>,
  behaviour: RunningBehaviour,
  options: ServerOptions,
): Promise<ServerProcess> {
  const counted = countPeers(behaviour);
  const running = await server.start(counted, options);
  const watch = watchResources();
  return {
    port: running.port,
    pid: process.pid,
    mark: async () => watch.reset(),
    stats: async () => ({ ...watch.read(), peers: counted.peers(), overloaded: running.overloaded?.() ?? 0 }),
    memory: async () => weighMemory(),
    tick: async (load) => (await counted.tick?.(load)) ?? [],
    answers: {
      prepare: async (load) => counted.answering?.prepare(load),
      ended: async () => (await counted.answering?.ended()) ?? [],
    },
    gone: new AbortController().signal,
    async [Symbol.asyncDispose]() {
      watch[Symbol.dispose]();
      await running.close();
    },
  };
}
