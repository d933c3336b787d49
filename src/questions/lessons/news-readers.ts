/**
 * Five ways to receive the messages of lesson 15 through one address, each as simple as possible; each reports how many
 * it has heard.
 */
import { get } from 'node:http';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import type { Address } from '../../target/target.ts';

export interface NewsReader {
  /** Resolves when the reader is listening, or was refused. */
  readonly ready: Promise<void>;
  heard(): number;
  leave(): void;
}

export type ListenTo = (front: Address) => NewsReader;

const pollEveryMs = 100;
const patienceMs = 1500;

/** Asks for the messages after the last one it knows, and asks again after each answer. */
const asking =
  (path: string, pauseMs: number): ListenTo =>
  ({ host, port }) => {
    let heard = 0;
    let hasLeft = false;
    let stop = () => {};
    const ask = () => {
      if (hasLeft) return;
      const request = get({ host, port, path: `${path}?after=${heard}`, agent: false }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          body += piece;
        });
        response.on('end', () => {
          if (response.statusCode === 200) heard += (JSON.parse(body) as string[]).length;
          const timer = setTimeout(ask, pauseMs);
          stop = () => clearTimeout(timer);
        });
        response.on('error', () => {});
      });
      request.on('error', () => {});
      stop = () => request.destroy();
    };
    ask();
    return {
      ready: Promise.resolve(),
      heard: () => heard,
      leave() {
        hasLeft = true;
        stop();
      },
    };
  };

const streaming =
  (path: string): ListenTo =>
  ({ host, port }) => {
    let text = '';
    const request = get({ host, port, path, agent: false }, (response) => {
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      response.on('error', () => {});
    });
    request.on('error', () => {});
    return {
      // Its answer may be held back, so all it can wait for is that its request was sent.
      ready: new Promise((resolve) => request.once('finish', () => resolve())),
      heard: () => text.match(/^data: news \d+\n\n/gm)?.length ?? 0,
      leave: () => request.destroy(),
    };
  };

const webSocket: ListenTo = ({ host, port }) => {
  let heard = 0;
  const socket = new WebSocket(`ws://${host}:${port}/socket`, { handshakeTimeout: patienceMs });
  socket.on('message', () => heard++);
  const ready = new Promise<void>((resolve) => {
    socket.once('open', resolve);
    socket.on('error', () => resolve());
  });
  return { ready, heard: () => heard, leave: () => socket.terminate() };
};

const socketIo: ListenTo = ({ host, port }) => {
  let heard = 0;
  const options = { forceNew: true, reconnection: false, timeout: patienceMs };
  const socket = io(`http://${host}:${port}`, options);
  socket.on('news', () => heard++);
  const ready = new Promise<void>((resolve) => {
    socket.once('connect', resolve);
    socket.once('connect_error', () => resolve());
  });
  return { ready, heard: () => heard, leave: () => void socket.disconnect() };
};

export const newsReaders = {
  polling: asking('/poll', pollEveryMs),
  'long-polling': asking('/held', 0),
  sse: streaming('/events'),
  ws: webSocket,
  'socket.io': socketIo,
  /** The same stream, whose server asks the proxy to pass it on. */
  asked: streaming('/asked'),
} as const satisfies Readonly<Record<string, ListenTo>>;
