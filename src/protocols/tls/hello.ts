/** ClientHello and ServerHello (RFC 8446 §4.1.2 and §4.1.3, RFC 5246 §7.4.1): randoms, version, cipher suite. */

/** A ServerHello with this random asks for another ClientHello (RFC 8446 §4.1.3). */
const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';
const supportedVersions = 43;
const randomAt = 2;
const randomBytes = 32;

export interface ServerHello {
  readonly random: Uint8Array;
  readonly isRetry: boolean;
  readonly version: number;
  readonly suite: number;
}

/** @param body without type and length. */
export const randomOf = (body: Uint8Array): Uint8Array => body.subarray(randomAt, randomAt + randomBytes);

/** Null if it is incomplete. */
export function readServerHello(body: Uint8Array): ServerHello | null {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const random = randomOf(body);
  const suiteAt = randomAt + randomBytes + 1 + (bytes[randomAt + randomBytes] ?? 0);
  if (bytes.length < suiteAt + 3) return null;
  return {
    random,
    isRetry: Buffer.from(random).toString('hex') === retryRandom,
    version: selectedVersion(bytes.subarray(suiteAt + 3)) ?? bytes.readUInt16BE(0),
    suite: bytes.readUInt16BE(suiteAt),
  };
}

/** TLS 1.3 puts its version into an extension, and 1.2 into the old version field (RFC 8446 §4.2.1). */
function selectedVersion(extensions: Buffer): number | undefined {
  for (let at = 2; at + 4 <= extensions.length; ) {
    const length = extensions.readUInt16BE(at + 2);
    if (extensions.readUInt16BE(at) === supportedVersions && length === 2 && at + 6 <= extensions.length)
      return extensions.readUInt16BE(at + 4);
    at += 4 + length;
  }
  return undefined;
}
