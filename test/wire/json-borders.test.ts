/** RFC 8259: where the elements of an array are, and which bytes of a string are meant and which escape. */
import { expect, test } from 'vitest';
import { isJson, ownJsonString } from '../../src/protocols/encoding/json-string.ts';
import { elementsOf } from '../../src/protocols/socket-io/json-array.ts';
import { bytesOf } from '../support/bytes.ts';

const elements = (array: string) =>
  [...elementsOf(bytesOf(array))].map(({ start, end }) => array.slice(start, end));

test.each([
  ['[]', []],
  ['[ \t\r\n]', []],
  ['[1]', ['1']],
  ['[1 \t\r\n,\t2\n,\r3]', ['1', '2', '3']],
  ['["a","b"]', ['"a"', '"b"']],
  ['["" , ""]', ['""', '""']],
  ['["]","}",",","[","{"]', ['"]"', '"}"', '","', '"["', '"{"']],
  ['["\\"","\\\\","\\\\\\""]', ['"\\""', '"\\\\"', '"\\\\\\""']],
  ['[[1, 2], {"a": [3, 4]} ,[]]', ['[1, 2]', '{"a": [3, 4]}', '[]']],
  ['[{"}":"]"},0]', ['{"}":"]"}', '0']],
])('the elements of %s', (array, found) => {
  expect(elements(array)).toEqual(found);
});

test('an array that breaks off has elements as far as it goes, and is not read for ever', () => {
  expect(elements('["ab')).toHaveLength(1);
  expect(elements('[[1,2')).toEqual(['[1,2']);
  expect(elements('["ab\\')).toHaveLength(1);
});

function owned(inside: string, mark: 'unit' | 'more' = 'unit') {
  const spans: string[] = [];
  const emit = (...[, name, size, mark]: [string, string, number, string]) =>
    spans.push(`${name} ${size} ${mark}`);
  ownJsonString(emit, bytesOf(inside), { payload: mark, encoding: 'unit' });
  return spans;
}

test('a string is told in pieces: a payload begins once, and so do its escapes', () => {
  expect(owned('')).toEqual(['message 0 unit']);
  expect(owned('ab', 'more')).toEqual(['message 2 more']);
  expect(owned('\\n')).toEqual(['json-escape 1 unit', 'message 1 unit']);
  expect(owned('a\\nb\\u00e9')).toEqual([
    ...['message 1 unit', 'json-escape 1 unit', 'message 2 more'],
    ...['json-escape 4 more', 'message 2 more'],
  ]);
});

const meant = (inside: string) =>
  owned(inside)
    .filter((span) => span.startsWith('message'))
    .reduce((sum, span) => sum + Number(span.split(' ')[1]), 0);

test.each([
  ['\\u0000', 1],
  ['\\u007f', 1],
  ['\\u0080', 2],
  ['\\u07ff', 2],
  ['\\u0800', 3],
  ['\\uFFFF', 3],
  ['\\ud7ff\\udc00', 6],
  ['\\ud800\\udc00', 4],
  ['\\udbff\\udfff', 4],
  ['\\uDBFF\\uDFFF', 4],
  ['\\udc00\\udc00', 6],
  ['\\ud800\\ud800', 6],
  ['\\ud800\\ue000', 6],
  ['\\ud83d\\u0041', 4],
  ['\\ud83d\\n', 4],
  ['\\ud83d..\\ude00', 8],
  ['\\u0041\\ud83d\\ude00', 5],
  ['xxxxxx\\ud83d\\ude00', 10],
])('RFC 8259 §7: "%s" means %i bytes of UTF-8', (inside, bytes) => {
  expect(meant(inside)).toBe(bytes);
});

test('a text is JSON where its own bytes are, not those around them', () => {
  const around = bytesOf('x[1]x');
  expect(isJson(around.subarray(1, 4))).toBe(true);
  expect(isJson(around)).toBe(false);
  expect(isJson(around.subarray(1, 3))).toBe(false);
});
