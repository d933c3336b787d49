/** RFC 4648 §4: what four characters stand for, and what is no base64. */
import { expect, test } from 'vitest';
import { ownBase64 } from '../../src/protocols/encoding/base64.ts';
import { bytesOf } from '../support/bytes.ts';

function owned(text: string, mark: 'unit' | 'more' = 'unit'): string[] {
  const spans: string[] = [];
  ownBase64((...span) => spans.push(span.join(' ')), bytesOf(text), 'message', mark);
  return spans;
}

test.each([
  ['', 0, 0],
  ['Zg==', 1, 3],
  ['Zm8=', 2, 2],
  ['Zm9v', 3, 1],
  ['Zm9vYg==', 4, 4],
  ['Zm8', 2, 1],
  ['+/+/', 3, 1],
])('RFC 4648 §10: "%s" stands for %i bytes and adds %i', (text, payload, encoding) => {
  const added = encoding > 0 ? [`encoding base64 ${encoding} unit`] : [];
  expect(owned(text)).toEqual([`payload message ${payload} unit`, ...added]);
});

test('the continuation of a payload stays one, and so does what is added to it', () => {
  expect(owned('Zg==', 'more')).toEqual(['payload message 1 more', 'encoding base64 3 more']);
});

test.each([' Zm9v', 'Zm9v ', '=Zm9', 'Zm=v', 'Zg===', 'Zm-_'])(
  '"%s" is no base64 and stands for itself',
  (text) => {
    expect(owned(text)).toEqual([`payload message ${text.length} unit`]);
  },
);
