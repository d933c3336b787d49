/**
 * What the page is served over, and with which certificate: `--over`, `--cert` and `--key` of `demo`. Read before
 * anything starts.
 */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { type Certificate, certificateFor } from '../../base/certificate.ts';
import { unknownWord } from '../../base/did-you-mean.ts';
import { UsageError } from '../../base/failure.ts';
import { ownAddresses } from '../../base/platform.ts';
import { inEveryLanguage, type Phrase, text } from '../../base/text.ts';
import { cannotRead } from '../files/writing.ts';

const pageOvers = ['http', 'https', 'h2'] as const;
export type PageOver = (typeof pageOvers)[number];

export interface SealOptions {
  readonly over: string;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

export interface PageSeal {
  readonly over: 'https' | 'h2';
  readonly certificate: Certificate;
  /** The file that it was read from; null if it was made for this run. */
  readonly from: string | null;
}

const problems = {
  unknown: text('--over: unknown protocol "{word}"', '--over: "{word}"라는 프로토콜은 없습니다'),
  clear: text(
    '--over h2c: browsers speak HTTP/2 only with TLS; use --over h2',
    '--over h2c: 브라우저는 TLS에서만 HTTP/2를 씁니다. --over h2를 쓰십시오',
  ),
  alone: text(
    '--{given} needs --{missing} beside it: a certificate and its key belong together',
    '--{given}에는 --{missing}도 있어야 합니다. 인증서와 키는 함께 씁니다',
  ),
  unsealed: text(
    '--cert and --key are for a page over TLS; add --over https or --over h2',
    '--cert와 --key는 TLS로 여는 페이지에 씁니다. --over https나 --over h2를 더하십시오',
  ),
  noCertificate: text(
    '--cert {path}: there is no certificate in PEM in it; it begins with -----BEGIN CERTIFICATE-----',
    '--cert {path}: PEM 인증서가 없습니다. 인증서는 -----BEGIN CERTIFICATE-----로 시작합니다',
  ),
  noKey: text(
    '--key {path}: there is no private key in PEM in it; it begins with -----BEGIN PRIVATE KEY-----',
    '--key {path}: PEM 개인 키가 없습니다. 키는 -----BEGIN PRIVATE KEY-----로 시작합니다',
  ),
  locked: text(
    '--key {path} is locked with a passphrase; write it without one: openssl pkey -in {path} -out page.key',
    '--key {path}: 암호로 잠겨 있습니다. 암호 없이 저장하십시오: openssl pkey -in {path} -out page.key',
  ),
  mismatch: text(
    '--key {key} is not the key of the first certificate in --cert {cert}; name the two that were made together',
    '--key {key}: --cert {cert}에 든 첫 인증서의 키가 아닙니다. 함께 만든 두 파일을 적으십시오',
  ),
  expired: text(
    '--cert {path} was valid until {date}; renew it, or leave --cert and --key out',
    '--cert {path}: {date}까지 유효했던 인증서입니다. 갱신하거나 --cert와 --key를 빼십시오',
  ),
  unusable: text(
    '--cert {path} cannot be served with ({problem}); make one with a key that is usual, such as RSA 2048 or ECDSA P-256',
    '--cert {path}: 이 인증서로는 열 수 없습니다({problem}). RSA 2048이나 ECDSA P-256처럼 흔한 키로 만드십시오',
  ),
};

const wrong = <Names extends string>(phrase: Phrase<Names>, values: Readonly<Record<Names, string>>) =>
  new UsageError(inEveryLanguage(phrase as Phrase, ...([values] as unknown as [])));

/** Null: HTTP/1.1 in clear text. Throws `UsageError`. @param host where the page is. */
export async function pageSeal({ over, cert, key }: SealOptions, host: string): Promise<PageSeal | null> {
  const spoken = pageOverOf(over);
  if (cert === undefined && key !== undefined) throw wrong(problems.alone, { given: 'key', missing: 'cert' });
  if (cert !== undefined && key === undefined) throw wrong(problems.alone, { given: 'cert', missing: 'key' });
  if (spoken === 'http') {
    if (cert !== undefined) throw new UsageError(problems.unsealed);
    return null;
  }
  const isOwn = cert !== undefined && key !== undefined;
  const certificate = isOwn ? ownCertificate(cert, key) : await certificateFor('ecdsa', ...namesFor(host));
  return { over: spoken, certificate, from: cert ?? null };
}

function pageOverOf(typed: string): PageOver {
  const word = typed.trim().toLowerCase();
  if (word === 'h2c') throw new UsageError(problems.clear);
  const found = pageOvers.find((over) => over === word);
  if (!found) throw unknownWord(problems.unknown, typed, pageOvers);
  return found;
}

/** The page's address first, then all of this machine's, because a class may open any of them. */
const namesFor = (host: string): readonly string[] => [...new Set([host, ...ownAddresses()])];

function ownCertificate(certPath: string, keyPath: string): Certificate {
  const [cert, key] = [readPem(certPath), readPem(keyPath)];
  const certificate = certificateIn(cert, certPath);
  if (new Date(certificate.validTo) < new Date())
    throw wrong(problems.expired, { path: certPath, date: certificate.validTo });
  if (!certificate.checkPrivateKey(keyIn(key, keyPath)))
    throw wrong(problems.mismatch, { key: keyPath, cert: certPath });
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw wrong(problems.unusable, { path: certPath, problem: (error as Error).message });
  }
  return { cert, key };
}

/** Reads the PEM of a certificate authority from a file. Throws `UsageError` if the file holds none. */
export function authorityIn(path: string): string {
  const pem = readPem(path);
  certificateIn(pem, path);
  return pem;
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    throw cannotRead(path, error as NodeJS.ErrnoException);
  }
}

function certificateIn(pem: string, path: string): X509Certificate {
  try {
    // X509Certificate would also read DER, which TLS does not accept.
    if (pem.includes('-----BEGIN ')) return new X509Certificate(pem);
  } catch {
    // Reported below.
  }
  throw wrong(problems.noCertificate, { path });
}

function keyIn(pem: string, path: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    const isLocked = /ENCRYPTED/.test(pem) || /passphrase/i.test((error as Error).message);
    throw wrong(isLocked ? problems.locked : problems.noKey, { path });
  }
}
