/**
 * Who may ask at all. Before any route, upgrades included: the Host must be one of ours (a foreign name that points here
 * is DNS rebinding), an Origin must be exactly ours, and what a browser itself calls cross-site is refused. The
 * measured servers have none of this; they are mounted behind it.
 *
 * A set of whole `host:port` values instead of a middleware: those let every IP address pass, whatever the port.
 */
import type { IncomingMessage } from 'node:http';

export interface Guard {
  /** Null: may pass. Otherwise why not, for the log. */
  refusal(request: Pick<IncomingMessage, 'headers' | 'method' | 'url'>, isUpgrade: boolean): string | null;
  /** From now on these `host:port` are ours. */
  allow(hosts: readonly string[]): void;
}

export function createGuard(scheme: 'http' | 'https' = 'http'): Guard {
  let hosts: ReadonlySet<string> = new Set();
  const before = `${scheme}://`;
  const isOurs = (origin: string) => origin.startsWith(before) && hosts.has(origin.slice(before.length));
  return {
    allow(allowed) {
      hosts = new Set(allowed);
    },
    refusal({ headers, method = 'GET' }, isUpgrade) {
      const { host = '', origin } = headers;
      if (!hosts.has(host.toLowerCase())) return `Host ${host}`;
      // Every browser sends it with a WebSocket handshake and with a POST; who sends none is no page of ours.
      const needsOrigin = isUpgrade || (method !== 'GET' && method !== 'HEAD');
      if (origin === undefined ? needsOrigin : !isOurs(origin)) return `Origin ${origin ?? 'missing'}`;
      const site = headers['sec-fetch-site'];
      const isVisit = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
      // To follow a link to the page is no attack; to use anything from elsewhere is.
      if (site !== undefined && site !== 'same-origin' && site !== 'none' && !(isVisit && method === 'GET'))
        return `Sec-Fetch-Site ${site}`;
      return null;
    },
  };
}
