/** Captures built in code: packets of TCP in any file format, on any link, and a conversation as a list of segments. */

export interface Sent {
  readonly from: 'client' | 'server';
  /** Of its direction, from 0; the handshake stands before. */
  readonly offset?: number;
  readonly bytes?: Uint8Array;
  readonly flags?: number;
  /** How much of the other direction its sender had read. */
  readonly read?: number;
  readonly at?: number;
  readonly clientPort?: number;
}

export const flags = { fin: 1, syn: 2, reset: 4, push: 8, acknowledges: 16 } as const;

interface Shape {
  readonly version?: 4 | 6;
  readonly firstSequence?: number;
  readonly serverPort?: number;
  /** IPv6 destination options before TCP. */
  readonly extended?: boolean;
}

function ipPacket(sent: Sent, shape: Shape = {}): Buffer {
  const { from, offset = 0, bytes = new Uint8Array(0), flags: flag = flags.acknowledges, read = 0 } = sent;
  const { version = 4, firstSequence = 1000, serverPort = 80, extended = false } = shape;
  const tcp = Buffer.alloc(20 + bytes.length);
  const ports = [sent.clientPort ?? 40_000, serverPort];
  if (from === 'server') ports.reverse();
  ports.forEach((port, index) => void tcp.writeUInt16BE(port, index * 2));
  const isSyn = (flag & flags.syn) !== 0;
  tcp.writeUInt32BE((firstSequence + (isSyn ? 0 : 1 + offset)) >>> 0, 4);
  if (flag & flags.acknowledges) tcp.writeUInt32BE((firstSequence + 1 + read) >>> 0, 8);
  tcp[12] = 0x50;
  tcp[13] = flag;
  tcp.set(bytes, 20);
  const addresses = [1, 2].map((host) => {
    const address = Buffer.alloc(version === 4 ? 4 : 16);
    address[0] = version === 4 ? 10 : 0xfd;
    address[address.length - 1] = host;
    return address;
  });
  if (from === 'server') addresses.reverse();
  if (version === 6) {
    const head = Buffer.from([0x60, 0, 0, 0, 0, 0, extended ? 60 : 6, 64]);
    const options = extended ? Buffer.from([6, 0, 1, 4, 0, 0, 0, 0]) : Buffer.alloc(0);
    head.writeUInt16BE(options.length + tcp.length, 4);
    return Buffer.concat([head, ...addresses, options, tcp]);
  }
  const head = Buffer.from([0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 6, 0, 0]);
  head.writeUInt16BE(20 + tcp.length, 2);
  return Buffer.concat([head, ...addresses, tcp]);
}

const ethernet = (packet: Buffer, ...tags: number[]): Buffer => {
  const type = (packet[0] ?? 0) >> 4 === 6 ? [0x86, 0xdd] : [0x08, 0x00];
  return Buffer.concat([
    Buffer.alloc(12),
    Buffer.from(tags.flatMap((tag) => [tag >> 8, tag & 0xff, 0, 7])),
    Buffer.from(type),
    packet,
    // Ethernet fills short frames up.
    Buffer.alloc(Math.max(0, 46 - packet.length)),
  ]);
};

/** Links by name: their type, and an IP packet on them. */
export const links = {
  raw: { type: 101, on: (packet: Buffer) => packet },
  ethernet: { type: 1, on: (packet: Buffer) => ethernet(packet) },
  vlan: { type: 1, on: (packet: Buffer) => ethernet(packet, 0x8100) },
  'vlan in vlan': { type: 1, on: (packet: Buffer) => ethernet(packet, 0x88a8, 0x8100) },
  'cooked v1': {
    type: 113,
    on: (packet: Buffer) => Buffer.concat([Buffer.alloc(14), ethernet(packet).subarray(12)]),
  },
  'cooked v2': {
    type: 276,
    on: (packet: Buffer) => Buffer.concat([ethernet(packet).subarray(12, 14), Buffer.alloc(18), packet]),
  },
  null: { type: 0, on: (packet: Buffer) => Buffer.concat([Buffer.from([2, 0, 0, 0]), packet]) },
  loop: { type: 108, on: (packet: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, 2]), packet]) },
} as const;

export interface Filed {
  readonly at: number;
  readonly bytes: Uint8Array;
  /** Where less was kept. */
  readonly length?: number;
}

interface Format {
  readonly little?: boolean;
  readonly nanoseconds?: boolean;
  readonly link?: number;
  /** Of pcapng: a key log. */
  readonly secrets?: string;
}

const startedSeconds = 1_700_000_000;

const writer = (little: boolean) => (bits: 16 | 32, value: number) => {
  const bytes = Buffer.alloc(bits / 8);
  if (bits === 16) little ? bytes.writeUInt16LE(value) : bytes.writeUInt16BE(value);
  else little ? bytes.writeUInt32LE(value) : bytes.writeUInt32BE(value);
  return bytes;
};

export function pcapFile(
  packets: readonly Filed[],
  { little = true, nanoseconds = true, link = 101 }: Format = {},
) {
  const number = writer(little);
  const fraction = (at: number) => Math.floor((at % 1e9) / (nanoseconds ? 1 : 1000));
  return Buffer.concat([
    ...[number(32, nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4), number(16, 2), number(16, 4)],
    ...[0, 0, 65_535, link].map((value) => number(32, value)),
    ...packets.flatMap(({ at, bytes, length = bytes.length }) => [
      number(32, startedSeconds + Math.floor(at / 1e9)),
      ...[fraction(at), bytes.length, length].map((value) => number(32, value)),
      bytes,
    ]),
  ]);
}

/** The blocks of a pcapng file, as its specification cuts them, of a writer whose byte order is little-endian. */
export function pcapngBlocks(file: Buffer): { readonly type: number; readonly body: Buffer }[] {
  const blocks: { type: number; body: Buffer }[] = [];
  for (let at = 0; at < file.length; ) {
    const length = file.readUInt32LE(at + 4);
    if (length !== file.readUInt32LE(at + length - 4)) throw new Error(`two lengths of the block at ${at}`);
    blocks.push({ type: file.readUInt32LE(at), body: file.subarray(at + 8, at + length - 4) });
    at += length;
  }
  return blocks;
}

export function pcapngFile(
  packets: readonly Filed[],
  { little = true, nanoseconds = true, link = 101, secrets = '' }: Format = {},
) {
  const number = writer(little);
  const block = (type: number, ...parts: Uint8Array[]) => {
    const body = Buffer.concat(parts);
    const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)]);
    const length = number(32, padded.length + 12);
    return Buffer.concat([number(32, type), length, padded, length]);
  };
  const resolution = [
    number(16, 9),
    number(16, 1),
    Buffer.from([nanoseconds ? 9 : 6, 0, 0, 0]),
    number(32, 0),
  ];
  return Buffer.concat([
    block(0x0a0d0d0a, number(32, 0x1a2b3c4d), number(16, 1), number(16, 0), Buffer.alloc(8, 0xff)),
    block(1, number(16, link), number(16, 0), number(32, 0), ...resolution),
    // A block of resolved names, which the reader skips.
    block(4, number(32, 0)),
    ...(secrets ? [block(10, number(32, 0x544c534b), number(32, secrets.length), Buffer.from(secrets))] : []),
    ...packets.map(({ at, bytes, length = bytes.length }) => {
      const units = (BigInt(startedSeconds) * 1_000_000_000n + BigInt(at)) / (nanoseconds ? 1n : 1000n);
      const halves = [Number(units >> 32n), Number(units & 0xffff_ffffn)];
      return block(6, ...[0, ...halves, bytes.length, length].map((value) => number(32, value)), bytes);
    }),
  ]);
}

/** What both sides say by turns, as segments; each has read what came before. */
export function segmentsOf(
  turns: readonly { readonly from: Sent['from']; readonly text: string | Uint8Array }[],
  segmentBytes = 1000,
): Sent[] {
  const said = { client: 0, server: 0 };
  const sent: Sent[] = [
    { from: 'client', flags: flags.syn },
    { from: 'server', flags: flags.syn | flags.acknowledges },
    { from: 'client' },
  ];
  for (const { from, text } of turns) {
    const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
    const read = said[from === 'client' ? 'server' : 'client'];
    for (let at = 0; at < bytes.length; at += segmentBytes) {
      const piece = bytes.subarray(at, at + segmentBytes);
      sent.push({ from, offset: said[from], bytes: piece, read });
      said[from] += piece.length;
    }
  }
  const fin = flags.fin | flags.acknowledges;
  sent.push({ from: 'client', offset: said.client, read: said.server, flags: fin });
  sent.push({ from: 'server', offset: said.server, read: said.client + 1, flags: fin });
  sent.push({ from: 'client', offset: said.client + 1, read: said.server + 1 });
  return sent;
}

export const filed = (sent: readonly Sent[], shape?: Shape): Filed[] =>
  sent.map((one, index) => ({ at: one.at ?? index * 1_000_000, bytes: ipPacket(one, shape) }));
