import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownJsonString } from '../../src/protocols/encoding/json-string.ts';
import { elementsOf } from '../../src/protocols/socket-io/json-array.ts';
import { bytesOf } from '../support/bytes.ts';

function owned(inside: string) {
  const bytes = { payload: 0, encoding: 0 };
  const units: string[] = [];
  ownJsonString(
    (layer, _name, size, mark) => {
      bytes[layer as keyof typeof bytes] += size;
      if (mark === 'unit') units.push(layer);
    },
    bytesOf(inside),
    { payload: 'unit', encoding: 'unit' },
  );
  expect(bytes.payload + bytes.encoding).toBe(bytesOf(inside).length);
  return { ...bytes, units: units.sort() };
}

test.each([
  ['plain', 5, 0],
  ['é', 2, 0],
  ['\\n', 1, 1],
  ['a\\"b', 3, 1],
  ['\\u0041', 1, 5],
  ['\\u00e9', 2, 4],
  ['\\u20ac', 3, 3],
  ['\\ud83d\\ude00', 4, 8],
  ['\\ud83d', 3, 3],
  ['\\ude00\\ud83d', 6, 6],
  ['\\\\u0041', 6, 1],
  ['', 0, 0],
])('RFC 8259 §7: "%s" means %i bytes and escaping adds %i', (inside, payload, encoding) => {
  const units = encoding > 0 ? ['encoding', 'payload'] : ['payload'];
  expect(owned(inside)).toEqual({ payload, encoding, units });
});

const text = fc.string({
  unit: fc.constantFrom('a', '"', '\\', '/', '\n', '\u0000', 'é', '€', '😀', '\ud83d', '\ude00'),
});

test('any string, however much of it is escaped, means its own UTF-8 bytes', () => {
  fc.assert(
    fc.property(text, fc.boolean(), (text, escapesAll) => {
      const escaped = Array.from({ length: text.length }, (_, i) =>
        text.charCodeAt(i).toString(16).padStart(4, '0'),
      );
      const inside = escapesAll
        ? escaped.map((unit) => `\\u${unit}`).join('')
        : JSON.stringify(text).slice(1, -1);
      expect(owned(inside).payload).toBe(Buffer.byteLength(text));
    }),
  );
});

test('the elements of any JSON array are found without building their values', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1), (values, indent) => {
      const array = bytesOf(JSON.stringify(values, null, indent));
      const found = [...elementsOf(array)].map(({ start, end }) => array.subarray(start, end).toString());
      expect(found.map((element) => JSON.parse(element))).toEqual(JSON.parse(JSON.stringify(values)));
      expect(found.every((element) => element === element.trim())).toBe(true);
    }),
  );
});
