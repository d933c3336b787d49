/**
 * A recorded conversation as a capture (pcapng, raw IPv4; draft-ietf-opsawg-pcapng) that Wireshark opens, TLS included:
 * the secrets are in the file. The application's bytes are those of the tape, in order. TCP and IP around them are made
 * up: handshakes, sequence numbers and acknowledgements that let every dissector follow the streams; no
 * retransmissions, no windows.
 */
import { secretsType, sectionType, tlsSecrets } from '../../tap/capture/pcapng.ts';

export interface PcapChunk {
  /** Nanoseconds since the trial, or the recording, began. */
  readonly at: number;
  readonly connection: number;
  readonly direction: 'up' | 'down';
  readonly bytes: Uint8Array;
}

/** Linktype 101: packets begin with their IP header. */
const rawIp = 101;
/** Types of blocks, besides those that the reader exports (§4). */
const [interfaceType, packetType] = [1, 6] as const;
const headBytes = 40;
/** The payload of one packet; more bytes are cut into several packets. */
const segmentBytes = 32_768;
/** With these ports dissectors take the stream for HTTP, or for TLS, without being told. */
export const serverPorts = { clear: 80, sealed: 443 } as const;
const firstClientPort = 10_000;
const clientPorts = 50_000;

const flags = { syn: 0x02, ack: 0x10, push: 0x08, fin: 0x01 } as const;

interface Side {
  readonly address: number;
  readonly port: number;
  sequence: number;
}

const ipv4 = (a: number, b: number, c: number, d: number) => ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;

export interface PcapTrial {
  readonly chunks: readonly PcapChunk[];
  /** Of its TLS connections, in the format in which clients log them; empty if there are none. */
  readonly secrets: string;
}

/** Each trial has a server address of its own. */
export function pcapOf(trials: readonly PcapTrial[]): Buffer {
  const secrets = trials.map((trial) => trial.secrets).join('');
  // The secrets have to stand before the packets that they decrypt.
  const blocks: Buffer[] = [pcapHeader(), ...(secrets === '' ? [] : [secretsBlock(secrets)])];
  trials.forEach(({ chunks, secrets }, trial) => {
    const port = secrets === '' ? serverPorts.clear : serverPorts.sealed;
    const conversation = pcapTrial(trial, port, (packet) => blocks.push(packet));
    for (const chunk of chunks) conversation.add(chunk);
    conversation.end();
  });
  return Buffer.concat(blocks);
}

const words = (...numbers: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, index) => void bytes.writeUInt32LE(number >>> 0, 4 * index));
  return bytes;
};

/** A block is padded to whole 32-bit words, and its length stands at both ends. */
function block(type: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = parts.reduce((sum, { length }) => sum + length, 0);
  const padding = -body & 3;
  const length = words(12 + body + padding);
  return Buffer.concat([words(type), length, ...parts, Buffer.alloc(padding), length]);
}

/**
 * The beginning of a file: its byte order, version 1.0 and no length; then one interface, whose clock counts
 * nanoseconds.
 */
export function pcapHeader(): Buffer {
  const resolution = words(9 | (1 << 16), 9, 0);
  return Buffer.concat([
    block(sectionType, words(0x1a2b3c4d, 1, -1, -1)),
    block(interfaceType, words(rawIp, 0), resolution),
  ]);
}

const secretsBlock = (secrets: string): Buffer => {
  const bytes = Buffer.from(secrets, 'latin1');
  return block(secretsType, words(tlsSecrets, bytes.length), bytes);
};

/** One trial, chunk by chunk: each packet is written as it is made, and nothing is kept. */
export function pcapTrial(trial: number, serverPort: number, write: (packet: Buffer) => void) {
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
  const buffer = Buffer.alloc(length);
  const ip = buffer.subarray(0, 20);
  ip[0] = 0x45; // IPv4, five words of header (RFC 791 §3.1)
  ip.writeUInt16BE(length, 2);
  ip.writeUInt16BE(identification, 4);
  ip.writeUInt16BE(0x4000, 6); // don't fragment
  ip[8] = 64;
  ip[9] = 6; // TCP
  ip.writeUInt32BE(from.address, 12);
  ip.writeUInt32BE(to.address, 16);
  ip.writeUInt16BE(checksum([ip]), 10);
  const tcp = buffer.subarray(20, headBytes);
  tcp.writeUInt16BE(from.port, 0);
  tcp.writeUInt16BE(to.port, 2);
  tcp.writeUInt32BE(from.sequence, 4);
  tcp.writeUInt32BE(flag === flags.syn ? 0 : to.sequence, 8);
  tcp[12] = 0x50; // five words of header (RFC 9293 §3.1)
  tcp[13] = flag;
  tcp.writeUInt16BE(0xffff, 14);
  buffer.set(bytes, headBytes);
  // The checksum covers addresses, protocol and length as well: the pseudo-header.
  const pseudo = Buffer.alloc(4);
  pseudo.writeUInt16BE(6, 0);
  pseudo.writeUInt16BE(20 + bytes.length, 2);
  tcp.writeUInt16BE(checksum([ip.subarray(12, 20), pseudo, buffer.subarray(20)]), 16);
  const time = Math.floor(at);
  return block(packetType, words(0, Math.floor(time / 2 ** 32), time % 2 ** 32, length, length), buffer);
}

/** The Internet checksum (RFC 1071) over parts of even length, but for the last. */
function checksum(parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts)
    for (let at = 0; at < part.length; at += 2) sum += ((part[at] ?? 0) << 8) | (part[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
