/** Handshakes of all kinds over real sockets, opened with the client's own key log, however the bytes are cut. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { expect, test } from 'vitest';
import { certificateFor } from '../../src/base/certificate.ts';
import { realClock } from '../../src/base/clock.ts';
import { anyConversations } from '../../src/protocols/detect.ts';
import { createKeyLog } from '../../src/protocols/tls/key-log.ts';
import { createDialer } from '../../src/tap/dialer.ts';
import { type Chunk, createTape } from '../../src/tap/tape.ts';

const request = 'POST /message HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello';
const answer = `HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n${'x'.repeat(20_000)}`;

/** A request and its answer over TLS; what the tape has of them, and the secrets. */
async function record(options: TlsOptions) {
  const certificate = await certificateFor('ecdsa', '127.0.0.1');
  const server = createServer({ ...certificate, ...options }, (socket) =>
    socket.once('data', () => socket.end(answer)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const chunks: Chunk[] = [];
  const tape = createTape((chunk) => chunks.push({ ...chunk, bytes: Buffer.from(chunk.bytes) }));
  const keyLog = createKeyLog();
  const lines: string[] = [];
  const dialer = createDialer({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    clock: realClock,
    tape,
    nextConnection: () => 0,
    tls: {
      authority: certificate.cert,
      keyLog: {
        ...keyLog,
        add(line) {
          lines.push(line);
          keyLog.add(line);
        },
      },
    },
  });
  const socket = dialer.dial();
  socket.write(request);
  socket.resume();
  await once(socket, 'close');
  server.close();
  tape.drain();
  const [{ socket: tapped } = { socket: socket }] = dialer.dialled;
  return { chunks, keyLog, lines, socketBytes: tapped.bytesRead + tapped.bytesWritten };
}

/** Fields with their bytes, a line each, of chunks that are cut into pieces. */
function read(chunks: readonly Chunk[], keyLog: ReturnType<typeof createKeyLog>, pieceBytes = Infinity) {
  const sums = new Map<string, number>();
  const clear: Record<string, string> = { up: '', down: '' };
  const { push, end } = anyConversations(keyLog)({
    tell({ layer, name, length, message, clear: made }) {
      const field = `${message.direction} ${layer} ${name}`;
      sums.set(field, (sums.get(field) ?? 0) + length);
      if (layer === 'payload') clear[message.direction] += Buffer.from(made?.() ?? []).toString();
    },
  });
  for (const { direction, bytes } of chunks)
    for (let at = 0; at < bytes.length; at += pieceBytes)
      push(direction, bytes.subarray(at, at + pieceBytes));
  end();
  return { sums, clear, bytes: [...sums.values()].reduce((sum, one) => sum + one, 0) };
}

const kinds: [string, TlsOptions, string[]][] = [
  ['TLS 1.3', {}, ['down tls server-hello', 'down tls encrypted-extensions', 'down tls new-session-ticket']],
  ['TLS 1.3 after a HelloRetryRequest', { ecdhCurve: 'P-384' }, ['down tls hello-retry-request']],
  ['TLS 1.3 with AES-128', { ciphers: 'TLS_AES_128_GCM_SHA256' }, ['up tls content-type']],
  ['TLS 1.3 with ChaCha20', { ciphers: 'TLS_CHACHA20_POLY1305_SHA256' }, ['up tls content-type']],
  ['TLS 1.2', { maxVersion: 'TLSv1.2' }, ['down tls server-key-exchange', 'up tls nonce']],
  [
    'TLS 1.2 with ChaCha20, which writes no nonce',
    { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-CHACHA20-POLY1305' },
    ['up tls client-key-exchange'],
  ],
];

test.each(kinds)(
  '%s: every byte has an owner, and what it carries is read',
  async (_name, options, fields) => {
    const { chunks, keyLog, socketBytes } = await record(options);
    const whole = read(chunks, keyLog);
    expect(whole.bytes).toBe(socketBytes);
    expect([...whole.sums.keys()].filter((field) => field.includes('unparsed'))).toEqual([]);
    expect([...whole.sums.keys()]).toEqual(expect.arrayContaining(fields));
    expect(whole.sums.get('up http request-line')).toBe(24);
    expect(whole.clear).toEqual({ up: 'hello', down: 'x'.repeat(20_000) });
    for (const pieceBytes of [1, 7, 1000]) expect(read(chunks, keyLog, pieceBytes).sums).toEqual(whole.sums);
  },
);

test('without the secrets nothing is lost: from the first sealed record on it is unparsed', async () => {
  const { chunks, socketBytes } = await record({});
  const { sums, bytes } = read(chunks, createKeyLog());
  expect(bytes).toBe(socketBytes);
  expect(sums.get('down unparsed tls')).toBeGreaterThan(answer.length);
  expect(sums.get('up unparsed tls')).toBeGreaterThan(request.length);
});

test('with the secrets of another connection it is sealed as well', async () => {
  const [one, other] = [await record({}), await record({})];
  expect(read(one.chunks, other.keyLog).sums.get('down unparsed tls')).toBeGreaterThan(answer.length);
});

test('secrets that are logged after the bytes that they open are waited for', async () => {
  const { chunks, keyLog, lines } = await record({});
  const late = createKeyLog('', true);
  const told: string[] = [];
  const { push, end } = anyConversations(late)({
    tell: ({ layer, name, message }) => told.push(`${message.direction} ${layer} ${name}`),
  });
  for (const { direction, bytes } of chunks) push(direction, bytes);
  expect(told.filter((field) => /http|unparsed/.test(field))).toEqual([]);
  late.add(lines.join(''));
  end();
  expect([...new Set(told)].sort()).toEqual([...read(chunks, keyLog).sums.keys()].sort());
});

test('an answer whose secret is there before that of its request waits for it', async () => {
  const { chunks, lines } = await record({});
  const isLate = (line: string) => line.startsWith('CLIENT_TRAFFIC_SECRET_0');
  const keyLog = createKeyLog(lines.filter((line) => !isLate(line)).join(''), true);
  const told: string[] = [];
  const exchanges: string[] = [];
  const { push, end } = anyConversations(keyLog)({
    tell: ({ layer, name, message }) => told.push(`${message.direction} ${layer} ${name}`),
    answered: ({ target }, { status }) => exchanges.push(`${target} ${status}`),
  });
  for (const { direction, bytes } of chunks) push(direction, bytes);
  expect(told.filter((field) => /http|unparsed/.test(field))).toEqual([]);
  keyLog.add(lines.filter(isLate).join(''));
  end();
  expect(exchanges).toEqual(['/message 200']);
  expect(told.filter((field) => field.includes('unparsed'))).toEqual([]);
});

test('a record that was changed on the way is not believed', async () => {
  const { chunks, keyLog, socketBytes } = await record({});
  const last = chunks.findLast(({ direction, bytes }) => direction === 'down' && bytes.length > 1000)!;
  last.bytes[last.bytes.length >> 1]! ^= 1;
  const { sums, bytes } = read(chunks, keyLog);
  expect(bytes).toBe(socketBytes);
  expect(sums.get('down unparsed tls')).toBeGreaterThan(0);
});
