/** Waiting that can end early: when a book is complete, at a deadline, or because the run was interrupted. */
import { type Clock, sleepUntil } from '../base/clock.ts';
import type { Book } from '../metrics/book.ts';

/** Resolves when nothing is outstanding, or at the deadline. */
export function complete(clock: Clock, book: Book, deadlineNs: number, signal: AbortSignal): Promise<void> {
  if (book.outstanding() === 0) return Promise.resolve();
  const over = new AbortController();
  const done = new Promise<void>((resolve) => {
    book.onComplete = resolve;
  });
  const deadline = sleepUntil(clock, deadlineNs, AbortSignal.any([signal, over.signal]));
  return Promise.race([done, deadline]).finally(() => {
    over.abort();
    deadline.catch(() => {});
  });
}

/** The promise's own outcome, or the signal's reason if that comes first. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Checks every `everyMs`: resolves when nothing is missing any more, or at the deadline. */
export async function nothingMissing(
  clock: Clock,
  isMissing: () => boolean,
  { everyMs, withinMs }: { everyMs: number; withinMs: number },
  signal: AbortSignal,
): Promise<void> {
  const endNs = clock.now() + withinMs * 1e6;
  while (isMissing() && clock.now() < endNs) await sleepUntil(clock, clock.now() + everyMs * 1e6, signal);
}
