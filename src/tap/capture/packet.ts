/** What a capture file holds: packets, each with its time and its type of link. */

export interface Packet {
  /** Nanoseconds since the first packet of the file. */
  readonly at: number;
  /** LINKTYPE, as tcpdump.org lists them. */
  readonly link: number;
  /** The captured bytes; a view, so a reader that keeps them has to copy them. */
  readonly bytes: Buffer;
  /** Bytes that it had on the wire. */
  readonly length: number;
}

/** Receives the content of a file. */
export interface PacketSink {
  packet(packet: Packet): void;
  /** Time of the first packet, in milliseconds since 1970. */
  started(epochMs: number): void;
  /** How many packets the capturing program says that it missed. */
  dropped(packets: number): void;
  /** Lines of a key log. */
  secrets(lines: string): void;
}

/**
 * Reads the complete blocks at the beginning of the available bytes, and returns their length. The caller passes the
 * other bytes again when more have come.
 */
export type ReadPackets = (there: Buffer) => number | 'broken';

/** No link carries packets as long as this: the file is broken. */
export const longestPacket = 64 * 1024 * 1024;

/** For reading numbers in the byte order that the file's head gives. */
export const numbersIn = ({ buffer, byteOffset, length }: Buffer): DataView =>
  new DataView(buffer, byteOffset, length);
