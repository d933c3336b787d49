/** A client of a WebSocket server: keeps what it hears, and says if a connection could not be opened. */
import { setTimeout as pause } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { inEveryLanguage, type Text, text } from '../../../base/text.ts';
import { type ArrivalQueue, createArrivals } from '../arrivals.ts';
import type { Ground } from '../ground.ts';
import { closedBy, differenceIn, type SeenMessage, seconds } from '../seen-in-words.ts';

export interface Socket {
  /** What has arrived since the connection was quiet: a greeting is not kept. */
  readonly heard: ArrivalQueue<SeenMessage>;
  send(message: SeenMessage): void;
  /**
   * Waits until as many messages have arrived, and says what is wrong with them, or that there are more. `kindCounts`:
   * text must arrive as text and binary as binary; mixed up everywhere, that is still one fault.
   */
  expect(messages: readonly SeenMessage[], kindCounts?: boolean): Promise<Text | null>;
  /** Sends a Ping with these words; resolves with whether its Pong came. */
  ping(words?: string): Promise<boolean>;
  /** Closes; resolves with the code that came back, 1006 if none did (RFC 6455 §7.1.5). */
  close(): Promise<number | null>;
  /** Ends the connection without a Close frame. */
  vanish(): void;
}

const notOpened = {
  answered: text(
    'a WebSocket at {path} was answered with status {status} instead of 101',
    '{path}: WebSocket 요청에 101이 아니라 상태 코드 {status}(으)로 응답했습니다',
  ),
  failed: text(
    'a WebSocket at {path} did not come about: {reason}',
    '{path}: WebSocket이 열리지 않았습니다: {reason}',
  ),
  silent: text(
    'a WebSocket at {path} was not answered within {seconds} s',
    '{path}: WebSocket 요청에 {seconds}초 안에 응답하지 않았습니다',
  ),
};

/** The message as text, whether it came as text or as binary. */
export const asText = (message: SeenMessage): string =>
  typeof message === 'string' ? message : Buffer.from(message).toString();

/** A handler that greets may run a moment after the library has answered a Ping. */
const greetingMs = 25;

/** Opens a socket; a text says why there is none. */
export async function openSocket(ground: Ground): Promise<Socket | Text> {
  const { host, port, socketPath: path, patienceMs, library } = ground;
  const socket = new (library('ws').WebSocket)(`ws://${host}:${port}${path}`, { perMessageDeflate: false });
  ground.atEnd(() => socket.terminate());
  const failure = await opened(socket, path, patienceMs);
  if (failure) return failure;
  const client = listening(socket, patienceMs);
  await client.ping();
  await pause(greetingMs);
  client.heard.clear();
  return client;
}

const opened = (socket: WebSocket, path: string, patienceMs: number) =>
  new Promise<Text | null>((resolve) => {
    const timer = setTimeout(
      () => resolve(inEveryLanguage(notOpened.silent, { path, seconds: seconds(patienceMs) })),
      patienceMs,
    );
    const end = (failure: Text | null) => {
      clearTimeout(timer);
      resolve(failure);
    };
    socket.once('open', () => end(null));
    socket.once('unexpected-response', (request, response) => {
      end(inEveryLanguage(notOpened.answered, { path, status: String(response.statusCode) }));
      request.destroy();
    });
    socket.on('error', ({ message: reason }) => end(inEveryLanguage(notOpened.failed, { path, reason })));
  });

function listening(socket: WebSocket, patienceMs: number): Socket {
  const heard = createArrivals<SeenMessage>();
  const pongs = createArrivals<true>();
  let closed: number | null = null;
  socket.on('message', (data: Buffer, isBinary) => heard.add(isBinary ? data : data.toString()));
  socket.on('pong', () => pongs.add(true));
  socket.on('close', (code) => {
    closed = code;
    heard.nudge();
  });
  return {
    heard,
    send: (message) => socket.send(message, () => {}),
    async expect(messages, kindCounts = false) {
      await heard.until((all) => all.length >= messages.length || closed !== null, patienceMs);
      const [sent, got] = kindCounts ? [messages, heard.all] : [messages.map(asText), heard.all.map(asText)];
      const difference = differenceIn(sent, got, patienceMs);
      return closed !== null && heard.all.length < messages.length ? closedBy(`${closed}`) : difference;
    },
    ping(words) {
      const before = pongs.all.length;
      socket.ping(words, undefined, () => {});
      return pongs.until((all) => all.length > before, patienceMs / 4);
    },
    close: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(null), patienceMs);
        socket.once('close', (code) => {
          clearTimeout(timer);
          resolve(code);
        });
        socket.close(1000, 'bye');
      }),
    vanish: () => socket.terminate(),
  };
}
