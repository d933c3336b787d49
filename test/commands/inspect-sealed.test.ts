/** `rtcompare inspect https://…`, as it is run: sealed without a key log, read with one that grows meanwhile. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { certificateFor } from '../../src/base/certificate.ts';
import { type Inspection, inspectionSchema } from '../../src/document/inspection.ts';
import { pcapngBlocks } from '../support/captures.ts';
import { rtcompare, start } from '../support/cli.ts';
import { layerBytes, listening } from '../support/inspected.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-inspect-sealed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const certificate = await certificateFor('ecdsa', '127.0.0.1');
writeFileSync(join(folder, 'ca.pem'), certificate.cert);

const server = createSecureServer({ ...certificate, allowHTTP1: true }, (asked, response) => {
  response.writeHead(200, { 'content-type': asked.url === '/events' ? 'text/event-stream' : 'text/plain' });
  response.end(asked.url === '/events' ? 'data: one\n\ndata: two\n\n' : 'hello');
});
const target = `https://127.0.0.1:${await listening(server)}`;
afterAll(() => server.close());

/** Asks once over HTTP/1.1, and for an event stream and twice for a page over HTTP/2. */
writeFileSync(
  join(folder, 'client.mjs'),
  `import { once } from 'node:events';
   import { connect } from 'node:http2';
   import { text } from 'node:stream/consumers';
   await (await fetch(process.env.RTCOMPARE_URL)).text();
   const session = connect(process.env.RTCOMPARE_URL);
   await Promise.all(['/events', '/a', '/a'].map((path) => text(session.request({ ':path': path }).end())));
   session.close();
   await once(session, 'close');\n`,
);

const inspect = async (...args: string[]) => {
  const { code, stdout, stderr } = await start(
    ['inspect', target, ...args, '--lang', 'en', '--', process.execPath, 'client.mjs'],
    { cwd: folder, env: { NODE_EXTRA_CA_CERTS: 'ca.pem' } },
  ).ended;
  expect(code, stderr).toBe(0);
  return { stdout, stderr };
};

/** Whichever connection ended first. */
const account = ({ exchanges, messages, wire }: Inspection) => ({
  messages,
  socketBytes: wire.socketBytes,
  exchanges: exchanges.map((one) => JSON.stringify(one)).sort(),
  layers: wire.layers.map((one) => JSON.stringify(one)).sort(),
});

const read = (stdout: string): Inspection => inspectionSchema.parse(JSON.parse(stdout));

test('with a key log that its command makes, what is inside is read: HTTP/1.1 and HTTP/2', async () => {
  const { stdout, stderr } = await inspect('--keylog', 'keys.log', '--pcap', 'app.pcapng', '--json');
  expect(stderr).not.toMatch(/passed on sealed/);
  const seen = read(stdout);
  expect(seen.exchanges.map(({ kind, count }) => `${count} ${kind}`).sort()).toEqual([
    ...['1 GET / 200', '1 GET /events 200', '2 GET /a 200'],
  ]);
  expect(seen.perConnection.map(({ speaks }) => speaks.join(' ')).sort()).toEqual([
    ...['tls http', 'tls http2 http sse'],
  ]);
  expect(seen.messages).toEqual({ up: 0, down: 1 + 2 + 2 });
  expect(layerBytes(seen, 'unparsed')).toBe(0);

  // The same connections as a capture: sealed, with the key log beside it, and with the key log in it.
  const keys = readFileSync(join(folder, 'keys.log'), 'latin1');
  const capture = join(folder, 'app.pcapng');
  const without = await rtcompare('inspect', capture, '--lang', 'en');
  expect([without.code, without.stderr]).toEqual([2, expect.stringMatching(/\(2\) speak TLS.*--keylog/)]);
  const inside = join(folder, 'inside.pcapng');
  writeFileSync(inside, withSecrets(readFileSync(capture), keys));
  for (const args of [[capture, '--keylog', join(folder, 'keys.log')], [inside]]) {
    const again = read((await rtcompare('inspect', ...args, '--json')).stdout);
    expect(account(again)).toEqual(account(seen));
    expect(again.profile?.kinds).toEqual(seen.profile?.kinds);
  }
});

/** A Decryption Secrets Block behind the section's and the interface's, as `editcap --inject-secrets` writes it. */
function withSecrets(file: Buffer, keys: string): Buffer {
  const [section, network] = pcapngBlocks(file);
  const before = section!.body.length + network!.body.length + 24;
  const padded = Buffer.alloc((keys.length + 3) & ~3);
  padded.write(keys, 'latin1');
  const head = Buffer.alloc(16);
  [10, padded.length + 20, 0x544c534b, keys.length].forEach(
    (word, at) => void head.writeUInt32LE(word, 4 * at),
  );
  return Buffer.concat([file.subarray(0, before), head, padded, head.subarray(4, 8), file.subarray(before)]);
}

test('without one it is passed on sealed, and a line says how to open it', async () => {
  const { stdout, stderr } = await inspect();
  expect(stderr).toMatch(/^TLS is passed on sealed.*--keylog FILE.*SSLKEYLOGFILE.*--tls-keylog/m);
  expect(stdout).toMatch(/connections 2, requests 0, messages 0 up and 0 down/);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(/cannot be read without the client’s secrets \(--keylog\)/);
});

test('the address, and how a client gets past the certificate', async () => {
  const { code, stderr } = await rtcompare('inspect', target, '--duration', '1ms', '--lang', 'en');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^open https:\/\/127\.0\.0\.1:\d+ instead of https:/);
  expect(stderr).toMatch(/`curl --connect-to ::127\.0\.0\.1:\d+ https:\/\/127\.0\.0\.1:\d+`/);
});

test('a key log that is not there, of a recording, is one line and exit code 2', async () => {
  const { code, stderr } = await rtcompare(
    'inspect',
    'app.pcap',
    '--keylog',
    join(folder, 'none.log'),
    '--lang',
    'en',
  );
  expect(code).toBe(2);
  expect(stderr).toMatch(/no such file/);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('a gate does not compare what it cannot read', async () => {
  const { code, stderr } = await rtcompare(
    ...['check', target, '--inspection', join(folder, 'base.json'), '--update', '--lang', 'en', '--', 'true'],
  );
  expect([code, stderr]).toEqual([2, expect.stringContaining('start the application without TLS')]);
});
