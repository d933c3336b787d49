/** WHATWG HTML §9.2.5: what a line of an event stream is, and where its value begins. */
import { expect, test } from 'vitest';
import { eventStream } from '../../src/protocols/sse/sse.ts';
import { lineOf } from '../../src/protocols/sse/sse-line.ts';
import { alone, bytesOf, nothing, tell, tellEveryWay, telling } from '../support/bytes.ts';

const parts = (text: string) => {
  const { name, value } = lineOf(bytesOf(text), 1);
  return [name, Buffer.from(value).toString()];
};

test.each([
  ['data', 'data', ''],
  ['data:', 'data', ''],
  ['data: ', 'data', ''],
  ['data:a', 'data', 'a'],
  ['data: a', 'data', 'a'],
  ['data:  a:b ', 'data', ' a:b '],
  ['event: x', 'event', 'x'],
  ['id', 'id', ''],
  ['retry:1', 'retry', '1'],
  [' data: a', 'ignored', 'a'],
  ['Data: a', 'ignored', 'a'],
  ['datas: a', 'ignored', 'a'],
  ['foo', 'ignored', ''],
  [': said', 'comment', 'said'],
  [':', 'comment', ''],
  ['', 'dispatch', ''],
])('WHATWG HTML §9.2.6: the line "%s" is %s with the value "%s"', (text, name, value) => {
  expect(parts(text)).toEqual([name, value]);
});

const pieces = (...script: string[]) =>
  tell(
    alone(eventStream),
    script.map((text) => ['down', text] as const),
  ).down;

test('a carriage return at the end of the stream ends its line', () => {
  expect(pieces(': a\r')).toEqual(['* sse comment 4']);
  expect(tellEveryWay(alone(eventStream), [['down', ': a\r: b\r\r']], 'open').down).toEqual([
    '* sse comment 4',
    '* sse comment 4',
    '- sse dispatch 1',
  ]);
});

test('CR LF is one end of a line, LF CR are two', () => {
  expect(pieces(': a\r\n: b\n\r\n')).toEqual(['* sse comment 5', '* sse comment 4', '- sse dispatch 2']);
  expect(pieces(': a\n\r: b\n')).toEqual(['* sse comment 4', '- sse dispatch 1', '* sse comment 4']);
});

test('a byte order mark counts only before the first line, and only when it is whole', () => {
  expect(pieces('\ufeff: a\n\ufeff: b\n')).toEqual([
    '- sse byte-order-mark 3',
    '* sse comment 4',
    '* sse ignored 7',
  ]);
  expect(pieces('\ufeff\n').slice(1)).toEqual(['- sse dispatch 1']);
  expect(tell(alone(eventStream), [['down', Buffer.from('\ufeff').subarray(0, 2)]]).down).toEqual([
    '* sse unfinished-line 2',
  ]);
});

test('the type of an event is its last, wherever it stands before the data', () => {
  const messageOf = (text: string) => pieces(text).filter((span) => /payload|encoding/.test(span));
  expect(messageOf('event: binary\nid: 1\ndata: AAEC\n\n')).toEqual([
    '* payload message 3',
    '* encoding base64 1',
  ]);
  expect(messageOf('event: binary\n: beat\ndata: AAEC\n\n')).toHaveLength(2);
  expect(messageOf('event: binary\nevent: other\ndata: AAEC\n\n')).toEqual(['* payload message 4']);
  expect(messageOf('id: binary\ndata: AAEC\n\n')).toEqual(['* payload message 4']);
});

test('the lines of base64 and of JSON are joined by no newline of the payload', () => {
  expect(pieces('event: binary\ndata: AAEC\ndata: AAEC\n\n').slice(1)).toEqual([
    ...['- sse data 6', '* payload message 3', '* encoding base64 1', '- sse line-end 1'],
    ...['- sse data 6', '+ payload message 3', '+ encoding base64 1', '- sse line-end 1'],
    '- sse dispatch 1',
  ]);
  expect(pieces('event: json\ndata: "a"\ndata: "b"\n\n').filter((span) => /line-end/.test(span))).toEqual([
    '- sse line-end 1',
    '- sse line-end 1',
  ]);
});

test('an event of type json is a JSON string, with white space after it or not; else it is what stands there', () => {
  const messageOf = (value: string) =>
    pieces(`event: json\ndata: ${value}\n\n`).filter((span) => /payload|encoding/.test(span));
  expect(messageOf('"ab" \t')).toEqual([
    '* encoding json-escape 1',
    '* payload message 2',
    '+ encoding json-escape 3',
  ]);
  expect(messageOf('""')).toEqual([
    '* encoding json-escape 1',
    '* payload message 0',
    '+ encoding json-escape 1',
  ]);
  expect(messageOf('[1]')).toEqual(['* payload message 3']);
  expect(messageOf('"a"b"')).toEqual(['* payload message 5']);
});

test('a byte of nought is a byte like any other, also after a carriage return', () => {
  expect(pieces(': a\0b\n: c\n')).toEqual(['* sse comment 6', '* sse comment 4']);
  expect(pieces(': a\r\0\n')).toEqual(['* sse comment 4', '* sse ignored 2']);
});

test('a line that ended in CR is told as soon as the next byte has come, whatever it is', () => {
  for (const next of ['a', '\0', '\n', '\r']) {
    const spans: string[] = [];
    const { push } = eventStream(
      telling((...span) => spans.push(span.join(' '))),
      nothing(),
    );
    push(bytesOf(': a\r'));
    expect(spans).toEqual([]);
    push(bytesOf(next));
    expect(spans).toEqual([`sse comment ${next === '\n' ? 5 : 4} unit`]);
  }
});

test('only an event of type json carries a JSON string: elsewhere quotes are payload', () => {
  expect(pieces('data: "a"\n\n').slice(0, 2)).toEqual(['* sse data 6', '* payload message 3']);
  expect(pieces('event: other\ndata: "a"\n\n')).toContain('* payload message 3');
});
