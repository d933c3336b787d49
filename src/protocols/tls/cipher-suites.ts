/**
 * Cipher suites whose records can be opened: those with authenticated encryption, which is all that TLS 1.3 has
 * (RFC 8446 §B.4) and all that TLS 1.2 is still used with (RFC 5288, 5289, 7905).
 */
import type { CipherCCMTypes, CipherChaCha20Poly1305Types, CipherGCMTypes } from 'node:crypto';

export type Aead = CipherGCMTypes | CipherCCMTypes | CipherChaCha20Poly1305Types;

export interface CipherSuite {
  readonly version: '1.2' | '1.3';
  readonly name: string;
  readonly aead: Aead;
  readonly hash: 'sha256' | 'sha384';
  readonly keyBytes: number;
  /** How many bytes of the nonce come from the keys; each record carries the others (RFC 5288 §3). */
  readonly saltBytes: number;
  readonly explicitNonceBytes: number;
}

const aes128 = { aead: 'aes-128-gcm', hash: 'sha256', keyBytes: 16 } as const;
const aes256 = { aead: 'aes-256-gcm', hash: 'sha384', keyBytes: 32 } as const;
const chacha20 = { aead: 'chacha20-poly1305', hash: 'sha256', keyBytes: 32 } as const;

const implicit = { saltBytes: 12, explicitNonceBytes: 0 } as const;
const explicit = { saltBytes: 4, explicitNonceBytes: 8 } as const;

/** By the number that the ServerHello has. */
export const cipherSuites: Readonly<Record<number, CipherSuite>> = {
  4865: { version: '1.3', name: 'TLS_AES_128_GCM_SHA256', ...aes128, ...implicit },
  4866: { version: '1.3', name: 'TLS_AES_256_GCM_SHA384', ...aes256, ...implicit },
  4867: { version: '1.3', name: 'TLS_CHACHA20_POLY1305_SHA256', ...chacha20, ...implicit },
  156: { version: '1.2', name: 'TLS_RSA_WITH_AES_128_GCM_SHA256', ...aes128, ...explicit },
  157: { version: '1.2', name: 'TLS_RSA_WITH_AES_256_GCM_SHA384', ...aes256, ...explicit },
  158: { version: '1.2', name: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', ...aes128, ...explicit },
  159: { version: '1.2', name: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', ...aes256, ...explicit },
  49195: { version: '1.2', name: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', ...aes128, ...explicit },
  49196: { version: '1.2', name: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', ...aes256, ...explicit },
  49199: { version: '1.2', name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', ...aes128, ...explicit },
  49200: { version: '1.2', name: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', ...aes256, ...explicit },
  52392: { version: '1.2', name: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', ...chacha20, ...implicit },
  52393: { version: '1.2', name: 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', ...chacha20, ...implicit },
  52394: { version: '1.2', name: 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256', ...chacha20, ...implicit },
};
