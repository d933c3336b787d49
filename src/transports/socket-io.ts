/**
 * Socket.IO 4, the client's side. By default it connects with HTTP long polling and then upgrades to a
 * WebSocket. The upgrade is part of its set-up: this transport counts as connected when it is done. The
 * variants force one of the two.
 */
import type { Socket } from 'socket.io-client';
import { text } from '../base/text.ts';
import { eventName, type Payload } from '../protocols/contract.ts';
import { DialingAgent } from '../tap/dialer.ts';
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

type EngineTransport = 'polling' | 'websocket';

/** Resolves when the first message can flow and no upgrade is pending; rejects if the server cannot be reached. */
const isOpen = (socket: Socket, upgrades: boolean, onStage: ConnectOptions['onStage']): Promise<void> =>
  new Promise<void>((resolve, reject) => {
    let connected = false;
    let upgraded = !upgrades;
    const check = () => {
      if (!connected || !upgraded) return;
      socket.off('connect_error', reject);
      resolve();
    };
    socket.once('connect', () => {
      connected = true;
      onStage('connected');
      check();
    });
    // The upgrade may be done before `connect`, so listen from the moment the engine is open.
    socket.io.once('open', () => {
      const { engine } = socket.io;
      engine.once('upgrade', () => {
        upgraded = true;
        onStage('upgraded');
        check();
      });
      // The upgrade failed, as behind some middleboxes: Socket.IO goes on polling, and this trial with it.
      engine.once('upgradeError', () => {
        upgraded = true;
        check();
      });
    });
    socket.once('connect_error', reject);
  });

/**
 * Resolves when the client is connected and no upgrade is pending, however often it was refused before; rejects when
 * the signal is aborted. Each attempt has its own engine.
 */
const persists = (
  socket: Socket,
  upgrades: boolean,
  { onStage, persist }: Pick<ConnectOptions, 'onStage'> & Required<Pick<ConnectOptions, 'persist'>>,
): Promise<void> =>
  new Promise<void>((resolve, reject) => {
    const giveUp = () => reject(persist?.signal.reason);
    let upgraded = !upgrades;
    const check = () => {
      if (!socket.connected || !upgraded) return;
      persist?.signal.removeEventListener('abort', giveUp);
      resolve();
    };
    const settled = (how?: 'upgraded') => {
      upgraded = true;
      if (how) onStage(how);
      check();
    };
    persist?.signal.addEventListener('abort', giveUp, { once: true });
    if (persist?.signal.aborted) giveUp();
    socket.on('connect_error', () => persist?.onRefused());
    socket.on('connect', () => {
      onStage('connected');
      check();
    });
    socket.io.on('open', () => {
      upgraded = !upgrades;
      socket.io.engine.once('upgrade', () => settled('upgraded'));
      socket.io.engine.once('upgradeError', () => settled());
    });
  });

/** Disconnects, and resolves when the engine is closed. If the server has closed it already, no 'close' follows. */
async function leave(socket: Socket): Promise<void> {
  const { engine } = socket.io;
  const ended = new Promise<void>((resolve) => engine.once('close', () => resolve()));
  socket.disconnect();
  if (engine.readyState !== 'closed') await ended;
}

const connectBy =
  (engineTransports: EngineTransport[]) =>
  async (options: ConnectOptions): Promise<Connection> => {
    const agent = new DialingAgent(options.dialer, options.keepAlive);
    const socket = options.library('socket.io-client').io(originUrl('http', options), {
      // The default path, below the prefix.
      path: below(options, '/socket.io'),
      transports: engineTransports,
      forceNew: true,
      // engine.io-client takes an agent for Node, though its types (written for browsers) say a string.
      // Without one its polling would send `Connection: close`, which no browser does.
      agent: agent as unknown as string,
      transportOptions: {
        polling: { extraHeaders: { ...headersFor(options, 'GET') } },
        websocket: { extraHeaders: { ...headersFor(options, 'WebSocket') } },
      },
      perMessageDeflate: { threshold: options.compression ? 1024 : Number.MAX_SAFE_INTEGER },
    });
    const { event = eventName } = options;
    socket.on(event, (data: Payload) => options.onMessage(data));
    try {
      const upgrades = engineTransports.length > 1;
      const { persist, onStage } = options;
      await (persist ? persists(socket, upgrades, { onStage, persist }) : isOpen(socket, upgrades, onStage));
    } catch (error) {
      // Without this it would go on trying to connect for ever.
      socket.disconnect();
      agent.destroy();
      throw error;
    }
    let closing = false;
    // The manager counts the attempts; the client can send again only when its namespace is connected.
    let attempts = 0;
    socket.io.on('reconnect', (made) => {
      attempts = made;
    });
    socket.on('connect', () => options.onBack?.(attempts));
    socket.on('disconnect', () => {
      if (!closing) options.onError('closed');
    });

    return {
      quiet: alwaysQuiet,
      polls: noPolls,
      pollGrid: null,
      // Socket.IO buffers what it cannot send yet; there is nothing to wait for.
      send(data) {
        socket.emit(event, data);
        return null;
      },
      async close() {
        closing = true;
        await leave(socket);
        await agent.idle();
        agent.destroy();
      },
    };
  };

const traits = {
  ...usual,
  notOverHttp2: text(
    'its server takes requests and WebSockets of HTTP/1.1 only; behind a proxy that speaks HTTP/2 to browsers, it goes on speaking HTTP/1.1 to the proxy',
    '서버가 HTTP/1.1의 요청과 WebSocket만 받습니다. 브라우저와 HTTP/2로 통신하는 프록시 뒤에서도 프록시와는 HTTP/1.1로 통신합니다',
  ),
  heartbeats: true,
  comesBack: 'socket.io',
  compression: true,
  adapters: true,
  roundTripsToConnect: 4,
  connectsInTurn: 2,
  ties: [1, 2],
  setupRequests: [4, 5],
  connections: [2, 3],
  keptBesides: 380,
  laws: ['SIO1', 'SIO4', 'WS2', 'SIO6', 'SIO7', 'OUT'],
} satisfies Traits;

export const socketIo = {
  name: 'socket.io',
  aliases: ['socketio', 'socket-io', 'sio'],
  server: 'socket.io',
  libraries: ['socket.io-client'],
  traits,
  connect: connectBy(['polling', 'websocket']),
} satisfies Transport;

export const socketIoWebSocket = {
  name: 'socket.io:websocket',
  aliases: ['socketio:websocket', 'socket.io:ws'],
  server: 'socket.io',
  libraries: ['socket.io-client'],
  traits: {
    ...traits,
    inAll: false,
    roundTripsToConnect: 3,
    connectsInTurn: 1,
    ties: [0, 0],
    setupRequests: [1],
    connections: [1, 1],
    laws: ['SIO1', 'WS2', 'SIO6', 'OUT'],
  },
  connect: connectBy(['websocket']),
} satisfies Transport;

/** With connection state recovery: after a short disconnection the server replays missed messages. */
export const socketIoRecovery = {
  name: 'socket.io:recovery',
  aliases: ['socketio:recovery'],
  server: 'socket.io',
  libraries: ['socket.io-client'],
  traits: {
    ...traits,
    inAll: false,
    resume: true,
    replays: true,
    addsArguments: true,
    laws: ['SIO4', 'WS2', 'SIO6', 'SIO7', 'OUT'],
  },
  connect: connectBy(['polling', 'websocket']),
} satisfies Transport;

export const socketIoPolling = {
  name: 'socket.io:polling',
  aliases: ['socketio:polling'],
  server: 'socket.io',
  libraries: ['socket.io-client'],
  traits: {
    ...traits,
    inAll: false,
    compression: false,
    parks: true,
    setupRequests: [3, 4],
    connections: [1, 2],
    laws: [],
  },
  connect: connectBy(['polling']),
} satisfies Transport;
