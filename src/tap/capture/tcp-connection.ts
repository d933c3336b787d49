/** One TCP connection of a capture: its segments, whether it has ended, and its figures. Knows no protocol. */
import { createDialogue } from './dialogue.ts';
import { type Lane, later } from './lane.ts';
import { flag, type Segment, wayBack } from './segment.ts';
import { type createTelling, other, type Side } from './telling.ts';

export type TcpConnection = ReturnType<typeof createConnection>;

/** @param way of the packets that side 0 sends. */
export function createConnection(way: string, telling: ReturnType<typeof createTelling>) {
  const { lanes, add, pump, giveWay, flush, waitingBytes } = createDialogue(telling.hear);
  const counted = { packets: 0, headerBytes: 0, payloadBytes: 0 };
  let state: 'open' | 'ended' | 'refused' = 'open';
  let began = false;
  let answered = false;
  let lastAt = 0;

  const begin = (side: Side, lane: Lane, first: number, isAnswer: boolean) => {
    lane.next ??= first;
    began = true;
    answered ||= isAnswer;
    telling.clientIs(isAnswer ? other(side) : side);
  };
  const isOver = () => lanes.every(({ fin, next }) => fin !== null && next === (fin + 1) >>> 0);

  return {
    ways: [way, wayBack(way)] as const,
    add(side: Side, segment: Segment) {
      const { flags, sequence, bytes, cut, headerBytes, at } = segment;
      const [lane, peer] = [lanes[side], lanes[other(side)]];
      counted.packets++;
      counted.headerBytes += headerBytes;
      counted.payloadBytes += bytes.length;
      lastAt = at;
      const acknowledged = (flags & flag.acknowledges) !== 0 ? segment.acknowledged : null;
      // The acknowledgement of an RST may be meaningless.
      if (acknowledged !== null && (flags & flag.reset) === 0) peer.read = later(peer.read, acknowledged);
      const first = (flags & flag.syn) !== 0 ? (sequence + 1) >>> 0 : sequence;
      if ((flags & flag.syn) !== 0) begin(side, lane, first, acknowledged !== null);
      if (bytes.length > 0) {
        answered = true;
        add(side, { sequence: first, bytes, acknowledged, at });
      }
      if ((flags & flag.fin) !== 0) lane.fin = (first + bytes.length + cut) >>> 0;
      pump();
      if ((flags & flag.reset) !== 0) state = answered ? 'ended' : 'refused';
      else if (isOver()) state = 'ended';
    },
    /** Whether a SYN for known addresses and ports begins a new connection, and is not a repetition of the first. */
    isNew(side: Side, { sequence, flags }: Segment): boolean {
      if ((flags & flag.syn) === 0 || (flags & flag.acknowledges) !== 0) return false;
      const { next, fin, delivered, missing } = lanes[side];
      if (next === null) return state !== 'open';
      // A FIN that has been passed has taken a number too.
      const first = next - delivered - missing - (fin !== null && next !== fin ? 1 : 0);
      return state !== 'open' || first >>> 0 !== (sequence + 1) >>> 0;
    },
    /** Gives up on missing bytes: the earliest segment that waits for them goes on. */
    giveWay,
    waitingBytes,
    state: () => state,
    /** Returns the connection's figures; no more segments will come. */
    close() {
      flush(lastAt);
      const client = telling.client();
      const sum = (read: (lane: Lane) => number) => read(lanes[0]) + read(lanes[1]);
      return {
        telling: telling.state(),
        ending: {
          refused: state === 'refused',
          up: lanes[client].delivered,
          down: lanes[other(client)].delivered,
          at: lastAt,
        },
        figures: {
          ...counted,
          repeatedBytes: sum(({ repeated }) => repeated),
          missingBytes: sum(({ missing }) => missing),
          holes: sum(({ holes }) => holes),
          joinedLate: began ? 0 : 1,
        },
      };
    },
  };
}
