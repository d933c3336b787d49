/**
 * A certificate for one run: self-signed, for this machine's own addresses, valid for a day. Node can use certificates
 * but cannot make them, so a library does.
 */
import { createHash, createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

export const certificateKinds = ['ecdsa', 'rsa'] as const;
export type CertificateKind = (typeof certificateKinds)[number];

/** Both PEM. The certificate is its own authority. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const algorithms = {
  ecdsa: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  rsa: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2048,
  },
} as const satisfies Record<CertificateKind, object>;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * @param hosts addresses that clients connect to.
 * An RSA signature always has the same length; an ECDSA signature may be two bytes shorter.
 */
async function makeCertificate(kind: CertificateKind, hosts: readonly string[]): Promise<Certificate> {
  await import('reflect-metadata');
  const { SubjectAlternativeNameExtension, X509CertificateGenerator, cryptoProvider } = await import(
    '@peculiar/x509'
  );
  const crypto = webcrypto;
  cryptoProvider.set(crypto);
  const algorithm = algorithms[kind];
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const today = new Date();
  const inDays = (days: number) => new Date(today.getTime() + days * dayMs);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=localhost',
      // Always of the same length, so that all certificates of a kind are equally long.
      serialNumber: randomBytes(15).toString('hex').padStart(32, '40'),
      // A client's clock may be a little behind.
      notBefore: inDays(-1),
      notAfter: inDays(1),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          ...hosts.map((host) => ({ type: isIP(host) ? ('ip' as const) : ('dns' as const), value: host })),
        ]),
      ],
    },
    crypto,
  );
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return {
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: certificate.toString('pem'),
  };
}

/** Whether the certificate is for this address or name. */
export const vouchesFor = (certificate: X509Certificate, host: string): boolean =>
  (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined;

/** SHA-256 of the public key of a certificate (PEM) in base64, as Chromium's switch takes it. */
export const keyHash = (certificate: string): string =>
  createHash('sha256')
    .update(new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');

const made = new Map<string, Promise<Certificate>>();

/** The same for all servers of a process: an RSA key takes a while. */
export function certificateFor(kind: CertificateKind, ...hosts: readonly string[]): Promise<Certificate> {
  const key = `${kind} ${hosts.join(' ')}`;
  const known = made.get(key) ?? makeCertificate(kind, hosts);
  made.set(key, known);
  return known;
}
