/**
 * Secrets of TLS connections, as clients log them for tools that decrypt their traffic (RFC 9850, SSLKEYLOGFILE): one
 * secret a line, with its label and the client's random, which identifies the connection.
 */

export type SecretLabel =
  | 'CLIENT_RANDOM' // TLS 1.2: the master secret
  | 'CLIENT_HANDSHAKE_TRAFFIC_SECRET'
  | 'SERVER_HANDSHAKE_TRAFFIC_SECRET'
  | 'CLIENT_TRAFFIC_SECRET_0'
  | 'SERVER_TRAFFIC_SECRET_0';

export interface KeyLog {
  /** Whether a missing secret may still be logged: then the records that need it wait. */
  readonly mayGrow: boolean;
  /** Takes whole lines. Ignores those that are no secret: comments, and any other text. */
  add(lines: string): void;
  /** Whether any secret of the connection is known; `clientRandom` is in hexadecimal, here and below. */
  knows(clientRandom: string): boolean;
  secret(label: SecretLabel, clientRandom: string): Buffer | undefined;
}

const secretLine = /^([A-Z][A-Z0-9_]*) ([0-9a-f]{64}) ((?:[0-9a-f]{2})+)$/i;

/** @param mayGrow whether clients may log more secrets later. */
export function createKeyLog(lines = '', mayGrow = false): KeyLog {
  const secrets = new Map<string, string>();
  const randoms = new Set<string>();
  const add = (lines: string) => {
    for (const line of lines.split(/\r?\n/)) {
      const [, label = '', random = '', secret] = secretLine.exec(line.trim()) ?? [];
      if (secret === undefined) continue;
      secrets.set(`${label} ${random.toLowerCase()}`, secret);
      randoms.add(random.toLowerCase());
    }
  };
  add(lines);
  return {
    mayGrow,
    add,
    knows: (clientRandom) => randoms.has(clientRandom),
    secret(label, clientRandom) {
      const secret = secrets.get(`${label} ${clientRandom}`);
      return secret === undefined ? undefined : Buffer.from(secret, 'hex');
    },
  };
}

/** The same key log, whose lines also go to `record`. */
export const recordedTo = (keyLog: KeyLog, record: (lines: string) => void): KeyLog => ({
  ...keyLog,
  add(lines) {
    record(lines);
    keyLog.add(lines);
  },
});
