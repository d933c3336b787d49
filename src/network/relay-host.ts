/**
 * The child process in which the relay runs, so that it steals no time from the client's event loop. It ends
 * when its parent is gone: a killed run leaves nothing behind.
 */
import type { Answer, Command, Question } from './control.ts';
import { type Relay, startRelay } from './relay.ts';

let relay: Relay | undefined;

async function obey(command: Command): Promise<unknown> {
  if (command.type === 'start') {
    relay = await startRelay(command.options);
    return { port: relay.port };
  }
  if (command.type === 'stop') return relay?.[Symbol.asyncDispose]();
  return relay?.[command.type]();
}

const answer = (message: Answer, sent = () => {}) => process.send?.(message, undefined, undefined, sent);

process.on('message', ({ id, command }: Question) => {
  // The answer must have left before the channel closes; without it nothing keeps this process alive.
  const sent = command.type === 'stop' ? () => process.disconnect() : undefined;
  obey(command).then(
    (value) => answer({ id, value }, sent),
    (error: Error) => answer({ id, error: error.message }),
  );
});
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole process group; the parent decides when the relay ends, or dies and is noticed above.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => process.exit());
