/**
 * The child's side: answer the parent, and end when it is gone, so that a killed run leaves nothing behind. This
 * and `cli.ts` are the only files that exit.
 */
import { terminalSignals } from '../platform.ts';
import type { Answer, Question } from './child-messages.ts';

/** Runs `obey` for every command. Once `stop` is answered the channel closes, and nothing keeps the process alive. */
export function obeyParent<Command extends { readonly type: string }>(
  obey: (command: Command) => Promise<unknown>,
): void {
  const answer = (message: Answer, sent = () => {}) => process.send?.(message, undefined, undefined, sent);
  process.on('message', ({ id, command }: Question<Command>) => {
    // The answer must have left before the channel closes.
    const sent = command.type === 'stop' ? () => process.disconnect() : undefined;
    obey(command).then(
      (value) => answer({ id, value }, sent),
      ({ message, code }: NodeJS.ErrnoException) =>
        answer({ id, error: { message, code: code ?? null } }, sent),
    );
  });
  process.on('disconnect', () => process.exit());
  // Ctrl-C and a closing terminal reach the whole process group, but the parent decides when this process ends. If the
  // parent dies, 'disconnect' ends it.
  for (const signal of terminalSignals()) process.on(signal, () => {});
  process.on('SIGTERM', () => process.exit());
}
