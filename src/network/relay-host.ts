/** The child process in which the relay runs, so that it steals no time from the client's event loop. */
import { obeyParent } from '../base/child/inside.ts';
import { watchResources } from '../base/resources.ts';
import { type Relay, startRelay } from './relay.ts';
import type { RelayCommand } from './relay-command.ts';

let relay: Relay | undefined;
const watch = watchResources();

obeyParent<RelayCommand>(async (command) => {
  if (command.type === 'start') {
    relay = await startRelay(command.options);
    return { port: relay.port };
  }
  if (command.type === 'mark') return watch.reset();
  if (command.type === 'resources') return watch.read();
  if (command.type === 'stop') return relay?.[Symbol.asyncDispose]();
  if (command.type === 'cut') return relay?.cut(command.turning);
  if (command.type === 'heal') return relay?.heal(command.admissionMs);
  return relay?.stall();
});
