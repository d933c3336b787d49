/** `rtcompare inspect FILE`, as it is run. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { archiveSchema } from '../../src/document/archive.ts';
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
    [written('text.pcap', 'just words'), /neither pcap nor pcapng nor HAR/],
    [written('packed.pcap.gz', gzipSync(pcapFile(filed(exchange)))), /gunzip/],
    [written('head.pcap', pcapFile([]).subarray(0, 20)), /without a whole packet/],
    [written('link.pcap', pcapFile(filed(exchange), { link: 105 })), /type 105/],
    [written('tls.pcap', pcapFile(filed(sealed, { serverPort: 443 }))), /sealed/],
    [written('log.har', '{"log": {"version": "1.2", "entries": []}}'), /without a request/],
    [written('empty.har', ''), /it is empty.*Export HAR/],
    [written('text.har', 'just words'), /it is no JSON.*Export HAR/],
    [written('other.har', '{"entries": []}'), /`log.entries` is missing.*Export HAR/],
    [written('entry.har', '{"log": {"entries": [{}]}}'), /`log.entries.0.startedDateTime`/],
    [written('packed.har', gzipSync('{}')), /gunzip/],
  ] as const;
  const answers = await Promise.all(cases.map(([path]) => rtcompare('inspect', path, '--lang', 'en')));
  answers.forEach(({ code, stderr }, index) => {
    expect(stderr).toMatch(cases[index]![1]);
    expect([stderr.trim().split('\n').length, code]).toEqual([1, 2]);
  });
});

const archive = {
  log: {
    creator: { name: 'WebInspector', version: '537.36' },
    entries: [
      {
        startedDateTime: '2026-01-01T00:00:00.000Z',
        time: 5,
        connection: '7',
        request: {
          method: 'GET',
          url: 'http://a/page?secret=1',
          httpVersion: 'HTTP/1.1',
          headers: [{ name: 'Host', value: 'a' }],
          headersSize: 40,
          bodySize: 0,
        },
        response: {
          status: 200,
          statusText: 'OK',
          httpVersion: 'HTTP/1.1',
          headers: [],
          headersSize: 19,
          bodySize: 5,
          content: { size: 5, text: 'hello' },
        },
      },
    ],
  },
};

test('an archive of DevTools is told as far as it goes, and says what it cannot', async () => {
  // By how it begins, too: people rename files.
  const path = written('recorded.json', JSON.stringify(archive));
  const { code, stdout } = await rtcompare('inspect', path, '--lang', 'en');
  expect(code).toBe(0);
  expect(stdout).toMatch(/requests 1, messages 0 up and 1 down\. Connections 1/);
  expect(stdout).toMatch(/GET \/page 200 +1 +40 +24/);
  expect(stdout).toMatch(/Not balanced, because an archive/);
  expect(stdout).not.toMatch(/secret/);
  expect((await rtcompare('inspect', path, '--lang', 'ko')).stdout).toMatch(
    /바이트 합계는 맞춰 보지 않았습니다/,
  );
});

test('rules about counts hold for an archive; those about what it does not say are refused', async () => {
  const path = written('rules.har', JSON.stringify(archive));
  const missed = await rtcompare('inspect', path, '--json', '--threshold', 'requests <= 0');
  expect(missed.code).toBe(1);
  expect(archiveSchema.parse(JSON.parse(missed.stdout)).thresholds).toMatchObject([{ verdict: 'missed' }]);
  const refused = await rtcompare('inspect', path, '--threshold', 'wire.http <= 2 kB', '--lang', 'en');
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringContaining('a HAR does not say wire.http'),
  ]);
});

test.each(['md', 'html', 'csv'])('an archive is written as %s', async (format) => {
  const path = written(`as-${format}.har`, JSON.stringify(archive));
  const { code } = await rtcompare('inspect', path, '--report', format, '--out', folder, '--lang', 'en');
  expect(code).toBe(0);
  const text = readFileSync(join(folder, `rtcompare-inspection.${format}`), 'utf8');
  expect(text).toMatch(format === 'csv' ? /messages\.down,1/ : /GET \/page 200/);
  expect(text).not.toMatch(/wire\.up|secret/);
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
