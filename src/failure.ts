/**
 * The two kinds of failure that are not bugs, with their exit codes. Anything else that is thrown is a bug and
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
