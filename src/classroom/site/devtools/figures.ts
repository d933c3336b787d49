/** The site's end of `/figures`: a page hears what it is called, what to do, and again and again what the relay counted. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Text } from '../../../base/text.ts';
import type { LaneName } from '../../page/control-talk.ts';
import type { ToDevtoolsPage } from '../../page/devtools/figures-talk.ts';
import type { DevtoolsLedger } from './panel-rows.ts';

interface FiguresParts {
  readonly ledger: DevtoolsLedger;
  readonly transport: LaneName;
  readonly steps: () => readonly Text[];
  readonly notes: readonly Text[];
}

const everyMs = 300;
/** The newest; DevTools has them all. */
const rowsShown = 8;

export function createFigures({ ledger, transport, steps, notes }: FiguresParts) {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false });
  const pages = new Map<WebSocket, { readonly client: string; told: string }>();
  let count = 0;
  const welcome = (socket: WebSocket) => {
    const client = String(++count);
    pages.set(socket, { client, told: '' });
    socket.on('error', () => {});
    socket.once('close', () => pages.delete(socket));
    const message: ToDevtoolsPage = { type: 'welcome', client, transport, steps: steps(), notes };
    socket.send(JSON.stringify(message));
  };
  const timer = setInterval(() => {
    ledger.catchUp();
    for (const [socket, page] of pages) {
      const rows = ledger.rows(page.client);
      const message: ToDevtoolsPage = { type: 'rows', rows: rows.slice(-rowsShown), inAll: rows.length };
      const told = JSON.stringify(message);
      // A page that does not read gets nothing more, until it does.
      if (told === page.told || socket.bufferedAmount > 0) continue;
      page.told = told;
      socket.send(told);
    }
  }, everyMs);
  timer.unref();
  return {
    accept: (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      server.handleUpgrade(request, socket, head, welcome),
    close() {
      clearInterval(timer);
      for (const socket of pages.keys()) socket.terminate();
      server.close();
    },
  };
}
