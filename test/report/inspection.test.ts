import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import type { Inspection } from '../../src/document/inspection.ts';
import { renderBlocks } from '../../src/report/skins/terminal.ts';
import { displayWidth } from '../../src/report/skins/wrap.ts';
import { inspectionBlocks } from '../../src/report/views/inspection/inspection-blocks.ts';
import { inspectionFormats } from '../../src/report/views/inspection/inspection-formats.ts';
import { calm, field, seen } from '../inspection/totals.ts';

const connection = (
  id: number,
  part: Partial<Inspection['perConnection'][number]> = {},
): Inspection['perConnection'][number] => ({
  ...seen({
    fields: [field('http', 'cookie', 'up', 1, 600 * id), field('payload', 'message', 'down', 2, 100)],
    messages: { up: 0, down: 2 },
  }),
  id,
  state: 'closed',
  speaks: ['websocket', 'socket.io'],
  path: '/realtime/',
  openedMs: 0,
  durationMs: 5,
  ...part,
});

/** Three connections and what they add up to. */
const typical = (): Inspection =>
  seen({
    connections: 3,
    requests: 3,
    messages: { up: 0, down: 6 },
    fields: [field('http', 'cookie', 'up', 3, 3600), field('payload', 'message', 'down', 6, 300)],
    exchanges: [
      { kind: 'GET /realtime/ 101', count: 2, up: 300, down: 258 },
      { kind: `GET /${'long/'.repeat(30)} 200`, count: 1, up: 300, down: 42_000 },
    ],
    delay: { ...calm, chunks: 400, p50Ns: 35_000, loopP99Ms: 0.5 },
    hints: [{ kind: 'cookies', values: { bytes: 3600, share: 1 } }],
    perConnection: [connection(1), connection(2, { path: `/${'x'.repeat(60)}` }), connection(3)],
  });

const text = (language: 'en' | 'ko', inspection = typical(), rows = 20) =>
  renderBlocks(inspectionBlocks(inspection, readerOfFiles(language), rows), { width: 80, ascii: false });

test('an inspection in English', () => {
  expect(text('en')).toMatchInlineSnapshot(`
    "Inspected: http://127.0.0.1:3000
    ════════════════════════════════
    In 1.0 s: connections 3, requests 3, messages 0 up and 6 down, 3,900 B.

    What stands out
    - cookies make up 100 % of the upstream bytes (3,600 B)

    What each connection spoke

    speaks                  first path         requests msgs msgs bytes B/msg   over
                                                          up down               head
    ────────────────────────────────────────────────────────────────────────────────
    #1 WebSocket, Socket.IO /realtime/                1    0    2   700   350 85.7 %
    #2 WebSocket, Socket.IO /xxxxxxxxxxxxxxxx…        1    0    2 1,300   650 92.3 %
    #3 WebSocket, Socket.IO /realtime/                1    0    2 1,900   950 94.7 %
    ────────────────────────────────────────────────────────────────────────────────
    all 3                                             3    0    6 3,900   650 92.3 %
    Bytes go both ways, handshakes and headers included. B/msg: all bytes of a
    connection over its messages. Overhead: the part that is not payload.

    Whose bytes are these? (all connections)

    way      http  payload  total
    ─────────────────────────────
    up      3,600           3,600
    down               300    300
    ─────────────────────────────
    in all  3,600      300  3,900

    The heaviest fields

    field        way  count  bytes  share
    ─────────────────────────────────────
    http cookie  up       3  3,600  100 %
    Share: of all bytes that went the same way.

    What was asked over HTTP, heaviest first

    request and status                                count  bytes  bytes
                                                                up   down
    ─────────────────────────────────────────────────────────────────────
    GET /long/long/long/long/long/long/long/long/lo…      1    300  42.0k
    GET /realtime/ 101                                    2    300    258

    Balanced: each of the 3,900 B relayed has one owner.
    Delay added by the relay, from reading 400 chunks to handing them on: p50
    0.035 ms, p99 too few; its event loop kept timers waiting 0.50 ms (p99). What
    the kernel takes to wake the relay and to pass its bytes on comes on top, and
    was not measured.
    "
  `);
});

test.each(['en', 'ko'] as const)('in %s no line is wider than 80 columns', (language) => {
  const wide = text(language)
    .split('\n')
    .filter((line) => displayWidth(line) > 80);
  expect(wide).toEqual([]);
});

test.each([
  [{ p99Ns: 5.1e6, loopP99Ms: 0.5 }, 'more than the 5.00 ms it promises'],
  [{ p99Ns: 2e5, loopP99Ms: 5.1 }, 'more than the 5.00 ms it promises'],
  [{ p99Ns: 2e5, loopP99Ms: 8, turnP99Ns: 3.9e6 }, 'this machine was busy'],
  [{ p99Ns: 2e5, loopP99Ms: 8, turnP99Ns: 4e6 }, 'the relay itself read for 4.00 ms at a time'],
  [{ p99Ns: 5e6, loopP99Ms: 5 }, 'within the 5.00 ms it promises'],
  [
    { p99Ns: 2e5, slowReaders: { connections: 2, longestNs: 1.5e9 } },
    'did not keep up (connections: 2): the relay held what was for it for 1.5 s at most',
  ],
  [
    { p50Ns: 35_000, hop: { echoes: 600, addedNs: 16_000, kernelNs: 11_000 } },
    'The kernel takes 0.011 ms more',
  ],
  [
    { p50Ns: 35_000, hop: { echoes: 600, addedNs: 16_000, kernelNs: 11_000 } },
    'a client and a server feel 0.046 ms each way',
  ],
  [{ p50Ns: null, hop: { echoes: 600, addedNs: 16_000, kernelNs: 11_000 } }, 'was not measured'],
  [{ p50Ns: 35_000, hop: null }, 'was not measured'],
] as const)('what the relay promises, and whether it kept it: %o', (delay, says) => {
  const seenSlowly = { ...typical(), delay: { ...typical().delay!, ...delay } };
  expect(text('en', seenSlowly).replaceAll('\n', ' ')).toContain(says);
});

test('of more connections than fit the heaviest are shown, and the rest is one row that adds up', () => {
  const lines = text('en', typical(), 1).split('\n');
  const row = (start: string) =>
    lines
      .find((line) => line.startsWith(start))
      ?.split(/\s+/)
      .slice(2);
  expect(lines.some((line) => line.startsWith('#3 '))).toBe(true);
  expect(lines.some((line) => /^#[12] /.test(line))).toBe(false);
  // 3,900 B in all, of which #3 has 1,900.
  expect(row('2 others')).toEqual(['2', '0', '4', '2,000', '500', '90.0', '%']);
  expect(row('all 3')).toEqual(['3', '0', '6', '3,900', '650', '92.3', '%']);
});

test('where nothing came by, that is all there is to say', () => {
  const nothing = seen({ connections: 0, requests: 0 });
  expect(text('en', nothing)).toContain('connections 0, requests 0');
  expect(text('en', nothing)).toContain('Nobody connected');
  expect(text('en', nothing)).not.toMatch(/What each connection spoke|Balanced/);
});

test('JSON, Markdown, HTML and CSV say the same', () => {
  const written = Object.fromEntries(
    inspectionFormats.map(({ name, render }) => [name, render(typical(), { language: 'en' })]),
  );
  expect(JSON.parse(written.json!)).toEqual(JSON.parse(JSON.stringify(typical())));
  expect(written.md).toContain('| http cookie | up | 3 | 3,600 | 100 % |');
  expect(written.html).toContain('<td class="right">3,600</td>');
  expect(written.html).not.toContain('<script');
  expect(written.csv!.split('\r\n').slice(0, 4)).toEqual([
    'connection,speaks,path,metric,value,unit',
    '0,,,requests,3,count',
    '0,,,messages.up,0,count',
    '0,,,messages.down,6,count',
  ]);
  expect(written.csv).toContain('3,websocket socket.io,/realtime/,wire.up,1800,B');
});
