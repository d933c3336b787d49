/** nginx as it is installed, in front of a small server: this machine's nginx, or its emulation. */
import { CannotRun } from '../../base/failure.ts';
import { loopback } from '../../network/link.ts';
import { parseProxy } from '../../network/middleboxes.ts';
import { lookForProxy } from '../../network/proxies/found-proxy.ts';
import { nginx } from '../../network/proxies/nginx.ts';
import { startProxy } from '../../network/proxies/proxy-process.ts';
import { startRelay } from '../../network/relay.ts';
import type { Address } from '../../target/target.ts';
import { host } from './serving.ts';

/** What nginx does by default; a test compares it with nginx 1.22.1. */
const emulation = 'strip-upgrade,buffering=4k,hold-head';

export interface StandIn extends AsyncDisposable {
  readonly address: Address;
  /** The name of the proxy in sentences. */
  readonly who: string;
}

/** This machine's nginx, if its version behaves so; otherwise the emulation. */
export async function stockNginx(upstream: Address): Promise<StandIn> {
  const found = lookForProxy(nginx);
  if (found && gathers(found.version)) {
    const chosen = { name: nginx.name, flavour: 'stock', own: undefined, kind: nginx.kind, ...found };
    const running = await startProxy(chosen, host, upstream).catch((error: unknown) => {
      // If nginx cannot run here, the emulation does, and the lesson says which it was.
      if (error instanceof CannotRun) return null;
      throw error;
    });
    if (running)
      return {
        address: running.endpoint,
        who: `nginx ${found.version}`,
        [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
      };
  }
  return emulatedFront(upstream);
}

export async function emulatedFront(upstream: Address): Promise<StandIn> {
  const relay = await startRelay({
    targetHost: upstream.host,
    targetPort: upstream.port,
    link: loopback,
    seed: 1,
    middleboxes: parseProxy(emulation),
  });
  return {
    address: { host, port: relay.port },
    who: `--proxy ${emulation}`,
    [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
  };
}

/** From 1.29.7 on nginx is said to ask the server in HTTP/1.1, and to pass each piece on at once. */
function gathers(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major * 1e6 + minor * 1e3 + patch < 1_029_007;
}
