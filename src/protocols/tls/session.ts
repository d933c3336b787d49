/**
 * What the two sides of a TLS connection agree on: version, cipher suite, keys. Each direction changes its keys
 * separately: TLS 1.3 with its Finished and with each KeyUpdate (RFC 8446 §7.2), TLS 1.2 with ChangeCipherSpec.
 */
import type { Direction } from '../../wire/span.ts';
import { type CipherSuite, cipherSuites } from './cipher-suites.ts';
import { retryName } from './handshake-messages.ts';
import { randomOf, readServerHello } from './hello.ts';
import type { KeyLog, SecretLabel } from './key-log.ts';
import { nextSecret, type OpenRecord, openerOf13, openersOf12 } from './record-keys.ts';

const tls13 = 0x0304;

export interface Session {
  /** Whether the ServerHello has come: it names the cipher suite, without which no sealed record can be opened. */
  isSettled(): boolean;
  /** Null before the ServerHello, and if this tool does not know the suite. */
  suite(): CipherSuite | null;
  /** Takes a handshake message; returns its name, which is `hello-retry-request` for a ServerHello that asks again. */
  settle(direction: Direction, name: string, body: Uint8Array): string;
  /** TLS 1.2: records of this direction are sealed from now on. */
  changeCipherSpec(direction: Direction): void;
  /** Whether records of this type are sealed. */
  isSealed(direction: Direction, contentType: number): boolean;
  /** Opens the next record of this direction; null if its secret is not known. */
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
      // Looked up when it is needed, because a key may be logged a moment after its handshake message.
      if (suite && !openers[direction]) {
        if (suite.version === '1.2') openMaster(suite);
        else change(direction, secretOf(labels[stages[direction]][direction]));
      }
      return openers[direction] ?? null;
    },
  };
}
