/**
 * A server in the process of its clients. They share an event loop: bytes and counts are those of a server in a process
 * of its own, times are not. What the process spends and keeps is counted once, as the clients'; the server's share of it
 * is not known.
 */
import { countPeers, countSessions, type RunningBehaviour } from '../servers/behaviours.ts';
import type { Server, ServerOptions } from '../servers/server.ts';
import { weighSockets } from '../servers/weighed-sockets.ts';
import type { Target } from './target.ts';

export async function serveHere(
  server: Pick<Server, 'start'>,
  behaviour: RunningBehaviour,
  options: ServerOptions,
  weighs = false,
): Promise<Target> {
  const counted = countPeers(behaviour);
  const weighing = weighs ? weighSockets() : undefined;
  let sentAgain = 0;
  const { onSession, sessions } = countSessions();
  const running = await server.start(counted, {
    ...options,
    onSession,
    // Who asks for pieces says the same again to have no more of them.
    ...(!counted.answering && { onSentAgain: () => void sentAgain++ }),
    ...(weighing && { onSocket: weighing.watch }),
  });
  const { tick, answering } = counted;
  return {
    endpoint: { host: options.host, port: running.port },
    authority: options.tls?.cert,
    stats: {
      mark: async () => {},
      read: async () => ({
        spent: null,
        peers: counted.peers(),
        overloaded: running.overloaded?.() ?? null,
        sentAgain: counted.answering ? null : sentAgain,
        sessions: sessions(),
      }),
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
