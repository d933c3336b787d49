/** What happens to an upgrade to WebSocket, and which side answers a ping. */
import { WebSocket } from 'ws';
import { authorityOf } from '../../network/proxies/proxy.ts';
import { withinMs } from '../probes/serving.ts';
import { isLimited, named, newName, type Sides, unlimited } from './through-asking.ts';

export interface UpgradePassage {
  /**
   * `stripped`: the server was asked without it. `refused`: the server was not asked. `swallowed`: no answer came.
   * `closed`: the connection ended without an answer.
   */
  readonly how: 'passes' | 'stripped' | 'refused' | 'swallowed' | 'closed' | 'broken';
  /** Of the answer; null where there was none. */
  readonly status: number | null;
  /** Which side's pong answers a ping of the client; null if none came, or if no WebSocket was established. */
  readonly pong: 'server' | 'proxy' | null;
}

const patienceMs = 1500;

/** At one of the server's two paths, which it treats alike. */
export const probeUpgrade = (sides: Sides, path: '/ws' | '/feed'): Promise<UpgradePassage> =>
  unlimited(
    () => askedUpgrade(sides, path),
    ({ how, status }) => how === 'refused' && isLimited({ by: 'proxy', status }),
  );

async function askedUpgrade(sides: Sides, path: string): Promise<UpgradePassage> {
  const name = newName();
  const socket = new WebSocket(`ws://${authorityOf(sides.front)}${named(path, name)}`);
  const opened = new Promise<number | 'closed'>((resolve) => {
    socket.on('error', () => resolve('closed'));
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  });
  const status = await withinMs(patienceMs, opened);
  const isPlain = sides.server.upgrade(name) === 'as a plain request';
  try {
    if (status === 101) return { status, ...(await spoken(socket, sides)) };
    if (status === null) return { how: 'swallowed', status, pong: null };
    if (status === 'closed') return { how: 'closed', status: null, pong: null };
    return { how: isPlain ? 'stripped' : 'refused', status, pong: null };
  } finally {
    socket.terminate();
  }
}

/** A message there and back, then a ping: the server never answers one, so a pong is the proxy's. */
async function spoken(socket: WebSocket, { server }: Sides): Promise<Pick<UpgradePassage, 'how' | 'pong'>> {
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
