/** WebSockets of pages that are no lanes: each with the state of its page, and one timer for all. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

interface SocketsParts {
  readonly mostBytes: number;
  readonly everyMs: number;
  readonly tick: () => void;
}

export function openPageSockets<Page>({ mostBytes, everyMs, tick }: SocketsParts) {
  const server = new WebSocketServer({ noServer: true, maxPayload: mostBytes, perMessageDeflate: false });
  const pages = new Map<WebSocket, Page>();
  const timer = setInterval(tick, everyMs);
  timer.unref();
  return {
    pages: pages as ReadonlyMap<WebSocket, Page>,
    accept(request: IncomingMessage, socket: Duplex, head: Buffer, welcome: (accepted: WebSocket) => Page) {
      server.handleUpgrade(request, socket, head, (accepted) => {
        accepted.on('error', () => {});
        accepted.once('close', () => pages.delete(accepted));
        pages.set(accepted, welcome(accepted));
      });
    },
    close() {
      clearInterval(timer);
      for (const socket of pages.keys()) socket.terminate();
      server.close();
    },
  };
}
