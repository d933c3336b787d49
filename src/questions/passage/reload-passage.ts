/**
 * What a reload of the proxy's configuration does to connections that are open at that moment, and to requests
 * meanwhile.
 */
import { setTimeout as passed } from 'node:timers/promises';
import {
  bodyOf,
  closeCodeOf,
  emptyFrame,
  looksWhole,
  type RawSocket,
  rawAsk,
  statusOf,
  upgradeFields,
} from './raw-socket.ts';
import { ask, isLimited, named, newName, type Sides } from './through-asking.ts';

/**
 * Asks the proxy to reload its configuration: resolves with null once it was asked, otherwise with the proxy's own
 * words.
 */
export type Reload = () => Promise<string | null>;

export interface ReloadEnd {
  /**
   * `kept`: still open, and a WebSocket still answers. `whole`: ended as if it were complete. `cut`: ended in the
   * middle.
   */
  readonly how: 'kept' | 'whole' | 'cut' | 'close frame' | 'refused';
  /** Of the Close frame. */
  readonly code: number | null;
  readonly ms: number | null;
  /** After the end, another one stood within so many ms; null where none did, or none was needed. */
  readonly againMs: number | null;
}

export type ReloadPassage =
  | { readonly can: false; readonly words: string }
  | {
      readonly can: true;
      readonly stream: ReloadEnd;
      readonly websocket: ReloadEnd;
      /** Requests made meanwhile, and those that the server did not answer. */
      readonly asked: number;
      readonly failed: number;
    };

const opensWithinMs = 1500;
const settledMs = 400;
const watchMs = 3000;
const talkMs = 100;

const asStream = { path: `/quiet?every=${talkMs}`, fields: [] as readonly string[] };
const asWebSocket = { path: '/ws', fields: upgradeFields };
type What = typeof asStream;

export async function probeReload(sides: Sides, reload: Reload): Promise<ReloadPassage> {
  const names: string[] = [];
  const open = ({ path, fields }: What) => {
    const name = newName();
    names.push(name);
    return rawAsk(sides.front, named(path, name), fields);
  };
  const [stream, websocket] = [open(asStream), open(asWebSocket)];
  try {
    const areOpen = () => names.every((name) => sides.server.asked(name) > 0);
    for (const end = performance.now() + opensWithinMs; !areOpen() && performance.now() < end; )
      await passed(20);
    await passed(settledMs);
    // A request that is still queued, or that the proxy answered itself, is not open.
    for (const [index, socket] of [stream, websocket].entries())
      if (sides.server.asked(names[index] ?? '') === 0) socket.destroy();
    const stood = [stands(stream, asStream), stands(websocket, asWebSocket)] as const;
    // Taken before the reload: some proxies have ended every connection by the time they report that they have
    // reloaded.
    const startedMs = performance.now();
    const words = await reload();
    if (words !== null) return { can: false, words };
    // Some take seconds to read their configuration, so the watch starts after that.
    const span = { startedMs, untilMs: performance.now() + watchMs };
    const requests = askMeanwhile(sides, span.untilMs);
    const never: ReloadEnd = { how: 'refused', code: null, ms: null, againMs: null };
    const ends = await Promise.all([
      stood[0] ? watch(stream, asStream, span, open) : never,
      stood[1] ? watch(websocket, asWebSocket, span, open) : never,
    ]);
    return { can: true, stream: ends[0], websocket: ends[1], ...(await requests) };
  } finally {
    for (const socket of [stream, websocket]) socket.destroy();
    for (const name of names) sides.server.letGo(name);
  }
}

/** One after the other, each on a connection of its own. */
async function askMeanwhile(sides: Sides, untilMs: number): Promise<{ asked: number; failed: number }> {
  let [asked, failed] = [0, 0];
  for (; performance.now() < untilMs; await passed(talkMs)) {
    const answer = await ask(sides, '/short', { patienceMs: 1000 });
    // A rate limit is not caused by the reload.
    if (isLimited(answer)) continue;
    asked++;
    if (answer.by !== 'server' || answer.status !== 200) failed++;
  }
  return { asked, failed };
}

async function watch(
  socket: RawSocket,
  what: What,
  { startedMs, untilMs }: { readonly startedMs: number; readonly untilMs: number },
  open: (what: What) => RawSocket,
): Promise<ReloadEnd> {
  const isWebSocket = what === asWebSocket;
  for (; performance.now() < untilMs; await passed(talkMs)) {
    if (isWebSocket && !socket.end()) socket.send(textFrame);
    const over = overOf(socket, isWebSocket);
    if (!over) continue;
    const atMs = socket.end()?.atMs ?? socket.heardMs();
    return { ...over, ms: Math.max(0, atMs - startedMs), againMs: await again(() => open(what), what) };
  }
  const isDeaf = isWebSocket && performance.now() - socket.heardMs() > watchMs / 2;
  return { how: isDeaf ? 'cut' : 'kept', code: null, ms: null, againMs: null };
}

/** A text without content, which the server sends back. */
const textFrame = emptyFrame(0x1);

/** A stream whose head is held back has been asked for, too. */
const stands = (socket: RawSocket, what: What): boolean => {
  const status = statusOf(socket.said());
  return what === asWebSocket ? status === 101 : !socket.end() && (status === null || status === 200);
};

function overOf(socket: RawSocket, isWebSocket: boolean): Pick<ReloadEnd, 'how' | 'code'> | undefined {
  const code = isWebSocket ? closeCodeOf(bodyOf(socket.said())) : undefined;
  if (code !== undefined) return { how: 'close frame', code };
  if (!socket.end()) return undefined;
  return { how: !isWebSocket && looksWhole(socket.said()) ? 'whole' : 'cut', code: null };
}

async function again(open: () => RawSocket, what: What): Promise<number | null> {
  const startedMs = performance.now();
  for (const end = startedMs + watchMs; performance.now() < end; await passed(talkMs)) {
    const socket = open();
    for (let look = 0; look < 20 && !statusOf(socket.said()) && !socket.end(); look++) await passed(10);
    const isBack = statusOf(socket.said()) !== null && stands(socket, what);
    socket.destroy();
    if (isBack) return performance.now() - startedMs;
  }
  return null;
}
