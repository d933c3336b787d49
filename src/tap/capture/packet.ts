/** What a capture file holds: packets, each with its time, and of what kind the link was that it was seen on. */

export interface Packet {
  /** Nanoseconds since the first packet of the file. */
  readonly at: number;
  /** LINKTYPE, as tcpdump.org lists them. */
  readonly link: number;
  /** What was kept of it; a view, which whoever keeps it has to copy. */
  readonly bytes: Buffer;
  /** How long it was on the wire. */
  readonly length: number;
}

/** What is told of a file besides its packets. */
export interface PacketSink {
  packet(packet: Packet): void;
  /** Of the first packet: milliseconds since 1970. */
  started(epochMs: number): void;
  /** Packets that whoever captured says to have missed. */
  dropped(packets: number): void;
  /** Lines of a key log. */
  secrets(lines: string): void;
}

/**
 * Takes what is whole at the beginning of the bytes that are there, and says how many that was; the others are there
 * again when more has come.
 */
export type ReadPackets = (there: Buffer) => number | 'broken';

/** No link carries packets as long as this: such a length is a broken file's. */
export const longestPacket = 64 * 1024 * 1024;

/** Numbers of a file whose writer's byte order is in its head. */
export const numbersIn = ({ buffer, byteOffset, length }: Buffer): DataView =>
  new DataView(buffer, byteOffset, length);
