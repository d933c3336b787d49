/**
 * A client in a process of another runtime, Bun or Deno: what the page of a client is in a browser, with what that runtime has
 * of a page. Started as `… speaking-process.js URL WORD…`: the address of the page it stands for, and the words before this
 * file by which the runtime starts another.
 */
import { controlOf, obey } from './page-orders.ts';

/** As much of Node's as there is in both. */
interface OfNode {
  readonly argv: readonly string[];
  readonly execPath: string;
  exit(code: number): never;
  getBuiltinModule(name: 'node:child_process'): {
    spawn(program: string, args: readonly string[], options: { readonly stdio: 'inherit' }): void;
  };
  getBuiltinModule(name: 'node:module'): { createRequire(from: string): (name: string) => { io: unknown } };
}
declare const process: OfNode;

const [, script = '', url = '', ...before] = process.argv;
const here = new URL(url);
const { spawn } = process.getBuiltinModule('node:child_process');
const { io } = process.getBuiltinModule('node:module').createRequire(import.meta.url)('socket.io-client');

/** A page has an address, to which it asks and where its libraries look; these runtimes have none. */
const asPage = {
  location: here,
  io,
  fetch: within(fetch),
  ...(typeof EventSource === 'undefined' ? {} : { EventSource: withinOf(EventSource) }),
};
for (const [name, value] of Object.entries(asPage))
  Object.defineProperty(globalThis, name, { value, configurable: true });

function within(ask: typeof fetch): typeof fetch {
  return (target, init) => ask(new URL(String(target), here), init);
}

function withinOf(Source: typeof EventSource): typeof EventSource {
  return class extends Source {
    constructor(target: string | URL) {
      super(new URL(target, here));
    }
  };
}

obey(controlOf(here), {
  // Runtimes, unlike browsers, make no clock coarser for pages that are not isolated.
  hello: { isVisible: true, isIsolated: true },
  visit: (other) => spawn(process.execPath, [...before, script, other, ...before], { stdio: 'inherit' }),
  leave: () => process.exit(0),
});
