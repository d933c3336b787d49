/** What a command gets from `cli.ts`: when to stop, and where to say its exit code. */
export interface Context {
  /** Aborted by the first Ctrl-C, TERM or HUP. */
  readonly signal: AbortSignal;
  readonly done: (exitCode: number) => void;
}
