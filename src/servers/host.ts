/**
 * The child process in which a server under test runs, so that client and server do not share an event loop.
 */
import { obeyParent } from '../base/child/inside.ts';
import { realClock } from '../base/clock.ts';
import { type ResourceWatch, watchResources, weighMemory } from '../base/resources.ts';
import { type OpenAdapter, openAdapter } from './adapter.ts';
import { behaviours, countPeers, countSessions } from './behaviours.ts';
import type { Command, Listening } from './command.ts';
import { serverOf } from './index.ts';
import type { RunningServer } from './server.ts';
import { weighSockets } from './weighed-sockets.ts';

let server: RunningServer | undefined;
let behaviour: ReturnType<typeof countPeers> | undefined;
let watch: ResourceWatch | undefined;
const { onSession, sessions } = countSessions();
let weighing: ReturnType<typeof weighSockets> | undefined;
let sentAgain = 0;
let adapter: OpenAdapter | undefined;

obeyParent<Command>(async (command) => {
  switch (command.type) {
    case 'start': {
      const make = behaviours[command.behaviour];
      if (!make) throw new Error(`no behaviour ${command.behaviour}`);
      behaviour = countPeers(make(realClock));
      weighing = command.weighs ? weighSockets() : undefined;
      adapter = command.options.adapter && (await openAdapter(command.options.adapter));
      const options = {
        ...command.options,
        openAdapter: adapter,
        onSession,
        // Who asks for pieces says the same again to have no more of them.
        ...(!behaviour.answering && { onSentAgain: () => void sentAgain++ }),
        ...(weighing && { onSocket: weighing.watch }),
      };
      server = await (await serverOf(command.server)).start(behaviour, options);
      watch = watchResources();
      return {
        port: server.port,
        ticks: behaviour.tick !== undefined,
        answers: behaviour.answering !== undefined,
      } satisfies Listening;
    }
    case 'mark':
      return watch?.reset();
    case 'stats':
      return {
        spent: watch?.read(),
        peers: behaviour?.peers(),
        overloaded: server?.overloaded?.() ?? null,
        sentAgain: behaviour?.answering ? null : sentAgain,
        sessions: sessions(),
      };
    case 'outgoing':
      return server?.outgoing?.() ?? [];
    case 'memory':
      return weighMemory();
    case 'weighed':
      return weighing?.read();
    case 'tick':
      return behaviour?.tick?.(command.load);
    case 'prepare':
      return behaviour?.answering?.prepare(command.load);
    case 'answers':
      return behaviour?.answering?.ended();
    case 'stop':
      await server?.close();
      await adapter?.close();
      return null;
  }
});
