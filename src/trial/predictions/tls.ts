/** The laws of TLS, compared with every trial over TLS: the overhead of a record, and the bytes of a handshake. */
import { X509Certificate } from 'node:crypto';
import { type FullHandshake, handshakeMessages, recordOverhead } from '../../laws/tls.ts';
import { isHttp2, isSealed } from '../../protocols/over.ts';
import type { Direction } from '../../wire/span.ts';
import type { Binding, Facts, Inputs } from './binding.ts';

/** All other fields of the layer are messages of the handshake. */
const ofRecords = new Set([
  'record-head',
  'nonce',
  'content-type',
  'padding',
  'tag',
  'change-cipher-spec',
  'alert',
]);

const sumOf = (
  { trial }: Facts,
  field: 'bytes' | 'count',
  wanted: (name: string, phase: string, direction: Direction) => boolean,
) =>
  trial.fields
    .filter(({ layer, name, phase, direction }) => layer === 'tls' && wanted(name, phase, direction))
    .reduce((sum, row) => sum + row[field], 0);

/** Counts records by their tags: a record's content may be told later than its head, and clear records have none. */
const record: Binding = {
  metric: 'TLS around a record',
  unit: 'B/record',
  predicted: ({ over, tlsVersion }) => (isSealed(over) ? recordOverhead(tlsVersion) : null),
  measured(facts) {
    const steady =
      (...names: string[]) =>
      (name: string, phase: string) =>
        phase === 'steady' && names.includes(name);
    const head = steady('record-head');
    const records = sumOf(facts, 'count', steady('tag'));
    const heads = sumOf(facts, 'count', head);
    if (records === 0 || heads === 0) return null;
    const behind = sumOf(facts, 'bytes', steady('nonce', 'content-type', 'padding', 'tag')) / records;
    return sumOf(facts, 'bytes', head) / heads + behind;
  },
};

/** Since this version of OpenSSL key shares are hybrid (X25519MLKEM768) by default. */
const hybridSince = [3, 5] as const;

/** Whether this Node offers such a share. */
export function isHybrid(): boolean {
  const [major = 0, minor = 0] = process.versions.openssl.split('.').map(Number);
  return major > hybridSince[0] || (major === hybridSince[0] && minor >= hybridSince[1]);
}

const signatures = { rsa: [256], ecdsa: [70, 71, 72] } as const;

function handshakesOf({ over, authority, certificate, tlsVersion, transport }: Inputs): FullHandshake[] {
  if (!isSealed(over) || !authority) return [];
  const protocol = isHttp2(over) ? 'h2' : transport.traits.wire === 'raw' ? '' : 'http/1.1';
  const certificateBytes = new X509Certificate(authority).raw.length;
  const hybrid = isHybrid();
  return signatures[certificate].map((signatureBytes) => ({
    version: tlsVersion,
    certificateBytes,
    signatureBytes,
    protocol,
    hybrid,
  }));
}

/** Per connection, over all phases: a client may open one late, and tickets may arrive at any time. */
const handshake = (way: Direction): Binding => ({
  metric: way === 'up' ? 'handshake messages up' : 'handshake messages down',
  unit: 'B/connection',
  predicted(inputs) {
    const bytes = handshakesOf(inputs).map((one) => handshakeMessages(one)[way]);
    return bytes.length === 0 ? null : [...new Set(bytes)];
  },
  measured(facts, { certificate }) {
    const isMessage = (name: string, _phase: string, direction: Direction) =>
      direction === way && !ofRecords.has(name);
    const retried = sumOf(facts, 'count', (name) => name === 'hello-retry-request');
    const connections = facts.trial.connections;
    const bytes = sumOf(facts, 'bytes', isMessage) / connections;
    // ECDSA signatures differ in length: for several connections there is only a mean.
    const isOne = certificate === 'rsa' || connections === 1 || way === 'up';
    return retried > 0 || connections === 0 || !isOne ? null : bytes;
  },
});

export const tlsBindings: Readonly<Record<string, readonly Binding[]>> = {
  TLS1: [record],
  TLS2: [handshake('up'), handshake('down')],
};
