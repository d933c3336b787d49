/**
 * A browser that opens somebody's page as its user would who types the address: no page of ours is in it, none has led
 * there, and what it sends is the page's own.
 */
import type { ChosenBrowser } from './engine.ts';
import { createKeeper } from './keeper.ts';

export interface Visit extends AsyncDisposable {
  /** Aborted, with the reason, when the browser ends before it was told to. */
  readonly gone: AbortSignal;
}

/** @param url in clear text, since nobody has told it whom to trust. Throws `CannotRun` where it does not start. */
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
