/** The site's end of `/figures`: sends a page its name and the steps, then repeatedly what the relay counted. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Text } from '../../../base/text.ts';
import type { LaneName } from '../../page/control-talk.ts';
import type { ToDevtoolsPage } from '../../page/devtools/figures-talk.ts';
import { openPageSockets } from '../page-sockets.ts';
import type { DevtoolsLedger } from './panel-rows.ts';
import { notes } from './steps.ts';

interface FiguresParts {
  readonly ledger: DevtoolsLedger;
  readonly transport: LaneName;
  readonly steps: () => readonly Text[];
}

interface Page {
  readonly client: string;
  told: string;
}

const everyMs = 300;
/** How many of the newest rows the page shows; DevTools has them all. */
const rowsShown = 8;

export function createFigures({ ledger, transport, steps }: FiguresParts) {
  let count = 0;
  const tick = () => {
    ledger.catchUp();
    for (const [socket, page] of sockets.pages) {
      const rows = ledger.rows(page.client);
      const message: ToDevtoolsPage = { type: 'rows', rows: rows.slice(-rowsShown), inAll: rows.length };
      const told = JSON.stringify(message);
      // Nothing more is sent while the page has not read the last message.
      if (told === page.told || socket.bufferedAmount > 0) continue;
      page.told = told;
      socket.send(told);
    }
  };
  const sockets = openPageSockets<Page>({ mostBytes: 1024, everyMs, tick });
  return {
    accept: (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      sockets.accept(request, socket, head, (accepted) => {
        const client = String(++count);
        const message: ToDevtoolsPage = { type: 'welcome', client, transport, steps: steps(), notes };
        accepted.send(JSON.stringify(message));
        return { client, told: '' };
      }),
    close: sockets.close,
  };
}
