/**
 * The two kinds of failure that are not bugs, with their exit codes, and what is said of a port. Anything else is a bug and
 * shows its stack.
 */

/** The command line or the configuration is wrong (exit 2): the message names the flag, the value, the remedy. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly exitCode = 2;
}

/** The run could not happen or does not count (exit 3): a port in use, a file limit, a server that died. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
  readonly exitCode = 3;
}

/** Why a port cannot be listened on, by the system's code, each with what to do about it. */
export const portRemedies = ({ host, port }: { readonly host: string; readonly port: number }) => ({
  EADDRINUSE: `port ${port} on ${host} is in use; choose another --port, or leave it out for a free one`,
  EACCES: `port ${port} needs privileges; choose a --port from 1024 on`,
});
