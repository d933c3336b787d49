/**
 * What lies below the application's bytes. TCP/IP: IPv4 and TCP headers of each segment, acknowledgements included (law
 * BY6). TLS 1.3: an estimate, records of AES-GCM by the write; handshakes as they were once measured. Pure.
 *
 * RFC 791 §3.1, RFC 9293 §3.1, RFC 7323 §3.2 (headers, timestamps), RFC 5681 §4.2 (an acknowledgement for every second
 * segment at least), RFC 8446 §5.2 (records), §2.2 (resumption).
 */
import {
  connectionSegments,
  delayedAckS,
  handshakeSegments,
  handshakes,
  packetBytes,
  recordBytes,
  recordLimit,
  tcpHeaders,
} from './assumptions.ts';

/** The same exchange, so many times an hour: what goes up in one write, and what comes down in one. */
export interface CostedExchange {
  readonly perHour: number;
  readonly up: number;
  readonly down: number;
  /** The answer comes long after the question, which is acknowledged by itself until then. */
  readonly held?: true;
}

export interface Layers {
  readonly exchanges: readonly CostedExchange[];
  readonly reopenedPerHour: number;
}

export type TcpHeaders = keyof typeof tcpHeaders | 'none';
type Headers = (typeof tcpHeaders)[keyof typeof tcpHeaders];

const segmentsOf = (bytes: number, headers: Headers) => Math.ceil(bytes / (packetBytes - headers.bytes));
const acknowledgements = (segments: number) => Math.ceil(segments / 2);

/** Of one-way messages that come by chance: one acknowledgement for the first and all that come while it is delayed. */
const shareAcknowledged = (perHour: number) => 1 / (1 + (perHour / 3600) * delayedAckS);

/**
 * An answer carries the acknowledgement of its question; a message without an answer is acknowledged by a segment of
 * its own.
 */
function segments({ perHour, up, down, held }: CostedExchange, headers: Headers): number {
  const [asking, answering] = [segmentsOf(up, headers), segmentsOf(down, headers)];
  const asked = acknowledgements(asking);
  if (up === 0 || down === 0) {
    const sent = asking + answering;
    return sent + (sent === 1 ? shareAcknowledged(perHour) : acknowledgements(sent));
  }
  const alone = !held ? Math.max(0, asked - 1) : asked;
  return asking + answering + alone + acknowledgements(answering);
}

export function tcpIpBytes(
  { exchanges, reopenedPerHour }: Layers,
  tcp: Exclude<TcpHeaders, 'none'>,
  tls: boolean,
): number {
  const headers = tcpHeaders[tcp];
  const carried = exchanges.reduce((sum, one) => sum + one.perHour * segments(one, headers), 0);
  return carried * headers.bytes + reopenedPerHour * openingBytes(headers, tls);
}

const openingBytes = ({ bytes, synBytes }: Headers, tls: boolean) =>
  (connectionSegments + (tls ? handshakeSegments : 0)) * bytes + 2 * synBytes;

const records = (bytes: number) => Math.ceil(bytes / recordLimit);

/** A record a write; a connection that is opened anew resumes its session. */
export const tlsBytes = ({ exchanges, reopenedPerHour }: Layers): number =>
  exchanges.reduce((sum, { perHour, up, down }) => sum + perHour * (records(up) + records(down)), 0) *
    recordBytes +
  reopenedPerHour * handshakes.resumed;

/** Until the first message can flow, of all connections of a client. */
export const connectionBytes = (tcp: TcpHeaders, tls: boolean, connections: number): number =>
  connections * ((tls ? handshakes.full : 0) + (tcp === 'none' ? 0 : openingBytes(tcpHeaders[tcp], tls)));
