/** A server with its counters, wherever it runs: in a process of its own, or in that of its clients. */
import { countPeers, countSessions, type RunningBehaviour } from './behaviours.ts';
import type { RunningServer, Server, ServerOptions } from './server.ts';
import { weighSockets } from './weighed-sockets.ts';

export interface WatchedServer {
  readonly running: RunningServer;
  readonly behaviour: RunningBehaviour;
  /** What its sockets carried; null if `startWatched` was not asked to count it. */
  readonly weighing: ReturnType<typeof weighSockets> | null;
  /** The server's own counts: clients, clients disconnected for not reading, repeated messages, sessions. */
  counts(): {
    readonly peers: number;
    readonly overloaded: number | null;
    readonly sentAgain: number | null;
    readonly sessions: number | null;
  };
}

/** @param weighs whether to count what its sockets carry. */
export async function startWatched(
  server: Pick<Server, 'start'>,
  behaviour: RunningBehaviour,
  options: ServerOptions,
  weighs: boolean,
): Promise<WatchedServer> {
  const counted = countPeers(behaviour);
  const weighing = weighs ? weighSockets() : null;
  const { onSession, sessions } = countSessions();
  let sentAgain = 0;
  const running = await server.start(counted, {
    ...options,
    onSession,
    // With answers in pieces, a client repeats its question to cancel the answer.
    ...(!counted.answering && { onSentAgain: () => void sentAgain++ }),
    ...(weighing && { onSocket: weighing.watch }),
  });
  return {
    running,
    behaviour: counted,
    weighing,
    counts: () => ({
      peers: counted.peers(),
      overloaded: running.overloaded?.() ?? null,
      sentAgain: counted.answering ? null : sentAgain,
      sessions: sessions(),
    }),
  };
}
