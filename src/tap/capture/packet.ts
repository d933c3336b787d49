/** What a capture file holds: packets, each with its time, and of what kind the link was that it was seen on. */

export interface Packet {
  /** Nanoseconds since the first packet of the file. */
  readonly at: number;
  /** LINKTYPE, as tcpdump.org lists them. */
  readonly link: number;
  /** What was kept of it; a view that holds until the next packet. */
  readonly bytes: Uint8Array;
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
}

export const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

export const u32 = (bytes: Uint8Array, at: number): number =>
  ((u16(bytes, at) << 16) | u16(bytes, at + 2)) >>> 0;

/** Numbers of a file whose writer's byte order is in its head. */
export const numbersOf = (isLittle: boolean) => ({
  u16: isLittle ? (bytes: Uint8Array, at: number) => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) : u16,
  u32: isLittle
    ? (bytes: Uint8Array, at: number) =>
        ((bytes[at] ?? 0) |
          ((bytes[at + 1] ?? 0) << 8) |
          ((bytes[at + 2] ?? 0) << 16) |
          ((bytes[at + 3] ?? 0) << 24)) >>>
        0
    : u32,
});

export type Numbers = ReturnType<typeof numbersOf>;

/** No link carries packets as long as this: such a length is a broken file's. */
export const longestPacket = 64 * 1024 * 1024;
