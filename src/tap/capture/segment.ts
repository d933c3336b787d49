/**
 * Finds the TCP segment in a packet: after the link's header (Ethernet with VLAN tags, Linux cooked v1 and v2,
 * loopback, none), IPv4's (RFC 791) or IPv6's with extension headers (RFC 8200 §4), and TCP's (RFC 9293 §3.1).
 */
import type { Packet } from './packet.ts';

export interface Segment {
  readonly at: number;
  /** Addresses of sender and receiver, then their ports: as a key. */
  readonly way: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly sequence: number;
  readonly acknowledged: number;
  readonly flags: number;
  /** The captured bytes of the application; a view. */
  readonly bytes: Buffer;
  /** How many of the packet's application bytes were not captured. */
  readonly cut: number;
  /** Headers of IP and TCP. */
  readonly headerBytes: number;
}

/** Why there is no segment: another protocol, an IP fragment, headers not captured, or an unknown type of link. */
export type NoSegment = 'other' | 'fragment' | 'cut' | 'link';

export const flag = { fin: 0x01, syn: 0x02, reset: 0x04, acknowledges: 0x10 } as const;

const [ipv4Type, ipv6Type] = [0x0800, 0x86dd] as const;
/** 802.1Q, 802.1ad, and the number used before 802.1ad. */
const vlanTypes = [0x8100, 0x88a8, 0x9100];
const tcp = 6;

/** Length of the link's header before an IP packet; 'other' if no IP packet follows. */
function linkHeader(link: number, bytes: Buffer): number | NoSegment {
  switch (link) {
    case 1:
      return afterType(bytes, 12);
    case 113:
      return afterType(bytes, 14);
    case 276: {
      if (bytes.length < 20) return 'cut';
      const type = bytes.readUInt16BE(0);
      return vlanTypes.includes(type) ? afterType(bytes, 20 + 2) : isIp(type) ? 20 : 'other';
    }
    // Raw IP, under the numbers of different systems.
    case 12:
    case 14:
    case 101:
    case 228:
    case 229:
      return 0;
    // Loopback: first an address family, in either byte order. It is skipped, because IP itself has its version.
    case 0:
    case 108:
      return 4;
    default:
      return 'link';
  }
}

const isIp = (type: number): boolean => type === ipv4Type || type === ipv6Type;

/** Reads from the EtherType on, and skips VLAN tags. */
function afterType(bytes: Buffer, from: number): number | NoSegment {
  for (let at = from; at + 2 <= bytes.length; at += 4) {
    const type = bytes.readUInt16BE(at);
    if (isIp(type)) return at + 2;
    if (!vlanTypes.includes(type)) return 'other';
  }
  return 'cut';
}

export function segmentOf({ at, link, bytes, length }: Packet): Segment | NoSegment {
  const start = linkHeader(link, bytes);
  if (typeof start === 'string') return start;
  if (start >= bytes.length) return length > bytes.length ? 'cut' : 'other';
  const version = (bytes[start] ?? 0) >> 4;
  const inner = version === 4 ? inIpv4(bytes, start) : version === 6 ? inIpv6(bytes, start) : 'other';
  if (typeof inner === 'string') return inner;
  // With segmentation offload the network card cuts the packets, and the system leaves the length at 0.
  const end = inner.end > inner.tcp ? inner.end : length;
  const headed = inner.tcp + ((bytes[inner.tcp + 12] ?? 0) >> 4) * 4;
  if (inner.tcp + 20 > bytes.length || headed > bytes.length) return 'cut';
  if (headed < inner.tcp + 20 || headed > end) return 'other';
  const kept = Math.min(end, bytes.length);
  return {
    at,
    way: wayOf(bytes, inner),
    fromPort: bytes.readUInt16BE(inner.tcp),
    toPort: bytes.readUInt16BE(inner.tcp + 2),
    sequence: bytes.readUInt32BE(inner.tcp + 4),
    acknowledged: bytes.readUInt32BE(inner.tcp + 8),
    flags: bytes.readUInt8(inner.tcp + 13),
    bytes: bytes.subarray(headed, kept),
    cut: end - kept,
    headerBytes: headed - start,
  };
}

interface Inner {
  /** Where TCP begins, and where the IP packet ends; after that Ethernet may have padding. */
  readonly tcp: number;
  readonly end: number;
  readonly addresses: number;
  readonly addressBytes: number;
}

function inIpv4(bytes: Buffer, start: number): Inner | NoSegment {
  if (start + 20 > bytes.length) return 'cut';
  if (bytes[start + 9] !== tcp) return 'other';
  // "More fragments" is set, or it is not the first fragment.
  if ((bytes.readUInt16BE(start + 6) & 0x3fff) !== 0) return 'fragment';
  const header = ((bytes[start] ?? 0) & 0x0f) * 4;
  if (header < 20) return 'other';
  return {
    tcp: start + header,
    end: start + bytes.readUInt16BE(start + 2),
    addresses: start + 12,
    addressBytes: 4,
  };
}

/** Hop-by-hop options, routing, destination options, mobility: length in units of 8 B, the first not counted. */
const extensions = [0, 43, 60, 135];
const [authentication, fragment] = [51, 44] as const;

function inIpv6(bytes: Buffer, start: number): Inner | NoSegment {
  if (start + 40 > bytes.length) return 'cut';
  const payload = bytes.readUInt16BE(start + 4);
  let next = bytes[start + 6] ?? 0;
  let at = start + 40;
  while (next !== tcp) {
    if (at + 8 > bytes.length) return extensions.includes(next) ? 'cut' : 'other';
    const units = bytes[at + 1] ?? 0;
    if (next === fragment && (bytes.readUInt16BE(at + 2) & 0xfff9) !== 0) return 'fragment';
    const length =
      next === fragment
        ? 8
        : next === authentication
          ? (units + 2) * 4
          : extensions.includes(next)
            ? (units + 1) * 8
            : 0;
    if (length === 0) return 'other';
    next = bytes[at] ?? 0;
    at += length;
  }
  return {
    tcp: at,
    end: payload === 0 ? 0 : start + 40 + payload,
    addresses: start + 8,
    addressBytes: 16,
  };
}

/** The two addresses are adjacent, and the two ports; usually the ports follow the addresses, and one slice does. */
function wayOf(bytes: Buffer, { tcp, addresses, addressBytes }: Inner): string {
  const end = addresses + 2 * addressBytes;
  if (end === tcp) return bytes.toString('latin1', addresses, tcp + 4);
  return bytes.toString('latin1', addresses, end) + bytes.toString('latin1', tcp, tcp + 4);
}

/** The key of the opposite direction. */
export function wayBack(way: string): string {
  const half = (way.length - 4) / 2;
  const [from, to, ports] = [way.slice(0, half), way.slice(half, 2 * half), way.slice(2 * half)];
  return to + from + ports.slice(2) + ports.slice(0, 2);
}
