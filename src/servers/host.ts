/**
 * The child process in which a server under test runs, so that client and server do not share an event loop.
 * It talks with its parent over IPC, and ends when its parent is gone: a killed run leaves nothing behind.
 */
import { realClock } from '../clock.ts';
import { type ResourceWatch, watchResources, weighMemory } from '../resources.ts';
import { behaviours, countPeers } from './behaviours.ts';
import type { Command, Reply } from './control.ts';
import { servers } from './index.ts';
import type { RunningServer } from './server.ts';

let server: RunningServer | undefined;
let behaviour: ReturnType<typeof countPeers> | undefined;
let watch: ResourceWatch | undefined;

async function answer(command: Command): Promise<unknown> {
  switch (command.type) {
    case 'start': {
      const make = behaviours[command.behaviour];
      const load = servers[command.server];
      if (!make || !load) throw new Error(`no server ${command.server} with behaviour ${command.behaviour}`);
      behaviour = countPeers(make(realClock));
      server = await (await load()).start(behaviour, command.options);
      watch = watchResources();
      return { port: server.port };
    }
    case 'mark':
      return watch?.reset();
    case 'stats':
      return { ...watch?.read(), peers: behaviour?.peers() };
    case 'memory':
      return weighMemory();
    case 'tick':
      return behaviour?.tick?.(command.load);
    case 'stop':
      await server?.close();
      return null;
  }
}

const reply = (message: Reply) => process.send?.(message);

process.on('message', ({ id, command }: { id: number; command: Command }) => {
  answer(command).then(
    (value) => {
      reply({ id, value });
      // Let the reply leave before the channel closes; with it closed nothing keeps this process alive.
      if (command.type === 'stop') setImmediate(() => process.disconnect());
    },
    (error: NodeJS.ErrnoException) =>
      reply({ id, error: { message: error.message, code: error.code ?? null } }),
  );
});
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole process group; the parent decides when the server ends, or dies and is noticed above.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => process.exit());
