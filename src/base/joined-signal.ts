/** Several signals as one, which keeps nothing once it is disposed of. */

export interface JoinedSignal extends Disposable {
  /** Aborted as soon as one of the others is, with its reason. */
  readonly signal: AbortSignal;
}

/**
 * Several signals as one, until it is disposed of. Not `AbortSignal.any`: where none of the others is ever aborted, Node keeps
 * such a signal and all that its listeners hold for as long as the process lives; here, all clients of a trial.
 */
export function joinSignals(signals: readonly (AbortSignal | undefined)[]): JoinedSignal {
  const joined = new AbortController();
  // Removed by name: the `signal` option of addEventListener keeps the last listener, too.
  const removals = signals.map((one) => {
    const follow = () => joined.abort(one?.reason);
    if (one?.aborted) follow();
    one?.addEventListener('abort', follow);
    return () => one?.removeEventListener('abort', follow);
  });
  return {
    signal: joined.signal,
    [Symbol.dispose]() {
      for (const remove of removals) remove();
    },
  };
}
