/**
 * The client's side of the wire of one conversation: its sockets, every chunk with the number of the step it belongs to,
 * and how many questions are not answered yet.
 */
import type { Transport } from '../transports/transport.ts';
import { anatomyOf } from '../wire/anatomy.ts';
import { createDialer } from '../wire/dialer.ts';
import { httpConversation } from '../wire/http.ts';
import { rawConversation } from '../wire/raw.ts';
import type { TappedSocket } from '../wire/tap.ts';
import { type Chunk, createTape } from '../wire/tape.ts';

export type RecordedWire = ReturnType<typeof recordWire>;

interface Recording {
  readonly host: string;
  readonly port: number;
  /** The frame of the floor, which has no other way to tell where a message ends. */
  readonly messageBytes: number;
  readonly step: () => number;
  /** For so long the answer to an upgrade is held back: whoever races against it wins. */
  readonly lateUpgradeMs: number;
}

export function recordWire({ host, port, messageBytes, step, lateUpgradeMs }: Recording) {
  const chunks: Chunk[] = [];
  const dialledIn = new Map<number, number>();
  let connections = 0;
  let unanswered = 0;
  let down = { step: 0, chunks: 0 };
  const tape = createTape(() => {});
  const dialer = createDialer({
    host,
    port,
    clock: { now: step, at: () => () => {} },
    tape: {
      ...tape,
      add(chunk) {
        chunks.push({ ...chunk, bytes: Buffer.from(chunk.bytes) });
        const head = Buffer.from(chunk.bytes.subarray(0, 9)).toString('latin1');
        if (chunk.direction === 'up' && /^(GET|POST) /.test(head)) unanswered++;
        if (chunk.direction === 'down' && head === 'HTTP/1.1 ') unanswered--;
        if (chunk.direction === 'up') return;
        down = { step: step(), chunks: down.step === step() ? down.chunks + 1 : 1 };
      },
    },
    nextConnection() {
      dialledIn.set(connections, step());
      return connections++;
    },
  });
  if (lateUpgradeMs > 0) {
    const { dial } = dialer;
    dialer.dial = () => heldBack(dial(), lateUpgradeMs);
  }
  return {
    dialer,
    unanswered: () => unanswered,
    downInStep: () => (down.step === step() ? down.chunks : 0),
    read: ({ traits }: Transport) => ({
      anatomy: anatomyOf(chunks, traits.wire === 'raw' ? rawConversation(messageBytes) : httpConversation),
      dialer,
      dialledIn,
    }),
  };
}

/** A socket that hands over the 101 later than it came; nothing follows it before the client has answered. */
function heldBack(socket: TappedSocket, lateMs: number): TappedSocket {
  const push = socket.push.bind(socket);
  socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
    const switches = chunk instanceof Uint8Array && Buffer.from(chunk).toString('latin1', 9, 12) === '101';
    if (!switches) return push(chunk, encoding);
    setTimeout(() => push(chunk, encoding), lateMs);
    return true;
  };
  return socket;
}
