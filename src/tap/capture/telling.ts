/**
 * What is told of one TCP connection, and whether anything is. Where nobody said which port is meant, that is decided by what
 * the side that speaks first says first; until then all that is said is held. Of TLS those are told whose secrets are known:
 * a machine that is captured has others.
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

/** Of a connection: 0 sent the first packet of it that was captured. */
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

/** @param nextNumber gives the connection the number under which it is told of. */
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
  /** What this side says next; null where some of it is missing. */
  const hear = (side: Side, at: number, bytes: Uint8Array | null) => {
    if (state.kind === 'told') tell(state.number, side, at, bytes);
    else if (state.kind === 'undecided') {
      state.held.push({ side, at, bytes });
      decide(state.held);
    }
  };
  return {
    hear,
    /** It is of the port that is meant. */
    tellOf,
    leaveOut() {
      state = { kind: 'left-out', beginning: 'unknown' };
    },
    /** Unless it is known already. */
    clientIs(side: Side) {
      client ??= side;
    },
    client: (): Side => client ?? 0,
    /** A connection may end before it has said what it is. */
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

/** What the side that speaks first begins with; null where nobody has spoken. */
function firstWords(held: readonly Said[]): FirstWords | null {
  const spoken = held.find(({ bytes }) => bytes !== null);
  if (!spoken) return null;
  const { side } = spoken;
  const pieces = held.flatMap((said) => (said.side === side ? [said.bytes ?? nothing] : []));
  // What begins with a hole is somewhere in the middle.
  return { side, pieces, beginning: pieces[0] === nothing ? 'other' : beginningOf(pieces) };
}

const bytesOf = (held: readonly Said[]): number =>
  held.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
