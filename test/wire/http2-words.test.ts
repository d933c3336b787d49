/** What is said of the fields of HTTP/2: every one of them has its words in both languages. */
import { expect, test } from 'vitest';
import { http2Conversations } from '../../src/protocols/http2/http2.ts';
import { protocols } from '../../src/protocols/index.ts';
import type { RawField, Unit } from '../../src/protocols/unit.ts';
import { readSpans } from '../../src/tap/spans.ts';
import { requestOf } from '../../src/wire/message.ts';
import { bytesOf, hex, type Script } from '../support/bytes.ts';

function explained(script: Script) {
  const told: { name: string; section: string | null; en: string[]; ko: string[] }[] = [];
  const reader = readSpans(
    http2Conversations(),
    ({ message, layer, name, bytes, clear, value = '', shorthand }) => {
      const field: RawField = { layer, name, bytes, clear, value, shorthand, isCoded: false, offset: 0 };
      const { direction, connection } = message;
      const unit: Unit<RawField> = {
        kind: 'frame',
        message,
        direction,
        connection: connection.ordinal,
        step: 0,
        at: 0,
        fields: [field],
      };
      const words = protocols[layer].explain({ field, unit, before: [], asked: requestOf(message) });
      told.push({
        name,
        section: words?.specification ?? null,
        en: words?.lines.map(({ en }) => en) ?? [],
        ko: words?.lines.map(({ ko }) => ko) ?? [],
      });
    },
  );
  for (const [direction, data] of script)
    reader.push({ at: 0, connection: 0, direction, phase: 'steady', bytes: bytesOf(data) });
  reader.end();
  return told;
}

const preface: Script = [
  ['up', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['up', hex('00001e 04 00 00000000 0001 00001000 0002 00000000 0004 0000ffff 0008 00000001 00ff 00000007')],
  ['down', hex('000000 04 00 00000000')],
];
/** RFC 7541 C.4: three requests, on streams 1, 3 and 5. */
const requests: Script = [
  ['up', hex('000011 01 05 00000001 8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff')],
  ['up', hex('00000c 01 05 00000003 8286 84be 5886 a8eb 1064 9cbf')],
  ['up', hex('000018 01 05 00000005 8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf')],
];
const others: Script = [
  ['up', hex('000000 04 01 00000000')],
  ['up', hex('000004 08 00 00000000 0000ffff')],
  ['up', hex('000008 06 00 00000000 3132333435363738')],
  ['up', hex('000005 02 00 00000009 0000000000')],
  ['up', hex('00000a 01 2d 00000007 01 0000000000 20 82 84 00')],
  ['up', hex('000004 03 00 00000005 00000008')],
  ['up', hex('000003 10 00 00000000 753d31')],
  ['up', hex('00000b 07 00 00000000 00000005 00000000 627965')],
  ['down', hex('000008 06 01 00000000 3132333435363738')],
  ['down', hex('000001 01 04 00000001 88')],
  ['down', hex('000006 05 00 00000001 00000002 82 84')],
  ['down', hex('000000 09 04 00000001')],
  ['down', hex('000005 00 09 00000001 02 6869 0000')],
  ['down', hex('000001 00 00 00000001 21')],
];

test('every field has words in both languages, and a section', () => {
  const all = explained([...preface, ...requests, ...others]);
  expect(all.filter(({ name }) => name === 'torn' || name === 'malformed')).toEqual([]);
  for (const { name, section, en, ko } of all.filter(({ name }) => name !== 'body')) {
    expect(section, name).toMatch(/^RFC \d+ §/);
    expect(en.length, name).toBeGreaterThan(0);
    expect(
      ko.every((line) => line.trim() !== ''),
      name,
    ).toBe(true);
  }
  const names = new Set(all.map(({ name }) => name));
  for (const name of [
    'preface',
    'settings',
    'window-increment',
    'ping-data',
    'priority',
    'pad-length',
    'padding',
  ])
    expect(names, name).toContain(name);
  for (const name of ['error-code', 'last-stream', 'debug-data', 'extension-data', 'table-size-update'])
    expect(names, name).toContain(name);
  for (const name of ['promised-stream', 'discarded-data', 'push-promise-head', 'continuation-head'])
    expect(names, name).toContain(name);
});

test('a head says its nine bytes: length, type, flags by name, stream', () => {
  const [head] = explained([...preface, ...requests]).filter(({ name }) => name === 'headers-head');
  expect(head?.section).toBe('RFC 9113 §4.1, §6.2');
  expect(head?.en.slice(1)).toEqual([
    'three bytes: 17 bytes follow; type 1; flags END_STREAM, END_HEADERS',
    'stream 1',
  ]);
});

test('SETTINGS are told one by one, also those that nobody here knows', () => {
  const settings = explained(preface).find(({ name }) => name === 'settings');
  expect(settings?.en).toEqual([
    'HEADER_TABLE_SIZE = 4096: the other side may repeat itself by a table of 4096 bytes',
    'ENABLE_PUSH = 0: the server may not push',
    'INITIAL_WINDOW_SIZE = 65535: each stream may send 65535 bytes before it has to wait',
    'ENABLE_CONNECT_PROTOCOL = 1: a stream may become a WebSocket (RFC 8441)',
    '255 = 7: not of this specification',
  ]);
});

test('RFC 7541 C.4: a field says how it was written, and how long ago what it points at was said', () => {
  const of = (field: string) =>
    explained([...preface, ...requests])
      .filter(({ name }) => name === field)
      .map(({ en }) => en.slice(1));
  expect(of(':authority')).toEqual([
    [
      '14 bytes, in HTTP/1.1 23',
      'literal, Huffman-coded',
      'its name: index 1 = :authority, static table',
      'remembered: the next time its index will do',
    ],
    ['1 byte, in HTTP/1.1 23', 'index 62 = :authority, sent 1 request ago'],
    ['1 byte, in HTTP/1.1 23', 'index 63 = :authority, sent 2 requests ago'],
  ]);
  // RFC 7541 C.2.3: a password, which is never indexed.
  const password = explained([
    ...preface,
    ['up', hex('000011 01 05 00000007 10 08 7061 7373 776f 7264 06 7365 6372 6574')],
  ]).filter(({ name }) => name === 'password');
  expect(password.map(({ en }) => en)).toEqual([
    [
      'a header of the application',
      '17 bytes, in HTTP/1.1 18',
      'literal',
      'never indexed: nobody on the way may remember it',
    ],
  ]);
  expect(of(':method')[0]).toEqual(['1 byte, in HTTP/1.1 4', 'index 2 = :method, static table']);
});
