/** A recorded run as pcap: as many payload bytes a direction as the report says, and what tshark reads where it is. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Inspection } from '../../src/document/inspection.ts';
import type { Report, Trial } from '../../src/document/report.ts';
import { pcapngBlocks } from '../support/captures.ts';
import { rtcompare, typedIn } from '../support/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-pcap-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const pcap = join(folder, 'run.pcap');
let trials: Trial[] = [];

beforeAll(async () => {
  const tape = join(folder, 'tape.jsonl');
  const run = await rtcompare(
    'run',
    '--transport',
    'ws,sse',
    '--scenario',
    'echo',
    '--record',
    tape,
    '--json',
  );
  expect(run.code, run.stderr).toBe(0);
  trials = (JSON.parse(run.stdout) as Report).trials;
  expect((await rtcompare('pcap', tape, pcap)).code).toBe(0);
});

interface Packet {
  readonly server: number;
  readonly up: boolean;
  readonly sequence: number;
  readonly port: number;
  readonly payload: Buffer;
  /** The sum over header or segment with its checksum in it: 0xffff when it is right. */
  readonly sums: readonly [number, number];
}

const onesSum = (bytes: Buffer): number => {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
};

/** Reads the file as its specification says, with no part of what wrote it. */
function packets(file: Buffer): Packet[] {
  const [section, network, ...blocks] = pcapngBlocks(file);
  expect([section?.type, section?.body.readUInt32LE(0)]).toEqual([0x0a0d0d0a, 0x1a2b3c4d]);
  expect([network?.type, network?.body.readUInt16LE(0)]).toEqual([1, 101]);
  const found: Packet[] = [];
  for (const { body } of blocks) {
    const ip = body.subarray(20, 20 + body.readUInt32LE(12));
    const segment = ip.subarray(20);
    const pseudo = Buffer.concat([ip.subarray(12, 20), Buffer.from([0, 6, 0, 0])]);
    pseudo.writeUInt16BE(segment.length, 10);
    const up = segment.readUInt16BE(2) === 80;
    found.push({
      server: ip[up ? 18 : 14]!,
      up,
      port: segment.readUInt16BE(up ? 0 : 2),
      sequence: segment.readUInt32BE(4),
      payload: segment.subarray(20),
      sums: [onesSum(ip.subarray(0, 20)), onesSum(Buffer.concat([pseudo, segment]))],
    });
  }
  return found;
}

test('each trial has as many payload bytes in each direction as its report says', () => {
  const found = packets(readFileSync(pcap));
  trials.forEach(({ wire, transport }, server) => {
    const bytes = (up: boolean) =>
      found
        .filter((packet) => packet.server === server && packet.up === up)
        .reduce((sum, { payload }) => sum + payload.length, 0);
    expect([bytes(true), bytes(false)], transport).toEqual([wire.up, wire.down]);
  });
});

test('checksums are right, and sequence numbers go on where the bytes before ended', () => {
  const found = packets(readFileSync(pcap));
  for (const { sums } of found) expect(sums).toEqual([0xffff, 0xffff]);
  const next = new Map<string, number>();
  for (const { server, port, up, sequence, payload } of found) {
    const key = `${server} ${port} ${up}`;
    const expected = next.get(key);
    // Behind SYN the numbers begin at 1.
    if (expected !== undefined && payload.length > 0) expect(sequence).toBe(expected);
    next.set(key, payload.length > 0 ? sequence + payload.length : (expected ?? 1));
  }
});

const tshark = spawnSync('tshark', ['--version']).status === 0;

test.runIf(tshark)('tshark counts the same requests, frames and bytes', () => {
  // A busy process writes two of them into one segment: they are counted, not the segments.
  const count = (filter: string, field: string) =>
    execFileSync('tshark', ['-r', pcap, '-Y', filter, '-T', 'fields', '-e', field], { encoding: 'utf8' })
      .split(/[\n,]/)
      .filter(Boolean).length;
  trials.forEach(({ requests, wire, transport }, server) => {
    if (transport === 'tcp') return;
    const here = `ip.addr == 10.1.${server}.1`;
    expect(count(`${here} && http.request`, 'http.request.method'), transport).toBe(requests);
    const frames = wire.layers
      .filter(({ layer }) => layer === 'websocket')
      .reduce((sum, { units }) => sum + units, 0);
    expect(count(`${here} && websocket`, 'websocket.opcode'), transport).toBe(frames);
  });
});

test('a run over TLS has its secrets in the file: whoever reads it sees what the run saw', async () => {
  const [tape, sealed] = [join(folder, 'sealed.jsonl'), join(folder, 'sealed.pcapng')];
  const run = await rtcompare(
    ...['run', '--transport', 'ws,sse', '--scenario', 'echo', '--over', 'https', '--record', tape, '--json'],
  );
  expect(run.code, run.stderr).toBe(0);
  expect((await rtcompare('pcap', tape, sealed)).code).toBe(0);
  const types = pcapngBlocks(readFileSync(sealed)).map(({ type }) => type);
  expect([types.indexOf(10), types.lastIndexOf(10)]).toEqual([2, 2]);
  const { trials } = JSON.parse(run.stdout) as Report;
  const seen = JSON.parse((await rtcompare('inspect', sealed, '--json')).stdout) as Inspection;
  const bytes = (rows: Trial['wire']['layers'], layer: string) =>
    rows.filter((row) => row.layer === layer).reduce((sum, row) => sum + row.bytes, 0);
  const sum = (layer: string, some = trials) =>
    some.reduce((all, { wire }) => all + bytes(wire.layers, layer), 0);
  for (const layer of ['tls', 'http', 'chunk', 'sse', 'websocket'])
    expect([layer, bytes(seen.wire.layers, layer)]).toEqual([layer, sum(layer)]);
  // Raw TCP inside TLS has no known format, so the capture's reader leaves it unparsed.
  const plain = sum(
    'payload',
    trials.filter(({ transport }) => transport === 'tcp'),
  );
  expect(bytes(seen.wire.layers, 'unparsed')).toBe(plain);
  expect(bytes(seen.wire.layers, 'payload')).toBe(sum('payload') - plain);
  if (!tshark) return;
  const count = (filter: string) =>
    execFileSync('tshark', ['-r', sealed, '-T', 'fields', '-e', filter], { encoding: 'utf8' })
      .split(/[\n,]/)
      .filter(Boolean).length;
  expect(count('http.request.method')).toBe(seen.requests);
  const frames = seen.wire.layers.filter(({ layer }) => layer === 'websocket');
  expect(count('websocket.opcode')).toBe(frames.reduce((sum, { units }) => sum + units, 0));
});

test.each([
  ['{"trial":0}\n{"at":"now"}\n', 2],
  ['{"at":1,"connection":0,"direction":"up","bytes":""}\n', 1],
])('what is no tape is told with its line: %j', async (text, line) => {
  const wrong = join(folder, `wrong-${line}.jsonl`);
  writeFileSync(wrong, text);
  const { code, stderr } = await rtcompare('pcap', wrong, join(folder, 'none.pcap'));
  expect(code).toBe(2);
  expect(stderr).toContain(
    `-${line}.jsonl, line ${line}: not a line of a tape; write one with \`${typedIn(process.cwd())} run --record\``,
  );
});
