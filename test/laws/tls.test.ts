import { expect, test } from 'vitest';
import { handshakeBytes, handshakeMessages, recordOverhead, sealingBytes } from '../../src/laws/tls.ts';

test('RFC 8446 §5.2: a sealed record adds 22 bytes, with AES-GCM in TLS 1.2 29 bytes', () => {
  expect([recordOverhead('1.3'), recordOverhead('1.2')]).toEqual([22, 29]);
});

test('RFC 8446 §5.1: what is written at once is one record up to 16,384 bytes, and never none', () => {
  expect([0, 1, 16_384, 16_385, 32_768, 32_769].map((bytes) => sealingBytes('1.3', bytes))).toEqual([
    22, 22, 22, 44, 44, 66,
  ]);
  expect(sealingBytes('1.2', 16_385)).toBe(58);
});

/** Both were seen on the wire, with certificates of 809 (RSA-2048) and 412 bytes (ECDSA P-256), and without ALPN. */
const rsa = { certificateBytes: 809, signatureBytes: 256, protocol: '', hybrid: false } as const;
const ecdsa = { certificateBytes: 412, signatureBytes: 71, protocol: '', hybrid: false } as const;

test('a full handshake weighs what Node 20 was seen to send, both ways, records and tickets included', () => {
  expect(handshakeBytes({ version: '1.3', ...rsa })).toEqual({ up: 429, down: 1939 });
  expect(handshakeBytes({ version: '1.2', ...rsa })).toEqual({ up: 442, down: 1466 });
  expect(handshakeBytes({ version: '1.3', ...ecdsa })).toEqual({ up: 429, down: 1357 });
});

test('OpenSSL from 3.5 on sends a hybrid key share each way', () => {
  expect(handshakeBytes({ version: '1.3', ...ecdsa, hybrid: true })).toEqual({ up: 1648, down: 2445 });
});

test('ALPN is in both hellos, by the length of its name; in TLS 1.2 it is in the ticket as well', () => {
  const added = (version: '1.2' | '1.3', protocol: string) => {
    const [without, with_] = ['', protocol].map((one) =>
      handshakeMessages({ version, ...rsa, protocol: one }),
    );
    return [with_!.up - without!.up, with_!.down - without!.down];
  };
  expect(added('1.3', 'h2')).toEqual([9, 9]);
  expect(added('1.3', 'http/1.1')).toEqual([15, 15]);
  expect(added('1.2', 'http/1.1')).toEqual([15, 31]);
});
