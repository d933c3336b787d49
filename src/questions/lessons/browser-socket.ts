/**
 * A page's WebSocket: undici's, which has the browsers' interface (`addEventListener`, no `on`), bound to one server.
 * Any loopback address that the page names leads to that server; another host is refused.
 */
import { WebSocket } from 'undici';

const isLoopback = (hostname: string): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) || hostname.endsWith('.localhost');

/** @param onBegun called each time a page begins to connect. */
export const browserSocket = (host: string, onBegun: () => void = () => {}) =>
  class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      const url = new URL(String(address), `http://${host}/`);
      if (!isLoopback(url.hostname)) throw new Error(`${url.host} is not the server of this exercise`);
      url.protocol = /^(wss|https):$/.test(url.protocol) ? 'wss:' : 'ws:';
      url.host = host;
      super(url, protocols);
      onBegun();
    }
  };
