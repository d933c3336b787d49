/**
 * A client in a process of another runtime, Bun or Deno: it does what a client's page does in a browser, with the web
 * APIs of that runtime. Started as `… speaking-process.js URL WORD…`: the address of the page it stands for, and the
 * arguments with which the runtime starts another such process.
 */
import { controlOf, obey } from './page-orders.ts';

/** The part of Node's API that both runtimes have. */
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

/** A page has an address, against which it resolves URLs and libraries look things up; these runtimes have none. */
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
  // Runtimes, unlike browsers, do not make the clock coarser without isolation.
  hello: { isVisible: true, isIsolated: true },
  visit: (other) => spawn(process.execPath, [...before, script, other, ...before], { stdio: 'inherit' }),
  leave: () => process.exit(0),
});
