/** A server with all that is counted at it, wherever it runs: in a process of its own, or in that of its clients. */
import { countPeers, countSessions, type RunningBehaviour } from './behaviours.ts';
import type { RunningServer, Server, ServerOptions } from './server.ts';
import { weighSockets } from './weighed-sockets.ts';

export interface WatchedServer {
  readonly running: RunningServer;
  readonly behaviour: RunningBehaviour;
  /** What its sockets carried; null where `startWatched` was not asked to weigh it. */
  readonly weighing: ReturnType<typeof weighSockets> | null;
  /** What the server itself can tell: clients, those it put out, messages that came again, sessions. */
  counts(): {
    readonly peers: number;
    readonly overloaded: number | null;
    readonly sentAgain: number | null;
    readonly sessions: number | null;
  };
}

/** @param weighs what its sockets carry is weighed, too. */
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
    // A client that asks for pieces says the same again to have no more of them.
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
