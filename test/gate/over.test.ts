/** The gate over TLS and HTTP/2: what grew is told by the name of its header, frame or message of the handshake. */
import http2, { type ServerHttp2Stream } from 'node:http2';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { certificateFor } from '../../src/base/certificate.ts';
import { readerOfFiles } from '../../src/base/text.ts';
import type { StageWeight, TransportWeight, Weighing } from '../../src/document/weighing.ts';
import { differences } from '../../src/gate/differences.ts';
import { compareWeighings } from '../../src/gate/gate.ts';
import { exact } from '../../src/report/blocks/quantities.ts';
import { renderBlocks } from '../../src/report/skins/terminal.ts';
import { comparisonBlocks } from '../../src/report/views/comparison/comparison-blocks.ts';
import { findingText } from '../../src/report/views/comparison/finding-lines.ts';
import { type Changes, weighTransport } from '../../src/script/exact-weights.ts';
import { serverOf } from '../../src/servers/index.ts';
import { startable } from '../../src/servers/listening.ts';
import { transportByName } from '../../src/transports/index.ts';

/** Settings that every HTTP/2 client sends. No `vi.mock`: workers keep modules between files, so it comes too late. */
const said: { settings: http2.Settings } = { settings: {} };
const { connect } = http2;
beforeAll(() => {
  http2.connect = ((url: string, options: http2.ClientSessionOptions) =>
    connect(url, { ...options, settings: said.settings })) as typeof connect;
  syncBuiltinESMExports();
});
afterAll(() => {
  http2.connect = connect;
  syncBuiltinESMExports();
});
beforeEach(() => {
  said.settings = {};
});

const reader = readerOfFiles('en');
const weigh = (name: string, changes: Changes) => weighTransport(transportByName(name)!, changes);

async function changed(name: string, before: Changes, after: Changes, change = () => {}) {
  const was = await weigh(name, before);
  change();
  return differences(was, await weigh(name, after)).map((finding) => findingText(finding, reader));
}

/** The server of a transport, whose responses over HTTP/2 have a field more. */
async function chatty(name: string) {
  const server = await serverOf(transportByName(name)!.server);
  return startable({
    ...server,
    create(...about) {
      const made = server.create(...about);
      made.prependListener('stream', (stream: ServerHttp2Stream) => {
        const respond = stream.respond.bind(stream);
        stream.respond = (headers, options) => respond({ ...headers, 'x-powered-by': 'Express' }, options);
      });
      return made;
    },
  });
}

describe('each cause is named with its bytes', () => {
  test('a header more in every response over HTTP/2: written out once, then a byte', async () => {
    const over = { over: 'h2' } as const;
    const told = await changed('polling', over, { ...over, server: await chatty('polling') });
    // RFC 7541 §6.2.1 and Appendix B: a byte, a length and 9 for the name, a length and 6 for the value.
    expect(told).toContain('polling: +18 B per set-up down: new header `x-powered-by: Express`');
    expect(told).toContain('polling: +1 B per empty poll down: new header `x-powered-by: Express`');
    expect(told.filter((line) => !line.includes('x-powered-by'))).toEqual([]);
  });

  test('a setting that a client of HTTP/2 sends, and what it is set to', async () => {
    const over = { over: 'h2' } as const;
    const told = await changed('sse', over, over, () => {
      said.settings = { enablePush: false };
    });
    expect(told).toEqual(['sse: +6 B per set-up up: new http2 `settings ENABLE_PUSH=0`']);
  });

  test('a certificate more in the chain of a server', async () => {
    const certificate = await certificateFor('rsa', '127.0.0.1');
    const { cert } = certificate;
    const der = Buffer.from(cert.replace(/-----.*-----/g, ''), 'base64').length;
    const longer = { ...certificate, cert: `${cert}\n${cert}`, version: '1.3' } as const;
    const over = { over: 'https' } as const;
    const told = await changed('ws', over, { ...over, serverOptions: { tls: longer } });
    // RFC 8446 §4.4.2: a message of 4 and 4, and for each certificate a length of 3 and its extensions' of 2.
    const [before, after] = [8 + der + 5, 8 + 2 * (der + 5)];
    expect(told).toEqual([
      `ws: +${der + 5} B per handshake of TLS down: tls \`certificate\` weighs ${exact(after)} B, was ${before}`,
    ]);
  });
});

describe('what a baseline may lack', () => {
  const stage = (bytes: number): StageWeight => ({
    units: 1,
    up: bytes,
    down: 0,
    requests: 0,
    connections: 1,
    fields: [{ layer: 'tls', name: 'client-hello', direction: 'up', count: 1, bytes }],
  });
  const weighing = (openssl: string | undefined, transports: TransportWeight[]): Weighing => ({
    schemaVersion: 1,
    kind: 'weighing',
    tool: { name: 'rtcompare', version: '0' },
    environment: { node: '20.20.2', dependencies: {}, ...(openssl && { openssl }) },
    transports,
  });
  const ws = (hello: number, setup = 9): TransportWeight => ({
    transport: 'ws over https',
    stages: { handshake: [stage(hello)], setup: [stage(setup)] },
  });
  const told = (before: Weighing, after: Weighing) =>
    renderBlocks(comparisonBlocks(compareWeighings(before, after), reader), { width: 200, ascii: true });

  test('handshakes of another OpenSSL are not compared, and that is said; everything else is', () => {
    const [before, after] = [weighing('3.0.19', [ws(359)]), weighing('3.5.4', [ws(1600, 10)])];
    const { findings } = compareWeighings(before, after);
    expect(findings.map((finding) => finding.stage)).toEqual(['setup']);
    expect(told(before, after)).toContain(
      'handshakes of TLS: not compared, another OpenSSL (3.5.4, was 3.0.19)',
    );
    expect(told(before, weighing('3.5.4', [ws(1600)]))).toContain(
      'What was compared weighs the same, to the byte.',
    );
  });

  test('a patch of the same OpenSSL offers the same: a longer hello is a finding', () => {
    const { findings, otherOpenssl } = compareWeighings(
      weighing('3.0.17', [ws(359)]),
      weighing('3.0.19', [ws(370)]),
    );
    expect(otherOpenssl).toBeUndefined();
    expect(findings.map(({ stage, name }) => [stage, name])).toEqual([['handshake', 'client-hello']]);
  });

  test('what is new is told in one line, as is what could not be weighed and never was; neither is lost', () => {
    const plain = { ...ws(0), transport: 'ws' };
    const after: Weighing = {
      ...weighing('3.0.19', [plain, ws(359), { ...ws(359), transport: 'sse over h2' }]),
      failed: [{ transport: 'ws over h2', why: 'it is too old' }],
    };
    const before = weighing(undefined, [plain]);
    expect(told(before, after)).toContain('New, not compared: ws over https, sse over h2\n');
    expect(told(before, after)).not.toContain('openssl');
    expect(compareWeighings(before, after)).toMatchObject({
      missing: [],
      findings: [],
      notCompared: [{ name: 'ws over h2', isNew: true }],
    });
    expect(
      compareWeighings(weighing('3.0.19', [plain, { ...plain, transport: 'ws over h2' }]), after),
    ).toMatchObject({
      notCompared: [expect.not.objectContaining({ isNew: true })],
    });
  });
});
