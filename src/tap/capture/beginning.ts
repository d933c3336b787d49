/** What a connection begins with: enough to tell whether its bytes can be read, and which side is the client. */
import { kindOfServer } from '../../protocols/detect.ts';

export type Beginning = 'request' | 'response' | 'tls' | 'http2' | 'http2-server' | 'other' | 'undecided';

/** A longer line is not taken for a request line (RFC 9112 §3 recommends at least 8,000 bytes). */
const longestLine = 64 * 1024;

export function beginningOf(pieces: readonly Uint8Array[]): Beginning {
  const [only] = pieces;
  const bytes = only && pieces.length === 1 ? only : Buffer.concat(pieces);
  const start = latin1(bytes.subarray(0, longestLine));
  const end = start.indexOf('\n');
  const line = end < 0 ? start : start.slice(0, end);
  // RFC 8446 §5.1
  if (start.startsWith('\x16\x03')) return 'tls';
  if (line === '\x16') return 'undecided';
  // RFC 9113 §3.4
  if (line.startsWith('PRI * HTTP/2.0')) return 'http2';
  const server = bytes.length > 0 ? kindOfServer(bytes) : 'http';
  if (server !== 'http') return server === 'http2' ? 'http2-server' : 'undecided';
  if (line.startsWith('HTTP/1.')) return 'response';
  if (end >= 0) return /^[!#$%&'*+.^`|~\w-]+ \S+ HTTP\/1\.\d\r?$/.test(line) ? 'request' : 'other';
  if (bytes.length >= longestLine) return 'other';
  // Undecided as long as it may still become a request line or a status line.
  return /^[!#$%&'*+.^`|~\w-]*( \S*( [HTP/1.\d]*\r?)?)?$/.test(line) || 'HTTP/1.'.startsWith(line)
    ? 'undecided'
    : 'other';
}

/** The client's random comes after the record's head, the message's head and the version (RFC 8446 §4.1.2). */
const [randomFrom, randomBytes] = [5 + 4 + 2, 32] as const;

/** The client's random of a TLS connection, in hexadecimal; null if it has not completely arrived. */
export function clientRandomOf(pieces: readonly Uint8Array[]): string | null {
  const random = Buffer.concat(pieces).subarray(randomFrom, randomFrom + randomBytes);
  return random.length < randomBytes ? null : random.toString('hex');
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
