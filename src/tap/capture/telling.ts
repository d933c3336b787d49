/**
 * Reports one TCP connection to the listener, or leaves it out. If the user gave no port, the first bytes of the side
 * that sends first decide; until then all bytes are held. TLS connections are reported only if their secrets are known,
 * because a captured machine has other TLS connections too.
 */
import type { KeyLog } from '../../protocols/tls/key-log.ts';
import type { Direction } from '../../wire/span.ts';
import type { Chunk } from '../tape.ts';
import { type Beginning, beginningOf, clientRandomOf } from './beginning.ts';

export interface CaptureListener {
  opened(connection: number, at: number): void;
  chunk(chunk: Chunk): void;
  /** Bytes of this direction are missing here. */
  hole(connection: number, direction: Direction): void;
  closed(connection: number, ending: TcpEnding): void;
}

export interface TcpEnding {
  /** A SYN was answered with RST. */
  readonly refused: boolean;
  readonly up: number;
  readonly down: number;
  readonly at: number;
}

/** Side 0 sent the connection's first captured packet. */
export type Side = 0 | 1;

export const other = (side: Side): Side => (side === 0 ? 1 : 0);

/** The next bytes of a side; null where some are missing. */
interface Said {
  readonly side: Side;
  readonly at: number;
  readonly bytes: Uint8Array | null;
}

type Telling =
  | { readonly kind: 'undecided'; readonly held: Said[] }
  | { readonly kind: 'told'; readonly number: number }
  | { readonly kind: 'left-out'; readonly beginning: Beginning | 'unknown' };

const nothing = new Uint8Array(0);
const heldMost = 1024 * 1024;

/** @param nextNumber gives the connection the number under which it is reported. */
export function createTelling(
  listener: CaptureListener,
  keyLog: KeyLog,
  nextNumber: () => number,
  openedAt: number,
) {
  let state: Telling = { kind: 'undecided', held: [] };
  let client: Side | null = null;

  const tellOf = () => {
    const number = nextNumber();
    state = { kind: 'told', number };
    listener.opened(number, openedAt);
  };
  const tell = (number: number, side: Side, at: number, bytes: Uint8Array | null) => {
    const direction: Direction = side === client ? 'up' : 'down';
    if (bytes) listener.chunk({ at, connection: number, direction, phase: 'steady', bytes });
    else listener.hole(number, direction);
  };
  const decide = (held: readonly Said[]) => {
    const first = firstWords(held);
    if (!first) return;
    const { side, pieces, beginning } = first;
    if (beginning === 'undecided' && bytesOf(held) < heldMost) return;
    const random = beginning === 'tls' ? clientRandomOf(pieces) : '';
    if (random === null) return;
    const isRead = beginning === 'tls' ? keyLog.knows(random) : readable.has(beginning);
    if (!isRead) {
      state = { kind: 'left-out', beginning };
      return;
    }
    client ??= ofServers.has(beginning) ? other(side) : side;
    tellOf();
    for (const { side, at, bytes } of held) hear(side, at, bytes);
  };
  /** Takes the next bytes of this side; null where some are missing. */
  const hear = (side: Side, at: number, bytes: Uint8Array | null) => {
    if (state.kind === 'told') tell(state.number, side, at, bytes);
    else if (state.kind === 'undecided') {
      state.held.push({ side, at, bytes });
      decide(state.held);
    }
  };
  return {
    hear,
    /** Reports the connection: it uses the application's port. */
    tellOf,
    leaveOut() {
      state = { kind: 'left-out', beginning: 'unknown' };
    },
    /** Says which side is the client; ignored if that is already known. */
    clientIs(side: Side) {
      client ??= side;
    },
    client: (): Side => client ?? 0,
    /** `undecided` if the connection has ended before it was recognised; but one that begins with TLS is left out. */
    state: (): Telling =>
      state.kind === 'undecided' && firstWords(state.held)?.beginning === 'tls'
        ? { kind: 'left-out', beginning: 'tls' }
        : state,
  };
}

const ofServers: ReadonlySet<Beginning> = new Set(['response', 'http2-server']);
const readable: ReadonlySet<Beginning> = new Set(['request', 'http2', ...ofServers]);

interface FirstWords {
  readonly side: Side;
  readonly pieces: readonly Uint8Array[];
  readonly beginning: Beginning;
}

/** The beginning of the side that sends first; null if neither side has sent anything. */
function firstWords(held: readonly Said[]): FirstWords | null {
  const spoken = held.find(({ bytes }) => bytes !== null);
  if (!spoken) return null;
  const { side } = spoken;
  const pieces = held.flatMap((said) => (said.side === side ? [said.bytes ?? nothing] : []));
  // If the first bytes are missing, the rest is no beginning.
  return { side, pieces, beginning: pieces[0] === nothing ? 'other' : beginningOf(pieces) };
}

const bytesOf = (held: readonly Said[]): number =>
  held.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
