/** TLS of the page: options and files, refused before anything starts; names; and which bytes TLS adds. */
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { certificateFor } from '../../src/base/certificate.ts';
import type { Exchange } from '../../src/classroom/site/exchange.ts';
import { hostsOf } from '../../src/classroom/site/origin-names.ts';
import { recentKeys } from '../../src/classroom/site/recent-keys.ts';
import { withSealing } from '../../src/classroom/site/sealing.ts';
import { pageSeal } from '../../src/commands/options/page-seal.ts';
import { pastCertificate } from '../../src/commands/screen/past-certificate.ts';
import type { RecordedSpan } from '../../src/tap/spans.ts';
import { rtcompare } from '../support/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-seal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const { cert, key } = await certificateFor('ecdsa', 'class.test', '10.1.2.3');
const { privateKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const files = {
  cert: file('page.pem', cert),
  key: file('page.key', key),
  other: file('other.key', other.export({ type: 'pkcs8', format: 'pem' })),
  locked: file(
    'locked.key',
    other.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' }),
  ),
  binary: file('page.der', new X509Certificate(cert).raw),
  absent: join(folder, 'absent.pem'),
};

describe('refused in one line, with its remedy', () => {
  test.each([
    ['h2 in clear text', { over: 'h2c' }, /browsers speak HTTP\/2 only with TLS; use --over h2/],
    ['what nobody speaks', { over: 'h3' }, /unknown protocol "h3"; did you mean h2\?/],
    ['a certificate alone', { over: 'h2', cert: files.cert }, /--cert needs --key/],
    ['a key alone', { over: 'h2', key: files.key }, /--key needs --cert/],
    ['both in clear text', { over: 'http', cert: files.cert, key: files.key }, /add --over https/],
    ['no file', { over: 'h2', cert: files.absent, key: files.key }, /there is no such file/],
    ['a folder', { over: 'h2', cert: folder, key: files.key }, /it is a folder/],
    ['a key for a certificate', { over: 'h2', cert: files.key, key: files.key }, /no certificate in PEM/],
    ['a certificate in DER', { over: 'h2', cert: files.binary, key: files.key }, /no certificate in PEM/],
    ['a certificate for a key', { over: 'h2', cert: files.cert, key: files.cert }, /no private key in PEM/],
    ['a locked key', { over: 'h2', cert: files.cert, key: files.locked }, /passphrase.*openssl pkey/],
    ['the key of another', { over: 'h2', cert: files.cert, key: files.other }, /is not the key of the first/],
  ])('%s', async (_, options, line) => {
    const refused = await pageSeal(options, '127.0.0.1').catch((error: unknown) => error);
    expect(refused).toMatchObject({ exitCode: 2, message: expect.stringMatching(line) });
    expect((refused as { told: { ko: string } }).told.ko).toMatch(/[가-힣]/);
  });
});

test('the command ends with 2 and that line, and serves nothing', async () => {
  const { code, stdout, stderr } = await rtcompare('demo', '--over', 'h2c');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('a certificate is made for the page’s address and this machine’s others; an own one is taken as it is', async () => {
  const made = await pageSeal({ over: 'https' }, '10.9.8.7');
  const certificate = new X509Certificate(made!.certificate.cert);
  for (const host of ['10.9.8.7', '127.0.0.1']) expect(certificate.checkIP(host), host).toBe(host);
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(await pageSeal({ over: 'h2', cert: files.cert, key: files.key }, '10.9.8.7')).toEqual({
    over: 'h2',
    certificate: { cert, key },
    from: files.cert,
  });
  expect(await pageSeal({ over: 'http' }, '127.0.0.1')).toBeNull();
});

test('what to press in which browser is told in both languages, with what Chromium calls the key', () => {
  const told = (language: 'en' | 'ko', url = 'https://class.test:1/') =>
    pastCertificate({ cert, isMade: false, url }, { language }).join('\n');
  for (const language of ['en', 'ko'] as const) {
    for (const browser of ['Chrome', 'Firefox', 'Safari']) expect(told(language)).toContain(browser);
    expect(told(language)).toMatch(/--ignore-certificate-errors-spki-list=[\w+/]{43}=$/m);
  }
  expect(told('en')).toContain('vouches for itself');
  expect(told('en', 'https://elsewhere.test/')).toContain('is not for elsewhere.test');
});

test('the address shown is one that the certificate is for, and its names may be asked for', () => {
  const at = (host: string, port = 8443) => hostsOf({ scheme: 'https', host, port }, cert);
  expect(at('10.1.2.3')).toEqual(['10.1.2.3:8443', 'class.test:8443']);
  expect(at('10.0.0.1')).toEqual(['class.test:8443', '10.0.0.1:8443']);
  expect(at('127.0.0.1', 443)).toEqual(['localhost', '127.0.0.1', 'class.test']);
  expect(hostsOf({ scheme: 'http', host: '127.0.0.1', port: 80 })).toEqual(['127.0.0.1', 'localhost']);
  expect(hostsOf({ scheme: 'http', host: '10.0.0.1', port: 8080 })).toEqual(['10.0.0.1:8080']);
});

/** A span of a record, or of what is in it. */
const spanOf = (layer: string, name: string, message: object) => ({ layer, name, message }) as RecordedSpan;

test('what seals a record is of the exchange in it; of a record with several it is the connection’s', () => {
  const connection = { ordinal: 0, messages: 0 };
  const owners = new Map<unknown, string>();
  const part = (owner: string, more: object = {}) => {
    const message = { connection, direction: 'down', ...more };
    owners.set(message, owner);
    return message;
  };
  const heard: [name: string, owner: unknown][] = [];
  const sealing = withSealing(
    ({ message }) => owners.get(message) as unknown as Exchange,
    ({ name }, exchange) => heard.push([name, exchange]),
  );
  const say = (...within: readonly string[]) => {
    const record = part('connection', { kind: 'record', type: 'application-data' });
    sealing.tell(spanOf('tls', 'record-head', record));
    for (const owner of within) sealing.tell(spanOf('http2', 'data-head', part(owner)));
    sealing.tell(spanOf('tls', 'tag', record));
    return heard.splice(0).map(([, owner]) => owner);
  };
  expect(say('sse')).toEqual(['sse', 'sse', 'sse']);
  expect(say('sse', 'sse')).toEqual(['sse', 'sse', 'sse', 'sse']);
  expect(say('sse', 'ws')).toEqual(['connection', 'sse', 'ws', 'connection']);
  expect(say()).toEqual(['connection', 'connection']);
  // Broken off: nothing is forgotten.
  sealing.tell(
    spanOf('tls', 'record-head', part('connection', { kind: 'record', type: 'application-data' })),
  );
  expect(heard).toEqual([]);
  sealing.close(0);
  expect(heard).toEqual([['record-head', 'connection']]);
});

test('secrets of connections long gone are forgotten, those of the latest are known', () => {
  const keys = recentKeys();
  const random = (n: number) => n.toString(16).padStart(64, '0');
  for (let n = 1; n <= 12_000; n++) keys.add(`CLIENT_TRAFFIC_SECRET_0 ${random(n)} ${'ab'.repeat(32)}`);
  expect(keys.knows(random(1))).toBe(false);
  for (const n of [12_000, 8000]) {
    expect(keys.knows(random(n))).toBe(true);
    expect(keys.secret('CLIENT_TRAFFIC_SECRET_0', random(n))?.length).toBe(32);
  }
});
