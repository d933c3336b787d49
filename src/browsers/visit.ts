/**
 * A browser that opens an application's page as a user does by typing the address: no page of rtcompare takes part, so
 * the requests are the application page's own.
 */
import type { ChosenBrowser } from './engine.ts';
import { createKeeper } from './keeper.ts';

export interface Visit extends AsyncDisposable {
  /** Aborted, with the reason, when the browser ends before it was told to. */
  readonly gone: AbortSignal;
}

/**
 * @param url without TLS: the browser would not trust the application's certificate. Throws `CannotRun` if the browser
 * does not start.
 */
export async function startVisit({ name, path }: ChosenBrowser, url: string): Promise<Visit> {
  const keeper = createKeeper(name);
  try {
    await keeper.start({ name, path, url, trusted: [] });
    return keeper;
  } catch (error) {
    await keeper[Symbol.asyncDispose]();
    throw error;
  }
}
