/**
 * A recorded conversation as a pcap file (libpcap's format, raw IPv4), so that Wireshark opens it. The application's
 * bytes are those of the tape, in order; TCP and IP around them are made up: handshakes, sequence numbers and
 * acknowledgements such that every dissector follows the streams, never retransmissions or windows.
 */

export interface PcapChunk {
  /** Nanoseconds since the trial, or the recording, began. */
  readonly at: number;
  readonly connection: number;
  readonly direction: 'up' | 'down';
  readonly bytes: Uint8Array;
}

/** Linktype 101: packets begin with their IP header. */
const rawIp = 101;
/** Nanosecond timestamps (magic of libpcap). */
const magic = 0xa1b23c4d;
const snapLength = 65_535;
const headBytes = 40;
/** One packet takes so much; more is cut into several. */
const segmentBytes = 32_768;
/** Port 80, so that dissectors take it for HTTP without being told. */
const serverPort = 80;
const firstClientPort = 10_000;
const clientPorts = 50_000;

const flags = { syn: 0x02, ack: 0x10, push: 0x08, fin: 0x01 } as const;

interface Side {
  readonly address: number;
  readonly port: number;
  sequence: number;
}

const ipv4 = (a: number, b: number, c: number, d: number) => ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;

/** @param trials the chunks of each trial; each has a server address of its own. */
export function pcapOf(trials: readonly (readonly PcapChunk[])[]): Buffer {
  const packets: Buffer[] = [pcapHeader()];
  trials.forEach((chunks, trial) => {
    const conversation = pcapTrial(trial, (packet) => packets.push(packet));
    for (const chunk of chunks) conversation.add(chunk);
    conversation.end();
  });
  return Buffer.concat(packets);
}

/** With what a file begins. */
export function pcapHeader(): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(magic, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(snapLength, 16);
  header.writeUInt32LE(rawIp, 20);
  return header;
}

/** One trial, chunk by chunk: each packet is handed on as it is made, and nothing is kept. */
export function pcapTrial(trial: number, write: (packet: Buffer) => void) {
  const connections = new Map<number, { client: Side; server: Side }>();
  let identification = 0;
  const send = (at: number, from: Side, to: Side, flag: number, bytes: Uint8Array = new Uint8Array(0)) => {
    write(packet(at, identification++ & 0xffff, from, to, flag, bytes));
    // SYN and FIN take a sequence number each (RFC 9293 §3.4).
    from.sequence = (from.sequence + bytes.length + (flag & (flags.syn | flags.fin) ? 1 : 0)) >>> 0;
  };
  const open = (connection: number, at: number) => {
    const client = {
      address: ipv4(10, 0, 0, 1),
      port: firstClientPort + (connection % clientPorts),
      sequence: 0,
    };
    const server = { address: ipv4(10, 1 + (trial >> 8), trial & 0xff, 1), port: serverPort, sequence: 0 };
    send(at, client, server, flags.syn);
    send(at, server, client, flags.syn | flags.ack);
    send(at, client, server, flags.ack);
    const sides = { client, server };
    connections.set(connection, sides);
    return sides;
  };
  let last = 0;
  return {
    add({ at, connection, direction, bytes }: PcapChunk) {
      last = at;
      const { client, server } = connections.get(connection) ?? open(connection, at);
      const [from, to] = direction === 'up' ? [client, server] : [server, client];
      for (let cut = 0; cut < bytes.length; cut += segmentBytes)
        send(at, from, to, flags.push | flags.ack, bytes.subarray(cut, cut + segmentBytes));
    },
    /** The trial is over: connections close. */
    end() {
      for (const { client, server } of connections.values()) {
        send(last, client, server, flags.fin | flags.ack);
        send(last, server, client, flags.fin | flags.ack);
        send(last, client, server, flags.ack);
      }
    },
  };
}

function packet(
  at: number,
  identification: number,
  from: Side,
  to: Side,
  flag: number,
  bytes: Uint8Array,
): Buffer {
  const length = headBytes + bytes.length;
  const buffer = Buffer.alloc(16 + length);
  buffer.writeUInt32LE(Math.floor(at / 1e9), 0);
  buffer.writeUInt32LE(Math.floor(at % 1e9), 4);
  buffer.writeUInt32LE(length, 8);
  buffer.writeUInt32LE(length, 12);
  const ip = buffer.subarray(16, 36);
  ip[0] = 0x45; // IPv4, five words of header (RFC 791 §3.1)
  ip.writeUInt16BE(length, 2);
  ip.writeUInt16BE(identification, 4);
  ip.writeUInt16BE(0x4000, 6); // don't fragment
  ip[8] = 64;
  ip[9] = 6; // TCP
  ip.writeUInt32BE(from.address, 12);
  ip.writeUInt32BE(to.address, 16);
  ip.writeUInt16BE(checksum([ip]), 10);
  const tcp = buffer.subarray(36, 56);
  tcp.writeUInt16BE(from.port, 0);
  tcp.writeUInt16BE(to.port, 2);
  tcp.writeUInt32BE(from.sequence, 4);
  tcp.writeUInt32BE(flag === flags.syn ? 0 : to.sequence, 8);
  tcp[12] = 0x50; // five words of header (RFC 9293 §3.1)
  tcp[13] = flag;
  tcp.writeUInt16BE(0xffff, 14);
  buffer.set(bytes, 56);
  // The checksum covers addresses, protocol and length as well: the pseudo-header.
  const pseudo = Buffer.alloc(4);
  pseudo.writeUInt16BE(6, 0);
  pseudo.writeUInt16BE(20 + bytes.length, 2);
  tcp.writeUInt16BE(checksum([ip.subarray(12, 20), pseudo, buffer.subarray(36)]), 16);
  return buffer;
}

/** The Internet checksum (RFC 1071) over parts of even length, but for the last. */
function checksum(parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts)
    for (let at = 0; at < part.length; at += 2) sum += ((part[at] ?? 0) << 8) | (part[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
