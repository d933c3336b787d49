/** `rtcompare inspect FILE`, as it is run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { inspectionSchema } from '../../src/document/inspection.ts';
import { filed, pcapFile, pcapngFile, segmentsOf } from '../support/captures.ts';
import { rtcompare } from '../support/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-inspect-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const written = (name: string, bytes: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

const exchange = segmentsOf([
  { from: 'client', text: 'GET /page HTTP/1.1\r\nHost: a\r\n\r\n' },
  { from: 'server', text: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello' },
]);
const good = written('good.pcapng', pcapngFile(filed(exchange)));

test('a capture is told as the relay tells, and what TCP put around it', async () => {
  const { code, stdout } = await rtcompare('inspect', good, '--lang', 'en');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Inspected: .*good\.pcapng\n/);
  expect(stdout).toMatch(/connections 1, requests 1, messages 0 up and 1 down/);
  expect(stdout).toMatch(/Balanced: each of the 74 B that TCP carried has one owner/);
  expect(stdout).toMatch(/packets 8, headers of IP and TCP 320 B,\nbytes captured again 0 B/);
});

test('--json, --threshold and --lang are as for an application', async () => {
  const { code, stdout } = await rtcompare('inspect', good, '--json', '--threshold', 'requests <= 0');
  expect(code).toBe(1);
  const seen = inspectionSchema.parse(JSON.parse(stdout));
  expect(seen.thresholds).toMatchObject([{ verdict: 'missed' }]);
  expect(seen.profile?.kinds).toMatchObject([{ kind: 'GET /page 200', count: 1 }]);
  expect((await rtcompare('inspect', good, '--lang', 'ko')).stdout).toMatch(/바이트 합계 일치/);
});

test('a file that cannot be read is one line with what to do, and exit code 2', async () => {
  const sealed = segmentsOf([{ from: 'client', text: '\x16\x03\x01\x00\x01a' }]);
  const cases = [
    [join(folder, 'absent.pcap'), /absent\.pcap/],
    [folder, /folder|directory/],
    [written('empty.pcap', ''), /an empty file/],
    [written('text.pcap', 'just words'), /neither pcap nor pcapng/],
    [written('packed.pcap.gz', gzipSync(pcapFile(filed(exchange)))), /gunzip/],
    [written('head.pcap', pcapFile([]).subarray(0, 20)), /without a whole packet/],
    [written('link.pcap', pcapFile(filed(exchange), { link: 105 })), /type 105/],
    [written('tls.pcap', pcapFile(filed(sealed, { serverPort: 443 }))), /sealed/],
    [written('log.har', '{"log": {"version": "1.2", "entries": []}}'), /HAR/],
  ] as const;
  const answers = await Promise.all(cases.map(([path]) => rtcompare('inspect', path, '--lang', 'en')));
  answers.forEach(({ code, stderr }, index) => {
    expect(stderr).toMatch(cases[index]![1]);
    expect([stderr.trim().split('\n').length, code]).toEqual([1, 2]);
  });
});

test('a URL is no file, whatever it ends in', async () => {
  const { code, stderr } = await rtcompare('inspect', 'http://127.0.0.1:1/app.pcap', '--lang', 'en');
  expect([code, stderr]).toEqual([3, expect.stringContaining('cannot reach')]);
});

test('what only a relay can do is refused by name', async () => {
  const refused = [
    ['--duration', '1s'],
    ['--start', 'true'],
    ['--pcap', join(folder, 'out.pcap')],
    ['--', 'node', 'client.mjs'],
  ];
  const answers = await Promise.all(refused.map((args) => rtcompare('inspect', good, ...args)));
  answers.forEach(({ code, stderr }, index) => {
    expect([code, stderr]).toEqual([2, expect.stringContaining(refused[index]![0]!)]);
  });
});
