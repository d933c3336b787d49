/** What Socket.IO makes of a proxy, and at what price a message: as it is usually set up, polling first, then the upgrade. */
import { setTimeout as passed } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { authorityOf } from '../../network/proxies/proxy.ts';
import type { Address } from '../../target/target.ts';
import { withinMs } from '../probes/serving.ts';
import { countingRelay } from './counting-relay.ts';
import type { Sides } from './through-asking.ts';

export interface FallbackPassage {
  readonly how: 'websocket' | 'polling' | 'nothing';
  /** Bytes an echo; null where none came back. */
  readonly price: EchoPrice | null;
}

export interface EchoPrice {
  /** Of the text that goes there and comes back. */
  readonly payload: number;
  /** Both ways, on the sockets of the client and of the server. */
  readonly near: number;
  readonly far: number;
  /** Connections to the server an echo. */
  readonly connections: number;
  /** Without a proxy, by the same transport, and by WebSocket. */
  readonly direct: number;
  readonly directWebSocket: number;
}

const patienceMs = 2500;
const text = 'x'.repeat(50);
/** Fewer than ten in all: the number of each is one digit. */
const echoes = 6;
/** When nothing has come for so long, what belongs to the last echo has come. */
const restMs = 120;
const restPatienceMs = 2000;

export async function probeFallback(sides: Sides, direct: Address): Promise<FallbackPassage> {
  const { how, price } = await pricedEcho(sides, ['polling', 'websocket']);
  if (how === 'nothing' || price === null) return { how, price: null };
  const alone = async (transport: 'polling' | 'websocket') =>
    (await pricedEcho({ ...sides, front: direct }, [transport])).price?.near ?? 0;
  const directWebSocket = await alone('websocket');
  const directly = how === 'websocket' ? directWebSocket : await alone(how);
  return { how, price: { payload: text.length, ...price, direct: directly, directWebSocket } };
}

type Price = Pick<EchoPrice, 'near' | 'far' | 'connections'>;

async function pricedEcho(
  { front, server }: Sides,
  transports: ('polling' | 'websocket')[],
): Promise<{ how: FallbackPassage['how']; price: Price | null }> {
  await using relay = await countingRelay(front);
  const url = `http://${authorityOf(relay.endpoint)}`;
  const socket = io(url, { forceNew: true, reconnection: false, timeout: patienceMs, transports });
  const echo = async () =>
    (await withinMs(patienceMs, socket.timeout(patienceMs).emitWithAck('echo', text))) === text;
  try {
    if (!(await isConnected(socket))) return { how: 'nothing', price: null };
    if (!(await echo())) return { how: 'nothing', price: null };
    const how = socket.io.engine.transport.name === 'websocket' ? 'websocket' : 'polling';
    const counted = () => ({
      near: relay.carried(),
      far: server.carried(),
      connections: server.connections(),
    });
    await atRest(() => counted().near + counted().far);
    const before = counted();
    for (let n = 0; n < echoes; n++) if (!(await echo())) return { how, price: null };
    await atRest(() => counted().near + counted().far);
    const after = counted();
    const each = (what: keyof Price) => (after[what] - before[what]) / echoes;
    return { how, price: { near: each('near'), far: each('far'), connections: each('connections') } };
  } catch {
    return { how: 'nothing', price: null };
  } finally {
    socket.disconnect();
  }
}

async function atRest(carried: () => number): Promise<void> {
  const end = performance.now() + restPatienceMs;
  for (let before = Number.NaN; carried() !== before && performance.now() < end; await passed(restMs))
    before = carried();
}

async function isConnected(socket: Socket): Promise<boolean> {
  const connected = await withinMs(
    patienceMs,
    new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('connect_error', () => resolve(false));
    }),
  );
  if (!connected) return false;
  const { engine } = socket.io;
  if (engine.transport.name !== 'websocket')
    await withinMs(patienceMs, new Promise((resolve) => engine.once('upgrade', resolve)));
  return true;
}
