/**
 * A process of its own for pages that students wrote: it opens one for each person, types into it, and reports what it
 * shows. The parent starts it without the right to write files or to start programs, and ends it if it does not answer.
 */
import { obeyParent } from '../../base/child/inside.ts';
import { browserSocket } from './browser-socket.ts';
import { openPage, type Page, type Stopped } from './small-browser.ts';

export type PageCommand =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly html: string; readonly host: string; readonly people: number }
  | { readonly type: 'say'; readonly who: number; readonly text: string }
  | { readonly type: 'look' }
  | { readonly type: 'stop' };

export interface PageLook {
  readonly stopped: Stopped | null;
  /** The items in the list of each page. */
  readonly lines: readonly (readonly string[])[];
  /** How many WebSockets the pages have begun to connect. */
  readonly begun: number;
}

const pages: Page[] = [];
let begun = 0;

const look = (): PageLook => ({
  stopped: pages.map((page) => page.stopped()).find((stopped) => stopped !== null) ?? null,
  lines: pages.map((page) => page.lines()),
  begun,
});

// Catches what a listener of a WebSocket throws. Both pages are the same, so it does not matter which one it was.
process.on('uncaughtException', (error) => pages[0]?.failed(error));
process.on('unhandledRejection', (error) => pages[0]?.failed(error));

obeyParent<PageCommand>(async (command) => {
  switch (command.type) {
    case 'open':
      for (let who = 0; who < command.people; who++) {
        const WebSocket = browserSocket(command.host, () => begun++);
        pages.push(openPage(command.html, command.host, { WebSocket }));
      }
      return look();
    case 'say':
      pages[command.who]?.say(command.text);
      return look();
    case 'look':
      return look();
    default:
      return null;
  }
});
