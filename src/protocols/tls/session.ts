/**
 * What the two directions of a TLS connection settle between them: version, cipher suite, keys. Each direction changes its
 * keys by itself: TLS 1.3 with its Finished and with each KeyUpdate (RFC 8446 §7.2), TLS 1.2 with ChangeCipherSpec.
 */
import type { Direction } from '../../wire/span.ts';
import { type CipherSuite, cipherSuites } from './cipher-suites.ts';
import { retryName } from './handshake-messages.ts';
import { randomOf, readServerHello } from './hello.ts';
import type { KeyLog, SecretLabel } from './key-log.ts';
import { nextSecret, type OpenRecord, openerOf13, openersOf12 } from './record-keys.ts';

const tls13 = 0x0304;

export interface Session {
  /** Whether the ServerHello has come: before it nobody knows how a sealed record is to be opened. */
  isSettled(): boolean;
  /** Null until it is settled, and where it is one that nobody here opens. */
  suite(): CipherSuite | null;
  /** A handshake message has come; answers with what it is called. */
  settle(direction: Direction, name: string, body: Uint8Array): string;
  /** Records of this direction are sealed from now on; of TLS 1.2. */
  changeCipherSpec(direction: Direction): void;
  /** Whether records of this type are sealed. */
  isSealed(direction: Direction, contentType: number): boolean;
  /** What opens the next record of this direction; null where its secret is not known. */
  opener(direction: Direction): OpenRecord | null;
}

const labels = {
  handshake: { up: 'CLIENT_HANDSHAKE_TRAFFIC_SECRET', down: 'SERVER_HANDSHAKE_TRAFFIC_SECRET' },
  application: { up: 'CLIENT_TRAFFIC_SECRET_0', down: 'SERVER_TRAFFIC_SECRET_0' },
} as const satisfies Record<string, Record<Direction, SecretLabel>>;

const applicationData = 23;

export function createSession(keyLog: KeyLog): Session {
  let clientRandom: Uint8Array = new Uint8Array(0);
  let serverRandom: Uint8Array = new Uint8Array(0);
  let isSettled = false;
  let suite: CipherSuite | null = null;
  const changed: Record<Direction, boolean> = { up: false, down: false };
  const openers: Partial<Record<Direction, OpenRecord>> = {};
  const secrets: Partial<Record<Direction, Buffer>> = {};
  const stages: Record<Direction, keyof typeof labels> = { up: 'handshake', down: 'handshake' };
  const secretOf = (label: SecretLabel) => keyLog.secret(label, Buffer.from(clientRandom).toString('hex'));

  const change = (direction: Direction, secret: Buffer | undefined) => {
    delete openers[direction];
    delete secrets[direction];
    if (!secret || !suite) return;
    secrets[direction] = secret;
    openers[direction] = openerOf13(suite, secret);
  };
  const openMaster = (suite: CipherSuite) => {
    const master = secretOf('CLIENT_RANDOM');
    if (master) Object.assign(openers, openersOf12(suite, master, clientRandom, serverRandom));
  };

  return {
    isSettled: () => isSettled,
    suite: () => suite,
    settle(direction, name, body) {
      if (name === 'client-hello') clientRandom = randomOf(body);
      else if (name === 'server-hello') {
        const hello = readServerHello(body);
        if (hello?.isRetry) return retryName;
        const known = hello && cipherSuites[hello.suite];
        const is13 = hello?.version === tls13;
        suite = known && (known.version === '1.3') === is13 ? known : null;
        serverRandom = hello?.random ?? serverRandom;
        isSettled = true;
      } else if (suite?.version === '1.3' && name === 'finished') {
        stages[direction] = 'application';
        change(direction, undefined);
      } else if (suite && name === 'key-update') {
        const before = secrets[direction];
        change(direction, before && nextSecret(suite, before));
      }
      return name;
    },
    changeCipherSpec(direction) {
      if (suite?.version === '1.2') changed[direction] = true;
    },
    isSealed: (direction, contentType) => changed[direction] || contentType === applicationData,
    opener(direction) {
      // When it is needed, and not when it is settled: a key may be logged a moment after its handshake message.
      if (suite && !openers[direction]) {
        if (suite.version === '1.2') openMaster(suite);
        else change(direction, secretOf(labels[stages[direction]][direction]));
      }
      return openers[direction] ?? null;
    },
  };
}
