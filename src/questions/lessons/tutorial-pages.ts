/** The pages of the exercise, each opened by two people against a real server. */
import { io } from 'socket.io-client';
import { host } from '../probes/serving.ts';
import { browserSocket } from './browser-socket.ts';
import { greeting, messagesEach, pageFile, people, repairedPage } from './chat.ts';
import { serveChat } from './chat-server.ts';
import { openPage, type Stopped } from './small-browser.ts';

/** How long to watch a page that will hear nothing. */
const silentMs = 500;
/** The longest to watch a page that will hear something: the wait ends when everything has arrived. */
const patienceMs = 10_000;

export interface Ran {
  readonly stopped: Stopped | null;
  readonly connected: number;
  readonly greetings: number;
  readonly messages: number;
}

/** The page as printed, without `io`. */
export const asPrinted = (): Promise<Ran> => run(pageFile.content, silentMs);

/** The same page with Socket.IO's client loaded, which connects to a server that does not speak Socket.IO. */
export async function withTheLibrary(): Promise<Ran> {
  const sockets: ReturnType<typeof io>[] = [];
  const connect = (port: number) => {
    const socket = io(`http://${host}:${port}`, { forceNew: true, reconnection: false });
    sockets.push(socket);
    return socket;
  };
  try {
    return await run(pageFile.content, silentMs, (port) => ({ io: () => connect(port) }));
  } finally {
    for (const socket of sockets) socket.disconnect();
  }
}

export const asRepaired = (): Promise<Ran> => run(repairedPage, patienceMs);

/** Opens the page for two people, lets each send a message, and counts what both pages show. */
async function run(
  html: string,
  withinMs: number,
  loaded: (port: number) => Record<string, unknown> = () => ({}),
): Promise<Ran> {
  await using server = await serveChat();
  const pages = Array.from({ length: people }, () =>
    openPage(html, `${host}:${server.port}`, {
      WebSocket: browserSocket(`${host}:${server.port}`),
      ...loaded(server.port),
    }),
  );
  const lines = () => pages.flatMap((page) => page.lines());
  const until = (enough: () => boolean) => settle(enough, withinMs);
  const stopped = pages[0]?.stopped() ?? null;
  if (!stopped) {
    await until(() => lines().length >= people);
    if (server.connected() === people) {
      for (let k = 0; k < messagesEach; k++)
        for (const [who, page] of pages.entries()) page.say(`${who}: ${k}`);
      await until(() => lines().length >= people + people * people * messagesEach);
    }
  }
  const heard = lines();
  const greetings = heard.filter((line) => line === greeting).length;
  return { stopped, connected: server.connected(), greetings, messages: heard.length - greetings };
}

async function settle(enough: () => boolean, withinMs: number): Promise<void> {
  for (const end = performance.now() + withinMs; !enough() && performance.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 5));
}
