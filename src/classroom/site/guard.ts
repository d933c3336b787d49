/**
 * Which requests are accepted at all. Before any route, upgrades included: the Host must be one of ours (a foreign
 * name that points here is DNS rebinding), an Origin must be exactly ours, and requests that the browser marks as
 * cross-site are refused. The measured servers have none of this; they are mounted behind it.
 *
 * It is a set of whole `host:port` values instead of a middleware: those accept every IP address, whatever the port.
 */
import type { IncomingMessage } from 'node:http';

export interface Guard {
  /** Null if the request may pass; otherwise the reason, for the log. */
  refusal(request: Pick<IncomingMessage, 'headers' | 'method' | 'url'>, isUpgrade: boolean): string | null;
  /** Sets the `host:port` values that are ours. */
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
      // Every browser sends Origin with a WebSocket handshake and with a POST; a request without it is not our page's.
      const needsOrigin = isUpgrade || (method !== 'GET' && method !== 'HEAD');
      if (origin === undefined ? needsOrigin : !isOurs(origin)) return `Origin ${origin ?? 'missing'}`;
      const site = headers['sec-fetch-site'];
      const isVisit = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
      // Following a link to the page is no attack; any other cross-site request is refused.
      if (site !== undefined && site !== 'same-origin' && site !== 'none' && !(isVisit && method === 'GET'))
        return `Sec-Fetch-Site ${site}`;
      return null;
    },
  };
}
