/**
 * Keys of one direction of a TLS connection, and what they open: traffic secrets of TLS 1.3 (RFC 8446 §7.1 to §7.3),
 * the key block of TLS 1.2 (RFC 5246 §6.3), nonces and additional data of both (RFC 8446 §5.2 and §5.3, RFC 5288 §3).
 */
import { createDecipheriv, createHmac } from 'node:crypto';
import type { CipherSuite } from './cipher-suites.ts';

/** Of every suite here. */
export const tagBytes = 16;

/** Decrypts the next record; in TLS 1.3 still with content type and padding. Null if the keys do not fit. */
export type OpenRecord = (head: Uint8Array, fragment: Uint8Array) => Buffer | null;

type Hash = CipherSuite['hash'];

const hmac = (hash: Hash, key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((mac, part) => mac.update(part), createHmac(hash, key)).digest();

/** HKDF-Expand-Label with an empty context; no result is longer than one block of the hash. */
function expandLabel(hash: Hash, secret: Uint8Array, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`, 'latin1');
  const info = [Buffer.from([length >> 8, length & 0xff, name.length]), name, Buffer.from([0, 1])];
  return hmac(hash, secret, ...info).subarray(0, length);
}

/** The secret after a KeyUpdate. */
export const nextSecret = ({ hash }: CipherSuite, secret: Uint8Array): Buffer =>
  expandLabel(hash, secret, 'traffic upd', secret.length);

export function openerOf13(suite: CipherSuite, secret: Uint8Array): OpenRecord {
  const { hash, keyBytes, saltBytes } = suite;
  const key = expandLabel(hash, secret, 'key', keyBytes);
  const iv = expandLabel(hash, secret, 'iv', saltBytes);
  let sequence = 0n;
  return (head, fragment) => open(suite, key, masked(iv, sequence++), head, fragment);
}

/** Keys of both directions at once, because they come from one key block. */
export function openersOf12(
  suite: CipherSuite,
  masterSecret: Uint8Array,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
): Record<'up' | 'down', OpenRecord> {
  const { keyBytes, saltBytes } = suite;
  const block = keyBlock(suite, masterSecret, [serverRandom, clientRandom]);
  const opener = (keyAt: number, saltAt: number): OpenRecord => {
    const key = block.subarray(keyAt, keyAt + keyBytes);
    const salt = block.subarray(saltAt, saltAt + saltBytes);
    let sequence = 0n;
    return (head, fragment) => {
      const sealed = fragment.subarray(suite.explicitNonceBytes);
      const explicit = fragment.subarray(0, suite.explicitNonceBytes);
      const nonce = explicit.length > 0 ? Buffer.concat([salt, explicit]) : masked(salt, sequence);
      const about = Buffer.alloc(13);
      about.writeBigUInt64BE(sequence++);
      about.set(head.subarray(0, 3), 8);
      about.writeUInt16BE(Math.max(0, sealed.length - tagBytes), 11);
      return open(suite, key, nonce, about, sealed);
    };
  };
  const saltsAt = 2 * keyBytes;
  return { up: opener(0, saltsAt), down: opener(keyBytes, saltsAt + saltBytes) };
}

/** P_hash of RFC 5246 §5, as long as two keys and two salts are. */
function keyBlock(
  { hash, keyBytes, saltBytes }: CipherSuite,
  secret: Uint8Array,
  seed: Uint8Array[],
): Buffer {
  const all = [Buffer.from('key expansion', 'latin1'), ...seed];
  let block = Buffer.alloc(0);
  for (let a = hmac(hash, secret, ...all); block.length < 2 * (keyBytes + saltBytes); ) {
    block = Buffer.concat([block, hmac(hash, secret, a, ...all)]);
    a = hmac(hash, secret, a);
  }
  return block;
}

/** The sequence number, padded to the left, over the IV (RFC 8446 §5.3). */
function masked(iv: Uint8Array, sequence: bigint): Buffer {
  const nonce = Buffer.from(iv);
  const last = nonce.length - 8;
  nonce.writeBigUInt64BE(nonce.readBigUInt64BE(last) ^ sequence, last);
  return nonce;
}

function open(
  { aead }: CipherSuite,
  key: Uint8Array,
  nonce: Uint8Array,
  about: Uint8Array,
  sealed: Uint8Array,
): Buffer | null {
  const length = sealed.length - tagBytes;
  if (length < 0) return null;
  // Their types differ, their calls do not.
  const decipher = createDecipheriv(aead as 'aes-128-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(about);
  decipher.setAuthTag(sealed.subarray(length));
  try {
    const content = decipher.update(sealed.subarray(0, length));
    decipher.final();
    return content;
  } catch {
    return null;
  }
}
