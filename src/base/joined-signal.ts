/** Several signals as one that can be disposed of, so that it does not leak. */

export interface JoinedSignal extends Disposable {
  /** Aborted as soon as one of the others is, with its reason. */
  readonly signal: AbortSignal;
}

/**
 * Several signals as one, until it is disposed of. Not `AbortSignal.any`: if none of the others is ever aborted, Node
 * keeps such a signal and all that its listeners hold, here all clients of a trial, as long as the process lives.
 */
export function joinSignals(signals: readonly (AbortSignal | undefined)[]): JoinedSignal {
  const joined = new AbortController();
  // Removed by reference: the `signal` option of addEventListener would keep the last listener, too.
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
