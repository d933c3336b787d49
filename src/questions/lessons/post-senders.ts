/**
 * The client that POSTs in lesson 18: a page of this machine's Chromium; if there is none, a Node client that does what
 * Node's documentation shows for `request.reusedSocket`: after a reset on a connection that was used before it asks
 * again, because an idle connection may have been closed while the request was on its way (RFC 9112 §9.5).
 */
import { Agent, request } from 'node:http';
import { CannotRun } from '../../base/failure.ts';
import { type Browser, startBrowser } from '../../browsers/browser.ts';
import { engines } from '../../browsers/engines/index.ts';
import { findBrowser } from '../../browsers/found-browser.ts';
import type { Address } from '../../target/target.ts';

interface Sender {
  /** Posts one message; resolves with whether an answer came. */
  post(path: string): Promise<boolean>;
  leave(): Promise<void>;
}

export interface Senders extends AsyncDisposable {
  /** Its name in sentences. */
  readonly who: string;
  /** A sender that has no connection yet. */
  to(server: Address): Promise<Sender>;
}

export async function postSenders(host: string): Promise<Senders> {
  try {
    const chosen = await findBrowser(engines.chromium, null);
    return ofBrowser(await startBrowser(chosen, host, null), chosen.version);
  } catch (error) {
    // It is not installed, or cannot run here.
    if (error instanceof CannotRun) return askingAgain;
    throw error;
  }
}

const ofBrowser = (browser: Browser, version: string): Senders => ({
  who: `Chromium ${version}`,
  async to(server) {
    const seat = await browser.seats.fresh('/');
    seat.door.leadTo(server, null);
    return {
      post: async (path) => (await seat.page.ask({ type: 'probe', name: 'post', values: [path, 8] })) !== 0,
      leave: () => browser.seats.giveBack(seat, false),
    };
  },
  [Symbol.asyncDispose]: () => browser[Symbol.asyncDispose](),
});

export const askingAgain: Senders = {
  who: 'request.reusedSocket',
  async to({ host, port }) {
    const agent = new Agent({ keepAlive: true });
    const post = (path: string): Promise<boolean> =>
      new Promise((resolve) => {
        const asking = request({ host, port, path, agent, method: 'POST' }, (response) => {
          response.resume().on('end', () => resolve(true));
        });
        asking.on('error', () => (asking.reusedSocket ? resolve(post(path)) : resolve(false)));
        asking.end('x'.repeat(8));
      });
    return { post, leave: async () => agent.destroy() };
  },
  [Symbol.asyncDispose]: async () => {},
};
