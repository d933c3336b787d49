/**
 * WebSocket (RFC 6455), the client's side: one handshake, then frames. A bare WebSocket does not reconnect by
 * itself when its connection is lost; the variant `ws:reconnect` adds the small loop that applications write.
 */
import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { maxMessageBytes, paths } from '../protocols/contract.ts';
import { isHttp2 } from '../protocols/over.ts';
import { type FrameSocket, frameSocket } from '../servers/frame-socket.ts';
import { DialingAgent } from '../tap/dialer.ts';
import { headOf, joinSession } from './http2-client.ts';
import { backOff } from './reconnect.ts';
import { headersFor } from './recorded-heads.ts';
import {
  alwaysQuiet,
  below,
  type Connection,
  type ConnectOptions,
  noPolls,
  originUrl,
  type Traits,
  type Transport,
  usual,
} from './transport.ts';

type Socket = WebSocket | FrameSocket;

/** Opens one socket; rejects when the handshake fails. */
async function open(options: ConnectOptions): Promise<Socket> {
  if (isHttp2(options.over)) return openOverHttp2(options);
  const { WebSocket } = options.library('ws');
  const socket = new WebSocket(originUrl('ws', options) + below(options, paths.socket), {
    // An agent, because ws before 8.17 puts its own `createConnection` in place of ours.
    agent: new DialingAgent(options.dialer, false),
    headers: headersFor(options, 'WebSocket'),
    perMessageDeflate: options.compression,
    maxPayload: maxMessageBytes,
    ...(options.handshakeTimeoutMs !== undefined && { handshakeTimeout: options.handshakeTimeoutMs }),
  });
  // Not `options` itself: a listener keeps what it refers to as long as the socket lives, and there may be thousands.
  const { onMessage } = options;
  socket.on('message', (data: Buffer, isBinary) => onMessage(isBinary ? data : data.toString()));
  await once(socket, 'open');
  socket.on('error', ignore);
  return socket;
}

/** Opens by extended CONNECT (RFC 8441), on the connection that all requests of this client share. */
async function openOverHttp2(options: ConnectOptions): Promise<FrameSocket> {
  const session = joinSession(options);
  try {
    await session.allowsConnect();
    const stream = session.open({
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':path': below(options, paths.socket),
      'sec-websocket-version': '13',
      ...headersFor(options, 'WebSocket'),
    });
    const status = await headOf(stream);
    if (status !== 200) throw new Error(`the WebSocket was answered with ${status}`);
    const socket = frameSocket(options.library('ws'), stream, { side: 'client', mostBytes: maxMessageBytes });
    const { onMessage } = options;
    socket.on('message', (data, isBinary) => onMessage(isBinary ? data : data.toString()));
    socket.once('close', () => void session.leave());
    return socket;
  } catch (error) {
    void session.leave();
    throw error;
  }
}

/** An error is always followed by `close`; without a listener it would end the process. */
const ignore = () => {};

/** Opens the next socket: tries until it succeeds; null if the connection is being closed meanwhile. */
const reopener =
  (options: ConnectOptions) =>
  async (isUnwanted: () => boolean): Promise<Socket | null> => {
    for (const retry = backOff(options); ; ) {
      await retry.wait();
      if (isUnwanted()) return null;
      // Still refused: wait longer, try again.
      const socket = await open(options).catch(() => null);
      if (socket && isUnwanted()) socket.terminate();
      else if (socket) {
        options.onBack?.(retry.attempts());
        return socket;
      }
    }
  };

const connectAnd =
  (onClose: 'give up' | 'reconnect') =>
  async (options: ConnectOptions): Promise<Connection> => {
    const { onError } = options;
    const { OPEN, CLOSED } = options.library('ws').WebSocket;
    const reopen = onClose === 'reconnect' ? reopener(options) : null;
    let socket = await open(options);
    let closing = false;

    const watch = () =>
      socket.on('close', async () => {
        if (closing) return;
        onError('closed');
        const next = await reopen?.(() => closing);
        if (!next) return;
        socket = next;
        watch();
      });
    watch();

    return {
      quiet: alwaysQuiet,
      polls: noPolls,
      pollGrid: null,
      send(data) {
        if (socket.readyState !== OPEN) return Promise.reject(new Error('the socket is closed'));
        // As bytes: ws sends them in one write with their header; text would take two.
        socket.send(Buffer.from(data), { binary: typeof data !== 'string' });
        return null;
      },
      async close() {
        closing = true;
        if (socket.readyState === CLOSED) return;
        const closed = once(socket, 'close');
        socket.close(1000);
        await closed;
      },
    };
  };

const traits = {
  ...usual,
  reconnects: false,
  heartbeats: true,
  compression: true,
  extendedConnect: true,
  roundTripsToConnect: 2,
  setupRequests: [1],
  connections: [1, 1],
  keptBesides: 280,
  laws: ['WS1', 'WS2', 'WS3', 'SIO6', 'OUT'],
} satisfies Traits;

export const ws = {
  name: 'ws',
  aliases: ['websocket'],
  server: 'ws',
  libraries: ['ws'],
  traits,
  connect: connectAnd('give up'),
} satisfies Transport;

/** Reconnects by itself after a loss of connection; what was sent meanwhile is still lost. */
export const wsReconnect = {
  name: 'ws:reconnect',
  aliases: ['websocket:reconnect'],
  server: 'ws',
  libraries: ['ws'],
  traits: { ...traits, inAll: false, reconnects: true, comesBack: 'as asked' },
  connect: connectAnd('reconnect'),
} satisfies Transport;
