/**
 * The server of lesson 15: it has ten messages, one every tenth of a second, and offers them over each of the
 * transports, as a tutorial would write it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Server as SocketIoServer } from 'socket.io';
import { WebSocketServer } from 'ws';
import { own } from '../../base/lookup.ts';
import { listen } from '../../servers/listening.ts';

export const newsCount = 10;
const everyMs = 100;

export interface NewsServer extends AsyncDisposable {
  readonly port: number;
  /** Begins to send; resolves when all messages are out. */
  tell(): Promise<void>;
}

export async function serveNews(host: string): Promise<NewsServer> {
  const told: string[] = [];
  const hearers = new Set<() => void>();
  const news = { told, hearers };
  const server = createServer((request, response) => answer(request, response, news));
  const sockets = new WebSocketServer({ server, path: '/socket', perMessageDeflate: false });
  const socketIo = new SocketIoServer(server, { serveClient: false, destroyUpgrade: false });
  const { port, close } = await listen(server, { host, port: 0, writeCostUs: 0 });
  return {
    port,
    async tell() {
      for (let number = 1; number <= newsCount; number++) {
        await new Promise((resolve) => setTimeout(resolve, everyMs));
        told.push(`news ${number}`);
        for (const hear of [...hearers]) hear();
        for (const socket of sockets.clients) socket.send(`news ${number}`);
        socketIo.emit('news', `news ${number}`);
      }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      await socketIo.close();
      await close();
    },
  };
}

interface News {
  /** All messages so far. */
  readonly told: readonly string[];
  /** Called when there is a new message. */
  readonly hearers: Set<() => void>;
}

type Route = (response: ServerResponse, from: number, news: News) => void;

function answer(request: IncomingMessage, response: ServerResponse, news: News): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://news');
  const route = own(routes, pathname);
  if (route) route(response, Number(searchParams.get('after')), news);
  // Socket.IO answers its own path. A WebSocket client whose upgrade was removed gets 426: it names what is missing.
  else if (!pathname.startsWith('/socket.io')) response.writeHead(426).end();
}

const say = (response: ServerResponse, from: number, { told }: News) =>
  response.writeHead(200, { 'cache-control': 'no-store' }).end(JSON.stringify(told.slice(from)));

const routes: Readonly<Record<string, Route>> = {
  '/poll': say,
  '/held'(response, from, news) {
    if (news.told.length > from) return void say(response, from, news);
    const hear = () => {
      news.hearers.delete(hear);
      say(response, from, news);
    };
    news.hearers.add(hear);
    response.on('close', () => news.hearers.delete(hear));
  },
  '/events': (response, _, news) => stream(response, {}, news),
  /** With the header by which an application asks a proxy not to hold it back. */
  '/asked': (response, _, news) => stream(response, { 'x-accel-buffering': 'no' }, news),
};

function stream(response: ServerResponse, more: Readonly<Record<string, string>>, news: News): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...more });
  response.flushHeaders();
  if (Object.keys(more).length > 0) response.write(':\n\n');
  const hear = () => void response.write(`data: ${news.told.at(-1)}\n\n`);
  news.hearers.add(hear);
  response.on('close', () => news.hearers.delete(hear));
}
