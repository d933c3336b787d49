/**
 * What is inspected: an origin that speaks without TLS. Its name is resolved once, by reaching it, so that every
 * connection of the inspection goes to the same address, and one that is not there is found out before anybody
 * opens a page.
 */
import { connect } from 'node:net';
import { CannotRun, UsageError } from '../failure.ts';

export interface Target {
  /** As it is printed: without a name or password that stood in it. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** What follows the origin. */
  readonly rest: string;
}

const patienceMs = 5000;

/** Reads `http://host:port/…`, or `ws:`, which is the same below. Throws `UsageError`. */
export function parseTarget(text: string): Target {
  const url = URL.canParse(text) ? new URL(text) : null;
  const sealed = url?.protocol === 'https:' || url?.protocol === 'wss:';
  if (sealed) {
    throw new UsageError(
      `${text}: a relay sees only ciphertext of TLS; start the application without TLS and inspect that, http://…`,
    );
  }
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'ws:') || url.hostname === '') {
    throw new UsageError(`"${text}" is no URL to inspect; write one such as http://127.0.0.1:3000`);
  }
  const rest = url.pathname === '/' ? '' : url.pathname + url.search;
  return {
    url: `${url.protocol}//${url.host}${rest}`,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 80),
    rest,
  };
}

/** Connects once and hangs up. Resolves with the literal address; throws `CannotRun` where nothing listens. */
export function reach({ url, host, port }: Target): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: patienceMs });
    const cannot = (why: string) => {
      socket.destroy();
      reject(new CannotRun(`cannot reach ${url}: ${why}; start the application first`));
    };
    socket.once('timeout', () => cannot(`no answer within ${patienceMs / 1000} s`));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      cannot(error.code === 'ECONNREFUSED' ? `nothing listens on port ${port}` : error.code || error.message),
    );
    socket.once('connect', () => {
      const address = socket.remoteAddress ?? host;
      socket.destroy();
      resolve(address);
    });
  });
}
