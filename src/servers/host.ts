/**
 * The child process in which a server under test runs, so that client and server do not share an event loop.
 */
import { obeyParent } from '../base/child/inside.ts';
import { realClock } from '../base/clock.ts';
import { type ResourceWatch, watchResources, weighMemory } from '../base/resources.ts';
import { type OpenAdapter, openAdapter } from './adapter.ts';
import { behaviours } from './behaviours.ts';
import type { Command, Listening, StartServer } from './command.ts';
import { serverOf } from './index.ts';
import { startWatched, type WatchedServer } from './watched-server.ts';

/** One server and its measurements. */
interface Hosted extends WatchedServer {
  readonly watch: ResourceWatch;
  readonly adapter: OpenAdapter | undefined;
}

let hosted: Hosted | undefined;

async function start({ server, behaviour, options, weighs }: StartServer): Promise<Hosted> {
  const make = behaviours[behaviour];
  if (!make) throw new Error(`no behaviour ${behaviour}`);
  const adapter = options.adapter && (await openAdapter(options.adapter));
  const asked = { ...options, openAdapter: adapter };
  const watched = await startWatched(await serverOf(server), make(realClock), asked, weighs);
  return { ...watched, watch: watchResources(), adapter };
}

async function close() {
  hosted?.watch[Symbol.dispose]();
  await hosted?.running.close();
  await hosted?.adapter?.close();
  hosted = undefined;
}

obeyParent<Command>(async (command) => {
  switch (command.type) {
    case 'start': {
      hosted = await start(command);
      const { running, behaviour } = hosted;
      return {
        port: running.port,
        ticks: behaviour.tick !== undefined,
        answers: behaviour.answering !== undefined,
      } satisfies Listening;
    }
    case 'mark':
      return hosted?.watch.reset();
    case 'stats':
      return hosted && { spent: hosted.watch.read(), ...hosted.counts() };
    case 'outgoing':
      return hosted?.running.outgoing?.() ?? [];
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
