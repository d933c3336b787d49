import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLines } from '../../src/protocols/ndjson/ndjson.ts';
import { alone, sumOf, tell, tellEveryWay } from '../support/bytes.ts';

test('a line of text costs its quotes and its end; escapes are encoding; an empty line is a heartbeat', () => {
  expect(tellEveryWay(alone(jsonLines), [['down', '"hello"\n"a\\nb"\n\n""\n']]).down).toEqual([
    ...['* ndjson string 1', '* payload message 5', '- ndjson end 2'],
    ...[
      '* ndjson string 1',
      '* payload message 1',
      '* encoding json-escape 1',
      '+ payload message 2',
      '- ndjson end 2',
    ],
    '* ndjson empty-line 1',
    ...['* ndjson string 1', '* payload message 0', '- ndjson end 2'],
  ]);
});

test('bytes are base64 in an object that says so', () => {
  expect(tellEveryWay(alone(jsonLines), [['down', '{"base64":"aGVsbG8="}\n']]).down).toEqual([
    ...['* ndjson object 11', '* payload message 5', '* encoding base64 3', '- ndjson end 3'],
  ]);
});

test('a line of another application is its message, whatever JSON it is', () => {
  expect(tellEveryWay(alone(jsonLines), [['down', '{"price":1}\n[2]\n']]).down).toEqual([
    ...['* payload message 11', '* ndjson end 1', '* payload message 3', '* ndjson end 1'],
  ]);
});

test.each([
  ['what is no JSON is a message', 'hello\n', ['* payload message 5', '* ndjson end 1']],
  ['the last line needs no end', '{"a":1}', ['* payload message 7']],
  ['nor does one of ours', '"hi"', ['* ndjson string 1', '* payload message 2', '- ndjson end 1']],
  [
    'CR and LF end a line as well',
    '"a"\r\n\r\n',
    ['* ndjson string 1', '* payload message 1', '- ndjson end 3', '* ndjson empty-line 2'],
  ],
  [
    'an object with base64 and more is not ours',
    '{"base64":"aGk=","name":"photo"}\n',
    ['* payload message 32', '* ndjson end 1'],
  ],
  [
    'RFC 7464: a record begins with U+001E',
    '\x1e{"a":1}\n\x1e"b"\n',
    [
      '* ndjson record-separator 1',
      '* payload message 7',
      '* ndjson end 1',
      '* ndjson record-separator 1',
      '- ndjson string 1',
      '* payload message 1',
      '- ndjson end 2',
    ],
  ],
])('%s', (_, body, spans) => {
  expect(tellEveryWay(alone(jsonLines), [['down', body]], 'open').down).toEqual(spans);
});

test('any text costs three bytes a line and what JSON escapes; the payload is what was meant', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '"', '\\', '\n', '😀') })),
      (messages) => {
        const body = messages.map((message) => `${JSON.stringify(message)}\n`).join('');
        const { down } = tell(alone(jsonLines), [['down', body]]);
        expect(sumOf(down, /ndjson/)).toBe(3 * messages.length);
        expect(sumOf(down, /payload/)).toBe(Buffer.byteLength(messages.join('')));
        expect(sumOf(down, /ndjson|payload|encoding/)).toBe(Buffer.byteLength(body));
      },
    ),
  );
});

test('a line may have 32 MiB, its end included, and not a byte more', () => {
  const limit = 32 * 1024 * 1024;
  const line = Buffer.alloc(limit, ' ');
  line[0] = 0x31;
  line[limit - 1] = 0x0a;
  expect(tell(alone(jsonLines), [['down', line]]).down).toEqual([
    `* payload message ${limit - 1}`,
    '* ndjson end 1',
  ]);
  line[limit - 1] = 0x20;
  expect(tell(alone(jsonLines), [['down', line]]).down).toEqual([`* unparsed too-long ${limit}`]);
});
