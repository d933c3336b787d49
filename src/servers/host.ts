/**
 * The child process in which a server under test runs, so that client and server do not share an event loop.
 */
import { obeyParent } from '../base/child/inside.ts';
import { realClock } from '../base/clock.ts';
import { type ResourceWatch, watchResources, weighMemory } from '../base/resources.ts';
import { type OpenAdapter, openAdapter } from './adapter.ts';
import { behaviours, countPeers, countSessions } from './behaviours.ts';
import type { Command, Listening, StartServer } from './command.ts';
import { serverOf } from './index.ts';
import type { RunningServer } from './server.ts';
import { weighSockets } from './weighed-sockets.ts';

/** One server and what watches it. */
interface Hosted {
  readonly server: RunningServer;
  readonly behaviour: ReturnType<typeof countPeers>;
  readonly watch: ResourceWatch;
  readonly weighing: ReturnType<typeof weighSockets> | undefined;
  readonly stats: () => object;
  readonly adapter: OpenAdapter | undefined;
}

let hosted: Hosted | undefined;

async function start({
  server: name,
  behaviour: kind,
  options: asked,
  weighs,
}: StartServer): Promise<Hosted> {
  const make = behaviours[kind];
  if (!make) throw new Error(`no behaviour ${kind}`);
  const behaviour = countPeers(make(realClock));
  const weighing = weighs ? weighSockets() : undefined;
  const { onSession, sessions } = countSessions();
  const adapter = asked.adapter && (await openAdapter(asked.adapter));
  let sentAgain = 0;
  const server = await (await serverOf(name)).start(behaviour, {
    ...asked,
    openAdapter: adapter,
    onSession,
    // Who asks for pieces says the same again to have no more of them.
    ...(!behaviour.answering && { onSentAgain: () => void sentAgain++ }),
    ...(weighing && { onSocket: weighing.watch }),
  });
  const watch = watchResources();
  const stats = () => ({
    spent: watch.read(),
    peers: behaviour.peers(),
    overloaded: server.overloaded?.() ?? null,
    sentAgain: behaviour.answering ? null : sentAgain,
    sessions: sessions(),
  });
  return { server, behaviour, watch, weighing, stats, adapter };
}

async function close() {
  hosted?.watch[Symbol.dispose]();
  await hosted?.server.close();
  await hosted?.adapter?.close();
  hosted = undefined;
}

obeyParent<Command>(async (command) => {
  switch (command.type) {
    case 'start': {
      hosted = await start(command);
      const { server, behaviour } = hosted;
      return {
        port: server.port,
        ticks: behaviour.tick !== undefined,
        answers: behaviour.answering !== undefined,
      } satisfies Listening;
    }
    case 'mark':
      return hosted?.watch.reset();
    case 'stats':
      return hosted?.stats();
    case 'outgoing':
      return hosted?.server.outgoing?.() ?? [];
    case 'memory':
      return weighMemory();
    case 'weighed':
      return hosted?.weighing?.read();
    case 'tick':
      return hosted?.behaviour.tick?.(command.load);
    case 'prepare':
      return hosted?.behaviour.answering?.prepare(command.load);
    case 'answers':
      return hosted?.behaviour.answering?.ended();
    case 'close':
    case 'stop':
      await close();
      return null;
  }
});
