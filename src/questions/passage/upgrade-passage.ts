/** What becomes of an upgrade to WebSocket, who answers a ping, and what Socket.IO makes of it. */
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { authorityOf } from '../../network/proxies/proxy.ts';
import type { Address } from '../../target/target.ts';
import { withinMs } from '../probes/serving.ts';
import type { FacingServer } from './facing-server.ts';

export interface UpgradePassage {
  /** `stripped`: the server was asked without it. `refused`: it was not asked. `swallowed`: nobody answered. */
  readonly how: 'passes' | 'stripped' | 'refused' | 'swallowed' | 'broken';
  /** Of the answer; null where there was none. */
  readonly status: number | null;
  /** Whose pong answers a ping of the client; null where none came, or no WebSocket stood. */
  readonly pong: 'server' | 'proxy' | null;
}

const patienceMs = 1500;

export async function probeUpgrade(front: Address, server: FacingServer): Promise<UpgradePassage> {
  const socket = new WebSocket(`ws://${authorityOf(front)}/ws`, { handshakeTimeout: patienceMs });
  socket.on('error', () => {});
  const opened = new Promise<number>((resolve) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  });
  const status = await withinMs(patienceMs, opened);
  const seen = server.upgrade();
  try {
    if (status === 101) return { status, ...(await spoken(socket, server)) };
    if (status === null) return { how: 'swallowed', status, pong: null };
    return { how: seen === 'as a plain request' ? 'stripped' : 'refused', status, pong: null };
  } finally {
    socket.terminate();
  }
}

/** A message there and back, then a ping: the server answers none by itself, so a pong is the proxy's. */
async function spoken(
  socket: WebSocket,
  server: FacingServer,
): Promise<Pick<UpgradePassage, 'how' | 'pong'>> {
  const echoed = new Promise<boolean>((resolve) => socket.once('message', () => resolve(true)));
  socket.send('hello');
  if (!(await withinMs(patienceMs, echoed))) return { how: 'broken', pong: null };
  const pong = new Promise<boolean>((resolve) => socket.once('pong', () => resolve(true)));
  const before = server.pings();
  socket.ping();
  const answered = await withinMs(300, pong);
  if (answered) return { how: 'passes', pong: 'proxy' };
  return { how: 'passes', pong: server.pings() > before ? 'server' : null };
}

export interface FallbackPassage {
  readonly how: 'websocket' | 'polling' | 'nothing';
}

/** Socket.IO as it is usually set up: polling first, then the upgrade. */
export async function probeFallback(front: Address): Promise<FallbackPassage> {
  const socket = io(`http://${authorityOf(front)}`, {
    forceNew: true,
    reconnection: false,
    timeout: patienceMs,
  });
  try {
    const connected = await withinMs(
      patienceMs,
      new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true));
        socket.once('connect_error', () => resolve(false));
      }),
    );
    if (!connected) return { how: 'nothing' };
    const { engine } = socket.io;
    if (engine.transport.name !== 'websocket')
      await withinMs(patienceMs, new Promise((resolve) => engine.once('upgrade', resolve)));
    const answered = await withinMs(patienceMs, socket.timeout(patienceMs).emitWithAck('echo', 'hello'));
    if (answered !== 'hello') return { how: 'nothing' };
    return { how: engine.transport.name === 'websocket' ? 'websocket' : 'polling' };
  } catch {
    return { how: 'nothing' };
  } finally {
    socket.disconnect();
  }
}
