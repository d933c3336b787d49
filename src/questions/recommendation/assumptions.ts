/**
 * What a recommendation assumes and does not measure, each with its source. The output states all of them, and options
 * change those that depend on the application.
 */
import { packetHeaderBytes } from '../../laws/http-bytes.ts';

/** Up to this share above the fewest, bytes are level: less than a header more or less would turn. Our choice. */
export const levelShare = 0.05;

/** A server closes a silent connection after this long: Node's `keepAliveTimeout` (law POLL8). */
export const keepAliveS = 5;
/** A held question is answered after this long even when there is no news, as this laboratory's servers do. */
export const holdS = 25;
/** Of the first answer in a second over HTTP/2, whose `date` is written out and not an index (law H2B); a byte more or less. */
export const dateBytes = 23;
/** How long an acknowledgement waits for something to carry it: Linux, `TCP_DELACK_MIN` (RFC 9293 §3.8.6.3 allows 0.5 s). */
export const delayedAckS = 0.04;

/** How long a mobile radio stays up after the last packet: 11.576 s on LTE (Huang 2012, MobiSys). */
export const usualTail = '11.6s';

/**
 * IPv4 and TCP headers of a segment, with timestamps (RFC 7323 §3.2) and without; what the two SYN carry besides: MSS, and
 * with timestamps also window scale and SACK permitted.
 */
export const tcpHeaders = {
  timestamps: { bytes: packetHeaderBytes, synBytes: 8 },
  plain: { bytes: packetHeaderBytes - 12, synBytes: 4 },
} as const;
/** An Ethernet packet. */
export const packetBytes = 1500;
/** Three to open a connection, four to close it. */
export const connectionSegments = 7;

/** Of a TLS 1.3 record of AES-GCM: head 5, inner type 1, tag 16 (RFC 8446 §5.2); it holds so much (§5.1). */
export const recordBytes = 22;
export const recordLimit = 16_384;
/** ClientHello, the server's flight, the client's Finished. */
export const handshakeSegments = 3;
/** Both ways, with an ECDSA P-256 certificate, without ML-KEM: the first of a client, and one that resumes (§2.2). */
export const handshakes = { full: 1785, resumed: 973 } as const;
