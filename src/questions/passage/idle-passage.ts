/**
 * How long a proxy lets a stream, a held poll and a WebSocket stay silent, which side it then tells what, and what
 * keeps them open.
 */
import { setTimeout as passed } from 'node:timers/promises';
import {
  bodyOf,
  closeCodeOf,
  emptyFrame,
  looksWhole,
  opcodes,
  pingsIn,
  type RawSocket,
  rawAsk,
  statusOf,
  upgradeFields,
} from './raw-socket.ts';
import { ask, named, newName, type Sides } from './through-asking.ts';

export interface IdleEnd {
  /** `refused`: it was never established. `answered`: a status instead of the server's answer. */
  readonly how: 'open' | 'FIN' | 'RST' | 'close frame' | 'answered' | 'refused';
  /** Of an answer, or of a Close frame. */
  readonly status: number | null;
  /** Since it was established; null if it never was, or if it was still open when the watch ended. */
  readonly ms: number | null;
  /** Whether what had arrived looks like a whole answer. */
  readonly whole: boolean;
  /** When the server was told, since it was established; null if it was not told. */
  readonly toldMs: number | null;
}

export interface KeptPassage {
  readonly everyMs: number;
  /** How long it was watched. */
  readonly forMs: number;
  /** With a comment of the server, pings of the server, pings of the client. */
  readonly comments: IdleEnd;
  readonly serverPings: IdleEnd;
  readonly clientPings: IdleEnd;
  /** A poll that is held for less. */
  readonly shortPoll: { readonly heldMs: number; readonly status: number | null };
}

export interface IdlePassage {
  /** How long the silence was watched. */
  readonly waitedMs: number;
  readonly stream: IdleEnd;
  readonly poll: IdleEnd;
  readonly websocket: IdleEnd;
  /** What keeps them open; null if none ended, or if the watch was too short to say. */
  readonly kept: KeptPassage | null;
}

const usualEveryMs = 15_000;

export async function probeIdle(sides: Sides, waitMs: number): Promise<IdlePassage> {
  const usually = waitMs > 2 * usualEveryMs ? probeKept(sides, waitMs, usualEveryMs) : null;
  const [stream, poll, websocket] = await Promise.all([
    watched(sides, waitMs, { path: '/quiet' }),
    watched(sides, waitMs, { path: `/poll?hold=${waitMs + 30_000}` }),
    watched(sides, waitMs, { path: '/ws', isUpgrade: true }),
  ]);
  const ends = [stream, poll, websocket].flatMap(({ how, ms }) =>
    how !== 'refused' && ms !== null ? [ms] : [],
  );
  const shortest = Math.min(...ends);
  const keep = () => {
    if (ends.length === 0) return null;
    return shortest > 1.2 * usualEveryMs && usually
      ? usually
      : probeKept(sides, 2.5 * shortest, shortest / 3);
  };
  const kept = await keep();
  await usually;
  return { waitedMs: waitMs, stream, poll, websocket, kept };
}

async function probeKept(sides: Sides, waitMs: number, everyMs: number): Promise<KeptPassage> {
  const every = Math.round(everyMs);
  const heldMs = Math.round(Math.min(every, waitMs));
  const [comments, serverPings, clientPings, shortPoll] = await Promise.all([
    watched(sides, waitMs, { path: `/quiet?every=${every}` }),
    watched(sides, waitMs, { path: `/ws?every=${every}`, isUpgrade: true }),
    watched(sides, waitMs, { path: '/ws', isUpgrade: true, pingMs: every }),
    ask(sides, `/poll?hold=${heldMs}`, { patienceMs: heldMs + 2000 }),
  ]);
  return {
    everyMs: every,
    forMs: waitMs,
    comments,
    serverPings,
    clientPings,
    shortPoll: { heldMs, status: shortPoll.status },
  };
}

interface Watched {
  readonly path: string;
  readonly isUpgrade?: boolean;
  /** How often the client pings. */
  readonly pingMs?: number;
}

/** Time for a handshake, and for a server to be told. */
const settledMs = 300;
const lookMs = 20;

async function watched({ front, server }: Sides, waitMs: number, asked: Watched): Promise<IdleEnd> {
  const name = newName();
  const startedMs = performance.now();
  const socket = rawAsk(front, named(asked.path, name), asked.isUpgrade ? upgradeFields : []);
  const isPoll = asked.path.startsWith('/poll');
  let pingedMs = startedMs;
  let ponged = 0;
  try {
    for (const end = startedMs + waitMs; performance.now() < end; await passed(lookMs)) {
      if (isOver(socket, asked, isPoll)) break;
      // Pongs, as every WebSocket client sends them by itself (RFC 6455 §5.5.3).
      for (; ponged < pingsIn(bodyOf(socket.said())) && asked.isUpgrade; ponged++)
        socket.send(emptyFrame(opcodes.pong));
      if (asked.pingMs && performance.now() - pingedMs > asked.pingMs) {
        pingedMs = performance.now();
        socket.send(emptyFrame(opcodes.ping));
      }
    }
    const over = isOver(socket, asked, isPoll);
    if (over) await passed(settledMs);
    // If the server was not asked, the proxy refused the request: that has nothing to do with silence.
    if (over && server.asked(name) === 0) return { ...over, how: 'refused', ms: null, toldMs: null };
    const told = server.left(name);
    const toldMs = over && told !== undefined ? told - startedMs : null;
    return { ...(over ?? still(socket, asked)), ...timesOf(over, socket, startedMs), toldMs };
  } finally {
    socket.destroy();
    server.letGo(name);
  }
}

type Over = Pick<IdleEnd, 'how' | 'status' | 'whole'>;

/** Undefined while it is open. */
function isOver(socket: RawSocket, { isUpgrade }: Watched, isPoll: boolean): Over | undefined {
  const said = socket.said();
  const status = statusOf(said);
  const wanted = isUpgrade ? 101 : 200;
  if (status !== null && status !== wanted)
    return { how: isPoll ? 'answered' : 'refused', status, whole: true };
  if (isPoll && status === 200) return { how: 'answered', status, whole: true };
  const code = isUpgrade ? closeCodeOf(bodyOf(said)) : undefined;
  if (code !== undefined) return { how: 'close frame', status: code, whole: true };
  const end = socket.end();
  if (!end) return undefined;
  if (isUpgrade && status === null) return { how: 'refused', status, whole: false };
  return { how: end.how, status: null, whole: status !== null && !isUpgrade && looksWhole(said) };
}

/** A WebSocket that was never established was swallowed by the proxy. */
const still = (socket: RawSocket, { isUpgrade }: Watched): Over => ({
  how: isUpgrade && statusOf(socket.said()) === null ? 'refused' : 'open',
  status: null,
  whole: false,
});

function timesOf(over: Over | undefined, socket: RawSocket, startedMs: number): Pick<IdleEnd, 'ms'> {
  if (!over) return { ms: null };
  const isAnswer = over.how === 'answered' || over.how === 'refused' || over.how === 'close frame';
  return { ms: (isAnswer ? socket.heardMs() : (socket.end()?.atMs ?? startedMs)) - startedMs };
}
